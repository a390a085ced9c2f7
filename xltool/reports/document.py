"""From a computed letter or report to the bytes of its Word file: the one way for every kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from xltool.reports.charts import Chart
from xltool.reports.render import Properties, render


class Report(Protocol):
    """What every kind of report tells; all of it is text as it is printed."""

    @property
    def district(self) -> str:
        """Whose it is."""

    @property
    def heading(self) -> str:
        """The title."""

    @property
    def office(self) -> str:
        """Who issues it."""

    @property
    def cut_off(self) -> str:
        """Up to when returns count."""


def document(
    template: Path, report: Report, *, snapshot_id: str, moment: dt.date, charts: Sequence[Chart] = ()
) -> bytes:
    """The Word file; `moment`, the cut-off, stands as its date: the same inputs give the same bytes.

    Raises:
        UsageError: a faulty template (named by tag and paragraph).
        CampaignError: the template can't be opened.
    """
    properties = Properties(
        title=f"{report.heading}（{report.district}）",
        subject=f"数据截至{report.cut_off}",
        author=report.office,
        keywords=snapshot_id,
        moment=moment,
    )
    return render(template, report, charts, properties)
