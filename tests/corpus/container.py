"""The file itself: what is no workbook, what is damaged, and what could harm the reader."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from builders.returns import zipped

from corpus.book import RELATIONS, STYLES, WORKBOOK, Book
from corpus.kinds import Damaged, Group, Said
from corpus.resaves import untouched

ITEMS = "xl/worksheets/sheet2.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
Damage = Callable[[Book], bytes | None]


def content(data: bytes | str) -> Damage:
    """A file that is no workbook at all."""
    return lambda _book: data.encode() if isinstance(data, str) else data


def ole(*streams: str) -> Damage:
    return content(OLE + b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams))


def part(name: str, change: Callable[[bytes], bytes]) -> Damage:
    """One part of the workbook changed."""
    return lambda book: book.edit(name, change)


def without(*names: str) -> Damage:
    """Parts are missing."""

    def damage(book: Book) -> None:
        for name in names:
            del book.parts[name]

    return damage


def entity(data: bytes) -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;&a;">]>'
    return data.replace(b"?>\n", b"?>\n" + declared, 1) if b"?>\n" in data else declared + data


def crc(book: Book) -> bytes:
    """A byte of a compressed part is changed."""
    data = bytearray(book.save(zipfile.ZIP_STORED))
    at = data.index(b"library_holdings")
    data[at] ^= 1
    return bytes(data)


def two_values(data: bytes) -> bytes:
    """Every reader takes another of them."""
    return data.replace(b"</v></c>", b"</v><v>1</v></c>", 1)


def twice(book: Book) -> bytes:
    stream = BytesIO(book.save())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(ITEMS.upper(), b"<worksheet/>")
    return stream.getvalue()


def bomb(book: Book) -> bytes:
    """A part that inflates to 300 MB."""
    stream = BytesIO(book.save())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        chunk = b"\0" * (1 << 20)
        with archive.open("xl/media/image1.png", "w") as target:
            for _ in range(300):
                target.write(chunk)
    return stream.getvalue()


def lying_size(book: Book) -> bytes:
    """The directory says that a part is small; it isn't."""
    data = book.save()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        size = archive.getinfo(ITEMS).file_size
    return data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


def encrypted_part(book: Book) -> bytes:
    data = bytearray(book.save())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def many_parts(book: Book) -> None:
    book.parts |= {f"xl/media/image{number}.png": b"" for number in range(2100)}


def many_cells(book: Book) -> None:
    rows = "".join(f'<row r="{row}">' + "<c><v>1</v></c>" * 50 + "</row>" for row in range(2000, 2000 + 6200))
    book.edit(ITEMS, lambda data: data.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))


def deep(book: Book) -> None:
    book.edit(ITEMS, lambda data: data.replace(b"<sheetData>", b"<x>" * 1000 + b"</x>" * 1000 + b"<sheetData>"))


def macros(book: Book) -> None:
    relation = '<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    book.parts["xl/vbaProject.bin"] = OLE
    book.replace(RELATIONS, "</Relationships>", f'{relation}Target="vbaProject.bin"/></Relationships>')


def external_image(book: Book) -> None:
    """Something outside the package is referred to; it is never fetched."""
    relation = '<Relationship Id="rId98" Type="x/image" Target="http://example.invalid/a" TargetMode="External"/>'
    book.replace(RELATIONS, "</Relationships>", f"{relation}</Relationships>")


def traversing(book: Book) -> None:
    book.replace(RELATIONS, 'Target="sharedStrings.xml"', 'Target="../../../../etc/passwd"')


def backslashes(book: Book) -> bytes:
    book.flush()
    return zipped({name.replace("/", "\\"): data for name, data in book.parts.items()})


def capitals(book: Book) -> bytes:
    book.flush()
    return zipped({name.upper() if name.startswith("xl/w") else name: data for name, data in book.parts.items()})


def zipped_up(name: str, *, encoding: str = "utf-8") -> Damage:
    """The workbook in a zip, its name written in some encoding."""

    def damage(book: Book) -> bytes:
        stored = name.encode(encoding)
        stand_in = "@" * len(stored)  # zipfile itself writes ASCII or UTF-8 only
        return zipped({stand_in: book.save()}).replace(stand_in.encode(), stored)

    return damage


def zipped_twice(book: Book) -> bytes:
    return zipped({"内层.zip": zipped({"返回.xlsx": book.save()})})


def web_page(_book: Book) -> bytes:
    return "<html><body><table><tr><td>常住人口</td><td>66.2</td></tr></table></body></html>".encode()


SPREADSHEETML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)
MHTML = "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html></html>"


def kind(
    name: str, title: str, damage: Damage, refused: str | None = None, *said: Said, file: str = "返回.xlsx"
) -> Damaged:
    return Damaged(group=Group.CONTAINER, name=name, title=title, damage=damage, refused=refused, said=said, file=file)


