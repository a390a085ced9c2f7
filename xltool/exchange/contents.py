"""Which tables a campaign's results make. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.exchange import monitoring, results, returned
from xltool.exchange.fields import Row
from xltool.exchange.scheme import scheme_tables
from xltool.exchange.tables import Table
from xltool.model.edition import Edition


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a snapshot holds, as flat rows; the last four are empty where nothing of the kind is known.

    `districts`: one row a district (`status`, `own_return`, `units_returned`, `units_expected`).
    """

    districts: Sequence[Row]
    values: Sequence[Row]
    results: Sequence[Row]
    findings: Sequence[Row]
    totals: Sequence[Row] = ()
    last_year: Sequence[Row] = ()
    coverage: Sequence[Row] = ()
    survey: Sequence[Row] = ()


def tables_of(edition: Edition, contents: Contents) -> tuple[Table, ...]:
    """The tables, those that others refer to first; without the ones that would be empty."""
    tables = (
        returned.districts(contents.districts),
        *scheme_tables(edition),
        results.results(contents.results),
        results.last_year(contents.last_year),
        results.totals(contents.totals),
        returned.values(contents.values),
        returned.findings(contents.findings),
        monitoring.coverage(contents.coverage),
        monitoring.survey(contents.survey),
    )
    return tuple(table for table in tables if table.rows)
