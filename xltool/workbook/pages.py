"""Pages as a workbook that people read: filters, traffic lights, links to files, printable on A4."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.url import Url

from xltool.model.pages import LIGHT_SYMBOLS, Cell, ChartPage, Column, Page
from xltool.model.styles import BODY_FONT, BODY_SIZE, CONDITIONAL, HEAD_FILL, HEAD_FONT
from xltool.workbook.book import CREATED
from xltool.workbook.charts import write_charts
from xltool.workbook.sheet import PAPER_A4, strictly
from xltool.workbook.styles import BORDER_COLOR

TALLEST = 409  # points that a row can be high in Excel
LINK_LIMIT = 2000  # letters of a link that spreadsheet programs follow
PAPER_WIDTH = {True: 104, False: 70}  # characters that stand side by side on A4 between the margins, landscape or not
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def write_pages(title: str, pages: Sequence[Page | ChartPage]) -> bytes:
    """An .xlsx with one sheet a page; text is always written as text, so what starts with `=` is never a formula."""
    heads = {page.name: len(page.notes) + 1 for page in pages if isinstance(page, Page)}
    target = io.BytesIO()
    with strictly():
        plain = {"font_name": BODY_FONT, "font_size": BODY_SIZE}  # a dict of its own: xlsxwriter changes it
        book = xlsxwriter.Workbook(target, {**OPTIONS, "default_format_properties": plain})
        book.set_properties({"title": title, "created": CREATED})
        looks = Looks(book)
        for page in pages:
            sheet = book.add_worksheet(page.name)
            if isinstance(page, ChartPage):
                write_charts(book, sheet, page, heads, looks.title, looks.note)
            else:
                _write(sheet, page, looks)
        book.close()
    return target.getvalue()


class FileLink(Url):  # type: ignore[misc]
    """A link to a file beside the workbook, with slashes, which all systems follow; the original has backslashes."""

    def _target(self) -> str:
        return str(super()._target()).replace("\\", "/")


class Looks:
    """Formats by what they are asked for, made once a workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        """Nothing is made yet."""
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **properties: object) -> Any:  # noqa: ANN401
        """A format."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    @property
    def title(self) -> Any:  # noqa: ANN401
        """Of a sheet's title."""
        return self.get(font_name=HEAD_FONT, font_size=16, valign="vcenter")

    @property
    def note(self) -> Any:  # noqa: ANN401
        """Of the lines under the title."""
        return self.get(font_size=9.5, font_color="#404040", text_wrap=True, valign="top")

    @property
    def head(self) -> Any:  # noqa: ANN401
        """Of column headings."""
        return self.get(
            font_name=HEAD_FONT, bg_color=HEAD_FILL, align="center", valign="vcenter", text_wrap=True, **_border()
        )

    @property
    def section(self) -> Any:  # noqa: ANN401
        """Of a row that is a subheading."""
        return self.get(font_name=HEAD_FONT, bg_color="#F2F2F2", valign="vcenter", text_wrap=True, **_border())

    def cell(self, cell: Cell, column: Column) -> Any:  # noqa: ANN401
        """Of a cell of the table."""
        look: dict[str, object] = {"align": column.align, "valign": "vcenter", "text_wrap": True, **_border()}
        if cell.light is not None and not isinstance(cell.content, str):
            look["num_format"] = f'"{LIGHT_SYMBOLS[cell.light]} "{cell.number_format or "General"}'
        elif cell.number_format:
            look["num_format"] = cell.number_format
        if cell.light is not None:
            style = CONDITIONAL[cell.light]
            look |= {"font_color": style.color, "bold": style.bold}
            if style.fill is not None:
                look["bg_color"] = style.fill
        if cell.link is not None:
            look |= {"font_color": "#1F4E9E", "underline": 1}
        return self.get(**look)


def _border() -> dict[str, object]:
    return {"border": 1, "border_color": BORDER_COLOR}


def _write(sheet: Any, page: Page, looks: Looks) -> None:  # noqa: ANN401
    last = len(page.columns) - 1
    noted = page.breaks[0] - 1 if page.breaks else last  # a note that spans two printed parts would be cut
    width = sum(column.width for column in page.columns[: noted + 1])
    sheet.write_string(0, 0, page.title, looks.title)
    sheet.set_row(0, 30)
    for row, note in enumerate(page.notes, start=1):
        sheet.merge_range(row, 0, row, noted, "", looks.note)
        sheet.write_string(row, 0, note, looks.note)
        sheet.set_row(row, 14.0 * _lines(note, width))
    head = len(page.notes) + 1
    for col, column in enumerate(page.columns):
        sheet.set_column(col, col, column.width)
        sheet.write_string(head, col, column.heading, looks.head)
    sheet.set_row(head, 16.0 * max(_lines(column.heading, column.width) for column in page.columns) + 6)
    for number, cells in enumerate(page.rows):
        row = head + 1 + number
        if number in page.sections:
            sheet.merge_range(row, 0, row, last, "", looks.section)
            sheet.write_string(row, 0, str(cells[0].content or ""), looks.section)
            continue
        for col, (cell, column) in enumerate(zip(cells, page.columns, strict=True)):
            _put(sheet, (row, col), cell, looks.cell(cell, column))
        texts = zip((cell.shown for cell in cells), page.columns, strict=True)
        lines = max(_lines(text, column.width) if isinstance(text, str) else 1 for text, column in texts)
        sheet.set_row(row, min(15.0 * lines + 3, TALLEST))
    _paper(sheet, page, head)


def _put(sheet: Any, place: tuple[int, int], cell: Cell, look: Any) -> None:  # noqa: ANN401
    content = cell.content if isinstance(cell.content, int | float) else cell.shown
    if content is None:
        sheet.write_blank(*place, None, look)
    elif isinstance(content, int | float):
        sheet.write_number(*place, content, look)
    elif cell.link is not None and len(cell.link) <= LINK_LIMIT:
        link = Url(f"internal:{cell.link[1:]}") if cell.link.startswith("#") else FileLink(f"external:{cell.link}")
        link.text = content
        sheet.write_url(*place, link, look)
    else:
        sheet.write_string(*place, content, look)


def _paper(sheet: Any, page: Page, head: int) -> None:  # noqa: ANN401
    sheet.freeze_panes(head + 1, page.frozen)
    if page.rows and not page.sections:
        sheet.autofilter(head, 0, head + len(page.rows), len(page.columns) - 1)
    if page.landscape:
        sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    if page.breaks:
        sheet.set_v_pagebreaks(list(page.breaks))
        sheet.repeat_columns(0, page.frozen - 1)
        sheet.set_print_scale(_scale(page))
    else:
        sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.repeat_rows(head)
    sheet.hide_gridlines(2)
    sheet.set_footer("&L" + page.title.replace("&", "&&") + "&R第&P页，共&N页")


def _scale(page: Page) -> int:
    """Percent at which the widest part, with the columns that repeat, fits on the paper."""
    frozen = sum(column.width for column in page.columns[: page.frozen])
    starts = (page.frozen, *page.breaks)
    ends = (*page.breaks, len(page.columns))
    widest = max(sum(column.width for column in page.columns[a:b]) for a, b in zip(starts, ends, strict=True))
    return min(100, int(PAPER_WIDTH[page.landscape] / (frozen + widest) * 100))


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: Chinese letters are two characters wide."""
    wide = 0x2E80
    count = 0
    for line in text.split("\n"):
        length = sum(2 if ord(letter) >= wide else 1 for letter in line)
        count += max(1, -(-length // max(1, int(width) - 1)))
    return count
