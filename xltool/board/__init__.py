"""An overview of where everything stands: pages with traffic lights, for a workbook and for one HTML page."""

from __future__ import annotations

from xltool.board.html import render
from xltool.board.pages import board_pages

__all__ = ["board_pages", "render"]
