"""Values that other systems give (社区教育统计平台, 上海学习网, 评估院, …) and last year's: from tables to values."""

from __future__ import annotations

from xltool.prefill.reading import Given, Refused, Years, read_rows, roles
from xltool.prefill.tables import Line, Table, faulty, read_table

__all__ = ["Given", "Line", "Refused", "Table", "Years", "faulty", "read_rows", "read_table", "roles"]