def cases() -> tuple[Damaged, ...]:
    """The kinds."""
    return (
        kind("empty", "空文件", content(b""), "empty"),
        kind("truncated", "只有前半个文件", lambda book: book.save()[:60_000], "damaged"),
        kind("no_directory", "缺少文件末尾", lambda book: book.save()[:-30], "damaged"),
        kind("trailing_bytes", "文件末尾有多余字节", lambda book: book.save() + b"\0" * 100),
        kind("leading_bytes", "文件开头有多余字节", lambda book: b"\0\0" + book.save(), "not_a_workbook"),
        kind("zeros", "全是零字节", content(b"\0" * 5000), "not_a_workbook"),
        kind("csv_utf8", "CSV改名为.xlsx", content("常住人口,66.2\n"), "not_a_workbook"),
        kind("csv_gbk", "GBK编码的CSV", content("常住人口,66.2\n".encode("gbk")), "not_a_workbook", file="返回.csv"),
        kind("csv_utf16", "UTF-16编码的CSV", content("常住人口\t66.2\n".encode("utf-16")), "not_a_workbook"),
        kind("web_page", "网页改名为.xls", web_page, "not_a_workbook", file="返回.xls"),
        kind("mhtml", "单文件网页", content(MHTML), "not_a_workbook", file="返回.xls"),
        kind("spreadsheetml", "2003版XML表格", content(SPREADSHEETML), "not_a_workbook", file="返回.xls"),
        kind("pdf", "PDF改名为.xlsx", content(b"%PDF-1.7\n"), "not_a_workbook"),
        kind("picture", "图片", content(b"\x89PNG\r\n\x1a\n"), "not_a_workbook"),
        kind("rar", "RAR压缩包", content(b"Rar!\x1a\x07\x00"), "not_a_workbook"),
        kind("seven_zip", "7z压缩包", content(b"7z\xbc\xaf\x27\x1c"), "not_a_workbook"),
        kind(
            "docx",
            "Word文件",
            content(zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})),
            "not_a_workbook",
        ),
        kind(
            "pptx",
            "PowerPoint文件",
            content(zipped({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"})),
            "not_a_workbook",
        ),
        kind("xlsb", "二进制工作簿.xlsb", content(zipped({"xl/workbook.bin": b"\0"})), "not_a_workbook"),
        kind("doc", "旧版Word文件", ole("WordDocument"), "not_a_workbook"),
        kind("encrypted", "带打开密码的工作簿", ole("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        kind("xls_broken", "损坏的.xls", ole("Workbook"), "damaged", file="返回.xls"),
        kind("encrypted_part", "压缩包内文件加密", encrypted_part, "encrypted"),
        kind("other_ending", "工作簿改名为.csv", untouched, file="返回.csv"),
        kind("no_ending", "没有扩展名", untouched, file="返回"),
        kind("zipped", "放在压缩包里", zipped_up("返回.xlsx"), file="返回.zip"),
        kind("zipped_gbk", "压缩包内文件名是GBK", zipped_up("黄浦区.xlsx", encoding="gbk"), file="返回.zip"),
        kind("zipped_traversal", "压缩包内路径含..", zipped_up("../../返回.xlsx"), file="返回.zip"),
        kind("zipped_twice", "压缩包里的压缩包", zipped_twice, file="返回.zip"),
        kind("macros", "带宏", macros, None, ("macros", None), file="返回.xlsm"),
        kind("external_image", "引用外部资源", external_image),
        kind("entity", "XML含实体声明", part(ITEMS, entity), "unsafe"),
        kind("entity_workbook", "workbook.xml含实体声明", part(WORKBOOK, entity), "unsafe"),
        kind("entity_strings", "文字表含实体声明", part("xl/sharedStrings.xml", entity), "unsafe"),
        kind("parts_twice", "内部文件重名", twice, "unsafe"),
        kind("bomb", "解压后300MB", bomb, "too_large"),
        kind("lying_size", "内部文件大小不实", lying_size, "damaged"),
        kind("many_parts", "内部文件过多", many_parts, "too_large"),
        kind("many_cells", "单元格过多", many_cells, "too_large"),
        kind("deep", "XML嵌套过深", deep, "damaged"),
        kind("crc", "内部数据校验不符", crc, "damaged"),
        kind("cut_xml", "工作表XML不完整", part(ITEMS, lambda data: data[:5000]), "damaged"),
        kind(
            "bad_utf8",
            "工作表XML编码错误",
            part(ITEMS, lambda data: data.replace(b"<sheetData>", b"\xff<sheetData>")),
            "damaged",
        ),
        kind(
            "null_bytes",
            "工作表XML含零字节",
            part(ITEMS, lambda data: data.replace(b"<sheetData>", b"\0<sheetData>")),
            "damaged",
        ),
        kind("no_workbook", "缺少workbook.xml", without(WORKBOOK), "damaged"),
        kind("no_sheet", "缺少一个工作表的部件", without(ITEMS), "damaged"),
        kind("no_strings", "缺少文字表", without("xl/sharedStrings.xml"), "damaged"),
        kind("no_styles", "缺少样式表", without(STYLES), "damaged"),
        kind("no_content_types", "缺少类型清单", without("[Content_Types].xml")),
        kind("traversing", "部件路径指向包外", traversing, "damaged"),
        kind("backslashes", "部件名用反斜杠", backslashes),
        kind("capitals", "部件名大小写不同", capitals),
        kind(
            "string_beyond",
            "文字编号超出文字表",
            part(ITEMS, lambda data: re.sub(rb't="s"><v>[0-9]+', b't="s"><v>99999', data, count=1)),
            "damaged",
        ),
        kind(
            "string_below",
            "文字编号为负",
            part(ITEMS, lambda data: re.sub(rb't="s"><v>[0-9]+', b't="s"><v>-1', data, count=1)),
            "damaged",
        ),
        kind(
            "cell_twice", "两个单元格同一地址", part(ITEMS, lambda data: data.replace(b'r="E8"', b'r="E7"')), "damaged"
        ),
        kind(
            "cell_beyond", "单元格超出工作表", part(ITEMS, lambda data: data.replace(b'r="E8"', b'r="XFE8"')), "damaged"
        ),
        kind("two_values", "一个单元格有两个值", part(ITEMS, two_values), "damaged"),
        kind("row_zero", "行号为零", part(ITEMS, lambda data: data.replace(b'r="E8"', b'r="E0"')), "damaged"),
        kind(
            "unknown_type", "单元格类型不存在", part(ITEMS, lambda data: data.replace(b't="s"', b't="q"', 1)), "damaged"
        ),
    )
