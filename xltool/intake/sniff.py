"""What a file is by its bytes; its ending says nothing."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO


class Format(StrEnum):
    """What the reader does with a file."""

    XLSX = "xlsx"  # with or without macros
    XLS = "xls"
    ODS = "ods"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    TRUNCATED = "truncated"  # a zip without its directory
    ARCHIVE = "archive"  # a zip of files
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """A file's format, and its name as people call it."""

    format: Format
    found: str

    @property
    def spreadsheet(self) -> bool:
        """Whether it is meant to be a workbook, readable or not."""
        return self.format in {Format.XLSX, Format.XLS, Format.ODS, Format.ENCRYPTED, Format.TRUNCATED}


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"BZh", "压缩包"),
    (b"{\\rtf", "Word文件"),
    (b"MZ", "程序文件"),
)
# Streams of an OLE file, in the order of asking: an encrypted package has no other of them.
_STREAMS = (
    ("EncryptedPackage", Format.ENCRYPTED, "加密文件"),
    ("WordDocument", Format.OTHER, "Word文件"),
    ("PowerPoint Document", Format.OTHER, "PowerPoint文件"),
    ("Workbook", Format.XLS, "Excel 97-2003工作簿"),
    ("Book", Format.XLS, "Excel 97-2003工作簿"),
)
# Parts of a package, in the order of asking.
_PACKAGES = (
    ("xl/workbook.bin", Format.OTHER, "Excel二进制工作簿.xlsb"),
    ("xl/", Format.XLSX, "Excel工作簿"),
    ("word/", Format.OTHER, "Word文件"),
    ("ppt/", Format.OTHER, "PowerPoint文件"),
    ("[content_types].xml", Format.XLSX, "Excel工作簿"),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": (Format.ODS, "ODS表格"),
    b"application/vnd.oasis.opendocument.text": (Format.OTHER, "ODT文档"),
}


def _other(found: str) -> Sniffed:
    return Sniffed(format=Format.OTHER, found=found)


def sniff(data: bytes) -> Sniffed:
    """Tell a file by its bytes."""
    if not data:
        return Sniffed(format=Format.EMPTY, found="空文件")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if data.startswith(_OLE):
        return _sniff_ole(data)
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return _other(found)
    return _sniff_text(data)


def _sniff_zip(data: bytes) -> Sniffed:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = {name.replace("\\", "/").lstrip("/").casefold() for name in package.namelist()}
            mimetype = b""
            if "mimetype" in package.namelist():
                with package.open("mimetype") as stream:
                    mimetype = stream.read(100)
    except Exception:  # noqa: BLE001 - zipfile raises many kinds on broken directories
        return Sniffed(format=Format.TRUNCATED, found="压缩包不完整")
    for start, (kind, found) in _OPEN_DOCUMENT.items():
        if mimetype.startswith(start):
            return Sniffed(format=kind, found=found)
    for part, kind, found in _PACKAGES:
        if any(name.startswith(part) for name in names):
            return Sniffed(format=kind, found=found)
    return Sniffed(format=Format.ARCHIVE, found="压缩包")


def _sniff_ole(data: bytes) -> Sniffed:
    for name, kind, found in _STREAMS:
        if name.encode("utf-16-le") + b"\0\0" in data:
            return Sniffed(format=kind, found=found)
    return _other("Office旧格式文件")


def _sniff_text(data: bytes) -> Sniffed:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<table", b"<meta", b"mime-version:")):
        return _other("网页")
    if start.startswith(b"<"):
        return _other("网页" if b"<html" in start else "XML文件")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _other("未知格式")
    return _other("文本/CSV")
