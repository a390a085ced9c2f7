"""What the reports on all districts are made from, for their tests; and what their charts hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

from builders import reports as build
from xltool.model.edition import Severity
from xltool.reports import Background, CitySources, Coverage, whole_report
from xltool.reports.whole.context import CityReport, WholeKind, city_context

SCHEME = build.edition(statuses=("未填报", "填报", "审核完成"))
ABSENT, SECOND = build.DISTRICTS[14], build.DISTRICTS[7]
SAMPLED = (build.OWN, SECOND)
TEMPLATES = Path(__file__).parents[2] / "templates"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def results(seed: int = 7) -> Any:
    """Random values; one district has nothing."""
    return build.results(SCHEME, build.spread_values(SCHEME, seed, absent=(ABSENT,)))


def coverage(name: str) -> Coverage:
    place = build.DISTRICTS.index(name)
    if name == ABSENT:
        return build.coverage(own_return=False, units_returned=0)
    return build.coverage(units_returned=place)


def sources(**changes: Any) -> CitySources:
    """Everything that may be known, but last year."""
    plain = CitySources(
        results=results(),
        findings=(
            build.finding(item="rate_top", sheet="数据", cell="B2", file="a.xlsx"),
            build.finding(item="rate_top", district=SECOND),
            build.finding(about="check", rule="space_check", severity=Severity.WARNING, district=SECOND),
            build.finding("两校合署", status="explained", explanation="已核", by="某人", district=SECOND),
        ),
        coverage={name: coverage(name) for name in build.DISTRICTS},
        statuses={name: "未填报" if name == ABSENT else "填报" for name in build.DISTRICTS},
        again=dict.fromkeys(build.DISTRICTS, 0) | {SECOND: 2},
        backgrounds={
            name: build.background() if name in SAMPLED else Background(evidence=build.evidence(p11_1=1))
            for name in build.DISTRICTS
        },
        last_year=(),
        sampled=SAMPLED,
        snapshot_id=build.SNAPSHOT,
        cut_off=build.CUT_OFF,
    )
    return replace(plain, **changes)


def with_last_year(**changes: Any) -> CitySources:
    whole = sources(**changes)
    return replace(whole, last_year=build.last_year(whole.results))


def bare(**changes: Any) -> CitySources:
    """Indicators alone: no findings, evidence, survey, field days or last year."""
    nothing = {name: Background() for name in build.DISTRICTS}
    return sources(findings=(), backgrounds=nothing, sampled=(), **changes)


def told(kind: WholeKind = "city", whole: CitySources | None = None) -> CityReport:
    return city_context(SCHEME, whole or with_last_year(), kind)


def document(kind: WholeKind = "city", whole: CitySources | None = None) -> bytes:
    return whole_report(SCHEME, whole or with_last_year(), kind, TEMPLATES / f"{kind}.docx")


def charts(data: bytes) -> Iterator[tuple[Any, Any]]:
    """Each chart part with the sheet of its embedded workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in sorted(name for name in package.namelist() if name.startswith("word/charts/chart")):
            number = name.removeprefix("word/charts/chart").removesuffix(".xml")
            book = openpyxl.load_workbook(io.BytesIO(package.read(f"word/embeddings/chart{number}.xlsx")))
            yield etree.fromstring(package.read(name)), book.active


def caches(chart: Any, sheet: Any) -> Iterator[tuple[list[Any], list[Any]]]:
    """What each reference of a chart shows, and what stands in the workbook."""
    for reference in chart.iter(f"{C}numRef", f"{C}strRef"):
        area = reference.findtext(f"{C}f").split("!")[1].replace("$", "")
        block = sheet[area]
        stored = [cell.value for row in block for cell in row] if isinstance(block, tuple) else [block.value]
        count = int(reference.find(f".//{C}ptCount").get("val"))
        points = {int(point.get("idx")): point.findtext(f"{C}v") for point in reference.iter(f"{C}pt")}
        shown = [points.get(place) for place in range(count)]
        numbers = reference.tag == f"{C}numRef"
        yield [text if text is None or not numbers else float(text) for text in shown], stored
