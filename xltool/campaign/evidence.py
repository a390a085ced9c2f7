"""`xltool evidence`: documents, the files behind them, and what they cover."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from xltool import evidence as matching
from xltool import workbook
from xltool.campaign.files import remove, safe_name, table_format, write_atomically, write_csv
from xltool.campaign.opened import Campaign, Row
from xltool.model.evidence import (
    DATE,
    DOC_TYPE,
    END_DATE,
    LEVEL_COLUMNS,
    TAGS,
    TITLE,
    YEAR,
    Attachment,
    Document,
    Evidence,
    Mention,
    Received,
)
from xltool.model.values import Value

FIELDS = (
    "kind",
    "district",
    "unit",
    "document",
    "row",
    "column",
    "title",
    "year",
    "date",
    "end_date",
    "doc_type",
    "tags",
    "level1",
    "level2",
    "level3",
    "point",
    "name",
    "state",
    "sha256",
    "size",
    "indicator",
    "level",
    "label",
    "documents",
    "with_attachment",
    "units",
    "file",
    "sheet",
    "cell",
    "version",
)
SURPLUS = "surplus"
OWN_FOLDER = "区学习办"  # of what the district itself sent


def evidence_of(campaign: Campaign) -> dict[str, Evidence]:
    """The evidence of every district, as the current returns and the files that came have it."""
    documents = matching.documents_of(campaign.edition, campaign.store.current_values())
    return matching.match(campaign.district_names, documents, campaign.store.attachments())


def evidence(campaign: Campaign, *, district: str | None = None) -> list[Row]:
    """Flat rows of three kinds, district by district.

    `document`: a filled row of a document table. `attachment`: a file that a document names (`state` as in
    `Received`), or that nobody names (`surplus`). `coverage`: a node of the framework and the documents behind it.
    """
    names = [campaign.require_district(district)] if district else campaign.district_names
    everything = evidence_of(campaign)
    rows = [row for name in names for row in rows_of(campaign, everything[name])]
    if district is None:
        files = matching.unclaimed(campaign.store.attachments(), everything.values())
        rows += [flat("attachment", district=None, state=SURPLUS, **told(file)) for file in files]
    return rows


def rows_of(campaign: Campaign, one: Evidence) -> Iterator[Row]:
    """The rows of one district."""
    for document in one.documents:
        yield document_row(document)
    for mention in one.mentions:
        yield mention_row(mention)
    for file in one.surplus:
        yield flat("attachment", district=one.district, unit=owner_of(file), state=SURPLUS, **told(file))
    for covered in matching.coverage(campaign.edition, one):
        yield flat("coverage", **{**asdict(covered), "units": "、".join(covered.units) or None})


def document_row(document: Document) -> Row:
    """A document as it is listed; its place is that of its title."""
    nodes = dict(zip(LEVEL_COLUMNS, document.nodes, strict=False))
    texts = {column: document.text(column) or None for column in (TITLE, DATE, END_DATE, DOC_TYPE, TAGS)}
    year = document.cells.get(YEAR)
    first = document.cells.get(TITLE) or next(iter(document.cells.values()))
    return flat("document", **of_document(document), **texts, **nodes, year=year and year.value, **place(first))


def mention_row(mention: Mention) -> Row:
    """A file that a document names; its place is that of the name."""
    document, file = mention.document, mention.attachment
    taken = file if mention.state is Received.RECEIVED else None
    return flat(
        "attachment",
        **of_document(document),
        **place(document.cells[mention.column]),
        column=mention.column,
        title=document.text(TITLE) or None,
        name=mention.name,
        state=str(mention.state),
        sha256=taken and taken.sha256,
        size=file and file.size,
    )


def of_document(document: Document) -> Row:
    """Which document it is."""
    return {"district": document.district, "unit": document.unit, "document": document.type, "row": document.row}


def place(value: Value) -> Row:
    """Where a value was typed."""
    return {"file": value.file, "sheet": value.sheet, "cell": value.cell, "version": value.version}


def told(file: Attachment) -> Row:
    """What is known of a file that nobody names."""
    return {"name": file.name, "sha256": file.sha256, "size": file.size, "file": file.file}


def owner_of(file: Attachment) -> str | None:
    """The unit whose return lay nearest, where it was one unit's."""
    units = {unit for _, unit in file.owners}
    return units.pop() if len(units) == 1 else None


