"""Small plans by the plan conventions, and workbooks that come back filled, saved by openpyxl."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import absolute_coordinate, column_index_from_string, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from xltool import intake
from xltool.layout.hidden import identity_sheet
from xltool.model.edition import Rules, ValueType
from xltool.model.identity import TOKEN_PREFIX, Identity
from xltool.model.plan import (
    CellKind,
    ListRef,
    Plan,
    PlanCell,
    PlanList,
    Prefilled,
    Recipient,
    SheetPlan,
    Slot,
    a1,
)
from xltool.model.submission import Submission

KEY = b"k" * 32
CAMPAIGN = "demo-2023"
UNITS = ("区科委（科协）", "区体育局", "区文化旅游局")
ROWS = 4

Address = tuple[str, int | None, str | None]


def slot(kind: ValueType = "number", unit: str | None = None, **further: Any) -> Slot:
    """A slot of an item called 项目."""
    return Slot(
        id=further.pop("id", "item"),
        label=further.pop("label", "项目"),
        type=kind,
        rules=Rules(type=kind, allowed=further.pop("allowed", ())),
        unit_of_measure=unit,
        **further,
    )


SCALARS = {
    one.id: one
    for one in (
        slot("number", "万人", id="resident_population", label="常住人口"),
        slot("integer", "所", id="school_count", label="学校总数"),
        slot("number", "m²", id="library_area", label="图书馆面积"),
        slot("number", "%", id="literacy_rate", label="达标率"),
        slot("integer", "人", id="rural_labour", label="农村劳动力", not_applicable=True),
        slot("text", id="organisations", label="开展情况"),
        slot("date", id="founded", label="成立日期"),
    )
}
COLUMNS = {
    "special_funds": {
        "unit": slot("choice", id="special_funds.unit", label="成员单位", choices=ListRef(name="units")),
        "fund_name": slot("text", id="special_funds.fund_name", label="专项名称"),
        "category": slot("choice", id="special_funds.category", label="类别", choices=ListRef(name="categories")),
        "budget": slot("number", "万元", id="special_funds.budget", label="预算"),
    },
    "work_document": {
        "title": slot("text", id="work_document.title", label="文档标题"),
        "date": slot("date", id="work_document.date", label="发布日期"),
        "level2": slot(
            "choice", id="work_document.level2", label="二级指标", choices=ListRef(name="level2", depends_on="level1")
        ),
    },
}
REMARK = slot("text", id="remark", label="备注")
NONE = slot("choice", id="none", label="本表无内容", choices=ListRef(name="declared"))
FIGURE = slot("integer", "人", id="staff_total", label="从业人员总数")
FILLER = slot("text", id="signoff.filler", label="填报人")
LISTS = {
    "units": PlanList(name="units", bound="units", size=len(UNITS)),
    "categories": PlanList(name="categories", values=("培训", "活动（含赛事）")),
    "declared": PlanList(name="declared", values=("是",)),
    "level2": PlanList(name="level2", by_parent=(("1 甲", ("1.1 甲一",)), ("2 乙", ("2.1 乙一", "2.2 乙二")))),
}


@dataclass(kw_only=True)
class _Draft:
    """A sheet in the making."""

    name: str
    cells: list[PlanCell] = field(default_factory=list)

    def put(self, row: int, col: int, kind: CellKind, text: str = "", **further: Any) -> None:
        self.cells.append(PlanCell(row=row, col=col, kind=kind, style="label", text=text, **further))

    def keys(self, row: int, block: str, columns: Mapping[int, str]) -> None:
        self.put(row, 0, CellKind.KEY, f"@{block}")
        for col, text in columns.items():
            self.put(row, col, CellKind.KEY, text)

    def take(self, row: int, col: int, address: Address, slot_id: str, kind: CellKind = CellKind.INPUT) -> None:
        item, entry, column = address
        bound = "units" if kind is CellKind.PREFILLED else None
        self.put(row, col, kind, item=item, entry=entry, column=column, slot=slot_id, bound=bound)

    def finished(self) -> SheetPlan:
        return SheetPlan(name=self.name, cells=tuple(self.cells))


def _cover() -> SheetPlan:
    sheet = _Draft(name="封面")
    sheet.put(0, 1, CellKind.LABEL, "示例数据填报表")
    sheet.put(1, 1, CellKind.LABEL, bound="token")
    sheet.keys(3, "signoff", {2: "value"})
    sheet.put(4, 0, CellKind.KEY, "signoff#filler")
    sheet.put(4, 1, CellKind.LABEL, "填报人")
    sheet.take(4, 2, ("signoff", None, "filler"), FILLER.id)
    return sheet.finished()


def _scalars() -> SheetPlan:
    sheet = _Draft(name="基础数据")
    sheet.put(0, 1, CellKind.LABEL, "基础数据")
    sheet.keys(1, "base", {3: "value", 4: "remark"})
    for row, one in enumerate(SCALARS.values(), start=2):
        sheet.put(row, 0, CellKind.KEY, one.id)
        sheet.put(row, 1, CellKind.LABEL, one.label)
        sheet.put(row, 2, CellKind.LABEL, one.unit_of_measure or "")
        sheet.take(row, 3, (one.id, None, None), one.id)
        sheet.take(row, 4, (one.id, None, "remark"), "remark")
    return sheet.finished()


def _table(table: str, name: str, *, declared: bool) -> SheetPlan:
    sheet = _Draft(name=name)
    columns = COLUMNS[table]
    if declared:
        sheet.keys(0, f"{table}.none", {2: "none"})
        sheet.put(1, 0, CellKind.KEY, f"{table}#none")
        sheet.put(1, 1, CellKind.LABEL, "本表无内容")
        sheet.take(1, 2, (table, None, "none"), "none")
    sheet.keys(2, table, dict(enumerate(columns, start=2)))
    for col, one in enumerate(columns.values(), start=2):
        sheet.put(3, col, CellKind.LABEL, one.label)
    for entry in range(1, ROWS + 1):
        row = 3 + entry
        sheet.put(row, 0, CellKind.KEY, f"{table}#{entry}")
        sheet.put(row, 1, CellKind.LABEL, str(entry))
        for col, (column, one) in enumerate(columns.items(), start=2):
            sheet.take(row, col, (table, entry, column), one.id)
    last = 2 + len(columns) - 1
    sheet.put(4 + ROWS, 1, CellKind.LABEL, "合计")
    formula = f"=SUM({chr(65 + last)}5:{chr(65 + last)}{4 + ROWS})"
    sheet.put(4 + ROWS, last, CellKind.FORMULA, formula, item=table, column="total")
    return sheet.finished()


def _members() -> SheetPlan:
    sheet = _Draft(name="成员单位")
    sheet.keys(0, "member_units", {1: "unit", 2: "staff_total"})
    for entry in range(1, len(UNITS) + 1):
        sheet.put(entry, 0, CellKind.KEY, f"member_units#{entry}")
        sheet.take(entry, 1, ("member_units", entry, "unit"), "name", CellKind.PREFILLED)
        sheet.take(entry, 2, ("staff_total", entry, None), FIGURE.id)
    return sheet.finished()


def small_plan() -> Plan:
    """A district's plan: single items, a table of the units' lists, the units' figures, documents, sign-off."""
    columns = [one for group in COLUMNS.values() for one in group.values()]
    name = slot("text", id="name", label="成员单位")
    slots = {one.id: one for one in (*SCALARS.values(), *columns, REMARK, NONE, FIGURE, FILLER, name)}
    return Plan(
        kind="district",
        edition="2023",
        edition_digest="d",
        answers=tuple(SCALARS),
        sheets=(
            _cover(),
            _scalars(),
            _table("special_funds", "专项经费", declared=True),
            _members(),
            _table("work_document", "工作文件", declared=False),
            identity_sheet(),
        ),
        slots=slots,
        lists=LISTS,
        digest="p" * 64,
    )


