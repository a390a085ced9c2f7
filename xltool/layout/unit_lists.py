"""What a district's list says of one member unit, as formulas.

A unit's list is declared empty by a row with the unit and 无 as the entry's name; it must stand alone, without a
number other than 0. A filled row without its number makes the unit's total missing, and so does the district's own
本表无内容 beside rows of the unit.
"""

from __future__ import annotations

from xltool.layout.draft import MISSING
from xltool.layout.sentences import first_of
from xltool.layout.sheet import quoted, text_literal
from xltool.layout.tables import DECLARED_EMPTY, FIRST_COL, Table
from xltool.model.states import NOTHING_WORD


def unit_total(table: Table, name: str) -> str:
    """The unit's total (no `=`), 0 where its list is declared empty, else 未填; `name` is the cell of its name."""
    units = _range(table, FIRST_COL)
    entries = _range(table, table.col(table.entry or ""))
    numbers = _range(table, table.col(table.total or ""))
    nothing, missing = text_literal(NOTHING_WORD), text_literal(MISSING)
    listed = f"SUMPRODUCT(--({units}={name}))"
    silent = f"SUMPRODUCT(({units}={name})*({entries}={nothing}))"
    spoilt = f'SUMPRODUCT(({units}={name})*({entries}={nothing})*({numbers}<>"")*({numbers}<>0))'
    numbered = f"SUMPRODUCT(({units}={name})*ISNUMBER({numbers}))"
    total = f"SUMPRODUCT(--({units}={name}),{numbers})"
    declared = f"{quoted(table.name)}!{DECLARED_EMPTY}"
    cases = (
        (f"{listed}=0", missing),
        (declared, missing),
        (f"{silent}>0", f"IF(OR({listed}>{silent},{spoilt}>0),{missing},0)"),
        (f"{numbered}={listed}", total),
    )
    return f"IFERROR({first_of(cases, missing)},{missing})"


def unit_count(table: Table, name: str, total: str) -> str:
    """The unit's number of entries (no `=`): missing where its total, in cell `total`, is."""
    units, entries = _range(table, FIRST_COL), _range(table, table.col(table.entry or ""))
    listed = f"SUMPRODUCT(({units}={name})*({entries}<>{text_literal(NOTHING_WORD)}))"
    return f"IF(ISNUMBER({total}),{listed},{text_literal(MISSING)})"


def _range(table: Table, col: int) -> str:
    return f"{quoted(table.name)}!{table.range(col)}"
