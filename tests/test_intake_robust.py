"""Mutated workbooks: whatever comes back ends as values and findings, or as a refusal; never as a crash."""

from __future__ import annotations

import random
import re
import time

import pytest
from builders.returns import (
    CAMPAIGN,
    IDENTITY,
    KEY,
    PLAN,
    RECIPIENT,
    Address,
    parts_of,
    read_back,
    returned,
    values_of,
    zipped,
)

from xltool import intake
from xltool.errors import RefusedFile
from xltool.messages import REFUSALS

VALUES: dict[Address, object] = {
    ("resident_population", None, None): 66.2,
    ("school_count", None, None): "１２所",
    ("founded", None, None): "2022年3月1日",
    ("special_funds", 1, "unit"): "区体育局",
    ("special_funds", 1, "budget"): "=1+2",
}
GOOD = returned(VALUES)
PARTS = parts_of(GOOD)
TOKENS = [
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
    b't="s"',
    b't="zz"',
    b"<f>A1</f>",
    "约".encode(),
    b"\0",
]
SECONDS = 5


def check(data: bytes) -> str:
    """The outcome of one file: `read`, or the code of its refusal."""
    started = time.monotonic()
    try:
        grid = intake.read_bytes("a.xlsx", data)
        intake.recognise(grid, KEY, CAMPAIGN, lambda _: IDENTITY)
        intake.read(grid, PLAN, RECIPIENT, IDENTITY, "a.xlsx", "0" * 64)
        outcome = "read"
    except RefusedFile as refused:
        outcome = refused.code
    assert outcome == "read" or outcome in REFUSALS
    assert time.monotonic() - started < SECONDS
    return outcome


def mutated_xml(rng: random.Random) -> bytes:
    """One part with a tag, an attribute or a text changed."""
    parts = dict(PARTS)
    name = rng.choice([name for name in parts if not name.startswith("docProps/app") and "theme" not in name])
    xml = parts[name]
    places = [match.span() for match in re.finditer(rb'<[^<>]{1,40}>|"[^"]{0,20}"|>[^<>]{1,20}<', xml)]
    for start, end in rng.sample(places, min(len(places), rng.randint(1, 3))):
        xml = (
            xml[:start] + rng.choice(TOKENS) + xml[end:]
            if rng.random() < 0.5
            else xml[:start] + rng.randbytes(3) + xml[end:]
        )
    parts[name] = xml
    if rng.random() < 0.1:
        del parts[rng.choice(list(parts))]
    return zipped(parts)


def mutated_cells(rng: random.Random) -> bytes:
    """Cell contents of the sheets changed, so that the XML stays well-formed."""
    parts = dict(PARTS)
    name = f"xl/worksheets/sheet{rng.randint(1, 6)}.xml"
    values = [
        b"",
        b"-1",
        b"1E400",
        b"NaN",
        b"#REF!",
        b"TRUE",
        b"44621",
        b"99999999999999999999",
        "１，２３万".encode(),
        b"20220230",
    ]
    kinds = [b"n", b"s", b"b", b"e", b"d", b"str", b"inlineStr"]
    xml = re.sub(
        rb"<v>[^<]*</v>|<t>[^<]*</t>",
        lambda match: match[0][:3] + rng.choice(values) + match[0][-4:] if rng.random() < 0.3 else match[0],
        parts[name],
    )
    parts[name] = re.sub(
        rb't="[a-zA-Z]+"', lambda match: b't="' + rng.choice(kinds) + b'"' if rng.random() < 0.2 else match[0], xml
    )
    return zipped(parts)


def mutated_bytes(rng: random.Random) -> bytes:
    """The file itself cut or with bytes changed."""
    data = bytearray(GOOD)
    if rng.random() < 0.2:
        return bytes(data[: rng.randrange(len(data))])
    for _ in range(rng.randint(1, 20)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


@pytest.mark.parametrize("mutate", [mutated_xml, mutated_cells, mutated_bytes])
@pytest.mark.parametrize("seed", range(3))
def test_mutated_workbooks_are_read_or_refused(mutate: object, seed: int) -> None:
    assert callable(mutate)
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    outcomes = {check(mutate(rng)) for _ in range(60)}
    assert "damaged" in outcomes or "read" in outcomes


def test_the_unmutated_workbook_is_read() -> None:
    assert check(GOOD) == "read"
    assert values_of(read_back(GOOD))["special_funds", 1, "budget"] == 3
