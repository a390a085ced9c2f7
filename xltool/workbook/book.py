"""An xlsxwriter workbook with what xlsxwriter lacks: a lock on the structure of its sheets."""

from __future__ import annotations

import datetime as dt
from typing import IO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from xltool.model.styles import BODY_FONT

CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""A fixed date, so that the same content gives the same bytes."""


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose formulas use only what Excel 2010 knows, so that none needs a prefix.

    xlsxwriter looks for some 60 newer functions in every formula, which takes nine tenths of the time.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        """Strip the `=`, as the original does; nothing is expanded."""
        return formula.removeprefix("=")


class LockedWorkbook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook whose sheets can't be added, renamed, moved or deleted without the password."""

    worksheet_class = PlainWorksheet

    def __init__(self, target: IO[bytes], password: str) -> None:
        """Write to `target` when closed; `password` as for the sheets."""
        options = {
            "in_memory": True,  # no temporary files, and fixed dates in the archive
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_format_properties": {"font_name": BODY_FONT, "font_size": 11},  # xlsxwriter changes this dict
        }
        super().__init__(target, options)
        self.structure_password = password

    def _write_workbook_pr(self) -> None:
        """Write `<workbookPr>` and behind it, where the schema wants it, the lock."""
        super()._write_workbook_pr()
        attributes = [("lockStructure", 1)]
        if self.structure_password:
            # The 16 bit hash that all spreadsheet programs know, as xlsxwriter computes it for sheets.
            hashed = self.worksheets()[0]._encode_password(self.structure_password)  # noqa: SLF001
            attributes.insert(0, ("workbookPassword", hashed))
        self._xml_empty_tag("workbookProtection", attributes)
