"""One check on one set of operands: what it comes to, and the finding where it is violated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from xltool import messages
from xltool.errors import EditionError, ExpressionError
from xltool.expression import Operand, evaluate, operands, parse
from xltool.model.edition import Check, Edition, Severity
from xltool.model.finding import Finding
from xltool.model.grounds import grounds_of
from xltool.model.naming import operand_label
from xltool.model.numbers import from_serial, shown
from xltool.model.quantity import MISSING, Quantity
from xltool.model.states import SHOWN, State
from xltool.model.values import Value


class Verdict(StrEnum):
    """What a check comes to; a check that is broken raises."""

    HOLDS = "holds"
    VIOLATED = "violated"
    OPEN = "open"  # can't be judged: an input is missing or not applicable, or it divides by zero


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A check with the operands it was judged on, in the order of its expression."""

    check: Check
    verdict: Verdict
    inputs: tuple[tuple[Operand, Quantity], ...]

    @property
    def sources(self) -> tuple[Value, ...]:
        """The values behind it."""
        return tuple(source for _, quantity in self.inputs for source in quantity.sources)

    @property
    def owners(self) -> frozenset[str | None]:
        """Whose workbooks these values stand in; None is the district's."""
        return frozenset(source.unit for source in self.sources)

    @property
    def is_prefilled(self) -> bool:
        """Whether the office filled in everything that was judged."""
        return all(source.prefilled for source in self.sources)


def constants_of(edition: Edition) -> dict[str, Quantity]:
    """The names that every expression may use."""
    return {name: Quantity(state=State.VALUE, value=value) for name, value in edition.constants.items()}


def judge(check: Check, quantities: Mapping[str, Quantity]) -> Judged:
    """Judge a check.

    Args:
        check: The rule.
        quantities: Every operand that there is, missing ones as missing; only last year's may be absent.

    Raises:
        EditionError: The rule itself is broken; that is never blamed on a filler.
    """
    try:
        node = parse(check.expression)
        leaves = operands(node)
        unknown = [leaf.key for leaf in leaves if leaf.kind != "previous" and leaf.key not in quantities]
        if unknown:
            raise broken(check, messages.reason("check_unknown", name=unknown[0]))
        outcome = evaluate(node, quantities)
    except ExpressionError as error:
        detail, _ = messages.fault(error.code, **{"place": error.place, **error.context})
        raise broken(check, detail) from error
    inputs = tuple((leaf, quantities.get(leaf.key, MISSING)) for leaf in leaves)
    if outcome.state is not State.VALUE:
        return Judged(check=check, verdict=Verdict.OPEN, inputs=inputs)
    if not isinstance(outcome.value, bool):
        raise broken(check, messages.reason("check_no_condition"))
    return Judged(check=check, verdict=Verdict.HOLDS if outcome.value else Verdict.VIOLATED, inputs=inputs)


def broken(check: Check, detail: str) -> EditionError:
    """The fault of an edition whose rule can't be judged."""
    return EditionError("edition_faulty", reason=messages.reason("check_broken", id=check.id, detail=detail))


def finding_of(
    judged: Judged, edition: Edition, district: str, *, unit: str | None, file: str | None, whose: str | None = None
) -> Finding:
    """The finding of a violated check.

    Args:
        judged: The check with its operands.
        edition: Labels and dates.
        district: Whose values these are.
        unit: The owner of the file; of a finding without file, the unit that the check is about.
        file: The file that all inputs come from; None where several contribute, or the office filled in all.
        whose: The unit that the message must name, where neither file nor row says it.
    """
    check = judged.check
    first = next((source for source in judged.sources if source.cell is not None), None)
    message = message_of(judged, edition)
    return Finding(
        about="check",
        code="check",
        severity=Severity.HINT if judged.is_prefilled else check.severity,
        district=district,
        unit=unit,
        rule=check.id,
        scope=check.scope,
        item=first.item if first else None,
        row=first.row if first else None,
        column=first.column if first else None,
        file=file,
        sheet=first.sheet if first and file else None,
        cell=first.cell if first and file else None,
        raw=first.typed if first else None,
        expected=f"{check.label}（{inputs_in_words(judged, edition)}）",
        message=f"{whose}：{message}" if whose else message,
        action=check.action,
        status="trial" if check.trial else "open",
        basis=grounds_of(judged.sources),
    )


def message_of(judged: Judged, edition: Edition) -> str:
    """The check's message with the values as they stand."""
    try:
        return judged.check.message.format_map(shown_inputs(judged, edition))
    except (KeyError, ValueError) as error:
        raise broken(judged.check, messages.reason("check_unknown", name=error.args[0])) from error


def shown_inputs(judged: Judged, edition: Edition) -> dict[str, str]:
    """Operands by the names that messages use: an item, a column, a total by its table, `count_…`, `previous_…`."""
    return {
        leaf.name if leaf.kind in {"item", "total"} else f"{leaf.kind}_{leaf.name}": as_shown(
            leaf, quantity, judged.check, edition
        )
        for leaf, quantity in judged.inputs
    }


def as_shown(leaf: Operand, quantity: Quantity, check: Check, edition: Edition) -> str:
    """An operand as people read it; dates as ISO text."""
    if quantity.state is not State.VALUE:
        return SHOWN[quantity.state]
    if isinstance(quantity.value, float | int):
        is_date = leaf.kind in {"item", "previous"} and names_date(leaf.name, check, edition)
        return from_serial(quantity.value).isoformat() if is_date else shown(quantity.value)
    return str(quantity.value)


def names_date(name: str, check: Check, edition: Edition) -> bool:
    """Whether a name of an expression stands for a date."""
    if name in edition.constants:
        return isinstance(getattr(edition, name, None), dt.date)
    if check.table is not None:
        return any(column.id == name and column.rules.type == "date" for column in edition.columns_of(check.table))
    rules = edition.item_by_id[name].rules
    return rules is not None and rules.type == "date"


def inputs_in_words(judged: Judged, edition: Edition) -> str:
    """Every input with its value and the cell it stands in: `“教师总数”12（数据!C5）`."""
    return "，".join(
        f"“{label_of(leaf, judged.check, edition)}”{as_shown(leaf, quantity, judged.check, edition)}"
        f"{places(quantity.sources)}"
        for leaf, quantity in judged.inputs
        if leaf.name not in edition.constants
    )


def label_of(leaf: Operand, check: Check, edition: Edition) -> str:
    """What people call an operand."""
    if check.table is not None:
        return next(column.label for column in edition.columns_of(check.table) if column.id == leaf.name)
    return operand_label(edition, leaf.kind, leaf.name, leaf.column)


def places(sources: Iterable[Value]) -> str:
    """Where values stand, the first of many; nothing for what the office filled in."""
    cells = [f"{source.sheet}!{source.cell}" for source in sources if source.cell is not None]
    return f"（{cells[0]}{'等' if len(cells) > 1 else ''}）" if cells else ""
