"""A confirmation letter as a file: a scan (PDF) or the Word file it was printed from; the only importer of pypdf."""

from __future__ import annotations

import logging
import zipfile
from dataclasses import dataclass
from io import BytesIO

from lxml import etree
from pypdf import PageObject, PdfReader

from xltool.errors import UsageError

MAX_PAGES = 50  # a letter has one or two; a scanned set of papers is another thing
MAX_CONTENT = 2 * 2**20  # drawing instructions of a page; a scan's are a few hundred bytes beside its picture
MAX_DOCUMENT = 20 * 2**20  # a Word file's text, inflated
PDF_MARK, MARK_WITHIN = b"%PDF-", 1024
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT_PART = "word/document.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A PDF: its pages, and the text that it carries beside its pictures, which may be empty."""

    pages: int
    text: str


def read_pdf(data: bytes, name: str) -> Scan:
    """Open a PDF; what is none, is locked or of no use as a letter is a `UsageError` that names the file."""
    if not data:
        raise UsageError("letter_empty", path=name)
    if PDF_MARK not in data[:MARK_WITHIN]:
        raise UsageError("letter_no_pdf", path=name)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on a damaged file are not for users
    try:
        reader = PdfReader(BytesIO(data))
        locked = reader.is_encrypted
        pages = 0 if locked else len(reader.pages)
    except Exception as error:  # a damaged file raises whatever its reader stumbles over
        raise UsageError("letter_no_pdf", path=name) from error
    if locked:
        raise UsageError("letter_locked", path=name)
    if not 1 <= pages <= MAX_PAGES:
        raise UsageError("letter_pages", path=name, count=pages, limit=MAX_PAGES)
    return Scan(pages=pages, text="\n".join(text_of(page) for page in reader.pages))


def text_of(page: PageObject) -> str:
    """The text of a page, as far as it can be had."""
    try:
        content = page.get_contents()
        if content is None or len(content.get_data()) > MAX_CONTENT:
            return ""
        return page.extract_text()
    except Exception:  # noqa: BLE001 - what can't be read is no text, as in a scan
        return ""


def read_word(data: bytes, name: str) -> str:
    """The text of a Word file, paragraph by paragraph."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if package.getinfo(DOCUMENT_PART).file_size > MAX_DOCUMENT:
                raise UsageError("letter_too_large", path=name, limit=MAX_DOCUMENT // 2**20)
            root = etree.fromstring(package.read(DOCUMENT_PART), parser)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, etree.XMLSyntaxError) as error:
        raise UsageError("letter_no_word", path=name) from error
    paragraphs = root.iter(f"{WORD}p")
    return "\n".join("".join(text.text or "" for text in one.iter(f"{WORD}t")) for one in paragraphs)
