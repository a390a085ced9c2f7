"""Word reports from snapshots. Importing this package loads docxtpl and python-pptx: import it where it is used."""

from __future__ import annotations

from xltool.reports.district import district_report
from xltool.reports.facts import Coverage, PartValue
from xltool.reports.notice import Due, Workbook, correction_notice
from xltool.reports.notice import Sources as NoticeSources

__all__ = [
    "Coverage",
    "Due",
    "NoticeSources",
    "PartValue",
    "Workbook",
    "correction_notice",
    "district_report",
]
