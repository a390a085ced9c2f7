"""The indicators once more, from `values --json` and `edition show --json` alone; nothing of the program is used."""

from __future__ import annotations

import ast
import re
import statistics
from collections import defaultdict
from dataclasses import dataclass
from math import fsum, isclose
from typing import Any

Row = dict[str, Any]
Figure = tuple[str, Any]
"""(state, value)."""

MISSING: Figure = ("missing", None)
TOTAL = re.compile(r"sum\((\w+)\.(\w+)\)")
COMPARED = ("value", "numerator", "denominator", "city", "mean", "median")
EXACT = ("state", "units_answered", "units_expected", "n", "rank", "label", "unit_of_measure")


@dataclass(frozen=True)
class Formula:
    """A formula with `sum(t.c)` as the plain name `t__c`; `top`, `bottom` and `factor` of its outermost division."""

    text: str
    names: tuple[str, ...]
    top: str | None
    bottom: str | None
    factor: float


def formula(text: str) -> Formula:
    tree = ast.parse(TOTAL.sub(r"\1__\2", text), mode="eval").body
    divided, factor = tree, 1.0
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult) and isinstance(tree.right, ast.Constant):
        divided, factor = tree.left, float(str(tree.right.value))
    top = bottom = None
    if isinstance(divided, ast.BinOp) and isinstance(divided.op, ast.Div):
        top, bottom = ast.unparse(divided.left), ast.unparse(divided.right)
    return Formula(ast.unparse(tree), names_in(ast.unparse(tree)), top, bottom, factor)


def names_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)))


class District:
    """What the counting values of one district say."""

    def __init__(self, rows: list[Row], edition: dict[str, list[Row]]) -> None:
        self.items = {item["id"]: item for item in edition["items"]}
        self.names = {
            row["row"]: row["value"] for row in rows if (row["item"], row["column"]) == ("member_units", "unit")
        }
        self.units = tuple(self.names.values())
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if row["counts"]:
                self.rows[row["item"]].append(row)

    def is_total(self, name: str) -> bool:
        return bool(self.items[name.partition("__")[0]]["level"] == "each_unit")

    def figure(self, name: str) -> Figure:
        item, _, column = name.partition("__")
        return listed(self.rows[item], column) if column else single(self.rows[item])

    def by_unit(self, name: str) -> dict[str, float]:
        item, _, column = name.partition("__")
        named = {row["row"]: row["value"] for row in self.rows[item] if row["unit"] is None and row["column"] == "unit"}
        owned: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows[item]:
            whose = row["unit"] or (named if column else self.names).get(row["row"])
            if whose is not None:
                owned[whose].append(row)
        found = {unit: listed(owned[unit], column) if column else single(owned[unit]) for unit in self.units}
        return {unit: value for unit, (state, value) in found.items() if state == "value"}


def single(rows: list[Row]) -> Figure:
    assert len(rows) <= 1, rows
    return (rows[0]["state"], rows[0]["value"]) if rows else MISSING


def listed(rows: list[Row], column: str) -> Figure:
    """A list's total: numbers of its rows; a list with counting rows but no number is one that is said to be empty."""
    numbers = [row["value"] for row in rows if row["column"] == column]
    return ("value", fsum(numbers)) if rows else MISSING


def evaluated(text: str, figures: dict[str, Figure]) -> Figure:
    states = {figures[name][0] for name in names_in(text)}
    for state in ("not_applicable", "missing"):
        if state in states:
            return (state, None)
    try:
        known = {name: figures[name][1] for name in names_in(text)}
        return ("value", eval(text, {"__builtins__": {}}, known))  # noqa: S307 - the edition's own arithmetic
    except ZeroDivisionError:
        return ("undefined", None)


def recompute(values: list[Row], edition: dict[str, list[Row]]) -> dict[tuple[str, str], Row]:
    """(district, indicator) -> the fields of `indicators --json` that are numbers, states and counts."""
    by_district: dict[str, list[Row]] = defaultdict(list)
    for row in values:
        by_district[row["district"]].append(row)
    districts = {each["name"]: District(by_district[each["name"]], edition) for each in edition["districts"]}
    found: dict[tuple[str, str], Row] = {}
    for indicator in edition["indicators"]:
        parsed = formula(indicator["formula"])
        column = {name: one_district(parsed, district) for name, district in districts.items()}
        compare(parsed, list(column.values()))
        for name, row in column.items():
            head = {"label": indicator["label"], "unit_of_measure": indicator["unit_of_measure"]}
            found[name, indicator["id"]] = row | head
    return found


def one_district(parsed: Formula, district: District) -> Row:
    totals = {name: district.by_unit(name) for name in parsed.names if district.is_total(name)}
    entered = {unit for answers in totals.values() for unit in answers}
    if is_matched(parsed, set(totals)):
        entered = set.intersection(*(set(answers) for answers in totals.values()))
    figures = {name: district.figure(name) for name in parsed.names if name not in totals}
    for name, answers in totals.items():
        numbers = [number for unit, number in answers.items() if unit in entered]
        figures[name] = ("value", fsum(numbers)) if numbers else MISSING
    state, value = evaluated(parsed.text, figures)
    return {
        "state": state,
        "value": value,
        "numerator": evaluated(parsed.top, figures)[1] if parsed.top else None,
        "denominator": evaluated(parsed.bottom, figures)[1] if parsed.bottom else None,
        "units_answered": len(entered) if totals else None,
        "units_expected": len(district.units) if totals else None,
    }


def is_matched(parsed: Formula, totals: set[str]) -> bool:
    sides = [set(names_in(side)) & totals for side in (parsed.top, parsed.bottom) if side]
    return len(sides) == 2 and all(sides)


def compare(parsed: Formula, column: list[Row]) -> None:
    """Add the comparison among the districts with a value."""
    known = [row for row in column if row["state"] == "value"]
    numbers = [row["value"] for row in known if not isinstance(row["value"], str)]
    city = None
    if parsed.top and numbers:
        city = fsum(row["numerator"] for row in known) / fsum(row["denominator"] for row in known) * parsed.factor
    for row in column:
        row |= {
            "n": len(known),
            "city": city,
            "mean": statistics.fmean(numbers) if numbers else None,
            "median": statistics.median(numbers) if numbers else None,
            "rank": 1 + sum(larger(one, row["value"]) for one in numbers) if row in known and numbers else None,
        }


def larger(one: float, other: float) -> bool:
    return one > other and not isclose(one, other, rel_tol=1e-14)


def disagreements(computed: list[Row], values: list[Row], edition: dict[str, list[Row]]) -> list[str]:
    """Where `indicators --json` and the recomputation differ; in words, for a test's message."""
    expected = recompute(values, edition)
    wrong = [] if [(r["district"], r["indicator"]) for r in computed] == in_order(edition) else ["order of the rows"]
    for row in computed:
        other = expected[row["district"], row["indicator"]]
        differing = [f for f in COMPARED if not agrees(row[f], other[f])] + [f for f in EXACT if row[f] != other[f]]
        wrong += [f"{row['district']} {row['indicator']} {f}: {row[f]!r}, not {other[f]!r}" for f in differing]
    return wrong


def in_order(edition: dict[str, list[Row]]) -> list[tuple[str, str]]:
    return [(district["name"], each["id"]) for district in edition["districts"] for each in edition["indicators"]]


def agrees(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(other))
    return one == other
