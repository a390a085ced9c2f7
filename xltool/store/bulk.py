"""Many rows at once, handed to the database's driver as they are.

Values are nearly all that a campaign stores. Where their rows are made by others (`parcel.py`), what SQLAlchemy does
for each of them would be done in vain.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, Dialect, Table

_PLACEHOLDERS = {"qmark": "?", "pyformat": "%s"}
"""Of the drivers of SQLite and PostgreSQL."""


def insert(connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    """Add rows of plain numbers and texts; no text holds what a database refuses (`schema.storable`)."""
    if rows:
        connection.exec_driver_sql(_statement(connection.dialect, table, columns), list(rows))


@lru_cache(maxsize=8)
def _statement(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> str:
    prepared = dialect.identifier_preparer
    names = ", ".join(prepared.quote(name) for name in columns)
    places = ", ".join([_PLACEHOLDERS[dialect.paramstyle]] * len(columns))
    return f"INSERT INTO {prepared.format_table(table)} ({names}) VALUES ({places})"  # noqa: S608 - names of ours
