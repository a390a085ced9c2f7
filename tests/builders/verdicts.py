"""What each formula cell of a filled workbook should show, from the values that intake reads from it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from builders.differential import CAMPAIGN, KEY, Filled
from xltool import checks, indicators, intake, rollup
from xltool.campaign.recipients import prefilled_values
from xltool.checks.judging import Judged, Verdict, constants_of
from xltool.checks.within import judged_in
from xltool.expression import HOLDS, OPEN, VIOLATED, operands, parse
from xltool.layout.draft import DOUBTFUL, FAULTY, LEFT_TO_UNITS, MISSING, READY, UNFINISHED, WRONG
from xltool.layout.table import CONTINUED
from xltool.model.changes import live_checks
from xltool.model.companions import UNTYPED
from xltool.model.edition import Check, District, Edition, Item, Level, Scope, Severity
from xltool.model.entries import MEMBER_UNITS, contradicts, listing
from xltool.model.indicator import Result
from xltool.model.numbers import EXCEL_EPOCH
from xltool.model.quantity import MISSING as MISSING_QUANTITY
from xltool.model.quantity import Quantity, Rolled, count_key, previous_key, total_key
from xltool.model.states import NOT_APPLICABLE_WORD, SHOWN, State
from xltool.model.submission import Submission

Shown = float | str
Cell = Mapping[str, object]
VERDICTS = {Verdict.HOLDS: HOLDS, Verdict.VIOLATED: VIOLATED, Verdict.OPEN: OPEN}
ORDER = (VIOLATED, HOLDS, NOT_APPLICABLE_WORD)


def expectations(edition: Edition, books: Sequence[Filled]) -> Iterator[Expected]:
    """One a workbook; all indicators are computed at once, each workbook as a district of its own."""
    read = [(book, submission_of(book)) for book in books]
    rolled = {book.recipient.district: rolled_of(edition, book, submission) for book, submission in read}
    scheme = replace(edition, districts=tuple(District(name=name) for name in rolled))
    results = {(one.district, one.indicator): one for one in indicators.compute(scheme, rolled, {})}
    for book, submission in read:
        yield Expected(edition, book, submission, rolled[book.recipient.district], results)


def submission_of(book: Filled) -> Submission:
    """The workbook as intake reads it."""
    grid = intake.read_bytes(book.file, book.data)
    assert intake.recognise(grid, KEY, CAMPAIGN) == book.identity
    return intake.read(grid, book.plan, book.recipient, book.identity, book.file, "0" * 64)


def rolled_of(edition: Edition, book: Filled, submission: Submission) -> Rolled:
    """The workbook's own values and those that the office filled in."""
    values = (*prefilled_values(edition, book.recipient), *submission.values)
    return rollup.combine(edition, book.recipient.district, book.recipient.units, values)


def shown(quantity: Quantity) -> Shown:
    """A quantity as a cell shows it."""
    return SHOWN[quantity.state] if quantity.value is None else quantity.value


def verdict(judged: Judged) -> str:
    """One judgement as a cell shows it."""
    refused = any(quantity.state is State.NOT_APPLICABLE for _, quantity in judged.inputs)
    return NOT_APPLICABLE_WORD if refused else VERDICTS[judged.verdict]


def overall(verdicts: Sequence[str]) -> str:
    """Many judgements as one."""
    return next((word for word in ORDER if word in verdicts), OPEN)


