"""What a sub-report says of the documents behind the indicators: coverage of the monitoring points. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.model.edition import Edition, Framework
from xltool.reports.background import EvidenceCoverage
from xltool.reports.figures import Bar, BarFigure, abridged
from xltool.reports.labels import chart, table
from xltool.reports.text import BLANK, clean, figure

EVIDENCE, COVERAGE = table("evidence"), chart("coverage")
CHAPTER, SECTION = 1, 2
NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One second-level indicator: its documents, those with a file, and its monitoring points."""

    name: str
    documents: str
    with_attachment: str
    covered: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceGroup:
    """The rows of one first-level indicator, under its own coverage."""

    name: str
    rows: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePart:
    """The section on evidence."""

    overview: str
    sentences: tuple[str, ...]
    groups: tuple[EvidenceGroup, ...]
    figure: BarFigure


def evidence_part(edition: Edition, evidence: EvidenceCoverage, district: str) -> EvidencePart:
    """The section of one district."""
    chapters = [node for node in edition.framework if node.level == CHAPTER]
    bare = bare_sections(edition, evidence)
    sentences = [_files(evidence)]
    if evidence.documents:
        sentences += _least(edition, evidence, chapters)
    if bare:
        sentences.append(f"没有任何佐证材料的二级指标有{len(bare)}项：{_named(bare)}（{EVIDENCE}）。")
    return EvidencePart(
        overview=overview(edition, evidence),
        sentences=tuple(sentences),
        groups=tuple(_group(edition, evidence, chapter) for chapter in chapters),
        figure=_figure(edition, evidence, chapters, district),
    )


def overview(edition: Edition, evidence: EvidenceCoverage) -> str:
    """How many monitoring points have a document."""
    covered, of = evidence.covered(edition.framework_by_id)
    share = f"（{figure(covered / of * 100, 1)}%）" if of else ""
    return f"{of}个监测点中，有佐证材料的{covered}个{share}；材料共{evidence.documents}份（{EVIDENCE}、{COVERAGE}）。"


def bare_sections(edition: Edition, evidence: EvidenceCoverage) -> list[Framework]:
    """The second-level indicators without any document."""
    documents = {node.indicator: node.documents for node in evidence.nodes}
    return [node for node in edition.framework if node.level == SECTION and not documents.get(node.id, 0)]


def _files(evidence: EvidenceCoverage) -> str:
    told = f"材料中写明的附件，收到{evidence.received}个，未收到{evidence.missing}个"
    return f"{told}；另有{evidence.surplus}个文件没有材料提到。" if evidence.surplus else f"{told}。"


def _least(edition: Edition, evidence: EvidenceCoverage, chapters: Sequence[Framework]) -> list[str]:
    """The first-level indicators with the smallest share of covered points, where they aren't all alike."""
    shares = {chapter.id: share for chapter in chapters if (share := _share(edition, evidence, chapter)) is not None}
    if not shares or min(shares.values()) == max(shares.values()):
        return []
    least = [chapter for chapter in chapters if shares.get(chapter.id) == min(shares.values())]
    covered, of = evidence.covered(edition.framework_by_id, under=least[0].id)
    counts = f"，{of}个监测点中有材料的{covered}个" if len(least) == 1 else ""
    return [f"覆盖率最低的一级指标是{_named(least)}{counts}（{figure(min(shares.values()), 1)}%，{COVERAGE}）。"]


def _share(edition: Edition, evidence: EvidenceCoverage, node: Framework) -> float | None:
    covered, of = evidence.covered(edition.framework_by_id, under=node.id)
    return covered / of * 100 if of else None


def _named(nodes: Sequence[Framework]) -> str:
    listed = "、".join(f"“{clean(node.name)}”" for node in nodes[:NAMED])
    return listed if len(nodes) <= NAMED else f"{listed}等{len(nodes)}项"


def _group(edition: Edition, evidence: EvidenceCoverage, chapter: Framework) -> EvidenceGroup:
    covered, of = evidence.covered(edition.framework_by_id, under=chapter.id)
    sections = [node for node in edition.framework if node.level == SECTION and node.parent == chapter.id]
    return EvidenceGroup(
        name=f"{chapter.id} {clean(chapter.name)}（{covered}/{of}）",
        rows=tuple(_row(edition, evidence, section) for section in sections),
    )


def _row(edition: Edition, evidence: EvidenceCoverage, section: Framework) -> EvidenceRow:
    node = next((node for node in evidence.nodes if node.indicator == section.id), None)
    covered, of = evidence.covered(edition.framework_by_id, under=section.id)
    return EvidenceRow(
        name=f"{section.id} {clean(section.name)}",
        documents=str(node.documents if node else 0),
        with_attachment=str(node.with_attachment if node else 0),
        covered=f"{covered}/{of}",
        share=f"{figure(covered / of * 100, 1)}%" if of else BLANK,
    )


def _figure(edition: Edition, evidence: EvidenceCoverage, chapters: Sequence[Framework], district: str) -> BarFigure:
    counts = [(chapter, *evidence.covered(edition.framework_by_id, under=chapter.id)) for chapter in chapters]
    told = "；".join(f"{clean(chapter.name)}{covered}/{of}" for chapter, covered, of in counts)
    return BarFigure(
        label=COVERAGE,
        caption=f"{district}佐证材料对监测点的覆盖",
        description=f"堆积横条图，每行一个一级指标，黑色为有材料的监测点数，白色为没有材料的监测点数。{told}。",
        series=("有材料的监测点", "没有材料的监测点"),
        bars=tuple(
            Bar(label=f"{chapter.id} {abridged(chapter.name)}", values=(covered, of - covered))
            for chapter, covered, of in counts
        ),
        axis="监测点数（个）",
        stacked=True,
    )