PLAN = small_plan()
RECIPIENT = Recipient(
    kind="district",
    district="甲区",
    unit=None,
    units=UNITS,
    prefilled=tuple(
        Prefilled(item="member_units", row=row, column="unit", value=name, source="单位名单.xlsx", raw=name)
        for row, name in enumerate(UNITS, start=1)
    ),
)
IDENTITY = Identity(
    campaign=CAMPAIGN,
    edition="2023",
    kind="district",
    district="甲区",
    unit=None,
    plan=PLAN.digest,
    serial="0123456789",
)


def identity_rows(identity: Identity = IDENTITY, key: bytes = KEY) -> dict[str, str | None]:
    """What the hidden sheet holds."""
    return {
        "format": "1",
        **{
            name: getattr(identity, name)
            for name in ("campaign", "edition", "kind", "district", "unit", "plan", "serial")
        },
        "signature": identity.signature(key),
        "token": identity.token(key),
    }


def _text(cell: PlanCell, recipient: Recipient, identity: Identity) -> str | None:
    if cell.bound == "token":
        return identity.token(KEY)
    if cell.bound == "units" and cell.entry is not None:
        return recipient.units[cell.entry - 1]
    if cell.bound is not None:
        return identity_rows(identity)[cell.bound.removeprefix("identity.")]
    return cell.text


