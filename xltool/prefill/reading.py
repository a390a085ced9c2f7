"""Lines of a table as values for workbooks, or why a line can't be taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xltool.messages import reason
from xltool.model.companions import PREVIOUS
from xltool.model.edition import Edition, Item, Level, Rules
from xltool.model.states import NOT_APPLICABLE_WORD
from xltool.model.values import Scalar
from xltool.model.wording import expected
from xltool.prefill.tables import DISTRICT, Line, Table, folded

HEADINGS = {
    "district": DISTRICT,
    "item": ("数据项", "item", "数据项名称", "编号"),
    "value": ("数值", "value", "填报值", "值", "数据"),
    "year": ("年度", "year", "年份", "年", "数据年度", "统计年度"),
    "origin": ("来源", "source", "数据来源", "来源系统"),
    "date": ("日期", "date", "取数日期", "统计日期"),
}
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_PERCENT = "%"
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The year that the figures are of, and the one before."""

    data: int
    previous: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value for one district's workbook; `column` is `previous` for last year's.

    `origin` says whose it is and `date` of when, where the file does.
    """

    sheet: str | None
    line: int
    district: str
    item: str
    column: str | None
    value: Scalar | None
    word: str | None
    raw: str
    origin: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What can't be taken, and why; `line` is None where it is a whole sheet or column."""

    sheet: str | None
    line: int | None
    district: str | None
    item: str | None
    raw: str | None
    reason: str


def read_rows(table: Table, edition: Edition, years: Years) -> Iterator[Given | Refused]:
    """Long tables have a column of items and one of values; wide ones a column for each item."""
    reader = _Reader(edition, years)
    for line in table.lines:
        yield from reader.line(line)
    for sheet in table.passed_over:
        why = reason("prefill_sheet")
        yield Refused(sheet=sheet, line=None, district=None, item=None, raw=None, reason=why)


def roles(headings: Iterable[str]) -> dict[str, str]:
    """What the columns are for: role -> heading."""
    return {role: heading for heading in headings for role, names in HEADINGS.items() if folded(heading) in names}


class _Reader:
    def __init__(self, edition: Edition, years: Years) -> None:
        self._edition, self._years = edition, years
        self._districts = {folded(district.name): district.name for district in edition.districts}
        self._items = {folded(item.label): item for item in edition.items}
        self._items |= {folded(item.id): item for item in edition.items}
        self._seen: dict[tuple[str, str, str | None], Line] = {}
        self._strange: set[tuple[str | None, str]] = set()

    def line(self, line: Line) -> Iterator[Given | Refused]:
        known: dict[str, str] = {}
        others: dict[str, str] = {}
        found = roles(line.cells)
        for heading, text in line.cells.items():
            role = next((role for role, named in found.items() if named == heading), None)
            (others if role is None else known)[role or heading] = text
        if "item" in known:
            yield self._entry(line, known, known["item"], known.get("value"))
            return
        for heading, text in others.items():
            if folded(heading) in self._items:
                yield self._entry(line, known, heading, text)
            elif (line.sheet, heading) not in self._strange:  # said once, not in each of its lines
                self._strange.add((line.sheet, heading))
                why = reason("prefill_item", value=heading)
                yield Refused(sheet=line.sheet, line=None, district=None, item=heading, raw=None, reason=why)

    def _entry(self, line: Line, known: Mapping[str, str], name: str, raw: str | None) -> Given | Refused:
        try:
            return self._given(line, known, name, raw)
        except _UnfitError as unfit:
            return Refused(
                sheet=line.sheet,
                line=line.number,
                district=known.get("district"),
                item=name,
                raw=raw,
                reason=str(unfit),
            )

    def _given(self, line: Line, known: Mapping[str, str], name: str, raw: str | None) -> Given:
        named, item = known.get("district"), self._items.get(folded(name))
        if named is None:
            raise _UnfitError(reason("prefill_no_district"))
        district = self._districts.get(folded(named))
        if district is None:
            raise _UnfitError(reason("prefill_district", value=named))
        if item is None or (item.rules is None and not item.total):
            raise _UnfitError(reason("prefill_item", value=name))
        column = self._column(item, known.get("year"))
        if raw is None:
            raise _UnfitError(reason("prefill_blank"))
        value, word = _read(raw, item)
        if column is None:
            self._require_recent(known.get("date", ""))
        earlier = self._seen.setdefault((district, item.id, column), line)
        if earlier != line:
            raise _UnfitError(reason("prefill_doubled", other=earlier.number))
        return Given(
            sheet=line.sheet,
            line=line.number,
            district=district,
            item=item.id,
            column=column,
            value=value,
            word=word,
            raw=raw,
            origin=known.get("origin", ""),
            date=known.get("date", ""),
        )

    def _require_recent(self, date: str) -> None:
        """This year's value can't have been taken before the year began."""
        year = _YEAR.match(date)
        if year is not None and int(year[0]) < self._years.data:
            raise _UnfitError(reason("prefill_date", value=date, data=self._years.data, previous=self._years.previous))

    def _column(self, item: Item, year: str | None) -> str | None:
        """None for this year's value, `previous` for last year's."""
        years = self._years
        named = str(years.data) if year is None else folded(year).removesuffix("年")
        if named == str(years.previous):
            if _rules(item).type == "text":
                raise _UnfitError(reason("prefill_previous_text"))
            return PREVIOUS
        if named != str(years.data):
            raise _UnfitError(reason("prefill_year", value=year, data=years.data, previous=years.previous))
        if item.level is not Level.PLATFORM:
            raise _UnfitError(reason("prefill_not_platform", previous=years.previous))
        return None


class _UnfitError(Exception):
    """An entry can't be taken; the text says why."""


def _rules(item: Item) -> Rules:
    """What a value must be; of a list its total."""
    if item.rules is not None:
        return item.rules
    column = next(column for column in item.columns if column.id == item.total)
    return Rules(type=column.rules.type, min=0)


def _read(raw: str, item: Item) -> tuple[Scalar | None, str | None]:
    """A value, or 不适用 where the item allows it."""
    rules = _rules(item)
    text = unicodedata.normalize("NFKC", raw).strip()
    if text == NOT_APPLICABLE_WORD and item.not_applicable:
        return None, NOT_APPLICABLE_WORD
    value = _text(raw, rules) if rules.type == "text" else _number(text, item, rules)
    if value is None:
        wanted = expected(rules, item.unit_of_measure, not_applicable=item.not_applicable)
        raise _UnfitError(reason("prefill_value", value=raw, expected=wanted))
    return value, None


def _text(raw: str, rules: Rules) -> str | None:
    return raw if rules.maxlength is None or len(raw) <= rules.maxlength else None


def _number(text: str, item: Item, rules: Rules) -> float | None:
    """A number within the item's bounds; None for anything else."""
    signed = item.unit_of_measure == _PERCENT and text.endswith(_PERCENT)
    text = text.removesuffix(_PERCENT) if signed else text
    text = text.replace(" ", "")
    if _NUMBER.fullmatch(text) is None:
        return None
    number = float(text.replace(",", ""))
    if item.unit_of_measure == _PERCENT and not signed and 0 < number <= 1:
        raise _UnfitError(reason("prefill_fraction", value=text))
    low, high = rules.min, rules.max
    if (isinstance(low, int | float) and number < low) or (isinstance(high, int | float) and number > high):
        return None
    if rules.type != "integer":
        return number
    return int(number) if number.is_integer() else None
