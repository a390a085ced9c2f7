"""A plan and a recipient as the bytes of an .xlsx."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from xltool.model.marking import SYMBOLS, Marking
from xltool.model.plan import CellKind, Plan, PlanCell, Prefilled, SheetPlan
from xltool.model.severity import Severity, worst
from xltool.workbook.book import CREATED, LockedWorkbook
from xltool.workbook.sheet import Area, SheetWriter, limit_fault, strictly
from xltool.workbook.styles import Formats
from xltool.workbook.validations import validations

HIDDEN_WIDTH = 4.0
NOTHING_MARKED = Marking()
Given = Mapping[tuple[str | None, int | None, str | None], Prefilled]


def write_plan(
    plan: Plan,
    prefilled: Sequence[Prefilled],
    texts: Mapping[str, str],
    password: str,
    marking: Marking = NOTHING_MARKED,
) -> bytes:
    """The workbook of a plan; the same arguments give the same bytes.

    Args:
        plan: Where everything stands.
        prefilled: What is known beforehand, shown locked.
        texts: What stands in bound cells, by the cells' `bound`; `units.3` is the third unit's name, `header` the
            owner's name in page headers.
        marking: Answers that stand in the inputs, and what is wrong with which of them.
        password: Locks sheets and structure; it guides people, the identity's signature is the proof.
    """
    given: Given = {(entry.item, entry.row, entry.column): entry for entry in prefilled}
    target = io.BytesIO()
    with strictly():
        book = LockedWorkbook(target, password)
        book.set_properties({"title": plan.title, "keywords": texts["token"], "created": CREATED})
        formats = Formats(book)
        for sheet in plan.sheets:
            writer = SheetWriter(book.add_worksheet(sheet.name), sheet.name)
            _write_sheet(writer, plan, sheet, formats, (texts, given, marking))
            writer.protect(password)
        for name, (sheet_name, cell) in plan.names.items():
            _define(book, name, sheet_name, cell)
        book.close()
    return target.getvalue()


def _write_sheet(
    writer: SheetWriter,
    plan: Plan,
    sheet: SheetPlan,
    formats: Formats,
    recipient: tuple[Mapping[str, str], Given, Marking],
) -> None:
    texts, given, marking = recipient
    _shape(writer, sheet)
    firsts = {(cell.row, cell.col): cell for cell in sheet.cells}
    for area in sheet.merges:
        writer.merge(area, formats[firsts[area[0], area[1]].style])
    marked = _marked_rows(sheet, marking)
    for cell in sheet.cells:
        anchor = (cell.item, cell.entry, cell.column)
        if cell.kind is CellKind.INPUT or (cell.kind is CellKind.PREFILLED and cell.bound is None):
            if anchor in given or cell.kind is CellKind.PREFILLED:
                _write_known(writer, cell, formats, given.get(anchor))
            else:
                _write_answer(writer, cell, formats, marking)
        elif cell.kind is CellKind.FORMULA:
            writer.formula(cell.row, cell.col, cell.formula, formats[cell.style])
        else:
            symbol = marked.get(cell.row, "") if cell.col == 1 and cell.text.isdigit() else ""
            _write_fixed(writer, cell, formats, symbol + _text(cell, texts))
    for place, note in marking.notes_on(sheet.name):
        writer.note(place, note)
    for areas, options in validations(plan, sheet):
        writer.validate(areas, options)
    for area_text, formula, style in sheet.formats:
        writer.highlight(area_text, formula, formats.conditional(style))
    if sheet.visibility != "visible":
        writer.hide()
        return
    writer.page_texts(*_page_texts(plan.title, texts["header"], sheet.name))


def _text(cell: PlanCell, texts: Mapping[str, str]) -> str:
    if cell.bound is None:
        return cell.text
    return texts[f"units.{cell.entry}" if cell.bound == "units" else cell.bound]


def _write_fixed(writer: SheetWriter, cell: PlanCell, formats: Formats, text: str) -> None:
    style = formats[cell.style]
    if cell.link is not None:
        writer.link(cell.row, cell.col, (cell.link, cell.target), text, style)
    else:
        writer.text(cell.row, cell.col, text, style)


def _write_known(writer: SheetWriter, cell: PlanCell, formats: Formats, given: Prefilled | None) -> None:
    """A locked cell with what the office knows beforehand."""
    if given is None:
        writer.blank(cell.row, cell.col, formats[cell.style])
        return
    style = formats[cell.style.replace("input.", "prefilled.")]
    if given.value is None or isinstance(given.value, str):
        writer.text(cell.row, cell.col, given.word or str(given.value or ""), style)
    else:
        writer.number(cell.row, cell.col, given.value, style)


def _marked_rows(sheet: SheetPlan, marking: Marking) -> dict[int, str]:
    """The symbol of each row that holds a marked cell: its worst."""
    if not marking.marks:
        return {}
    found: dict[int, Severity] = {}
    for cell in sheet.cells:
        mark = marking.marks.get((cell.item or "", cell.entry, cell.column)) if cell.kind is CellKind.INPUT else None
        if mark is not None:
            found[cell.row] = worst((found.get(cell.row, mark), mark))
    return {row: SYMBOLS[severity] for row, severity in found.items()}


def _write_answer(writer: SheetWriter, cell: PlanCell, formats: Formats, marking: Marking) -> None:
    """What the filler typed, and the mark on it."""
    anchor = (cell.item or "", cell.entry, cell.column)
    answer, mark = marking.answers.get(anchor), marking.marks.get(anchor)
    look = cell.style.replace("input.", "carried.") if anchor in marking.carried else cell.style
    style = formats[look] if mark is None else formats.marked(look, mark)
    if answer is None:
        writer.blank(cell.row, cell.col, style)
    elif isinstance(answer, str):
        writer.text(cell.row, cell.col, answer, style)
    else:
        writer.number(cell.row, cell.col, answer, style)


def _shape(writer: SheetWriter, sheet: SheetPlan) -> None:
    """Columns, rows, panes and paper."""
    hidden = set(sheet.hidden_cols)
    widths = dict(sheet.widths)
    for col in sorted({*widths, *hidden}):
        writer.column(col, widths.get(col, HIDDEN_WIDTH), hidden=col in hidden)
    heights = dict(sheet.heights)
    for row in sorted({*heights, *sheet.hidden_rows}):
        writer.row(row, heights.get(row), hidden=row in sheet.hidden_rows)
    if sheet.freeze is not None:
        writer.freeze(*sheet.freeze)
    if sheet.filtered is not None:
        writer.filter(sheet.filtered)
    if sheet.visibility == "visible":
        area = _used(sheet)
        writer.paper(landscape=sheet.print.landscape, repeat=sheet.print.repeat_rows)
        writer.print_area(area)
        writer.allow_text_numbers(area)
        first = next((cell for cell in sheet.cells if cell.kind is CellKind.INPUT), None)
        writer.select(*((first.row, first.col) if first is not None else (0, area[1])))


def _used(sheet: SheetPlan) -> Area:
    """All that people see."""
    hidden = set(sheet.hidden_cols)
    shown = [(cell.row, cell.col) for cell in sheet.cells if cell.col not in hidden]
    rows = [row for row, _ in shown] + [area[2] for area in sheet.merges]
    cols = [col for _, col in shown] + [area[3] for area in sheet.merges]
    return min(rows), min(cols), max(rows), max(cols)


def _page_texts(title: str, owner: str, sheet: str) -> tuple[str, str]:
    title, sheet = (text.replace("&", "&&") for text in (title, sheet))
    return f"&L{title}&R{owner}", f"&L{sheet}&C第&P页，共&N页"


def _define(book: LockedWorkbook, name: str, sheet: str, cell: str) -> None:
    letters, digits = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    place = "'" + sheet.replace("'", "''") + f"'!${letters}${digits}"
    if book.define_name(name, f"={place}") not in (0, None):
        raise limit_fault(sheet, cell, name)
