"""From a computed letter or report to the bytes of its Word file: the one way for every kind."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from xltool.errors import CampaignError
from xltool.model.report_kinds import (
    DISTRICT_PROPERTY,
    KIND_PROPERTY,
    SNAPSHOT_PROPERTY,
    TEMPLATE_PROPERTY,
    TITLES,
)
from xltool.reports.chart_parts import Chart
from xltool.reports.render import render
from xltool.reports.word_package import Properties

VERSION_SHOWN = 12
"""Digits of a template's SHA-256 that name its version."""


class Report(Protocol):
    """What every kind of report tells; all of it is text as it is printed."""

    @property
    def district(self) -> str:
        """Whose it is; empty for the whole city's."""

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
    template: Path,
    report: Report,
    *,
    kind: str,
    snapshot_id: str,
    moment: dt.date,
    charts: Sequence[Chart] = (),
    more: Mapping[str, str] | None = None,
) -> bytes:
    """The Word file; `moment`, the cut-off, stands as its date: the same inputs give the same bytes.

    What it is stands in its properties, for `report verify`: its kind, district, snapshot and template, and `more`.
    Templates see `report`, `caption(label)`, `drawing(label)` and `template_version`.

    Raises:
        UsageError: a faulty template (named by tag and paragraph).
        CampaignError: the template can't be opened.
    """
    content = template_content(template)
    version = hashlib.sha256(content).hexdigest()[:VERSION_SHOWN]
    own = {
        KIND_PROPERTY: TITLES[kind],
        DISTRICT_PROPERTY: report.district,
        SNAPSHOT_PROPERTY: snapshot_id,
        TEMPLATE_PROPERTY: version,
    }
    properties = Properties(
        title=f"{report.heading}（{report.district}）" if report.district else report.heading,
        subject=f"数据截至{report.cut_off}",
        author=report.office,
        keywords=snapshot_id,
        moment=moment,
        own={**own, **(more or {})},
    )
    return render(template.name, content, {"report": report, "template_version": version}, charts, properties)


def template_content(template: Path) -> bytes:
    """The template's bytes.

    Raises:
        CampaignError: it can't be read.
    """
    try:
        return template.read_bytes()
    except OSError as error:
        raise CampaignError("template_unreadable", path=template) from error
