"""What a district's list says of one member unit, as formulas.

A unit's list is declared empty by a row with the unit and 无 as the entry's name; it must stand alone, without a
number other than 0. A filled row without its number makes the unit's total missing, and so does the district's own
本表无内容 beside rows of the unit. COUNTIFS and SUMIFS pass over the error values of other units.
"""

from __future__ import annotations

from xltool.layout.draft import ANY_NUMBER, MISSING
from xltool.layout.sentences import first_of
from xltool.layout.sheet import text_literal
from xltool.layout.table import FIRST_COL, Table
from xltool.layout.tables import declared_empty
from xltool.model.states import NOTHING_WORD

SILENT = text_literal(NOTHING_WORD)


def unit_total(table: Table, name: str) -> str:
    """The unit's total (no `=`), 0 where its list is declared empty, else 未填; `name` is the cell of its name."""
    entry, total, missing = table.col(table.entry or ""), table.col(table.total or ""), text_literal(MISSING)
    listed = table.added(lambda at: f"COUNTIF({at(FIRST_COL)},{name})")
    silent = table.added(lambda at: f"COUNTIFS({at(FIRST_COL)},{name},{at(entry)},{SILENT})")
    spared = table.added(
        lambda at: "+".join(
            f"COUNTIFS({at(FIRST_COL)},{name},{at(entry)},{SILENT},{at(total)},{kept})" for kept in ('"="', '"=0"')
        )
    )
    numbered = table.added(lambda at: f"COUNTIFS({at(FIRST_COL)},{name},{at(total)},{ANY_NUMBER})")
    summed = table.added(lambda at: f"SUMIFS({at(total)},{at(FIRST_COL)},{name},{at(total)},{ANY_NUMBER})")
    cases = (
        (f"{listed}=0", missing),
        (declared_empty(table), missing),
        (f"{silent}>0", f"IF(OR({listed}>{silent},{silent}>{spared}),{missing},0)"),
        (f"{numbered}={listed}", summed),
    )
    return f"IFERROR({first_of(cases, missing)},{missing})"


def unit_count(table: Table, name: str, total: str) -> str:
    """The unit's number of entries (no `=`): missing where its total, in cell `total`, is."""
    entry = table.col(table.entry or "")
    listed = table.added(
        lambda at: f"COUNTIF({at(FIRST_COL)},{name})-COUNTIFS({at(FIRST_COL)},{name},{at(entry)},{SILENT})"
    )
    return f"IF(ISNUMBER({total}),{listed},{text_literal(MISSING)})"
