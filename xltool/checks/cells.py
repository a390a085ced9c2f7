"""Every cell by its own rules: Cerberus schemas, whose errors map one to one to findings.

Nearly every value is admissible, and Cerberus takes some 50 microseconds to say so. A plain predicate of the same
rules says it first; only what it doesn't admit goes to Cerberus. A property test holds the two equal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from cerberus import Validator
from cerberus.errors import ErrorDefinition, ValidationError

from xltool.checks.notes import Key, faulty_cells, note
from xltool.model.edition import Rules
from xltool.model.finding import Finding
from xltool.model.numbers import shown
from xltool.model.plan import Plan, Recipient, Slot
from xltool.model.states import State
from xltool.model.submission import Submission
from xltool.model.values import Scalar, Value

Content = int | float | str | dt.date
Fault = tuple[str, dict[str, object]]
"""A code of `messages.FINDINGS` and the names of its text."""

TAG_ERROR = ErrorDefinition(0x100, "tags")  # beyond the codes that cerberus has itself
FIELD = "value"  # the one field of each schema: a cell is a document of its own
TYPES = {"integer": "integer", "number": "number", "text": "string", "date": "date", "choice": "string"}
KINDS: Mapping[str, type | tuple[type, ...]] = {
    "integer": int,
    "number": (int, float),
    "text": str,
    "date": dt.date,
    "choice": str,
}
WRONG_TYPE = {"integer": "not_integer", "number": "not_a_number", "date": "bad_date", "choice": "not_in_list"}


class CellValidator(Validator):  # type: ignore[misc]  # cerberus has no types
    """Cerberus with the rule for tags."""

    def _validate_tags(self, limit: int, field: str, value: str) -> None:
        """Each tag of a text, which spaces separate, has at most `limit` letters.

        The rule's arguments are validated against this schema: {'type': 'integer', 'min': 1}
        """
        long = [tag for tag in value.split() if len(tag) > limit]
        if long:
            self._error(field, TAG_ERROR, "、".join(long))


def cell_faults(submission: Submission, plan: Plan, recipient: Recipient) -> Iterator[Finding]:
    """What is wrong with each value by itself, at its cell.

    Cells whose content could not be read have their finding from reading.
    """
    known = faulty_cells(submission.findings)
    by_key = {(value.item, value.row, value.column): value for value in submission.values}
    for key, value in by_key.items():
        planned = plan.inputs.get(key)
        if value.state is not State.VALUE or value.value is None or key in known or planned is None:
            continue
        slot = plan.slots[planned[1].slot or ""]
        choices = choices_of(slot, plan, recipient, parent_of(slot, key, by_key))
        for code, context in faults(slot.rules, choices, value.value):
            yield note(submission, plan, code, key, value.typed, **context)


def parent_of(slot: Slot, key: Key, by_key: Mapping[Key, Value]) -> Scalar | None:
    """What was chosen in the column that selects this cell's list."""
    if slot.choices is None or slot.choices.depends_on is None:
        return None
    parent = by_key.get((key[0], key[1], slot.choices.depends_on))
    return parent.value if parent is not None else None


def choices_of(slot: Slot, plan: Plan, recipient: Recipient, parent: Scalar | None) -> tuple[str, ...]:
    """The texts that a dropdown offers.

    A dependent one whose parent is blank or wrong offers all its texts: the parent's is the fault then.
    """
    if slot.choices is None:
        return slot.rules.allowed
    source = plan.lists[slot.choices.name]
    if source.bound is not None:
        return recipient.units
    by_parent = dict(source.by_parent)
    if parent in by_parent:
        return by_parent[parent]
    return source.values + tuple(text for texts in by_parent.values() for text in texts)


def faults(rules: Rules, choices: tuple[str, ...], value: Scalar) -> tuple[Fault, ...]:
    """What a value violates; empty where it is admissible."""
    content = content_of(rules, value)
    if predicate_of(rules, choices)(content):
        return ()
    validator = validator_of(rules, choices)
    if validator.validate({FIELD: content}, normalize=False):
        return ()
    return tuple(fault_of(rules, error) for error in validator._errors)  # noqa: SLF001 - `errors` is only text


def content_of(rules: Rules, value: Scalar) -> Content:
    """A value as Cerberus compares it: dates as dates, whole numbers as integers."""
    if rules.type == "date" and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


@lru_cache(maxsize=512)
def predicate_of(rules: Rules, choices: tuple[str, ...]) -> Callable[[Content], bool]:
    """Says of a value whether the rules of one kind of cell admit it, as `validator_of` does; made once."""
    kind = KINDS[rules.type]
    low: Any = rules.min  # of the values' own type, as the edition's lint sees to
    high: Any = rules.max
    longest, tag = rules.maxlength, rules.tags
    allowed = frozenset(choices) if choices or rules.type == "choice" else None

    def admits(value: Content) -> bool:
        if not isinstance(value, kind) or (rules.type == "number" and isinstance(value, bool)):
            return False
        if isinstance(value, str):
            if longest is not None and len(value) > longest:
                return False
            if tag is not None and any(len(one) > tag for one in value.split()):
                return False
        elif (low is not None and value < low) or (high is not None and value > high):
            return False
        return allowed is None or value in allowed

    return admits


@lru_cache(maxsize=512)
def validator_of(rules: Rules, choices: tuple[str, ...]) -> CellValidator:
    """One validator a kind of cell, made once."""
    schema: dict[str, Any] = {"type": TYPES[rules.type]}
    for name in ("min", "max", "maxlength", "tags"):
        if getattr(rules, name) is not None:
            schema[name] = getattr(rules, name)
    if choices or rules.type == "choice":
        schema["allowed"] = list(choices)
    return CellValidator({FIELD: schema})


def fault_of(rules: Rules, error: ValidationError) -> Fault:
    """The finding that a Cerberus error is."""
    limit = error.constraint
    match error.rule:
        case "type":
            return WRONG_TYPE[rules.type], {}
        case "min":
            return "below_minimum", {"limit": bound(limit)}
        case "max":
            return "above_maximum", {"limit": bound(limit)}
        case "maxlength":
            return "too_long", {"limit": limit, "length": len(error.value)}
        case "allowed":
            return "not_in_list", {}
        case "tags":
            return "tag_too_long", {"limit": limit, "tag": error.info[0]}
        case _:
            raise ValueError(error.rule)


def bound(limit: float | dt.date) -> str:
    """A limit as a message says it."""
    return limit.isoformat() if isinstance(limit, dt.date) else shown(limit)
