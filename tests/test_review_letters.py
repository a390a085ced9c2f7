"""What a letter's file is and says: scans, their text, and letters of something else."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from builders import reviews
from pypdf import PdfReader, PdfWriter  # noqa: TID251 - makes the scans of tests

from xltool.demo.scan import sample_scan
from xltool.errors import UsageError
from xltool.model.review import DIGEST_MARK, SNAPSHOT_MARK, LetterCheck
from xltool.review import Printed, check_letter, printed
from xltool.review.scans import MAX_PAGES, read_pdf, read_word

LOG = reviews.walked(3)
SNAPSHOT, LAST = reviews.SNAPSHOT.id, LOG[-1].digest
DISTRICTS = ("东区", "西区")
OTHER = "0123456789abcdef" * 4
LETTER = f"东区确认函\n{SNAPSHOT_MARK}：{SNAPSHOT}\n{DIGEST_MARK}：{LAST}"


def pdf(pages: int = 1, *, locked: bool = False) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if locked:  # to be read by everybody, to be changed by nobody but the owner
        writer.encrypt("", "-", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def checked(text: str, typed: str | None = None) -> LetterCheck:
    return check_letter(printed(text, DISTRICTS), LOG, SNAPSHOT, typed)


def refused(text: str, typed: str | None = None) -> str:
    with pytest.raises(UsageError) as error:
        checked(text, typed)
    return error.value.code


def test_a_scan_without_text_is_accepted_with_or_without_the_typed_id() -> None:
    scan = read_pdf(pdf(2), "scan.pdf")

    assert (scan.pages, printed(scan.text, DISTRICTS)) == (2, Printed())
    assert checked(scan.text) is LetterCheck.NONE
    assert checked(scan.text, SNAPSHOT[:8].upper()) is LetterCheck.TYPED


def test_a_scan_with_text_is_tied_to_its_snapshot() -> None:
    text = read_pdf(sample_scan(LETTER.split("\n")), "scan.pdf").text

    assert printed(text, DISTRICTS) == Printed(
        snapshots=(SNAPSHOT,), digests=(LAST,), ids=(SNAPSHOT, LAST), districts=("东区",)
    )
    assert checked(text) is LetterCheck.TEXT


@pytest.mark.parametrize(
    "text",
    [
        LETTER,
        f"数据快照编号: {SNAPSHOT[:16]} {SNAPSHOT[16:40]}\n{SNAPSHOT[40:]}",
        f"数据快照编号：{SNAPSHOT.upper()}2023年",
        f"数据快照编号：{SNAPSHOT[:12]}",
        f"其他写法 {SNAPSHOT}",
        f"东区、西区 {SNAPSHOT}",
    ],
)
def test_ids_are_found_however_they_are_broken_into_lines(text: str) -> None:
    assert checked(text) is LetterCheck.TEXT


@pytest.mark.parametrize(
    ("text", "typed", "code"),
    [
        (LETTER.replace(SNAPSHOT, OTHER), None, "letter_snapshot"),
        (LETTER.replace(SNAPSHOT, OTHER), SNAPSHOT, "letter_snapshot"),
        (f"数据快照编号：{OTHER[:12]}", None, "letter_snapshot"),
        (f"没有字样的编号 {OTHER}", None, "letter_snapshot"),
        (LETTER.replace("东区", "西区"), None, "letter_district"),
        (LETTER.replace(LAST, LOG[0].digest), None, "letter_digest"),
        (LETTER.replace(LAST, OTHER), None, "letter_digest"),
        (LETTER, OTHER, "snapshot_typed"),
        ("", OTHER, "snapshot_typed"),
        ("", SNAPSHOT[:7], "snapshot_typed"),
        ("", "", "snapshot_typed"),
        ("", SNAPSHOT + "0", "snapshot_typed"),
    ],
)
def test_a_letter_of_something_else_is_refused(text: str, typed: str | None, code: str) -> None:
    assert refused(text, typed) == code


BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "letter_empty"),
    "text": ("确认函".encode(), "letter_no_pdf"),
    "mark only": (b"%PDF-1.7\n", "letter_no_pdf"),
    "cut short": (pdf()[:200], "letter_no_pdf"),
    "mark far inside": (b"x" * 2000 + pdf(), "letter_no_pdf"),
    "without a page": (pdf(0), "letter_pages"),
    "a whole book": (pdf(MAX_PAGES + 1), "letter_pages"),
    "locked": (pdf(locked=True), "letter_locked"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_letter_is_refused_by_name(name: str) -> None:
    data, code = BAD[name]

    with pytest.raises(UsageError) as error:
        read_pdf(data, "scan.pdf")

    assert (error.value.code, error.value.context["path"]) == (code, "scan.pdf")


def test_bytes_changed_at_random_are_a_letter_or_refused() -> None:
    whole = bytearray(sample_scan(LETTER.split("\n")))
    for place in range(0, len(whole), 7):
        damaged = bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        with suppress(UsageError):
            read_pdf(damaged, "scan.pdf")


def test_the_sample_scan_is_one_page_that_says_it_is_a_sample() -> None:
    reader = PdfReader(io.BytesIO(sample_scan(LETTER.split("\n"))), strict=True)

    assert len(reader.pages) == 1
    assert "示例" in reader.pages[0].extract_text()


def word(text: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return buffer.getvalue()


def test_a_word_files_text_is_read_too() -> None:
    assert read_word(word(LETTER), "letter.docx").split("\n") == LETTER.split("\n")


@pytest.mark.parametrize(
    "data", [b"", b"PK", word("<"), word("")[:100], pdf()], ids=["empty", "start", "bad-xml", "cut", "pdf"]
)
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError) as error:
        read_word(data, "letter.docx")
    assert error.value.code == "letter_no_word"
