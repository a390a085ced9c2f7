"""The index of documents as pages: what covers each indicator, every document with its files, what is amiss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from xltool.evidence.coverage import coverage
from xltool.evidence.findings import size_text
from xltool.model.edition import Edition, Framework
from xltool.model.evidence import (
    ATTACHMENT,
    DATE,
    DOC_TYPE,
    END_DATE,
    TAGS,
    TITLE,
    YEAR,
    Attachment,
    Covered,
    Document,
    Evidence,
    Mention,
    Received,
)
from xltool.model.pages import Cell, Column, Light, Page

SECTION_LEVEL, POINT_LEVEL = 2, 4
Links = Mapping[str, str]
"""SHA-256 and name of a file, joined by `/` -> where its copy lies, relative to the workbook."""

WORDS: Mapping[Received, tuple[str, Light]] = {
    Received.RECEIVED: ("已收到", "good"),
    Received.MISSING: ("未收到", "bad"),
    Received.TOO_LARGE: ("过大，未存档", "bad"),
    Received.UNREADABLE: ("无法读取", "bad"),
    Received.EMPTY: ("空文件", "bad"),
    Received.AMBIGUOUS: ("有几份不同的文件", "open"),
    Received.SHARED: ("无法确认属于哪个区", "open"),
}
OWN = "区学习办"
NO_ATTACHMENT = "未填附件"
NOTES = (
    "佐证材料按文档所填的指标统计：文档填到监测点的，计入该监测点及其上级指标；只填到二级或三级指标的，只计入所填指标及其上级。",
    "点击“文档目录”中的附件名称可打开文件；附件文件夹与本表须放在一起。",
)
LEGEND = "情况：●有文档且附件均已收到；◐有文档但附件不全；▲没有文档。"
MATRIX_LEGEND = "●有文档且附件均已收到；◐有文档但附件不全；○没有文档。"


def index_pages(edition: Edition, evidence: Sequence[Evidence], links: Links) -> list[Page]:
    """Coverage, documents, and what is amiss, of one district or of several beside each other."""
    cover = coverage_page(edition, evidence[0]) if len(evidence) == 1 else coverage_matrix(edition, evidence)
    return [cover, documents_page(edition, evidence, links), amiss_page(edition, evidence)]


def coverage_page(edition: Edition, one: Evidence) -> Page:
    """One district: a row a node, with the documents that stand behind it."""
    behind: dict[str, list[Document]] = defaultdict(list)
    for document in one.documents:
        if document.nodes:
            behind[document.nodes[-1]].append(document)
    rows: list[list[Cell]] = []
    sections: set[int] = set()
    for covered in coverage(edition, one):
        if covered.level == SECTION_LEVEL:
            sections.add(len(rows))
            count = f"{covered.documents}份文档，{covered.with_attachment}份已收到附件"
            rows.append([Cell(content=f"{covered.indicator} {covered.label}（{count}）"), *[Cell()] * 6])
            continue
        word, light = standing(covered)
        kind = "监测点" if covered.level == POINT_LEVEL else "三级指标"
        listed = "\n".join(title_of(document) for document in behind[covered.indicator])
        texts = (covered.indicator, kind, covered.label, covered.documents, covered.with_attachment, listed)
        rows.append([*(Cell(content=text) for text in texts), Cell(content=word, light=light)])
    return Page(
        name="覆盖情况",
        title=f"{one.district}佐证材料覆盖情况",
        notes=(*NOTES, LEGEND),
        columns=(
            Column(heading="编号", width=9, align="center"),
            Column(heading="类别", width=10, align="center"),
            Column(heading="指标、监测点", width=46),
            Column(heading="文档数", width=8, align="center"),
            Column(heading="已收到\n附件", width=8, align="center"),
            Column(heading="直接填在这里的文档", width=56),
            Column(heading="情况", width=14, align="center"),
        ),
        rows=rows,
        sections=frozenset(sections),
    )


def coverage_matrix(edition: Edition, evidence: Sequence[Evidence]) -> Page:
    """Several districts: a row a node, a column a district, in it the number of documents."""
    by_district = [coverage(edition, one) for one in evidence]
    nodes = [node for node in edition.framework if node.level >= SECTION_LEVEL]
    rows = [
        [
            Cell(content=node.id),
            Cell(content=level_word(node)),
            Cell(content=node.name),
            *(counted(one[number]) for one in by_district),
        ]
        for number, node in enumerate(nodes)
    ]
    return Page(
        name="覆盖情况",
        title="各区佐证材料覆盖情况（文档数）",
        notes=(*NOTES, MATRIX_LEGEND),
        columns=(
            Column(heading="编号", width=9, align="center"),
            Column(heading="类别", width=10, align="center"),
            Column(heading="指标、监测点", width=46),
            *(Column(heading=one.district, width=8, align="center") for one in evidence),
        ),
        rows=rows,
        frozen=3,
    )


def counted(covered: Covered) -> Cell:
    """A number of documents; none is nothing to be alarmed at among sixteen districts."""
    light = standing(covered)[1] if covered.documents else "quiet"
    return Cell(content=covered.documents, light=light)


def level_word(node: Framework) -> str:
    """What a node of the framework is called."""
    return {SECTION_LEVEL: "二级指标", POINT_LEVEL: "监测点"}.get(node.level, "三级指标")


def standing(covered: Covered) -> tuple[str, Light]:
    """How well a node is covered, in a word and a light."""
    if not covered.documents:
        return "没有文档", "bad"
    return ("有佐证", "good") if covered.with_attachment == covered.documents else ("附件不全", "open")


def documents_page(edition: Edition, evidence: Iterable[Evidence], links: Links) -> Page:
    """A row a document and file; a document without a file name is one row."""
    rows: list[list[Cell]] = []
    for one in evidence:
        mentions: dict[tuple[object, ...], list[Mention | None]] = defaultdict(list)
        for mention in one.mentions:
            mentions[mention.document.key].append(mention)
        for document in one.documents:
            rows += [document_row(edition, document, mention, links) for mention in mentions[document.key] or (None,)]
    return Page(
        name="文档目录",
        title="文档目录",
        columns=(
            Column(heading="区", width=10, align="center"),
            Column(heading="报送单位", width=16),
            Column(heading="类别", width=10, align="center"),
            Column(heading="序号", width=6, align="center"),
            Column(heading="文档标题", width=40),
            Column(heading="年度", width=7, align="center"),
            Column(heading="日期", width=13, align="center"),
            Column(heading="文档类型", width=11, align="center"),
            Column(heading="指标", width=10, align="center"),
            Column(heading="标签", width=18),
            Column(heading="附件类别", width=10, align="center"),
            Column(heading="附件", width=56),
            Column(heading="附件情况", width=16, align="center"),
        ),
        rows=rows,
        frozen=5,
    )


def document_row(edition: Edition, document: Document, mention: Mention | None, links: Links) -> list[Cell]:
    """One document with one of its files."""
    dates = "\n至".join(filter(None, (document.text(DATE), document.text(END_DATE))))
    texts = (
        document.district,
        document.unit or OWN,
        edition.document_by_id[document.type].label,
        document.row,
        document.text(TITLE) or "（未填标题）",
        document.text(YEAR),
        dates,
        document.text(DOC_TYPE),
        document.nodes[-1] if document.nodes else "",
        document.text(TAGS),
    )
    return [*(Cell(content=text) for text in texts), *file_cells(mention, links)]


def file_cells(mention: Mention | None, links: Links) -> tuple[Cell, Cell, Cell]:
    """Whether it is the main file, its name with the way to its copy, and what became of it."""
    if mention is None:
        return Cell(), Cell(), Cell(content=NO_ATTACHMENT, light="open")
    word, light = WORDS[mention.state]
    file = mention.attachment
    link = links.get(link_key(file)) if file is not None else None
    kind = "主要附件" if mention.column == ATTACHMENT else "次要附件"
    return Cell(content=kind), Cell(content=mention.name, link=link), Cell(content=word, light=light)


def link_key(file: Attachment) -> str:
    """What names a file's copy."""
    return f"{file.sha256}/{file.name}"


