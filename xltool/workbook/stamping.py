"""Copies of one written workbook: what is the recipient's is put in where the template has marks.

A plan is written once for all recipients with numbers prefilled in the same cells; a copy costs the replacement of
some texts and numbers: all else, whole parts and what stands between them, is taken over as it is compressed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from xml.sax.saxutils import escape

from xltool.model.identity import Identity
from xltool.model.marking import Marking
from xltool.model.plan import Plan, Prefilled, Recipient
from xltool.workbook.packing import Member, Piece, joined, member, packed, piece
from xltool.workbook.writing import write_plan

MARK = re.compile("\ue000([\\w.]+)\ue001".encode())
"""A mark, in private-use characters that no text of an edition has."""

NOTHING = piece(b"")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class StandIn(float):
    """A number that is written as a mark, for the recipient's own; two of the same place are equal."""

    __slots__ = ()

    def __format__(self, _: str) -> str:
        """The mark, in whatever way the writer asks for digits."""
        return _mark(_known(int(self)))


@dataclass(frozen=True, kw_only=True)
class Template:
    """The parts of a written workbook, compressed; those with marks cut at them: text, mark, text, mark, ..., text."""

    fixed: Mapping[str, Member]
    marked: Mapping[str, tuple[Piece | str, ...]]  # a mark by its name
    order: tuple[str, ...]

    def stamp(self, recipient: Recipient, identity: Identity, key: bytes) -> bytes:
        """The workbook of one recipient; the same arguments give the same bytes."""
        texts = bound_texts(recipient, identity, key) | _numbers(recipient.prefilled)
        own = {name: piece(escape(_clean(text)).encode()) for name, text in texts.items()}
        return packed(self.fixed.get(name) or joined(name, _filled(self.marked[name], own)) for name in self.order)


def template(plan: Plan, prefilled: Sequence[Prefilled], password: str) -> Template:
    """Write a plan once, with marks in place of everything that is the recipient's; of `prefilled`, what is alike."""
    names = ["header", "token", *(cell.bound for sheet in plan.sheets for cell in sheet.cells if cell.bound)]
    entries = [cell.entry for sheet in plan.sheets for cell in sheet.cells if cell.bound == "units"]
    marks = {name: _mark(name) for name in (*names, *(f"units.{entry}" for entry in entries))}
    with zipfile.ZipFile(io.BytesIO(write_plan(plan, prefilled, marks, password))) as archive:
        order = tuple(archive.namelist())
        parts = {name: archive.read(name) for name in order}
    cut = {name: tuple(MARK.split(content)) for name, content in parts.items()}
    return Template(
        fixed={name: member(name, parts[name]) for name, pieces in cut.items() if len(pieces) == 1},
        marked={name: tuple(_pieces(pieces)) for name, pieces in cut.items() if len(pieces) > 1},
        order=order,
    )


def alike(prefilled: Sequence[Prefilled]) -> tuple[Prefilled, ...]:
    """Prefilled values without what is the recipient's own: those with equal ones have their template in common."""
    shown = (StandIn(place) if _is_number(known) else known.value for place, known in enumerate(prefilled))
    return tuple(
        replace(known, value=value, source="", raw="", origin="", date="")
        for known, value in zip(prefilled, shown, strict=True)
    )


def write(plan: Plan, recipient: Recipient, identity: Identity, *, key: bytes, password: str) -> bytes:
    """The workbook of one recipient, by way of a template of its own; the same arguments give the same bytes."""
    return template(plan, alike(recipient.prefilled), password).stamp(recipient, identity, key)


def write_marked(
    plan: Plan, recipient: Recipient, identity: Identity, marking: Marking, *, key: bytes, password: str
) -> bytes:
    """A recipient's workbook with its answers, marks and notes; the same arguments give the same bytes."""
    texts = {name: _clean(text) for name, text in bound_texts(recipient, identity, key).items()}
    cleaned = Marking(
        answers={at: _clean(told) if isinstance(told, str) else told for at, told in marking.answers.items()},
        marks=marking.marks,
        notes={at: _clean(note) for at, note in marking.notes.items()},
        carried=frozenset((each.item, each.row, each.column) for each in recipient.carried),
    )
    return write_plan(plan, recipient.prefilled, defaultdict(str, texts), password, cleaned)


def bound_texts(recipient: Recipient, identity: Identity, key: bytes) -> dict[str, str]:
    """What stands in bound cells; places for more units than the recipient has are left blank."""
    owner = f"{recipient.district} {recipient.unit or ''}".strip()
    return {
        **{f"identity.{name}": value or "" for name, value in asdict(identity).items()},
        "identity.signature": identity.signature(key),
        "identity.token": identity.token(key),
        "token": identity.token(key),
        "district": recipient.district,
        "unit": recipient.unit or "",
        "owner": owner,
        "header": owner.replace("&", "&&"),
        **{f"source.{known.item}": sourced(known) for known in recipient.prefilled if known.column is None},
        **{f"units.{number}": name for number, name in enumerate(recipient.units, start=1)},
    }


def sourced(known: Prefilled) -> str:
    """Whose value it is, and of when."""
    return "，".join(text for text in (known.origin, known.date) if text)


def _numbers(prefilled: Sequence[Prefilled]) -> dict[str, str]:
    """The prefilled numbers by their marks, as the writer spells numbers."""
    return {_known(place): f"{known.value:.16G}" for place, known in enumerate(prefilled) if _is_number(known)}


def _is_number(known: Prefilled) -> bool:
    return isinstance(known.value, int | float)


def _known(place: int) -> str:
    return f"known.{place}"


def _mark(name: str) -> str:
    return f"\ue000{name}\ue001"


def _clean(text: str) -> str:
    """What XML can hold of a text."""
    return FORBIDDEN.sub("", text)


def _pieces(cut: Sequence[bytes]) -> Iterator[Piece | str]:
    for place, content in enumerate(cut):
        yield content.decode() if place % 2 else piece(content)


def _filled(pieces: Iterable[Piece | str], own: Mapping[str, Piece]) -> Iterator[Piece]:
    return (own.get(one, NOTHING) if isinstance(one, str) else one for one in pieces)
