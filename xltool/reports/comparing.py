"""Two Word files held together: which numbers of one aren't those of the other, whatever the wording. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from xltool.reports.reading import Block

Kind = Literal["changed", "added", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberDifference:
    """A number that was changed, added or removed: where, what it should be, what it is."""

    kind: Kind
    place: str
    expected: str
    found: str


def compare_numbers(expected: Sequence[Block], found: Sequence[Block]) -> tuple[NumberDifference, ...]:
    """The differences, in the order of the document that was found.

    Blocks of the same text are the same; between them blocks go together in their order by the likeness of their
    words, and within two that go together the numbers are compared one by one.
    """
    matcher = SequenceMatcher(None, [one.text for one in expected], [one.text for one in found], autojunk=False)
    differences: list[NumberDifference] = []
    for code, start, end, other_start, other_end in matcher.get_opcodes():
        if code != "equal":
            differences += _region(expected[start:end], found[other_start:other_end])
    return tuple(differences)


def _region(expected: Sequence[Block], found: Sequence[Block]) -> Iterator[NumberDifference]:
    """Each block found goes with the likest one expected that isn't taken yet, in order."""
    place = 0
    for block in found:
        partner = _likest(expected, place, block)
        if partner is None:
            yield from _numbers((), block.numbers, block.place)
            continue
        for left_out in expected[place:partner]:
            yield from _numbers(left_out.numbers, (), left_out.place)
        yield from _numbers(expected[partner].numbers, block.numbers, block.place)
        place = partner + 1
    for left_out in expected[place:]:
        yield from _numbers(left_out.numbers, (), left_out.place)


ALIKE = 0.5
FAR = 40  # blocks that are looked at for a partner


def _likest(expected: Sequence[Block], place: int, block: Block) -> int | None:
    best, likeness = None, ALIKE
    for number in range(place, min(len(expected), place + FAR)):
        ratio = _likeness(expected[number], block)
        if ratio > likeness:
            best, likeness = number, ratio
    return best


def _likeness(one: Block, other: Block) -> float:
    matcher = SequenceMatcher(None, one.text, other.text, autojunk=False)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) > ALIKE else 0.0


def _numbers(expected: Sequence[str], found: Sequence[str], place: str) -> Iterator[NumberDifference]:
    matcher = SequenceMatcher(None, expected, found, autojunk=False)
    for code, start, end, other_start, other_end in matcher.get_opcodes():
        if code == "equal":
            continue
        wanted, there = list(expected[start:end]), list(found[other_start:other_end])
        for one, other in zip(wanted, there, strict=False):
            yield NumberDifference(kind="changed", place=place, expected=one, found=other)
        for one in wanted[len(there) :]:
            yield NumberDifference(kind="removed", place=place, expected=one, found="")
        for other in there[len(wanted) :]:
            yield NumberDifference(kind="added", place=place, expected="", found=other)
