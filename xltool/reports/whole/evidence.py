"""The documents behind the indicators in all districts: how many monitoring points they cover. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.model.edition import Edition, Framework
from xltool.reports.background import POINT_LEVEL, EvidenceCoverage
from xltool.reports.figures import Bar, BarFigure
from xltool.reports.labels import chart, table
from xltool.reports.text import clean, figure
from xltool.reports.whole.facts import CitySources

EVIDENCE, COVERED = table("evidence"), chart("covered")
SECTION = 2
NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One second-level indicator over all districts."""

    name: str
    points: str
    documents: str
    districts: str
    median: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCity:
    """The section on evidence."""

    sentences: tuple[str, ...]
    rows: tuple[EvidenceRow, ...]
    figure: BarFigure


def evidence_city(edition: Edition, sources: CitySources) -> EvidenceCity | None:
    """The section; None where the snapshot holds no evidence, or no district listed any."""
    known = {
        name: background.evidence for name, background in sources.backgrounds.items() if background.evidence is not None
    }
    if not any(one.documents for one in known.values()):
        return None
    sections = [node for node in edition.framework if node.level == SECTION]
    return EvidenceCity(
        sentences=(evidence_text(edition, known), *_more_sentences(edition, known, sections)),
        rows=tuple(_row(edition, known, section) for section in sections),
        figure=_figure(edition, known),
    )


def evidence_text(edition: Edition, known: Mapping[str, EvidenceCoverage]) -> str:
    """How many documents there are, and how many points a district covers."""
    documents = sum(one.documents for one in known.values())
    received, missing = sum(one.received for one in known.values()), sum(one.missing for one in known.values())
    covered = [one.covered(edition.framework_by_id)[0] for one in known.values()]
    of = len(points_of(edition))
    return (
        f"{len(known)}个区共列出佐证材料{documents}份，其中写明的附件收到{received}个，未收到{missing}个。"
        f"每区有材料的监测点为{min(covered)}至{max(covered)}个，中位数{figure(statistics.median(covered), 1)}个"
        f"（共{of}个，{EVIDENCE}、{COVERED}）。"
    )


def points_of(edition: Edition) -> list[Framework]:
    """The monitoring points."""
    return [node for node in edition.framework if node.level == POINT_LEVEL]


def bare_points(edition: Edition, known: Mapping[str, EvidenceCoverage]) -> list[Framework]:
    """The monitoring points of which no district has a document."""
    covered = {node.indicator for one in known.values() for node in one.nodes if node.documents}
    return [point for point in points_of(edition) if point.id not in covered]


def _more_sentences(
    edition: Edition, known: Mapping[str, EvidenceCoverage], sections: Sequence[Framework]
) -> list[str]:
    bare = bare_points(edition, known)
    told = [f"任何区都没有材料的监测点有{len(bare)}个。"] if bare else ["每个监测点都至少有一个区有材料。"]
    counts = {section.id: _districts(known, section) for section in sections}
    least = [section for section in sections if counts[section.id] == min(counts.values())]
    if min(counts.values()) < len(known):
        names = "、".join(f"“{clean(section.name)}”" for section in least[:NAMED])
        more = f"等{len(least)}项" if len(least) > NAMED else ""
        told.append(f"有材料的区最少的二级指标是{names}{more}，{min(counts.values())}个区有材料（{EVIDENCE}）。")
    return told


def _districts(known: Mapping[str, EvidenceCoverage], section: Framework) -> int:
    return sum(any(node.indicator == section.id and node.documents for node in one.nodes) for one in known.values())


def _row(edition: Edition, known: Mapping[str, EvidenceCoverage], section: Framework) -> EvidenceRow:
    covered = [one.covered(edition.framework_by_id, under=section.id) for one in known.values()]
    documents = sum(node.documents for one in known.values() for node in one.nodes if node.indicator == section.id)
    return EvidenceRow(
        name=f"{section.id} {clean(section.name)}",
        points=str(covered[0][1]),
        documents=str(documents),
        districts=f"{_districts(known, section)}/{len(known)}",
        median=figure(statistics.median(count for count, _ in covered), 1),
    )


def _figure(edition: Edition, known: Mapping[str, EvidenceCoverage]) -> BarFigure:
    counts = [(name, *one.covered(edition.framework_by_id)) for name, one in known.items()]
    told = "；".join(f"{clean(name)}{covered}/{of}" for name, covered, of in counts)
    return BarFigure(
        label=COVERED,
        caption="各区佐证材料对监测点的覆盖",
        description=f"堆积横条图，每行一个区，黑色为有材料的监测点数，白色为没有材料的监测点数。{told}。",
        series=("有材料的监测点", "没有材料的监测点"),
        bars=tuple(Bar(label=clean(name), values=(covered, of - covered)) for name, covered, of in counts),
        axis="监测点数（个）",
        stacked=True,
    )
