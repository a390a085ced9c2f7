"""Plans as .xlsx files; the only importer of xlsxwriter."""

from __future__ import annotations

from xltool.workbook.writing import write

__all__ = ["write"]
