"""Workbooks changed at random, by a seed: bytes, XML and the contents of cells, with what may come of each."""

from __future__ import annotations

import datetime as dt
import math
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.book import Book, Content, Xml

from builders.returns import CAMPAIGN, IDENTITY, KEY, PLAN, RECIPIENT, Address, parts_of, returned, zipped
from xltool import intake
from xltool.errors import RefusedFile
from xltool.intake.characters import folded
from xltool.messages import REFUSALS
from xltool.model.numbers import serial, shown
from xltool.model.plan import Slot, a1
from xltool.model.states import NOTHING_WORD
from xltool.model.submission import Submission
from xltool.model.values import Value

FILLED: Mapping[Address, object] = {
    ("resident_population", None, None): 66.2,
    ("school_count", None, None): "１２所",
    ("founded", None, None): "2022年3月1日",
    ("special_funds", 1, "unit"): "区体育局",
    ("special_funds", 1, "budget"): "=1+2",
}
TOKENS = (
    b"",
    b"<c/>",
    b"<row/>",
    b"</c>",
    b"-1",
    b"99999999999999999999",
    b"1E400",
    b"NaN",
    b"\xff\xfe",
    b"&amp;",
    b"&x;",
    b"A1:XFD1048576",
    b'r="XFD1048577"',
    b'r="XFD1048576"',
    b't="s"',
    b't="zz"',
    b's="99999"',
    b"<f>A1</f>",
    b'<f t="shared" si="0"/>',
    b"<v>-1</v>",
    b"_xD800_",
    "约".encode(),
    b"\0",
)
CONTENTS = (
    b"",
    b"-1",
    b"1E400",
    b"NaN",
    b"#REF!",
    b"TRUE",
    b"44621",
    b"99999999999999999999",
    b"20220230",
    "１万".encode(),
)
KINDS = (b"n", b"s", b"b", b"e", b"d", b"str", b"inlineStr")

Mutate = Callable[[random.Random, Mapping[str, bytes]], bytes]


@cache
def good() -> Mapping[str, bytes]:
    """The parts of a small workbook that is in order."""
    return parts_of(returned(FILLED))


def mutated_xml(rng: random.Random, parts: Mapping[str, bytes]) -> bytes:
    """One part with tags, attributes or texts changed, or a part gone."""
    changed = dict(parts)
    name = rng.choice([name for name in changed if not name.startswith("docProps/app") and "theme" not in name])
    xml = changed[name]
    places = [match.span() for match in re.finditer(rb'<[^<>]{1,40}>|"[^"]{0,20}"|>[^<>]{1,20}<', xml)]
    for start, end in rng.sample(places, min(len(places), rng.randint(1, 3))):
        token = rng.choice(TOKENS) if rng.random() < 0.8 else rng.randbytes(3)
        xml = xml[:start] + token + xml[end:]
    changed[name] = xml
    if rng.random() < 0.1:
        del changed[rng.choice(list(changed))]
    return zipped(changed)


def mutated_cells(rng: random.Random, parts: Mapping[str, bytes]) -> bytes:
    """Contents and types of a sheet's cells exchanged, so that the XML stays well-formed."""
    changed = dict(parts)
    name = rng.choice([name for name in changed if name.startswith("xl/worksheets/sheet")])
    xml = re.sub(
        rb"<v>[^<]*</v>|<t>[^<]*</t>",
        lambda match: match[0][:3] + rng.choice(CONTENTS) + match[0][-4:] if rng.random() < 0.3 else match[0],
        changed[name],
    )
    changed[name] = re.sub(
        rb't="[a-zA-Z]+"', lambda match: b't="' + rng.choice(KINDS) + b'"' if rng.random() < 0.2 else match[0], xml
    )
    return zipped(changed)


def mutated_bytes(rng: random.Random, parts: Mapping[str, bytes]) -> bytes:
    """The file itself cut, or with bytes changed."""
    return changed_bytes(rng, zipped(parts))


