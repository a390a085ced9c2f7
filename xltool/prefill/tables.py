"""A csv or xlsx file as lines of texts by column heading."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xltool.errors import UsageError
from xltool.messages import os_reason, reason
from xltool.model.numbers import shown

ENCODINGS = ("utf-8-sig", "gb18030")  # what Excel and WPS save csv files in
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what Excel calls Unicode text
DELIMITERS = ",\t;，"
LARGEST = 20 * 1024 * 1024
ZIP_MARK = b"PK\x03\x04"
DISTRICT = ("区", "district", "行政区", "区名", "区县")
"""Headings that a table must have one of: they also tell its head from titles above it."""

Texts = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table: its sheet (None in csv files), its number there, its texts by heading, blanks left out."""

    sheet: str | None = None
    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file's lines, the titles above them, and the sheets that are no such table."""

    lines: tuple[Line, ...]
    titles: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


def read_table(path: Path) -> Table:
    """The lines below the first one that has a heading for districts, of every sheet that has one.

    Raises:
        UsageError: The file is missing, too large, neither csv nor xlsx, has no such head, or headings twice.
    """
    if not path.is_file():
        raise faulty(path, "prefill_no_file")
    try:
        if path.stat().st_size > LARGEST:
            raise faulty(path, "prefill_too_large")
        data = path.read_bytes()
    except OSError as error:
        raise faulty(path, "unreadable", reason=os_reason(error)) from error
    sheets = _xlsx(path, data) if data.startswith(ZIP_MARK) else {None: _csv(path, data)}
    filled = {sheet: rows for sheet, rows in sheets.items() if any(any(row) for row in rows)}
    heads = {sheet: _head(rows) for sheet, rows in filled.items()}
    lines = [
        line
        for sheet, rows in filled.items()
        if (head := heads[sheet]) is not None
        for line in _lines(path, sheet, rows, head)
    ]
    if not lines:
        headless = filled and all(head is None for head in heads.values())
        raise faulty(path, "prefill_no_head" if headless else "prefill_no_rows")
    return Table(
        lines=tuple(lines),
        titles=tuple(
            text for sheet, rows in filled.items() for row in rows[: heads[sheet] or 0] for text in row if text
        ),
        passed_over=tuple(str(sheet) for sheet, head in heads.items() if head is None),
    )


def folded(text: str) -> str:
    """A text as it compares: without spaces, in one width and case."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def faulty(path: Path, code: str, **context: object) -> UsageError:
    """What is wrong with the whole file."""
    return UsageError("prefill_faulty", place=path.name, reason=reason(code, **context))


def _csv(path: Path, data: bytes) -> list[Texts]:
    for encoding in ("utf-16",) if data.startswith(UTF_16) else ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        tables = [_split(text, delimiter) for delimiter in DELIMITERS]
        return next((rows for rows in tables if _head(rows) is not None), tables[0])
    raise faulty(path, "prefill_no_table")


def _split(text: str, delimiter: str) -> list[Texts]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [[cell.strip() for cell in row] for row in rows]


def _xlsx(path: Path, data: bytes) -> dict[str | None, list[Texts]]:
    """The sheets' texts; a formula without a result stands as the formula, so that it is said and not passed over."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions that openpyxl drops don't matter for reading
            results = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            formulas = load_workbook(io.BytesIO(data), read_only=True)
            return {
                sheet.title: [
                    [_text(cell) or _text(typed) for cell, typed in zip(row, typed_row, strict=False)]
                    for row, typed_row in zip(sheet.iter_rows(), formulas[sheet.title].iter_rows(), strict=False)
                ]
                for sheet in results.worksheets
            }
    except Exception as error:  # openpyxl raises whatever its parts meet in a damaged file
        raise faulty(path, "prefill_no_table") from error


def _text(cell: Any) -> str:  # noqa: ANN401 - openpyxl has no types
    """A cell as a person reads it: percentages with their sign, dates without a time."""
    content = cell.value
    if content is None:
        return ""
    if isinstance(content, int | float) and not isinstance(content, bool):
        percent = "%" in str(cell.number_format or "")
        return f"{shown(content * 100)}%" if percent else shown(content)
    return str(content).removesuffix(" 00:00:00").strip()


def _head(rows: Sequence[Texts]) -> int | None:
    """Which row holds the headings."""
    return next((n for n, row in enumerate(rows) if any(folded(text) in DISTRICT for text in row)), None)


def _lines(path: Path, sheet: str | None, rows: Sequence[Texts], head: int) -> Iterable[Line]:
    headings = rows[head]
    doubled = next((text for text in headings if text and headings.count(text) > 1), None)
    if doubled is not None:
        raise faulty(path, "prefill_doubled_heading", heading=doubled)
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        cells = {heading: text for heading, text in zip(headings, row, strict=False) if heading and text}
        if cells:
            yield Line(sheet=sheet, number=number, cells=cells)
