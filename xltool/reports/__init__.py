"""Word reports from snapshots. Importing this package loads docxtpl and python-pptx: import it where it is used."""

from __future__ import annotations

from xltool.reports.district import district_report
from xltool.reports.facts import Coverage, PartValue

__all__ = ["Coverage", "PartValue", "district_report"]