def flat(kind: str, **content: object) -> Row:
    """A row with every field."""
    row: Row = dict.fromkeys(FIELDS)
    return row | {"kind": kind} | content


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How much of a district is listed, received, missing and covered (third-level indicators and points)."""

    district: str
    documents: int
    received: int
    missing: int
    surplus: int
    third: int
    of_third: int
    points: int
    of_points: int


def totals(campaign: Campaign, *, district: str | None = None) -> list[Row]:
    """The totals, one row a district."""
    names = [campaign.require_district(district)] if district else campaign.district_names
    everything = evidence_of(campaign)
    return [asdict(total_of(campaign, everything[name])) for name in names]


def total_of(campaign: Campaign, one: Evidence) -> Totals:
    """The totals of one district."""
    rows = matching.coverage(campaign.edition, one)
    points = max((row.level for row in rows), default=0)
    covered, of = matching.covered(rows, points)
    third, of_third = matching.covered(rows, points - 1)
    received = sum(mention.state is Received.RECEIVED for mention in one.mentions)
    return Totals(
        district=one.district,
        documents=len(one.documents),
        received=received,
        missing=len(one.mentions) - received,
        surplus=len(one.surplus),
        third=third,
        of_third=of_third,
        points=covered,
        of_points=of,
    )


def save_evidence(campaign: Campaign, path: Path, *, district: str | None = None) -> None:
    """Write the index as .xlsx, with copies of the files in a folder beside it, or the rows as .csv.

    The folder is named after the workbook; links are relative, so that both can be moved together.
    """
    if table_format(path) == ".csv":
        write_csv(path, FIELDS, evidence(campaign, district=district))
        return
    names = [campaign.require_district(district)] if district else campaign.district_names
    everything = evidence_of(campaign)
    chosen = [everything[name] for name in names]
    copies = path.parent / f"{path.stem}_附件"
    links = copy_files(campaign, copies, chosen)
    pages = matching.index_pages(campaign.edition, chosen, links)
    write_atomically(path, workbook.write_pages(f"{campaign.edition.short_title}文档目录", pages))
    remove_old_copies(campaign, copies, {path.parent / link for link in links.values()})


def copy_files(campaign: Campaign, folder: Path, chosen: Iterable[Evidence]) -> dict[str, str]:
    """Copies of the received files by district and owner; gives where each lies, relative to the folder's parent."""
    links: dict[str, str] = {}
    taken: set[Path] = set()
    for one in chosen:
        for mention in one.mentions:
            file = mention.attachment
            if mention.state is not Received.RECEIVED or file is None or file.sha256 is None:
                continue
            key = matching.link_key(file)
            if key in links:
                continue
            owner = safe_name(mention.document.unit or OWN_FOLDER)
            target = free_name(folder / safe_name(one.district) / owner / linkable(file.name), taken)
            write_atomically(target, campaign.store.archive.get(file.sha256))
            links[key] = target.relative_to(folder.parent).as_posix()
    return links


def remove_old_copies(campaign: Campaign, folder: Path, current: Container[Path]) -> None:
    """Take away copies of an earlier index that this one doesn't link to; whatever else lies there is left alone."""
    for path in sorted(folder.rglob("*"), reverse=True):  # what a folder holds comes before it
        if path.is_dir():
            outdated = not any(path.iterdir())
        else:
            outdated = path not in current and campaign.store.archive.holds(path.read_bytes())
        if outdated:
            remove(path)


def linkable(name: str) -> str:
    """A file name that a link can lead to: without the letters that mean something else there."""
    return safe_name(name).replace("#", "＃").replace("%", "％") or "附件"


def free_name(path: Path, taken: set[Path]) -> Path:
    """The path, numbered where another file has that name already; case makes no difference on Windows."""
    free, number = path, 1
    while (key := free.with_name(free.name.casefold())) in taken:
        number += 1
        free = path.with_name(f"{path.stem}_{number}{path.suffix}")
    taken.add(key)
    return free