class Expected:
    """What one workbook should show."""

    def __init__(
        self,
        edition: Edition,
        book: Filled,
        submission: Submission,
        rolled: Rolled,
        results: Mapping[tuple[str, str], Result],
    ) -> None:
        self._edition, self._book, self._submission, self._rolled = edition, book, submission, rolled
        self._units = book.recipient.units
        self._own = book.recipient.unit
        district = book.recipient.district
        self._results = {indicator: one for (name, indicator), one in results.items() if name == district}
        self._live = live_checks(edition)
        self._checks = {check.id: check for check in live_checks(edition)}
        self._tables = {item.id: item for item in edition.items if item.is_table}
        self._listings = {
            table: listing(value for value in submission.values if value.item == table)
            for table in (*self._tables, *edition.document_by_id)
        }
        self._judged = {check.id: dict(self._judge(check.id)) for check in live_checks(edition)}
        said = (*submission.findings, *checks.check_cells(submission, book.plan, edition, book.recipient))
        self._faults = {
            (found.item, found.row, found.column): found for found in said if found.severity is not Severity.HINT
        }
        self._faulty_rows = self._rows_with_faults()

    def of(self, cell: Cell) -> tuple[str, Shown]:
        """The kind of a formula cell that has an item or a column, and what it shows."""
        item, row, column = str(cell["item"]), cell["row"], cell["column"]
        assert row is None or isinstance(row, int)
        if cell["item"] is None:
            return self._of_file(column)
        if item in self._edition.indicator_by_id:
            return self._indicator(item, column)
        if item in self._checks:
            return self._verdict(item, row)
        if column in {"count", "total"} or str(column).startswith("total."):
            return "total", self._total(item, row, str(column))
        return self._of_value(item, row, column)

    def _of_file(self, column: object) -> tuple[str, Shown]:
        if column == "status":
            return "status", self.status()
        fingerprint = column in {"typed_count", "typed_sum"}
        return ("fingerprint", self._typed(str(column))) if fingerprint else ("unknown", "")

    def _of_value(self, item: str, row: int | None, column: object) -> tuple[str, Shown]:
        if column == "state" or (column == "check" and (row is not None or item in self._listings)):
            return self._says(item, row)
        if column == "check":
            return "says beside", self._beside(item)
        if column == "agree.check":
            return "says of an answer", ""  # nobody answers here
        return ("change", self._change(item)) if column == "change" else ("unknown", "")

    def _indicator(self, indicator: str, column: object) -> tuple[str, Shown]:
        one = self._results[indicator]
        if column == "units":
            return "units answered", f"{one.units_answered}/{one.units_expected}"
        return "indicator", SHOWN[one.state] if one.value is None else one.value

    def _judge(self, check_id: str) -> Iterator[tuple[object, str]]:
        """Row, unit or None -> verdict, wherever the check applies in this file."""
        check = self._checks[check_id]
        book, constants = self._book, constants_of(self._edition)
        found = list(judged_in(check, self._rolled, self._submission, book.plan, self._edition, constants))
        if check.scope is not Scope.ROW:
            own = (None, self._own) if self._own is not None else (None, *self._units)
            yield from ((unit, verdict(judged)) for judged, unit in found if unit in own)
            return
        entries = [
            entry.row
            for entry in self._listings[check.table or ""].entries
            if not (self._by_unit(check.table or "") and entry.says_nothing(self._tables[check.table or ""]))
        ]
        yield from ((row, verdict(judged)) for row, (judged, _) in zip(entries, found, strict=True))

    def _by_unit(self, table: str) -> bool:
        item = self._tables.get(table)
        return item is not None and item.level is Level.EACH_UNIT and self._own is None

    def _verdict(self, check: str, row: int | None) -> tuple[str, Shown]:
        judged = self._judged[check]
        if row is None:
            return "check", overall(list(judged.values()))
        if self._checks[check].scope is Scope.ROW:
            return "check of a row", judged.get(row, "")
        return "check of a unit", judged[self._units[row - 1]] if row <= len(self._units) else ""

    def _total(self, item: str, row: int | None, column: str) -> Shown:
        if item == MEMBER_UNITS:
            return len(self._units)
        key = item
        if column == "count":
            key = count_key(item)
        elif item in self._tables:
            key = total_key(item, column.partition(".")[2] or self._tables[item].total or "")
        if row is None:
            return shown(self._rolled.quantities[key])
        return shown(self._rolled.by_unit[key][self._units[row - 1]]) if row <= len(self._units) else ""

    def _says(self, item: str, row: int | None) -> tuple[str, Shown]:
        """What stands in a self-check column: how it begins, or of a row whether it says anything."""
        if row is not None:
            return "says of a row", (item, row) in self._faulty_rows
        whole = item in self._listings
        fault = self._faults.get((item, None, "none" if whole else None))
        if fault is not None:
            ways = {"required": MISSING, "table_empty": MISSING, "percent_as_fraction": DOUBTFUL}
            return "says", ways.get(fault.code, WRONG)
        known = self._listings[item].entries or self._listings[item].declared if whole else item in self._answered()
        level = self._edition.item_by_id[item].level if item in self._edition.item_by_id else None
        left = self._own is None and level in {Level.ONE_UNIT, Level.EACH_UNIT} and not known
        return "says", LEFT_TO_UNITS if left else ""

    def _beside(self, item: str) -> str:
        """How the text beside a single value begins: by itself, or the worst of the checks that it fails."""
        own = str(self._says(item, None)[1])
        if own:
            return own
        failed = {
            check.severity
            for check in self._live
            if check.scope is not Scope.ROW
            and item in {operand.key for operand in operands(parse(check.expression))}
            and check.id in self.checks
            and self._verdict(check.id, None)[1] == VIOLATED
            and (check.scope is not Scope.UNIT or self._own is not None)
        }
        return FAULTY if Severity.ERROR in failed else DOUBTFUL if failed else ""

    def _change(self, item: str) -> Shown:
        """This year's value against last year's, where both are known and last year's isn't 0."""
        quantities = self._rolled.quantities
        this = quantities[total_key(item, self._tables[item].total or "") if item in self._tables else item].value
        last = quantities.get(previous_key(item), MISSING_QUANTITY).value
        if not isinstance(this, int | float) or not isinstance(last, int | float) or last == 0:
            return ""
        return (this - last) / abs(last)

    def _typed(self, column: str) -> float:
        """How many cells were filled, or the sum of the numbers among them."""
        known = self._book.recipient.prefilled
        held = {(one.item, one.row, one.column): one.word if one.value is None else one.value for one in known}
        cells = {key: content for key, content in {**held, **self._book.typed}.items() if key[2] not in UNTYPED}
        if column == "typed_count":
            return len(cells)
        dates = ((content - EXCEL_EPOCH).days for content in cells.values() if isinstance(content, dt.date))
        return sum(dates) + sum(content for content in cells.values() if isinstance(content, int | float))

    def _answered(self) -> set[str]:
        own = (*prefilled_values(self._edition, self._book.recipient), *self._submission.values)
        return {value.item for value in own if value.row is None and value.column is None and not value.is_blank}

    def _rows_with_faults(self) -> set[tuple[str, int]]:
        """(table, row) where a cell is wrong, a check of the row fails, or a unit's list contradicts itself."""
        figures = {item.id for item in self._edition.items if item.level is Level.EACH_UNIT and not item.is_table}
        faulty = {
            (MEMBER_UNITS if item in figures else item or "", row)
            for (item, row, column), fault in self._faults.items()
            if row is not None and column != "remark" and fault.code != "table_contradiction"  # said at the first row
        }
        for check in self._live:
            for place, word in self._judged[check.id].items():
                if word == VIOLATED and check.scope is Scope.ROW:
                    assert isinstance(place, int)
                    faulty.add((check.table or "", place))
                elif word == VIOLATED and check.scope is Scope.UNIT and self._own is None:
                    faulty.add((MEMBER_UNITS, self._units.index(str(place)) + 1))
        for table, item in self._tables.items():
            if self._by_unit(table):
                faulty |= set(self._contradicting(item))
        return faulty

    def _contradicting(self, item: Item) -> Iterator[tuple[str, int]]:
        """The rows that declare a unit's list empty though it isn't, or have a number themselves."""
        for unit in self._units:
            own = replace(self._listings[item.id].of_unit(unit), declared=None)
            silent = [entry for entry in own.entries if entry.says_nothing(item)]
            for entry in silent:
                alone = replace(own, entries=(entry,))
                if len(own.entries) > len(silent) or contradicts(item, alone, by_district=True):
                    yield item.id, entry.row

    @property
    def checks(self) -> set[str]:
        """The checks that apply to this kind of file: what it holds can be judged, filled or not."""
        held = {*self._book.plan.answers, *self._edition.document_by_id}
        return {
            check.id
            for check in self._live
            if (check.table in held if check.scope is Scope.ROW else self._applies(check))
        }

    def _applies(self, check: Check) -> bool:
        return check.scope is Scope.UNIT or bool(self._judged[check.id])

    def counts(self, sheet: str) -> dict[str, int]:
        """The line of a sheet on the self-check sheet."""
        named = (sheet, sheet + CONTINUED)
        cells = [cell for one in self._book.plan.sheets if one.name in named for cell in one.cells]
        singles = {cell.item for cell in cells if cell.column == "state"}
        places = [
            (cell.item or "", cell.entry)
            for cell in cells
            if cell.column == "state" or (cell.column == "check" and cell.item not in singles)
        ]
        says = Counter(self._says(item, row)[1] for item, row in places)
        required = sum(self._is_required(item) for item, row in places if row is None)
        return {
            "required": required,
            "filled": required - says[MISSING],
            "missing": says[MISSING],
            "wrong": says[WRONG] + says[True],
            "left": says[LEFT_TO_UNITS],
        }

    def _is_required(self, item_id: str) -> bool:
        item = self._edition.item_by_id.get(item_id)
        if item is None or (self._own is None and item.level in {Level.ONE_UNIT, Level.EACH_UNIT}):
            return False
        return item.rules is None or item.rules.required

    def status(self) -> str:
        """The word on top of every sheet."""
        counts = [self.counts(sheet.name) for sheet in self._book.plan.sheets]
        errors = [check for check in self._live if check.severity is Severity.ERROR]
        failed = any(VIOLATED in self._judged[check.id].values() for check in errors)
        if failed or any(count["wrong"] for count in counts):
            return FAULTY
        warned = [check for check in self._live if check.severity is Severity.WARNING]
        unanswered = any(VIOLATED in self._judged[check.id].values() for check in warned)
        return UNFINISHED if unanswered or any(count["missing"] for count in counts) else READY
