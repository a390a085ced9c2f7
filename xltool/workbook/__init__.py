"""Plans as .xlsx files; the only importer of xlsxwriter."""

from __future__ import annotations

from xltool.workbook.pages import write_pages
from xltool.workbook.stamping import Template, alike, template, write, write_marked
from xltool.workbook.tables import write_table

__all__ = ["Template", "alike", "template", "write", "write_marked", "write_pages", "write_table"]
