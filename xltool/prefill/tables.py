"""A csv or xlsx file as lines of texts by column heading."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xltool.errors import UsageError
from xltool.messages import reason

ENCODINGS = ("utf-8-sig", "gb18030")  # what Excel and WPS save csv files in
LARGEST = 20 * 1024 * 1024
ZIP_MARK = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table: its number in the file, and its texts by heading, blank ones left out."""

    number: int
    cells: Mapping[str, str]


def read_table(path: Path) -> list[Line]:
    """The lines under the first line that isn't blank.

    Raises:
        UsageError: The file is missing, too large, neither csv nor xlsx, or its headings are doubled.
    """
    if not path.is_file():
        raise faulty(path, "prefill_no_file")
    try:
        if path.stat().st_size > LARGEST:
            raise faulty(path, "prefill_too_large")
        data = path.read_bytes()
    except OSError as error:
        raise faulty(path, "unreadable", reason=error.strerror or error) from error
    rows = _xlsx(path, data) if data.startswith(ZIP_MARK) else _csv(path, data)
    return _lines(path, rows)


def faulty(path: Path, code: str, **context: object) -> UsageError:
    """What is wrong with the whole file."""
    return UsageError("prefill_faulty", place=path.name, reason=reason(code, **context))


def _csv(path: Path, data: bytes) -> Iterator[Sequence[str]]:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t，", key=first.count)
        return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    raise faulty(path, "prefill_no_table")


def _xlsx(path: Path, data: bytes) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions that openpyxl drops don't matter for reading
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            rows = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except Exception as error:  # openpyxl raises whatever its parts meet in a damaged file
        raise faulty(path, "prefill_no_table") from error
    return iter(rows)


def _text(content: object) -> str:
    if content is None:
        return ""
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return str(content)


def _lines(path: Path, rows: Iterable[Sequence[str]]) -> list[Line]:
    headings: list[str] | None = None
    lines: list[Line] = []
    for number, row in enumerate(rows, start=1):
        texts = [text.strip() for text in row]
        if not any(texts):
            continue
        if headings is None:
            headings = texts
            doubled = next((text for text in texts if text and texts.count(text) > 1), None)
            if doubled is not None:
                raise faulty(path, "prefill_doubled_heading", heading=doubled)
            continue
        cells = {heading: text for heading, text in zip(headings, texts, strict=False) if heading and text}
        lines.append(Line(number=number, cells=cells))
    if not lines:
        raise faulty(path, "prefill_no_rows")
    return lines
