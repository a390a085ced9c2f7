"""What a district's workbook says of the member units' returns that it was made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReturn:
    """A member unit that is expected to return a workbook; `version` and `date` are None where it didn't."""

    unit: str
    version: int | None = None
    date: dt.date | None = None

    @property
    def is_back(self) -> bool:
        """Whether the unit returned its workbook."""
        return self.version is not None

    @property
    def when(self) -> str:
        """Which return it is, as people read it."""
        return f"第{self.version}次报送，{self.date}" if self.is_back else "尚未返回"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDocument:
    """A document that a unit listed: its type, title, date and indicator as they stand there."""

    unit: str
    type: str
    title: str
    date: str
    indicator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FromUnits:
    """The returns behind a district's workbook, every expected unit in the list's order.

    `asked` are pairs (item, unit that answers for it), `answered` those whose answer is in the workbook; `rows` names
    the unit of each carried row of a list, in the order of the rows.
    """

    returns: tuple[UnitReturn, ...]
    asked: tuple[tuple[str, str], ...] = ()
    answered: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    documents: tuple[UnitDocument, ...] = ()

    @property
    def by_unit(self) -> Mapping[str, UnitReturn]:
        """The returns by unit."""
        return {returned.unit: returned for returned in self.returns}

    def sources(self, table: str) -> tuple[str, ...]:
        """Where each carried row of a list comes from, in words."""
        returns = self.by_unit
        units = dict(self.rows).get(table, ())
        return tuple(f"{unit}\n{returns[unit].when}" for unit in units)

    def said_of(self, item: str) -> str | None:
        """What became of an item that one unit answers for; None where no unit on the list does."""
        unit = dict(self.answered).get(item) or dict(self.asked).get(item)
        if unit is None:
            return None
        returned = self.by_unit[unit]
        if not returned.is_back:
            return f"{unit}\n{returned.when}"
        state = "已填入" if (item, unit) in self.answered else "未填本项"
        return f"{unit}\n第{returned.version}次，{state}\n{returned.date}"

    @property
    def coverage(self) -> str:
        """How many units are behind the workbook, and which are not."""
        back = [returned for returned in self.returns if returned.is_back]
        silent = [returned.unit for returned in self.returns if not returned.is_back]
        latest = max((returned.date for returned in back if returned.date), default=None)
        text = f"应报送{len(self.returns)}个单位，已返回{len(back)}个（截至{latest}），所报数据已填入本表"
        return f"{text}；尚未返回{len(silent)}个：{'、'.join(silent)}" if silent else text
