"""What a file is by its bytes; its ending says nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from xltool.intake.ole import SIGNATURE as OLE


class Format(StrEnum):
    """What the reader does with a file."""

    XLSX = "xlsx"  # with or without macros
    XLS = "xls"
    ODS = "ods"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    TRUNCATED = "truncated"  # a zip without its directory
    ARCHIVE = "archive"  # a zip of files
    PACKED = "packed"  # an archive of another kind, which is not opened
    FOREIGN = "foreign"  # a spreadsheet of a kind that is not read
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """A file's format, and its name as people call it."""

    format: Format
    found: str


# Where the bytes stand, and what they are.
_BYTES = (
    (0, b"%PDF", Format.OTHER, "PDF"),
    (0, b"\x89PNG", Format.OTHER, "图片"),
    (0, b"\xff\xd8\xff", Format.OTHER, "图片"),
    (0, b"GIF8", Format.OTHER, "图片"),
    (0, b"BM", Format.OTHER, "图片"),
    (0, b"II*\x00", Format.OTHER, "图片"),
    (0, b"MM\x00*", Format.OTHER, "图片"),
    (0, b"RIFF", Format.OTHER, "图片或音视频"),
    (0, b"Rar!", Format.PACKED, "RAR压缩包"),
    (0, b"7z\xbc\xaf", Format.PACKED, "7z压缩包"),
    (0, b"\x1f\x8b", Format.PACKED, "GZ压缩包"),
    (0, b"BZh", Format.PACKED, "BZ2压缩包"),
    (0, b"\xfd7zXZ", Format.PACKED, "XZ压缩包"),
    (0, b"{\\rtf", Format.OTHER, "Word文件"),
    (0, b"MZ", Format.OTHER, "程序文件"),
    (0, b"SQLite format 3", Format.OTHER, "数据库文件"),
    (0, b"\0\1\0\0Standard ", Format.OTHER, "Access数据库"),
    (0, b"ID;P", Format.FOREIGN, "SYLK表格.slk"),
    (257, b"ustar", Format.PACKED, "TAR压缩包"),
    (4, b"ftyp", Format.OTHER, "图片或音视频"),
)
# Streams of an OLE file, in the order of asking: an encrypted package has no other of them.
_STREAMS = (
    ("EncryptedPackage", Format.ENCRYPTED, "加密文件"),
    ("WordDocument", Format.OTHER, "Word文件"),
    ("PowerPoint Document", Format.OTHER, "PowerPoint文件"),
    ("Workbook", Format.XLS, "Excel 97-2003工作簿"),
    ("Book", Format.XLS, "Excel 97-2003工作簿"),
)
# Parts of a package, by how their names begin, in the order of asking.
_PARTS = (
    ("xl/workbook.bin", Format.FOREIGN, "Excel二进制工作簿.xlsb"),
    ("xl/", Format.XLSX, "Excel工作簿"),
    ("word/", Format.OTHER, "Word文件"),
    ("ppt/", Format.OTHER, "PowerPoint文件"),
    ("[content_types].xml", Format.XLSX, "Excel工作簿"),
    ("index/document.iwa", Format.FOREIGN, "Numbers等苹果办公文件"),
    ("index.zip", Format.FOREIGN, "Numbers等苹果办公文件"),
    ("ofd.xml", Format.OTHER, "OFD文件"),
)
_FIRST = ("_rels/", "docprops/", "customxml/", "meta-inf/")  # other parts that programs write first
_MIMETYPE = "mimetype"
_OPEN_DOCUMENT = (
    (b"application/vnd.oasis.opendocument.spreadsheet", Format.ODS, "ODS表格"),
    (b"application/vnd.oasis.opendocument.text", Format.OTHER, "ODT文档"),
    (b"application/", Format.OTHER, "其他办公文件"),
)
_WEB = ("<!doctype html", "<html", "<head", "<body", "<table", "<meta")
# Words near the beginning of a text, in the order of asking.
_TEXTS = (
    ("mime-version:", Format.FOREIGN, "网页（MHTML）"),
    ("urn:schemas-microsoft-com:office:spreadsheet", Format.FOREIGN, "Excel 2003 XML表格"),
    ("opendocument.spreadsheet", Format.FOREIGN, "单文件ODS表格.fods"),
    ("<svg", Format.OTHER, "图片"),
    *((word, Format.FOREIGN, "网页") for word in _WEB),
)
_BEGINNING = 4096
"""Bytes of a text that are looked at."""


def sniff(data: bytes) -> Sniffed:
    """Tell a file by its bytes."""
    if not data:
        return Sniffed(format=Format.EMPTY, found="空文件")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if data.startswith(OLE):
        return _sniff_ole(data)
    for place, magic, kind, found in _BYTES:
        if data.startswith(magic, place):
            return Sniffed(format=kind, found=found)
    return _sniff_text(data[:_BEGINNING])


def is_package(names: Iterable[str]) -> bool:
    """Whether the members of a zip make it one document, and not an archive of files."""
    plain = [plain_name(name) for name in names]
    return any(name == _MIMETYPE or name.startswith(part) for name in plain for part, *_ in _PARTS)


def begins_package(name: str) -> bool:
    """Whether a zip whose first member has this name is a document."""
    return is_package([name]) or plain_name(name).startswith(_FIRST)


def plain_name(name: str) -> str:
    """The name of a package's part without what programs write differently."""
    return name.replace("\\", "/").lstrip("/").casefold()


def _sniff_zip(data: bytes) -> Sniffed:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = {plain_name(name) for name in package.namelist()}
            mimetype = b""
            if _MIMETYPE in package.namelist():
                with package.open(_MIMETYPE) as stream:
                    mimetype = stream.read(100)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - zipfile raises many kinds on broken directories
        return Sniffed(format=Format.TRUNCATED, found="压缩包不完整")
    for start, kind, found in _OPEN_DOCUMENT:
        if mimetype.startswith(start):
            return Sniffed(format=kind, found=found)
    for part, kind, found in _PARTS:
        if any(name.startswith(part) for name in names):
            return Sniffed(format=kind, found=found)
    return Sniffed(format=Format.ARCHIVE, found="压缩包")


def _sniff_ole(data: bytes) -> Sniffed:
    for name, kind, found in _STREAMS:
        if name.encode("utf-16-le") + b"\0\0" in data:
            return Sniffed(format=kind, found=found)
    return Sniffed(format=Format.OTHER, found="Office或WPS的旧格式文件")


def _sniff_text(start: bytes) -> Sniffed:
    """Web pages and XML by their words; what is left without a NUL is plain text, of whatever encoding."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = start.decode("utf-16", "replace")
    elif b"\0" in start:
        return Sniffed(format=Format.OTHER, found="未知格式")
    else:
        text = start.decode("latin-1").removeprefix("\xef\xbb\xbf")
    text = text.strip("\ufeff \t\r\n").lower()
    if text.startswith(("<", "mime-version:")):
        for word, kind, found in _TEXTS:
            if word in text:
                return Sniffed(format=kind, found=found)
        return Sniffed(format=Format.OTHER, found="XML文件")
    return Sniffed(format=Format.OTHER, found="文本/CSV")
