"""Databases on a real PostgreSQL server, one a campaign folder; only where XLTOOL_TEST_POSTGRES names a server.

The server is thrown away after the run (`.ci/postgresql.sh`), so nothing is dropped here.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text  # noqa: TID251 - what the store is tested on

SERVER = os.environ.get("XLTOOL_TEST_POSTGRES", "")


def database_of(folder: Path) -> str:
    """The address of a folder's own database, made empty where it isn't there yet."""
    name = name_of(folder)
    if name not in _names():
        _run(f'CREATE DATABASE "{name}"')
    return _address(name)


def copy(source: Path, folder: Path) -> str:
    """The address of a database for `folder` that holds what that of `source` holds."""
    name = name_of(folder)
    _run(f'CREATE DATABASE "{name}" TEMPLATE "{name_of(source)}"')
    return _address(name)


def cut_off(folder: Path) -> None:
    """End all connections to a folder's database, as a server that goes down does."""
    _run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name_of(folder)}'")  # noqa: S608


def name_of(folder: Path) -> str:
    """A database's name by the folder it belongs to."""
    return f"xltool_{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]}"


def _address(name: str) -> str:
    return _url().set(database=name).render_as_string(hide_password=False)


def _url() -> URL:
    return make_url(SERVER)


def _names() -> set[str]:
    engine = create_engine(_url())
    with engine.connect() as connection:
        found = set(connection.scalars(text("SELECT datname FROM pg_database")))
    engine.dispose()
    return found


def _run(statement: str) -> None:
    engine = create_engine(_url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
