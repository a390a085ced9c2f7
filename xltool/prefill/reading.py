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
from xltool.prefill.tables import Line

HEADINGS = {
    "district": ("区", "district", "行政区", "区名"),
    "item": ("数据项", "item", "数据项名称", "编号"),
    "value": ("数值", "value", "填报值", "值"),
    "year": ("年度", "year", "年份"),
    "origin": ("来源", "source", "数据来源"),
    "date": ("日期", "date", "取数日期"),
}
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_PERCENT = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The year that the figures are of, and the one before."""

    data: int
    previous: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value for one district's workbook; `column` is `previous` for last year's, `origin` says whose it is."""

    line: int
    district: str
    item: str
    column: str | None
    value: Scalar | None
    word: str | None
    raw: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What can't be taken, and why."""

    line: int
    district: str | None
    item: str | None
    raw: str | None
    reason: str


def read_rows(lines: Iterable[Line], edition: Edition, years: Years) -> Iterator[Given | Refused]:
    """Long tables have a column of items and one of values; wide ones a column for each item."""
    reader = _Reader(edition, years)
    for line in lines:
        yield from reader.line(line)


class _Reader:
    def __init__(self, edition: Edition, years: Years) -> None:
        self._edition, self._years = edition, years
        self._districts = {district.name for district in edition.districts}
        self._items = {_folded(item.label): item for item in edition.items}
        self._items |= {_folded(item.id): item for item in edition.items}
        self._seen: dict[tuple[str, str, str | None], int] = {}

    def line(self, line: Line) -> Iterator[Given | Refused]:
        known: dict[str, str] = {}
        others: dict[str, str] = {}
        for heading, text in line.cells.items():
            role = next((role for role, names in HEADINGS.items() if _folded(heading) in names), None)
            (others if role is None else known)[role or heading] = text
        if "item" in known:
            yield self._entry(line, known, known["item"], known.get("value"))
            return
        for heading, text in others.items():
            yield self._entry(line, known, heading, text)

    def _entry(self, line: Line, known: Mapping[str, str], name: str, raw: str | None) -> Given | Refused:
        try:
            return self._given(line, known, name, raw)
        except _UnfitError as unfit:
            return Refused(line=line.number, district=known.get("district"), item=name, raw=raw, reason=str(unfit))

    def _given(self, line: Line, known: Mapping[str, str], name: str, raw: str | None) -> Given:
        district, item = known.get("district"), self._items.get(_folded(name))
        if district is None:
            raise _UnfitError(reason("prefill_no_district"))
        if district not in self._districts:
            raise _UnfitError(reason("prefill_district", value=district))
        if item is None or (item.rules is None and not item.total):
            raise _UnfitError(reason("prefill_item", value=name))
        column = self._column(item, known.get("year"))
        if raw is None:
            raise _UnfitError(reason("prefill_blank"))
        value, word = _read(raw, item)
        earlier = self._seen.setdefault((district, item.id, column), line.number)
        if earlier != line.number:
            raise _UnfitError(reason("prefill_doubled", other=earlier))
        return Given(
            line=line.number,
            district=district,
            item=item.id,
            column=column,
            value=value,
            word=word,
            raw=raw,
            origin="，".join(text for text in (known.get("origin"), known.get("date")) if text),
        )

    def _column(self, item: Item, year: str | None) -> str | None:
        """None for this year's value, `previous` for last year's."""
        years = self._years
        named = str(years.data) if year is None else _folded(year).removesuffix("年")
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
    if item.unit_of_measure == _PERCENT:
        text = text.removesuffix(_PERCENT)
    text = text.replace(" ", "")
    if _NUMBER.fullmatch(text) is None:
        return None
    number = float(text.replace(",", ""))
    low, high = rules.min, rules.max
    if (isinstance(low, int | float) and number < low) or (isinstance(high, int | float) and number > high):
        return None
    if rules.type != "integer":
        return number
    return int(number) if number.is_integer() else None


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
