"""One row of a list: the formulas that judge it, and the words that say what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xltool.expression import parse
from xltool.expression.excel import OPEN, VIOLATED, check_formula
from xltool.layout.draft import Draft
from xltool.layout.sentences import literals, live_text, sentences
from xltool.layout.sheet import text_literal
from xltool.layout.slots import valid, wanted
from xltool.layout.table import FIRST_COL, Table
from xltool.model.edition import Check
from xltool.model.entries import UNIT_COLUMN
from xltool.model.plan import Slot
from xltool.model.states import NOTHING_WORD

ERRORS = "本行有显示错误的内容，请删除后重新填写。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row's cells and slots by column; `area` is all of them, `flag` and `problem` are the cells that judge them."""

    table: Table
    cells: Mapping[str, tuple[str, Slot]]
    area: str
    flag: str
    problem: str

    @property
    def entry(self) -> str | None:
        """The column where 无 declares a unit's list empty; None where no row can."""
        return self.table.entry if self.table.by_unit else None

    @property
    def silent(self) -> str | None:
        """A condition that holds where the row declares a unit's list empty; None where no row can."""
        return None if self.entry is None else f"{self.cells[self.entry][0]}={text_literal(NOTHING_WORD)}"


def row_filled(line: Line, draft: Draft) -> str:
    """1 where anything stands in the row, else 0 (with `=`); words for nothing are nothing, error values are not."""
    nothing = f"SUMPRODUCT(COUNTIF({line.area},{draft.nothing}))"
    if line.entry is not None:
        nothing += f"-SUMPRODUCT(COUNTIF({line.cells[line.entry][0]},{draft.nothing}))"
    return f"=IF(COUNTBLANK({line.area})+{nothing}<{len(line.cells)},1,0)"


def row_verdict(check: Check, line: Line, draft: Draft) -> str:
    """The verdict on one row (with `=`); nothing on rows that are blank or declare a unit's list empty."""
    judged = check_formula(parse(check.expression), lambda key: row_address(key, line, draft), draft.refusable)
    asked = f"{line.flag}=1" if line.silent is None else f"AND({line.flag}=1,NOT({line.silent}))"
    return f'=IFERROR(IF({asked},{judged.removeprefix("=")},""),"{OPEN}")'


def row_address(key: str, line: Line, draft: Draft) -> str:
    """Where an operand of a row check stands: in the row itself, or a constant."""
    return line.cells[key][0] if key in line.cells else draft.address(key)


def entry_problems(line: Line, verdicts: Sequence[tuple[Check, str]], draft: Draft) -> str:
    """What is wrong with a row, in words (with `=`); blank where nothing is."""
    listed = f"{_missing(line, draft)}&{sentences([*_invalid(line, draft), *_violated(line, verdicts)])}"
    if line.silent is not None:
        listed = f"IF({line.silent},{sentences(_silent(line, draft))},{listed})"
    return f'=IFERROR(IF({line.flag}=1,{listed},""),{text_literal(ERRORS)})'


def row_marks(line: Line, column: str) -> Iterator[tuple[str, str]]:
    """What marks a column's cells, by the first row's: (condition, style), on the sheet's own cells alone."""
    cell, slot = line.cells[column]
    if slot.rules.required:
        spared = "" if line.silent is None or column in (UNIT_COLUMN, line.entry) else f",NOT({line.silent})"
        yield f'AND({line.flag}=1,{cell}=""{spared})', "open"
    yield f'ISNUMBER(FIND({text_literal(_complaint(slot))},{line.problem}))*({cell}<>"")', "bad"


def _complaint(slot: Slot) -> str:
    return f"{slot.label}应填"


def _missing(line: Line, draft: Draft) -> str:
    """“未填：A、B。” for the required cells that are blank."""
    required = [(draft.blank(cell), slot) for cell, slot in line.cells.values() if slot.rules.required]
    if not required:
        return '""'
    blank = "+".join(f"({condition})" for condition, _ in required)
    labels = sentences([(condition, text_literal(f"{slot.label} ")) for condition, slot in required])
    return f'IF({blank}>0,"未填："&SUBSTITUTE(TRIM({labels})," ","、")&"。","")'


def _invalid(line: Line, draft: Draft, only: str | None = None) -> list[tuple[str, str]]:
    cases = []
    for column, (cell, slot) in line.cells.items():
        if only not in (None, column):
            continue
        parent = slot.choices and slot.choices.depends_on
        condition = valid(slot, cell, draft.lists, line.cells[parent][0] if parent else None)
        if condition != "TRUE":
            text = "&".join(literals(f"{_complaint(slot)}{wanted(slot)}。"))
            cases.append((f"IF({draft.blank(cell)},FALSE,NOT({condition}))", text))
    return cases


def _violated(line: Line, verdicts: Sequence[tuple[Check, str]]) -> list[tuple[str, str]]:
    def value(column: str) -> str:
        cell, slot = line.cells[column]
        return f'TEXT({cell},"yyyy-mm-dd")' if slot.type == "date" else cell

    return [(f"{cell}={text_literal(VIOLATED)}", live_text(f"{check.message}。", value)) for check, cell in verdicts]


def _silent(line: Line, draft: Draft) -> list[tuple[str, str]]:
    """A row that declares its unit's list empty needs the unit, has no number but 0, and stands alone."""
    unit, name = line.cells[UNIT_COLUMN][0], line.table.col(line.entry or "")
    nothing = text_literal(NOTHING_WORD)
    others = line.table.added(
        lambda at: f"COUNTIF({at(FIRST_COL)},{unit})-COUNTIFS({at(FIRST_COL)},{unit},{at(name)},{nothing})"
    )
    number = line.cells[line.table.total or ""][0]
    return [
        (f'{unit}=""', text_literal("未填成员单位。")),
        *_invalid(line, draft, UNIT_COLUMN),
        (f'IF({unit}="",FALSE,{others}>0)', text_literal("该单位另有内容，不应再填“无”。")),
        (f'IF({number}="",FALSE,{number}<>0)', text_literal("填“无”的行不填其他栏。")),
    ]
