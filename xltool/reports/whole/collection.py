"""What came back: returns by district and the status of its review. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xltool.model.edition import Edition
from xltool.model.severity import Severity
from xltool.reports.figures import Bar, BarFigure
from xltool.reports.labels import chart, table
from xltool.reports.text import clean, enumerate_names, figure
from xltool.reports.whole.facts import CitySources

COLLECTION, RETURNS = table("collection"), chart("returns")
NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRow:
    """One district: its review, its returns, and what is open of them."""

    number: int
    district: str
    status: str
    own: str
    units: str
    again: str
    errors: str
    warnings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """The section on what came back."""

    sentences: tuple[str, ...]
    rows: tuple[CollectionRow, ...]
    figure: BarFigure


def collection(edition: Edition, sources: CitySources) -> Collection:
    """The section; districts in the notice's order."""
    names = [district.name for district in edition.districts]
    return Collection(
        sentences=(returns_text(names, sources), statuses_text(edition, sources), *_unreturned(names, sources)),
        rows=tuple(_row(number, name, sources) for number, name in enumerate(names, 1)),
        figure=_figure(names, sources),
    )


def returns_text(names: Sequence[str], sources: CitySources) -> str:
    """How many workbooks came back, of how many."""
    own = sum(sources.coverage[name].own_return for name in names)
    returned = sum(sources.coverage[name].units_returned for name in names)
    expected = sum(sources.coverage[name].units_expected for name in names)
    share = f"（{figure(returned / expected * 100, 1)}%）" if expected else ""
    return (
        f"{len(names)}个区中，区表已报送的{own}个；有表格的成员单位{expected}个，已报送{returned}个{share}"
        f"（{COLLECTION}、{RETURNS}）。"
    )


def statuses_text(edition: Edition, sources: CitySources) -> str:
    """How many districts are at each status."""
    counts = Counter(sources.statuses.values())
    told = "，".join(f"“{clean(status)}”{counts[status]}个" for status in edition.statuses if counts[status])
    return f"按审核状态：{told}（{COLLECTION}）。"


def _unreturned(names: Sequence[str], sources: CitySources) -> tuple[str, ...]:
    without = [name for name in names if not sources.coverage[name].any_return]
    only_units = [
        name for name in names if not sources.coverage[name].own_return and sources.coverage[name].units_returned
    ]
    told = []
    if without:
        told.append(f"没有收到任何表格的区{len(without)}个：{enumerate_names(without, NAMED)}，其指标均为未填。")
    if only_units:
        told.append(f"只有成员单位报送、区表未报送的区{len(only_units)}个：{enumerate_names(only_units, NAMED)}。")
    return tuple(told)


def _row(number: int, name: str, sources: CitySources) -> CollectionRow:
    coverage = sources.coverage[name]
    still = Counter(
        finding.severity for finding in sources.findings if finding.district == name and finding.status == "open"
    )
    return CollectionRow(
        number=number,
        district=clean(name),
        status=clean(sources.statuses[name]),
        own="已报送" if coverage.own_return else "未报送",
        units=f"{coverage.units_returned}/{coverage.units_expected}",
        again=str(sources.again[name]),
        errors=str(still[Severity.ERROR]),
        warnings=str(still[Severity.WARNING]),
    )


def _figure(names: Sequence[str], sources: CitySources) -> BarFigure:
    bars = []
    for name in names:
        coverage = sources.coverage[name]
        returned, expected = coverage.units_returned, coverage.units_expected
        bars.append(Bar(label=clean(name), values=(returned, expected - returned)))
    told = "；".join(f"{bar.label}{bar.values[0]}/{sum(value or 0 for value in bar.values)}" for bar in bars)
    return BarFigure(
        label=RETURNS,
        caption="各区成员单位报送情况",
        description=f"堆积横条图，每行一个区，黑色为已报送的成员单位数，白色为未报送的成员单位数。{told}。",
        series=("已报送的成员单位", "未报送的成员单位"),
        bars=tuple(bars),
        axis="成员单位数（个）",
        stacked=True,
    )
