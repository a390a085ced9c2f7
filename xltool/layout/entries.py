"""One row of a list: the formulas that judge it, and the words that say what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltool.expression import parse
from xltool.expression.excel import OPEN, VIOLATED, check_formula
from xltool.layout.draft import Draft
from xltool.layout.sentences import literals, live_text, sentences
from xltool.layout.sheet import text_literal
from xltool.layout.slots import valid, wanted
from xltool.model.edition import Check
from xltool.model.entries import UNIT_COLUMN
from xltool.model.plan import Slot
from xltool.model.states import NOTHING_WORD

ERRORS = "本行有显示错误的内容，请删除后重新填写。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row's cells and slots by column; `entry` names the column where 无 declares a unit's list empty.

    `others` are the same columns' ranges over all rows.
    """

    cells: Mapping[str, tuple[str, Slot]]
    others: Mapping[str, str]
    entry: str | None = None

    @property
    def anything(self) -> str:
        """A condition that holds where the row is filled at all."""
        joined = "&".join(cell for cell, _ in self.cells.values())
        return f'{joined}<>""'

    @property
    def silent(self) -> str | None:
        """A condition that holds where the row declares a unit's list empty; None where no row can."""
        return None if self.entry is None else f"{self.cells[self.entry][0]}={text_literal(NOTHING_WORD)}"


def row_verdict(check: Check, line: Line, draft: Draft) -> str:
    """The verdict on one row (with `=`); nothing on rows that are blank or declare a unit's list empty."""
    judged = check_formula(parse(check.expression), lambda key: row_address(key, line, draft)).removeprefix("=")
    asked = line.anything if line.silent is None else f"AND({line.anything},NOT({line.silent}))"
    return f'=IFERROR(IF({asked},{judged},""),"{OPEN}")'


def row_address(key: str, line: Line, draft: Draft) -> str:
    """Where an operand of a row check stands: in the row itself, or a constant."""
    return line.cells[key][0] if key in line.cells else draft.address(key)


def entry_problems(line: Line, verdicts: Sequence[tuple[Check, str]], draft: Draft) -> str:
    """What is wrong with a row, in words (with `=`); blank where nothing is."""
    listed = f"{_missing(line)}&{sentences([*_invalid(line, draft), *_violated(line, verdicts)])}"
    if line.silent is not None:
        listed = f"IF({line.silent},{sentences(_silent(line))},{listed})"
    return f'=IFERROR(IF({line.anything},{listed},""),{text_literal(ERRORS)})'


def _missing(line: Line) -> str:
    """“未填：A、B。” for the required cells that are blank."""
    required = [(cell, slot) for cell, slot in line.cells.values() if slot.rules.required]
    if not required:
        return '""'
    blank = "+".join(f'({cell}="")' for cell, _ in required)
    labels = sentences([(f'{cell}=""', text_literal(f"{slot.label} ")) for cell, slot in required])
    return f'IF({blank}>0,"未填："&SUBSTITUTE(TRIM({labels})," ","、")&"。","")'


def _invalid(line: Line, draft: Draft) -> list[tuple[str, str]]:
    cases = []
    for cell, slot in line.cells.values():
        parent = slot.choices and slot.choices.depends_on
        condition = valid(slot, cell, draft.lists, line.cells[parent][0] if parent else None)
        if condition != "TRUE":
            text = "&".join(literals(f"{slot.label}应填{wanted(slot)}。"))
            cases.append((f'IF({cell}="",FALSE,NOT({condition}))', text))
    return cases


def _violated(line: Line, verdicts: Sequence[tuple[Check, str]]) -> list[tuple[str, str]]:
    def value(column: str) -> str:
        cell, slot = line.cells[column]
        return f'TEXT({cell},"yyyy-mm-dd")' if slot.type == "date" else cell

    return [(f"{cell}={text_literal(VIOLATED)}", live_text(f"{check.message}。", value)) for check, cell in verdicts]


def _silent(line: Line) -> list[tuple[str, str]]:
    """A row that declares its unit's list empty needs the unit, holds nothing else, and stands alone."""
    unit, name = line.cells[UNIT_COLUMN][0], line.entry or ""
    named, entries = line.others[UNIT_COLUMN], line.others[name]
    nothing = text_literal(NOTHING_WORD)
    others = f"SUMPRODUCT(({named}={unit})*({entries}<>{nothing}))>0"
    rest = "&".join(cell for column, (cell, _) in line.cells.items() if column not in (UNIT_COLUMN, name))
    return [
        (f'{unit}=""', text_literal("未填成员单位。")),
        (f'AND({unit}<>"",{others})', text_literal("该单位另有内容，不应再填“无”。")),
        *([(f'{rest}<>""', text_literal("填“无”的行不填其他栏。"))] if rest else []),
    ]
