from __future__ import annotations

import re
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from builders.returns import IDENTITY, KEY, codes_of, parts_of, patched, read_back, returned, zipped
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from xltool import intake
from xltool.errors import RefusedFile
from xltool.intake import Cell, Kind, limits
from xltool.intake.address import position
from xltool.intake.biff import is_encrypted, require_bounded
from xltool.intake.cells import SheetReader
from xltool.intake.package import Package
from xltool.intake.runs import Text
from xltool.intake.string_table import cell_styles, shared_strings

GOOD = returned({("school_count", None, None): 12})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


SPREADSHEETML = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + b"\0\0"


def refusal(data: bytes) -> tuple[str, object]:
    with pytest.raises(RefusedFile) as caught:
        intake.read_bytes("a.xlsx", data)
    return caught.value.code, caught.value.context.get("found")


@pytest.mark.parametrize(
    ("data", "code", "found"),
    [
        (b"", "empty", "空文件"),
        (b"%PDF-1.4 ...", "not_a_workbook", "PDF"),
        (b"\x89PNG\r\n", "not_a_workbook", "图片"),
        (b"\xff\xd8\xff\xe0", "not_a_workbook", "图片"),
        (b"<html><table><tr><td>1</td></tr></table>", "not_a_workbook", "网页"),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML><html>", "not_a_workbook", "网页"),
        ('区,数值\n甲区,"1,234"\n'.encode("gbk"), "not_a_workbook", "文本/CSV"),
        (b"7z\xbc\xaf\x27\x1c", "not_a_workbook", "7z压缩包"),
        (b"a.txt" + b"\0" * 252 + b"ustar", "not_a_workbook", "TAR压缩包"),
        (b"\0\0\0\x18ftypheic", "not_a_workbook", "图片或音视频"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "not_a_workbook", "网页（MHTML）"),
        ("\ufeff<html><body>区</body></html>".encode("utf-16"), "not_a_workbook", "网页"),
        ("区\t数值\r\n甲区\t1\r\n".encode("utf-16"), "not_a_workbook", "文本/CSV"),
        (SPREADSHEETML, "not_a_workbook", "Excel 2003 XML表格"),
        (b"<?xml version='1.0'?><a/>", "not_a_workbook", "XML文件"),
        (b"ID;PWXL;N;E", "not_a_workbook", "SYLK表格.slk"),
        (zipped({"Index/Document.iwa": "", "preview.jpg": ""}), "not_a_workbook", "Numbers等苹果办公文件"),
        (zipped({"OFD.xml": "", "Doc_0/Document.xml": ""}), "not_a_workbook", "OFD文件"),
        (zipped({"mimetype": "application/epub+zip"}), "not_a_workbook", "其他办公文件"),
        (OLE, "not_a_workbook", "Office或WPS的旧格式文件"),
        (b"Rar!\x1a\x07", "not_a_workbook", "RAR压缩包"),
        (zipped({"word/document.xml": "", "[Content_Types].xml": ""}), "not_a_workbook", "Word文件"),
        (zipped({"xl/workbook.bin": "", "[Content_Types].xml": ""}), "not_a_workbook", "Excel二进制工作簿.xlsb"),
        (zipped({"a.txt": "a"}), "not_a_workbook", "压缩包"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "not_a_workbook", "ODT文档"),
        (stream("EncryptedPackage"), "encrypted", "加密文件"),
        (stream("WordDocument"), "not_a_workbook", "Word文件"),
        (stream("Workbook"), "damaged", "Excel 97-2003工作簿"),
        (GOOD[: len(GOOD) // 2], "damaged", "压缩包不完整"),
        (zipped({"[Content_Types].xml": ""}), "damaged", "Excel工作簿"),
        (b"\0\1\2\3\4", "not_a_workbook", "未知格式"),
    ],
)
def test_files_are_told_by_their_bytes(data: bytes, code: str, found: str) -> None:
    assert refusal(data) == (code, found)


def _sheet(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    return patched(data, "xl/worksheets/sheet2.xml", change)


def test_a_missing_or_broken_sheet_is_damage() -> None:
    parts = parts_of(GOOD)
    del parts["xl/worksheets/sheet2.xml"]
    assert refusal(zipped(parts))[0] == "damaged"
    assert refusal(_sheet(GOOD, lambda xml: xml[:-40]))[0] == "damaged"


def test_two_contents_at_one_address_are_damage() -> None:
    assert refusal(_sheet(GOOD, lambda xml: xml.replace(b'<c r="E2"', b'<c r="D2"')))[0] == "damaged"


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused(part: str) -> None:
    def declare(xml: bytes) -> bytes:
        head, mark, rest = xml.partition(b"?>") if xml.startswith(b"<?xml") else (b"", b"", xml)
        return head + mark + ENTITIES + rest

    assert refusal(patched(GOOD, part, declare))[0] == "unsafe"


def test_entities_in_strings_are_refused() -> None:
    with pytest.raises(RefusedFile, match="unsafe"):
        shared_strings(ENTITIES + b"<x><si><t>&b;</t></si></x>")
    with pytest.raises(RefusedFile, match="unsafe"):
        shared_strings(ENTITIES + b"<x/>")


def test_a_bomb_is_refused_before_it_is_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PART", 100_000)
    parts = parts_of(GOOD)
    parts["xl/media/image1.png"] = b"\0" * 200_000
    assert refusal(zipped(parts)) == ("too_large", "解压后过大")


def test_doubled_parts_and_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    parts: dict[str, bytes | str] = {**parts_of(GOOD), "XL/Workbook.xml": "<other/>"}
    assert refusal(zipped(parts))[0] == "unsafe"
    monkeypatch.setattr(limits, "PARTS", 3)
    assert refusal(GOOD)[0] == "too_large"


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CELLS", 20)
    assert refusal(GOOD)[0] == "too_large"


def test_what_to_do_with_what_is_no_workbook_is_said_by_its_kind() -> None:
    said = {}
    for data in (b"%PDF", SPREADSHEETML, b"Rar!\x1a\x07"):
        with pytest.raises(RefusedFile) as caught:
            intake.read_bytes("a.xls", data)
        said[caught.value.said] = caught.value.code
    assert said == dict.fromkeys(("not_a_workbook", "other_spreadsheet", "other_archive"), "not_a_workbook")


def record(kind: int, form: str, *numbers: int) -> bytes:
    body = struct.pack(form, *numbers)
    return struct.pack("<HH", kind, len(body)) + body


BIFF = record(0x809, "<HHHHII", 0x600, 5, 0, 0, 0, 0)


@pytest.mark.parametrize(
    "records",
    [
        record(0x200, "<IIHHH", 0, 65536, 0, 256, 0),  # what the sheet says of itself
        record(0x200, "<HHHHH", 0, 65535, 0, 255, 0),
        record(0x203, "<HHHd", 65535, 0, 0, 1) + record(0xFD, "<HHHI", 0, 255, 0, 0),  # what its cells say
        record(0x201, "<HHH", 65535, 255, 0),
        record(0xBE, "<HHHHH", 65535, 3, 0, 0, 255),
    ],
)
def test_an_xls_with_a_touched_last_cell_is_refused_before_it_is_read(records: bytes) -> None:
    with pytest.raises(RefusedFile) as caught:
        require_bounded(BIFF + records)
    assert (caught.value.code, caught.value.said) == ("too_large", "range_too_large")


def test_ordinary_sheets_of_an_xls_pass_each_by_itself() -> None:
    sheet = BIFF + record(0x200, "<IIHHH", 0, 5000, 0, 40, 0) + record(0x203, "<HHHd", 4999, 39, 0, 1)
    require_bounded(sheet * 100 + b"\x01\x02")
    assert not is_encrypted(sheet)
    assert is_encrypted(BIFF + record(0x2F, "<HHH", 1, 1, 1))


def test_a_touched_last_cell_and_styled_blank_rows_cost_nothing() -> None:
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(5000, 30000))
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    grid = intake.read_bytes("a", _sheet(GOOD, lambda xml: xml.replace(b"</sheetData>", blank + far + b"</sheetData>")))
    assert grid.sheets[1].cells[limits.LAST_ROW, limits.LAST_COLUMN].raw == "1"
    assert len(grid.sheets[1].cells) < 100


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "FILE", 1000)
    path = tmp_path / "a.xlsx"
    path.write_bytes(GOOD)
    with pytest.raises(RefusedFile, match="too_large"):
        intake.open_file(path)
    assert refusal(GOOD)[0] == "too_large"


def cells(
    xml: str, strings: tuple[str, ...] = ("甲", "乙"), styles: tuple[str, ...] = ("General", "0%")
) -> dict[str, Cell]:
    data = f'<worksheet xmlns="urn:x"><sheetData>{xml}</sheetData></worksheet>'.encode()
    found = SheetReader(tuple(map(Text, strings)), tuple((style, False) for style in styles)).read("a", data).cells
    return {f"{chr(65 + col)}{row + 1}": cell for (row, col), cell in found.items()}


def test_cells_keep_what_was_typed() -> None:
    found = cells(
        '<row r="2"><c r="A2"><v>12.300000000000001</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" s="1"><v>0.875</v></c>'
        '<c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#REF!</v></c><c r="F2" t="d"><v>2022-03-01</v></c>'
        '<c r="G2" t="str"><f>A1&amp;"x"</f><v>ax</v></c><c r="H2"><f>1+1</f></c><c r="I2" s="1"/></row>'
    )
    assert found == {
        "A2": Cell(Kind.NUMBER, "12.300000000000001"),
        "B2": Cell(Kind.TEXT, "乙"),
        "C2": Cell(Kind.NUMBER, "0.875", "0%"),
        "D2": Cell(Kind.BOOLEAN, "TRUE"),
        "E2": Cell(Kind.ERROR, "#REF!"),
        "F2": Cell(Kind.DATE, "2022-03-01"),
        "G2": Cell(Kind.TEXT, "ax", formula='A1&"x"'),
        "H2": Cell(Kind.NUMBER, "", formula="1+1"),
    }


def test_cells_may_leave_out_their_addresses() -> None:
    found = cells("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>")
    assert {address: cell.raw for address, cell in found.items()} == {"A1": "1", "B1": "2", "B3": "3"}


def test_inline_and_rich_strings_without_readings_of_characters() -> None:
    found = cells(
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>上</t></r><r><t xml:space="preserve"> 海</t></r>'
        '<rPh sb="0" eb="1"><t>シャン</t></rPh></is></c></row>'
    )
    assert found["A1"].raw == "上 海"


def test_an_index_below_zero_is_damage_not_the_last_string() -> None:
    with pytest.raises(RefusedFile, match="damaged"):
        cells('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')


def test_prefixed_strings_and_escaped_characters() -> None:
    data = '<x:sst xmlns:x="urn:x"><x:si><x:t>一_x000D_二</x:t></x:si><x:si/><x:si><x:t>_x005F_x</x:t></x:si></x:sst>'
    assert shared_strings(data.encode()) == [Text("一\r二"), Text(""), Text("_x")]


def test_shared_formulas_have_their_masters_text() -> None:
    found = cells(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
    )
    assert found["A2"].formula == "B1*2"


def test_formats_by_number_and_by_text() -> None:
    parts = {
        "s": '<styleSheet xmlns="urn:x"><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="31"/><xf numFmtId="99"/></cellXfs></styleSheet>'
    }
    found = cell_styles(parts["s"].encode())
    assert [code for code, _ in found] == ["General", "0.0%", "yyyy年m月d日", "General"]


@pytest.mark.parametrize("address", ["A0", "A", "1", "XFE1", "A1048577", "$A$1", "A1:B2", "AAAA1"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(ValueError, match=re.escape(address)):
        position(address)


def test_addresses() -> None:
    assert (position("A1"), position("aa10"), position("XFD1048576")) == ((0, 0), (9, 26), (1048575, 16383))


def test_relations_never_leave_the_package() -> None:
    relations = (
        '<Relationships xmlns="urn:x"><Relationship Id="1" Type="t/worksheet" Target="../../../../etc/passwd"/>'
        '<Relationship Id="2" Type="t/worksheet" Target="/xl/a.xml"/>'
        '<Relationship Id="3" Type="t/worksheet" Target="http://x/" TargetMode="External"/></Relationships>'
    )
    package = Package(zipped({"xl/_rels/workbook.xml.rels": relations}))
    assert package.relations("xl/workbook.xml") == {"1": ("worksheet", "etc/passwd"), "2": ("worksheet", "xl/a.xml")}


def test_properties_and_date_system_of_a_workbook() -> None:
    grid = intake.read_bytes("a", GOOD)
    assert (grid.source, grid.keywords, grid.date1904) == ("xlsx", IDENTITY.token(KEY), False)
    assert [sheet.name for sheet in grid.sheets if sheet.hidden] == ["_xltool"]
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    target = BytesIO()
    book.save(target)
    assert intake.read_bytes("a", target.getvalue()).date1904


def test_macros_are_seen_and_never_run() -> None:
    data = patched(
        GOOD,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="t/vbaProject" Target="vbaProject.bin"/></Relationships>',
        ),
    )
    assert intake.read_bytes("a.xlsm", data).macros
    assert codes_of(read_back(data)) == [("macros", None)]