def issued(plan: Plan = PLAN, recipient: Recipient = RECIPIENT, identity: Identity = IDENTITY) -> Workbook:
    """The blank workbook, as an openpyxl document to fill and damage."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in plan.sheets:
        page = book.create_sheet(sheet.name)
        rule = DataValidation(type="textLength", operator="lessThan", formula1="99")
        for cell in sheet.cells:
            if text := _text(cell, recipient, identity):
                page.cell(cell.row + 1, cell.col + 1, text)
            if cell.kind is CellKind.INPUT:
                rule.add(a1(cell.row, cell.col))
        if rule.sqref.ranges:
            page.add_data_validation(rule)
        page.protection.enable()
        page.column_dimensions["A"].hidden = True
    for known in recipient.prefilled:
        name, planned = plan.inputs[known.item, known.row, known.column]
        book[name].cell(planned.row + 1, planned.col + 1, known.value)
    for name, (sheet_name, address) in plan.names.items():
        place = absolute_coordinate(address)
        book.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet_name)}!{place}")
    book["_xltool"].sheet_state = "veryHidden"
    book.properties.keywords = identity.token(KEY)
    return book


def fill(
    book: Workbook, values: Mapping[Address, Any], plan: Plan = PLAN, formats: Mapping[Address, str] | None = None
) -> None:
    """Type values into the planned cells."""
    for address, value in values.items():
        sheet, cell = plan.inputs[address]
        target = book[sheet].cell(cell.row + 1, cell.col + 1)
        target.value = value
        if formats and address in formats:
            target.number_format = formats[address]


def saved(book: Workbook) -> bytes:
    """The document's bytes."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def returned(values: Mapping[Address, Any], damage: Callable[[Workbook], None] | None = None, **further: Any) -> bytes:
    """A workbook filled and, where asked, damaged."""
    book = issued()
    fill(book, values, **further)
    if damage is not None:
        damage(book)
    return saved(book)


def read_back(data: bytes, plan: Plan = PLAN, recipient: Recipient = RECIPIENT) -> Submission:
    """Open, recognise and read."""
    grid = intake.read_bytes("甲区.xlsx", data)
    identity = intake.recognise(grid, KEY, CAMPAIGN)
    return intake.read(grid, plan, recipient, identity, "甲区.xlsx", "0" * 64)


def values_of(submission: Submission) -> dict[Address, Any]:
    """Value or state of everything that was read."""
    return {
        (value.item, value.row, value.column): value.value if value.state == "value" else str(value.state)
        for value in submission.values
    }


def codes_of(submission: Submission) -> list[tuple[str, str | None]]:
    """(code, cell) of every finding."""
    return [(finding.code, finding.cell) for finding in submission.findings]


def zipped(parts: Mapping[str, bytes | str], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the given parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", compress) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a zip."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def patched(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one part changed."""
    parts = parts_of(data)
    parts[part] = change(parts[part])
    return zipped(parts)


def copied_values(data: bytes, *, hidden: bool = False, names: bool = True) -> Workbook:
    """What a person makes who copies all values into a new workbook: without keys, names of sheets only with `names`.

    With `hidden`, hidden rows and columns, which hold the keys, are copied too, as copying whole sheets does.
    """
    old, new = load_workbook(BytesIO(data), data_only=True), Workbook()
    new.remove(new.worksheets[0])
    for sheet in old.worksheets:
        if sheet.sheet_state != "visible":
            continue
        target = new.create_sheet(sheet.title if names else None)
        shut = {column_index_from_string(name) for name, one in sheet.column_dimensions.items() if one.hidden}
        columns = [col for col in range(1, sheet.max_column + 1) if hidden or col not in shut]
        rows = [row for row in range(1, sheet.max_row + 1) if hidden or not sheet.row_dimensions[row].hidden]
        for row, source_row in enumerate(rows, start=1):
            for col, source_col in enumerate(columns, start=1):
                value = sheet.cell(source_row, source_col).value
                if value is not None and TOKEN_PREFIX not in str(value):
                    target.cell(row, col, value)
    return new
