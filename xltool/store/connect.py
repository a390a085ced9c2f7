"""Connections and transactions; the only module that knows which database it is.

One writer at a time, on SQLite (BEGIN IMMEDIATE) and on a server (a lock that ends with the transaction)
alike, so that "previous version + 1" and the like are safe. Readers see one consistent state and never wait.
Connections are not kept: none crosses into a worker process, and the folder can be moved at any time. A worker, which
looks things up for each of thousands of files and doesn't outlive its run, keeps one of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool, Pool, QueuePool

from xltool.errors import CampaignError
from xltool.messages import reason

BUSY_SECONDS = 60.0
_WRITER_LOCK = 0x786C746F6F6C  # any number, the same for all: one writer at a time in this database
_WRITES = {"xltool_writes": True}

_SQLITE_REASONS = {
    sqlite3.SQLITE_BUSY: "database_locked",
    sqlite3.SQLITE_LOCKED: "database_locked",
    sqlite3.SQLITE_READONLY: "database_readonly",
    sqlite3.SQLITE_FULL: "database_full",
    sqlite3.SQLITE_IOERR: "database_io",
    sqlite3.SQLITE_CANTOPEN: "database_closed",
    sqlite3.SQLITE_NOTADB: "database_none",
    sqlite3.SQLITE_CORRUPT: "database_none",
}


_HINDRANCES = {"database_locked", "database_readonly", "database_full", "database_io", "database_gone"}
"""What passes once its cause does: the data is all there."""

_GONE = {"OperationalError", "InterfaceError", "AdminShutdown", "CrashShutdown", "CannotConnectNow"}
"""What the driver of a server raises that can't be reached, or that ends a connection in the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A database that transactions can be made in; every fault of it is a `CampaignError`.

    It can be handed to another process, which connects by itself.
    """

    engine: Engine
    busy_seconds: float = BUSY_SECONDS

    def __reduce__(self) -> tuple[object, ...]:
        """What another process connects by."""
        return _connected, (self.engine.url, self.busy_seconds)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the data throughout."""
        with _usable(), self._reader().begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The only writing transaction of this moment; an exception undoes all of it."""
        with _usable(), self.engine.execution_options(**_WRITES).begin() as connection:
            if not self.is_file:  # a clerk whose computer sleeps in a transaction must not stop the others for good
                milliseconds = str(round(self.busy_seconds * 1000))
                connection.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": milliseconds})
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK})
            yield connection

    @property
    def is_file(self) -> bool:
        """Whether it is an SQLite file."""
        return self.engine.dialect.name == "sqlite"

    def kept(self) -> Database:
        """The same database for this process alone, through connections that it keeps."""
        return _connected(self.engine.url, self.busy_seconds, pool=QueuePool)

    def joined(self, connection: Connection) -> Database:
        """What reads and writes in the transaction of a connection, whoever began it and will end it."""
        return _Joined(engine=self.engine, busy_seconds=self.busy_seconds, connection=connection)

    def close(self) -> None:
        """Let go of everything."""
        self.engine.dispose()

    def _reader(self) -> Engine:
        return self.engine if self.is_file else self.engine.execution_options(isolation_level="REPEATABLE READ")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined(Database):
    connection: Connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self.connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        yield self.connection


def connect(database: Path | str, *, create: bool, busy_seconds: float = BUSY_SECONDS) -> Database:
    """Connect to an SQLite file by its path, or to any database by its address.

    An SQLite file that doesn't exist is made only with `create`: a lost one must not come back empty.
    """
    url = URL.create("sqlite", database=str(database)) if isinstance(database, Path) else _url(database)
    return _connected(url, busy_seconds, create=create)


def _connected(url: URL, busy_seconds: float, *, create: bool = False, pool: type[Pool] = NullPool) -> Database:
    options: dict[str, Any] = {}
    is_file = url.get_backend_name() == "sqlite"
    if is_file:
        file = Path(url.database or "")
        if not file.exists() and not create:
            raise CampaignError("campaign_incomplete", missing=file.name)
        options["connect_args"] = {"timeout": busy_seconds}
    try:
        engine = create_engine(url, poolclass=pool, **options)
    except ModuleNotFoundError as error:
        raise unusable("database_driver", name=error.name) from error
    except (ArgumentError, TypeError) as error:
        raise unusable("database_url") from error
    if is_file:
        _prepare_sqlite(engine, create=create)
    return Database(engine=engine, busy_seconds=busy_seconds)


def unusable(code: str, **context: object) -> CampaignError:
    """The fault of a database that can't be worked with, for good or for now."""
    return CampaignError(
        "database_hindered" if code in _HINDRANCES else "database_unusable", reason=reason(code, **context)
    )


def _url(address: str) -> URL:
    try:
        url = make_url(address)
        url.get_dialect()
    except ModuleNotFoundError as error:
        raise unusable("database_driver", name=error.name) from error
    except (ArgumentError, ValueError) as error:
        raise unusable("database_url") from error
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise unusable("database_url")
    return url


def _prepare_sqlite(engine: Engine, *, create: bool) -> None:
    """Foreign keys on; transactions begun by us, as a writer where it will write."""

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late and skips DDL
        connection.execute("PRAGMA foreign_keys = ON")
        if create:
            connection.execute("PRAGMA journal_mode = WAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("xltool_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _usable() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _explained(error.orig) from error
    except sqlite3.Error as error:
        raise _explained(error) from error
    except SQLAlchemyError as error:
        raise unusable("database_error", detail=type(error).__name__) from error


def _explained(error: BaseException | None) -> CampaignError:
    if isinstance(error, sqlite3.Error):
        number = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extension
        if number in _SQLITE_REASONS:
            return unusable(_SQLITE_REASONS[number])
    elif type(error).__name__ == "LockNotAvailable":
        return unusable("database_locked")
    elif type(error).__name__ in _GONE:
        return unusable("database_gone")
    lines = str(error).strip().splitlines()
    return unusable("database_error", detail=lines[0] if lines else type(error).__name__)
