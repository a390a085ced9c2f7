"""Edition and kind of workbook -> plan of every cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xltool.layout.codec import digest
from xltool.layout.cover import cover_sheet
from xltool.layout.draft import Draft
from xltool.layout.hidden import identity_sheet
from xltool.layout.lists import list_sheet, plan_lists
from xltool.layout.members import SHEET as MEMBER_SHEET
from xltool.layout.members import TITLE as MEMBER_TITLE
from xltool.layout.members import member_sheet
from xltool.layout.platform import SHEET as PLATFORM_SHEET
from xltool.layout.platform import platform_sheet
from xltool.layout.results import SHEET as RESULT_SHEET
from xltool.layout.results import result_sheet
from xltool.layout.scalars import scalar_sheet
from xltool.layout.self_check import self_check_sheet
from xltool.layout.sign_off import SHEET as SIGN_OFF_SHEET
from xltool.layout.sign_off import sign_off_sheet
from xltool.layout.table import CONTINUED, document_table, item_table
from xltool.layout.tables import table_sheet
from xltool.layout.tags import SHEET as TAG_SHEET
from xltool.layout.tags import tag_sheet
from xltool.layout.unit_documents import SHEET as UNIT_DOCUMENT_SHEET
from xltool.layout.unit_documents import unit_document_sheet
from xltool.model.edition import Column, Edition, Framework, Item, Level
from xltool.model.from_units import FromUnits
from xltool.model.identity import Kind
from xltool.model.plan import Plan

BASE_SHEET = "基础信息表"
UNIT_SHEET = "本单位数据"
TITLE_LEVEL = 2  # a data sheet stands for a second-level indicator


def plan_for(
    edition: Edition,
    kind: Kind,
    *,
    answers: tuple[str, ...] = (),
    units: int = 0,
    rows: int | None = None,
    from_units: FromUnits | None = None,
) -> Plan:
    """The plan of a kind of workbook; the same for all recipients that answer for the same.

    Args:
        edition: What is asked.
        kind: A district's workbook holds everything; a unit's the `each_unit` items, `answers` and the documents.
        answers: The `one_unit` items that the unit answers for.
        units: How many of the district's member units have a workbook (district only).
        rows: Entries of each list, where not as the edition says; documents keep their own number.
        from_units: The units' returns that a district's workbook is made from: it says of each answer whose it is, and
            has room for all of them.
    """
    items = tuple(item for item in edition.items if kind == "district" or _is_units(item, answers))
    draft = Draft(
        edition=edition,
        kind=kind,
        items=items,
        units=max(units, 1) if kind == "district" else 0,
        rows=rows,
        from_units=from_units,
    )
    draft.lists = plan_lists(edition, _columns(draft), draft.units)
    if draft.for_district:
        _district_sheets(draft)
    else:
        _unit_sheets(draft)
    for document in edition.documents:
        table_sheet(draft, document_table(draft, document))
    unit_document_sheet(draft)
    tag_sheet(draft)
    if draft.for_district:
        platform_sheet(draft)
        result_sheet(draft)
    self_check_sheet(draft)
    sign_off_sheet(draft)
    draft.sheets += draft.continuations
    return _finished(draft)


def _finished(draft: Draft) -> Plan:
    what = {summary.sheet: summary.what for summary in draft.summaries}
    behind = {sheet.name.removesuffix(CONTINUED): sheet.name for sheet in draft.continuations}
    contents = [
        (sheet.name, what.get(sheet.name, OTHERS.get(sheet.name, "")), behind.get(sheet.name))
        for sheet in draft.sheets
        if sheet not in draft.continuations
    ]
    cover = cover_sheet(draft, contents, draft.edition.instructions[draft.kind])
    visible = [cover.plan(), *(sheet.plan() for sheet in draft.sheets)]
    plan = Plan(
        kind=draft.kind,
        edition=draft.edition.id,
        edition_digest=draft.edition.digest,
        answers=tuple(item.id for item in draft.items),
        sheets=(*visible, list_sheet(draft.lists), identity_sheet()),
        slots=draft.slots,
        lists=draft.lists,
        title=draft.edition.short_title,
    )
    return replace(plan, digest=digest(plan))


OTHERS = {
    UNIT_DOCUMENT_SHEET: "成员单位已报送的文档，不需要重复填写",
    TAG_SHEET: "文档标签可从中选用",
    PLATFORM_SHEET: "对市级预填的数据有异议时填写",
    RESULT_SHEET: "按已填数据自动计算的监测指标，供核对",
    "自查": "未填、有误之处和各项核对的结果",
    SIGN_OFF_SHEET: "填报、初审、复审和盖章",
    MEMBER_SHEET: MEMBER_TITLE,
}


def _is_units(item: Item, answers: tuple[str, ...]) -> bool:
    return item.level is Level.EACH_UNIT or item.id in answers


def _columns(draft: Draft) -> Iterable[Column]:
    """Columns of all lists in the workbook, whose dropdowns need their lists."""
    for item in draft.items:
        yield from item.columns
    for document in draft.edition.documents:
        yield from document.columns


def _district_sheets(draft: Draft) -> None:
    """Base table; a data sheet a second-level indicator, with its lists behind it; the member units and their lists."""
    own = [item for item in draft.items if item.level is not Level.EACH_UNIT]
    scalar_sheet(draft, BASE_SHEET, BASE_SHEET, "items", [item for item in own if item.belongs_to is None])
    for node in draft.edition.framework:
        if node.level == TITLE_LEVEL:
            _indicator_sheets(draft, node, [item for item in own if _second_level(draft.edition, item) == node.id])
    shared = [item for item in draft.items if item.level is Level.EACH_UNIT]
    tables = [item_table(draft, item) for item in shared if item.is_table]
    position = len(draft.sheets)
    lists = [(table, table_sheet(draft, table)) for table in tables]
    member_sheet(draft, [item for item in shared if not item.is_table], lists)
    draft.sheets.insert(position, draft.sheets.pop())
    draft.summaries.insert(len(draft.summaries) - 1 - len(lists), draft.summaries.pop())


def _indicator_sheets(draft: Draft, node: Framework, items: list[Item]) -> None:
    single = [item for item in items if not item.is_table]
    if single:
        scalar_sheet(draft, f"{node.id} {node.short or ''}".strip(), node.choice, f"items.{node.id}", single)
    for item in items:
        if item.is_table:
            table_sheet(draft, item_table(draft, item))


def _unit_sheets(draft: Draft) -> None:
    """The unit's own figures on one sheet, each of its lists on its own."""
    single = [item for item in draft.items if not item.is_table]
    if single:
        scalar_sheet(draft, UNIT_SHEET, "本成员单位数据", "items", single)
    for item in draft.items:
        if item.is_table:
            table_sheet(draft, item_table(draft, item))


def _second_level(edition: Edition, item: Item) -> str | None:
    """The second-level indicator that an item belongs to, directly or by its third-level one."""
    node = edition.framework_by_id.get(item.belongs_to or "")
    while node is not None and node.level > TITLE_LEVEL:
        node = edition.framework_by_id.get(node.parent or "")
    return None if node is None else node.id
