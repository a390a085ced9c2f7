"""What the files say about each other: every check of names and references, in one ordered tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from xltool.edition.comparing import check_comparisons
from xltool.edition.documents import check_documents
from xltool.edition.excel import check_excel
from xltool.edition.faults import Fault
from xltool.edition.formulas import check_formulas
from xltool.edition.identifiers import Sources, check_identifiers
from xltool.edition.items import check_answers, check_items
from xltool.edition.monitoring import check_monitoring
from xltool.model.review import Status

ROW_DEFAULTS = ("table", "document", "unit_table", "unit_document")
"""Entries planned for a list: data and documents, in the district's and in a member unit's workbook."""

ROW_NAMES = (*ROW_DEFAULTS, "continuation", "unit_continuation")
"""The continuation of each list, on a sheet of its own, may be left out."""

NUMBERS = ("integer", "number")

UNREVIEWED = (Status.NOT_STARTED, Status.DRAFT)
"""The statuses of a scheme whose data nobody reviews."""


def check_head(sources: Sources) -> Iterator[Fault]:
    """Planned rows for lists that exist, dates in order, and as many statuses as the review has."""
    source = sources["edition.yaml"]
    head = source.data
    known = {item["id"] for _, item in sources["items.yaml"].records("items") if "columns" in item}
    known |= {document["id"] for _, document in sources["documents.yaml"].records("documents")}
    for name in head["rows"]:
        if name not in known and name not in ROW_NAMES:
            yield source.fault(("rows", name), "rows_unknown", name=name, known="、".join(ROW_NAMES))
    for name in ROW_DEFAULTS:
        if name not in head["rows"]:
            yield source.fault(("rows",), "rows_missing", name=name)
    if head["period_end"] < head["period_start"]:
        yield source.fault(("period_end",), "dates_order", start=head["period_start"], end=head["period_end"])
    for path, date in source.records("calendar"):
        if date["start"] is not None and date["end"] < date["start"]:
            yield source.fault((*path, "end"), "dates_order", start=date["start"], end=date["end"])
    statuses = head["statuses"]
    if len(statuses) not in (len(UNREVIEWED), len(Status)) or len(set(statuses)) < len(statuses):
        yield source.fault(("statuses",), "statuses_count", few=len(UNREVIEWED), all=len(Status))


def check_main_figures(sources: Sources) -> Iterator[Fault]:
    """Main figures that are numbers."""
    source = sources["edition.yaml"]
    known = {item["id"] for _, item in sources["items.yaml"].records("items") if has_figure(item)}
    for place, name in enumerate(source.data.get("main_figures", ())):
        if name not in known:
            yield source.fault(("main_figures", place), "figure_unknown", name=name)


def has_figure(item: Mapping[str, Any]) -> bool:
    """Whether an item says a number: itself, or as the total of its list."""
    return "total" in item or item.get("rules", {}).get("type") in NUMBERS


CHECKS: tuple[Callable[[Sources], Iterator[Fault]], ...] = (
    check_identifiers,
    check_items,
    check_answers,
    check_documents,
    check_excel,
    check_head,
    check_main_figures,
    check_formulas,
    check_comparisons,
    check_monitoring,
)


def check_references(sources: Sources) -> tuple[Fault, ...]:
    """All faults of names and references."""
    return tuple(fault for check in CHECKS for fault in check(sources))
