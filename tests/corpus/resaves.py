"""What other programs change by opening and saving alone (`clients.md`): nothing is lost, nobody is accused."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

from openpyxl import load_workbook

from corpus.book import MAIN, OFFICE, STYLES, WORKBOOK, Book, Content, element, tag
from corpus.kinds import Damaged, Group, Kind, Said

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def untouched(_book: Book) -> None:
    """As issued and filled."""


def without(*names: str) -> Callable[[Book], None]:
    """All sheets without some elements."""

    def damage(book: Book) -> None:
        for name in book.sheets():
            book.sheet(name).drop(*names)

    return damage


def without_names(book: Book) -> None:
    book.edit(WORKBOOK, lambda data: re.sub(rb"<definedNames>.*</definedNames>", b"", data))


def without_structure_lock(book: Book) -> None:
    book.edit(WORKBOOK, lambda data: re.sub(rb"<workbookProtection[^>]*/>", b"", data))


def without_properties(book: Book) -> None:
    for part in ("docProps/core.xml", "docProps/app.xml"):
        del book.parts[part]
    book.edit("_rels/.rels", lambda data: re.sub(rb"<Relationship [^>]*docProps[^>]*/>", b"", data))


def without_caches(book: Book) -> None:
    book.every_sheet(lambda data: re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data))


def stale_caches(book: Book) -> None:
    book.every_sheet(lambda data: re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>77</v>", data))


def split_validations(book: Book) -> None:
    """A program writes one validation for each cell of an area, as ExcelJS does."""

    def split(data: bytes) -> bytes:
        return re.sub(rb'sqref="([A-Z]+)([0-9]+):\1([0-9]+)"', rb'sqref="\1\2 \1\3"', data)

    book.every_sheet(split)


def inline_strings(book: Book) -> None:
    """All texts stand in their cells; the string table is gone."""
    strings = book.strings()
    for name in book.sheets():
        sheet = book.sheet(name)
        for place, cell in sheet.cells.items():
            if cell.get("t") == "s":
                text: Content = strings[int(cell.findtext(tag("v"), ""))]
                if str(text).startswith("="):
                    continue
                sheet.cells[place] = element(text, cell.get("s"))


def rich_strings(book: Book) -> None:
    """Texts are cut into runs of the same look."""

    def cut(data: bytes) -> bytes:
        runs = r'<r><t xml:space="preserve">\1</t></r><r><t xml:space="preserve">\2</t></r>'
        return re.sub(r"<t[^>]*>([^<&]{2})([^<&]+)</t>", runs, data.decode()).encode()

    book.edit("xl/sharedStrings.xml", cut)


def without_addresses(book: Book) -> None:
    """Rows and cells leave their addresses out, blank cells fill the gaps."""
    book.flush()
    for name in book.sheets():
        sheet = book.sheet(name)
        width = max((col for _, col in sheet.cells), default=0)
        height = max((row for row, _ in sheet.cells), default=-1)
        for row in range(height + 1):
            for col in range(width + 1):
                sheet.cells.setdefault((row, col), element(None))
    book.flush()
    book.every_sheet(lambda data: re.sub(rb'(<(?:c|row)\b[^>]*?) r="[A-Z0-9]+"', rb"\1", data))


def prefixed(book: Book) -> None:
    """Elements carry a prefix, as some libraries write them."""

    def prefix(data: bytes) -> bytes:
        data = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", data)
        return data.replace(b'xmlns="' + MAIN.encode(), b'xmlns:x="' + MAIN.encode())

    book.flush()
    for part in [
        WORKBOOK,
        STYLES,
        "xl/sharedStrings.xml",
        *(p for p in book.parts if p.startswith("xl/worksheets/sheet")),
    ]:
        book.edit(part, prefix)


def strict(book: Book) -> None:
    """The strict variant of the format, which Excel offers to save."""
    book.flush()
    for part in [one for one in book.parts if one.endswith((".xml", ".rels"))]:
        text = book.parts[part]
        book.parts[part] = text.replace(MAIN.encode(), STRICT.encode()).replace(OFFICE.encode(), STRICT_OFFICE.encode())


def absolute_targets(book: Book) -> None:
    book.edit("xl/_rels/workbook.xml.rels", lambda data: data.replace(b'Target="', b'Target="/xl/'))


def renamed_parts(book: Book) -> None:
    """A program numbers the sheets' parts otherwise."""
    book.flush()
    names = [part for part in book.parts if part.startswith("xl/worksheets/sheet")]
    for name in names:
        book.parts[name.replace("/sheet", "/Tabelle")] = book.parts.pop(name)
    for part in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        book.edit(part, lambda data: data.replace(b"worksheets/sheet", b"worksheets/Tabelle"))


