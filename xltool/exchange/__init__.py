"""A campaign's results for other programs: csv files with their schemas, in one zip (Frictionless Data Package)."""

from __future__ import annotations

from xltool.exchange.contents import Contents, tables_of
from xltool.exchange.tables import Field, Reference, Table
from xltool.exchange.writing import data_package

__all__ = ["Contents", "Field", "Reference", "Table", "data_package", "tables_of"]