def changed_bytes(rng: random.Random, file: bytes) -> bytes:
    """Any file cut, or with bytes changed."""
    data = bytearray(file)
    if rng.random() < 0.2:
        return bytes(data[: rng.randrange(len(data))])
    for _ in range(rng.randint(1, 20)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


MUTATIONS: Sequence[Mutate] = (mutated_xml, mutated_cells, mutated_bytes)


def read(data: bytes) -> Submission | str:
    """A file read by the small plan, or the code of its refusal."""
    try:
        grid = intake.read_bytes("a.xlsx", data)
        intake.recognise(grid, KEY, CAMPAIGN, lambda _: IDENTITY)
        return intake.read(grid, PLAN, RECIPIENT, IDENTITY, "a.xlsx", "0" * 64)
    except RefusedFile as refused:
        return refused.code if refused.code in REFUSALS else f"!{refused.code}"


LAST_DAY = serial(dt.date(9999, 12, 31))
"""The last day that a spreadsheet shows; a date cell holds what it shows."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed into a cell, how it is shown, and the silent reading that is allowed, if any."""

    content: Content
    number_format: str | None
    allowed: str | float | None


DAY_FORMATS = ("yyyy-mm-dd", "yyyy/m/d h:mm", 'yyyy"年"m"月"d"日"', "[$-804]yyyy\\-mm\\-dd;@")
PLAIN_FORMATS = (None, "0", "0.00", "#,##0", "@", "General;[Red]-General", "[Red]0.0;[Blue]-0.0", "000")
ODD_FORMATS = (
    "0,",
    '0"万"',
    '0.0,"千"',
    "0!.0",
    "0;0",
    ";;;",
    '"约"0',
    "# ?/?",
    "0.00E+00",
    "h:mm",
    "0%",
    'm"月"d"日"',
)
PIECES = (
    *("0", "1", "7", "12", "345", "６", "３", ".", ",", "，", "。", "-", "－", "+", " ", "\u3000", "\u00a0", "\u200b"),
    *(
        "%",
        "％",
        "万",
        "亿",
        "千",
        "人",
        "人次",
        "m²",
        "元",
        "约",
        "至",
        "~",
        "/",
        "(",
        ")",
        "（",
        "）",
        "年",
        "月",
        "日",
    ),
    *("无", "不适用", "TRUE", "#REF!", "E", "e+5", "=", "①", "²", "½", "٣", "〇", "二", "十", "A", "_x0031_", "\n"),
)
OPERATORS = ("+", "-", "*", "/", "^", "%+", ",", "&")


def typed(rng: random.Random, slot: Slot) -> Typed:
    """Something that could be typed into a cell."""
    choice = rng.random()
    if choice < 0.35:
        return typed_text(rng, slot)
    if choice < 0.75:
        return typed_number(rng, slot)
    if choice < 0.9:
        operands = [
            rng.choice((str(rng.randint(0, 999)), "2.5", "D4", "SUM(1,2)", "ROUND(7/3,1)", "A1", '"x"')) for _ in "ab"
        ]
        return Typed(content=f"={operands[0]}{rng.choice(OPERATORS)}{operands[1]}", number_format=None, allowed=None)
    content = rng.choice((Xml("<v>1</v>", "b"), Xml("<v>#N/A</v>", "e"), Xml("<v>2022-03-01</v>", "d")))
    is_day = content.type == "d" and slot.type in {"date", "text", "choice"}
    return Typed(content=content, number_format=None, allowed="2022-03-01" if is_day else None)


def typed_text(rng: random.Random, slot: Slot) -> Typed:
    text = "".join(rng.choices(PIECES, k=rng.randint(1, 7)))
    seen = text.replace("_x0031_", "1")
    allowed = seen.strip() if slot.type in {"text", "choice"} else None
    return Typed(
        content=Xml(f'<is><t xml:space="preserve">{text}</t></is>', "inlineStr"), number_format=None, allowed=allowed
    )


def typed_number(rng: random.Random, slot: Slot) -> Typed:
    number = rng.choice(
        (rng.randint(-50, 5000), rng.randint(30000, 60000), round(rng.uniform(0, 1e6), 3), 0.875, 1, 0, 1e16, 20220301)
    )
    code = rng.choice(PLAIN_FORMATS if rng.random() < 0.5 else (*ODD_FORMATS, *DAY_FORMATS))
    allowed: str | float | None = None
    if slot.type in {"integer", "number"} and (code in PLAIN_FORMATS or (code == "0;0" and number >= 0)):
        allowed = number
    elif slot.type == "date" and code in DAY_FORMATS and 61 <= number < LAST_DAY + 1:
        allowed = (dt.date(1899, 12, 30) + dt.timedelta(days=int(number))).isoformat()
    elif slot.type in {"text", "choice"}:
        allowed = as_text(number, code)
    return Typed(content=number, number_format=code, allowed=allowed)


def as_text(number: float, code: str | None) -> str | None:
    """How a number reads as text, None where its format makes it another text."""
    if code == "0%":
        return f"{shown(number * 100)}%"
    if code == "000":
        return shown(number).zfill(3)
    return shown(number) if code in PLAIN_FORMATS or code in {"# ?/?", "0.00E+00", "0;0", ";;;"} else None


def type_cells(rng: random.Random, parts: Mapping[str, bytes]) -> tuple[bytes, Mapping[Address, Typed]]:
    """A third of the small workbook's inputs typed into."""
    book = Book(parts)
    chosen: dict[Address, Typed] = {}
    styles: dict[str, int] = {}
    for address, (sheet, cell) in PLAN.inputs.items():
        if cell.slot is None or address[0] == "member_units" or address[2] == "none" or rng.random() > 0.33:
            continue
        one = chosen[address] = typed(rng, PLAN.slots[cell.slot])
        style = None
        if one.number_format is not None:
            style = styles.setdefault(one.number_format, -1)
            if style < 0:
                style = styles[one.number_format] = book.style(one.number_format)
        book.sheet(sheet).put((cell.row, cell.col), one.content, style)
    return book.save(), chosen


def misread(submission: Submission, chosen: Mapping[Address, Typed]) -> list[str]:
    """Cells whose content was lost or read as something else without a word at that cell."""
    values = {(value.item, value.row, value.column): value for value in submission.values}
    said = {(finding.sheet, finding.cell) for finding in submission.findings}
    wrong = []
    for address, one in chosen.items():
        sheet, cell = PLAN.inputs[address]
        if (sheet, a1(cell.row, cell.col)) not in said and not is_allowed(values.get(address), one):
            wrong.append(f"{address}: {one} was read as {values.get(address)}")
    return wrong


def is_allowed(value: Value | None, one: Typed) -> bool:
    """Whether a reading without a finding is what a person would read."""
    if value is None:
        return isinstance(one.content, Xml) and not folded(re.sub(r"<[^>]*>", "", one.content.inner))
    if value.state == "not_applicable":
        return folded(str(one.allowed or re.sub(r"<[^>]*>", "", str(one.content)))).find("不适用") >= 0
    if isinstance(one.allowed, int | float) and isinstance(value.value, int | float):
        return math.isclose(value.value, one.allowed, rel_tol=1e-14)
    if isinstance(one.allowed, str) and isinstance(value.value, str):
        return folded(value.value) == folded(one.allowed) or value.value == NOTHING_WORD == folded(one.allowed)
    return False