def title_of(document: Document) -> str:
    """A document as the coverage lists it."""
    return f"{document.unit or document.district}：{document.text(TITLE) or '（未填标题）'}"


def amiss_page(edition: Edition, evidence: Iterable[Evidence]) -> Page:
    """Files that are named and didn't come, and files that came and nobody names."""
    rows: list[list[Cell]] = []
    for one in evidence:
        for mention in one.mentions:
            if mention.state is Received.RECEIVED:
                continue
            document, (word, light) = mention.document, WORDS[mention.state]
            label = f"{edition.document_by_id[document.type].label}第{document.row}条：{document.text(TITLE)}"
            texts = (one.district, document.unit or OWN, label, mention.name)
            size = size_text(mention.attachment.size) if mention.attachment is not None else ""
            rows.append([*(Cell(content=text) for text in texts), Cell(content=word, light=light), Cell(content=size)])
        for file in one.surplus:
            units = {unit or OWN for _, unit in file.owners}
            texts = (one.district, units.pop() if len(units) == 1 else "", "没有文档提到", file.name)
            light_word = Cell(content="多余的文件", light="open")
            rows.append([*(Cell(content=text) for text in texts), light_word, Cell(content=size_text(file.size))])
    return Page(
        name="附件问题",
        title="附件问题",
        notes=("列出填了文件名但没有收到或不能使用的附件，以及收到但没有文档提到的文件。",),
        columns=(
            Column(heading="区", width=10, align="center"),
            Column(heading="报送单位", width=18),
            Column(heading="文档", width=52),
            Column(heading="文件名", width=44),
            Column(heading="情况", width=20, align="center"),
            Column(heading="大小", width=10, align="right"),
        ),
        rows=rows,
    )