def spelled_booleans(book: Book) -> None:
    book.every_sheet(lambda data: re.sub(rb'(sheet|objects|scenarios|hidden|customHeight)="1"', rb'\1="true"', data))


def utf16(book: Book) -> None:
    def recode(data: bytes) -> bytes:
        text = data.decode("utf-8").replace('encoding="UTF-8"', 'encoding="UTF-16"')
        return text.encode("utf-16")

    book.edit(book.part_of("本单位数据"), recode)


def by_openpyxl(book: Book) -> bytes:
    loaded = load_workbook(BytesIO(book.save()))
    stream = BytesIO()
    loaded.save(stream)
    return stream.getvalue()


def base1904(book: Book) -> None:
    """The workbook is set to the 1904 system; its program converts the dates."""
    book.replace(WORKBOOK, "<workbookPr ", '<workbookPr date1904="1" ')
    sheet = book.sheet("工作文件")
    cell = next(cell for cell in sheet.cells.values() if cell.findtext(tag("v")) == "44674.0")
    value = cell.find(tag("v"))
    assert value is not None
    value.text = str(44674 - 1462)


def styled_blanks(book: Book) -> None:
    """A hundred thousand blank rows are formatted."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(5000, 105000))
    part = book.part_of("填报审核")
    book.edit(part, lambda data: data.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))


def last_cell(book: Book) -> None:
    """The last cell of the sheet was touched."""
    book.sheet("本单位数据").put("XFD1048576", " ")


def kind(name: str, title: str, damage: Callable[[Book], bytes | None], *said: Said, book: Kind = "unit") -> Damaged:
    return Damaged(group=Group.RESAVED, name=name, title=title, damage=damage, said=said, book=book)


def cases() -> tuple[Damaged, ...]:
    """The kinds; LibreOffice, ExcelJS and openpyxl themselves are tried in `.ci/round_trip.py`."""
    return (
        kind("untouched", "没有损坏", untouched),
        kind("untouched_district", "没有损坏的区表", untouched, book="district"),
        kind("openpyxl", "openpyxl另存", by_openpyxl),
        kind("no_protection", "工作表保护没有了", without("sheetProtection"), ("locks_lost", None)),
        kind("no_validations", "下拉和校验没有了", without("dataValidations"), ("locks_lost", None)),
        kind("no_formats", "条件格式没有了", without("conditionalFormatting")),
        kind(
            "nothing_but_cells",
            "保护、校验和条件格式都没有了",
            without("sheetProtection", "dataValidations", "conditionalFormatting"),
            ("locks_lost", None),
        ),
        kind("no_structure_lock", "工作簿结构保护没有了", without_structure_lock),
        kind("no_names", "单元格名称没有了", without_names),
        kind("no_properties", "文档属性没有了", without_properties),
        kind("no_caches", "没有公式结果", without_caches),
        kind("stale_caches", "公式结果是旧的", stale_caches),
        kind("split_validations", "校验区域被拆开", split_validations),
        kind("inline_strings", "文字存在单元格内", inline_strings),
        kind("rich_strings", "文字分成几段", rich_strings),
        kind("no_addresses", "单元格不写地址", without_addresses),
        kind("prefixed", "XML带前缀", prefixed),
        kind("strict", "严格格式的xlsx", strict),
        kind("absolute_targets", "部件用绝对路径", absolute_targets),
        kind("renamed_parts", "部件改名", renamed_parts),
        kind("spelled_booleans", "属性写法不同", spelled_booleans),
        kind("utf16", "XML用UTF-16编码", utf16),
        kind("base_1904", "1904日期系统", base1904),
        kind("styled_blanks", "十万行空白格式", styled_blanks),
        kind("last_cell", "点到最后一格", last_cell),
    )
