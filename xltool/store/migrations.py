"""How a database gets its tables: new ones at once, older ones step by step.

A step is never changed once it was released; the next change of the tables is a new step at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, inspect, select, text

from xltool.store import schema
from xltool.store.connect import Database, unusable


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of the tables; `apply` takes a database that has all changes before it."""

    name: str
    apply: Callable[[Connection], None]


def create_reviews(connection: Connection) -> None:
    """The log of the reviews, and where it ends."""
    schema.events.create(connection)
    schema.reviews.create(connection)


def find_issued(connection: Connection) -> None:
    """Find what was issued to somebody without looking through all that was."""
    next(index for index in schema.issued.indexes if index.name == "issued_by_recipient").create(
        connection, checkfirst=True
    )


def forget_turns(connection: Connection) -> None:
    """Snapshots no longer say which was asked for last: nothing asks."""
    connection.execute(text("ALTER TABLE snapshots DROP COLUMN turn"))


FIRST = "first tables"
STEPS: tuple[Step, ...] = (
    Step(name="prefilled values", apply=schema.prefilled.create),
    Step(name="reviews", apply=create_reviews),
    Step(name="attachments", apply=schema.create_attachments),
    Step(name="field monitoring", apply=schema.field_returns.create),
    Step(name="the office's explanations", apply=schema.explanations.create),
    Step(name="issued by recipient", apply=find_issued),
    Step(name="snapshots without turns", apply=forget_turns),
)
"""What changed since the first tables, which are number 1; the steps are numbered from 2."""


def bring_up(database: Database, *, create: bool, now: Callable[[], str]) -> None:
    """Make or update the tables; each change is one transaction with its record.

    A new file gets its tables only with `create`; an empty database of a server always.
    """
    may_be_empty = create or not database.is_file
    with database.read() as connection:
        found = _level(connection, may_be_empty=may_be_empty)
    while found <= len(STEPS):
        with database.write() as connection:
            found = _level(connection, may_be_empty=may_be_empty)  # another process may have been faster
            if found == 0:
                schema.metadata.create_all(connection)
                _record(connection, range(1, len(STEPS) + 2), now())
            elif found <= len(STEPS):
                STEPS[found - 1].apply(connection)
                _record(connection, (found + 1,), now())


def claim(database: Database, campaign: str) -> None:
    """Tie a new database to the campaign; one of another campaign is refused."""
    with database.read() as connection:
        owner = connection.scalar(select(schema.campaign.c.id))
    if owner is None:
        with database.write() as connection:
            owner = connection.scalar(select(schema.campaign.c.id))
            if owner is None:
                connection.execute(schema.campaign.insert().values(id=campaign))
                return
    if owner != campaign:
        raise unusable("database_other", found=owner)


def _level(connection: Connection, *, may_be_empty: bool) -> int:
    """The last step that the database has; 0 is an empty one."""
    tables = inspect(connection).get_table_names()
    if schema.migrations.name not in tables:
        if tables or not may_be_empty:
            raise unusable("database_foreign")
        return 0
    found = connection.scalar(select(func.max(schema.migrations.c.number))) or 0
    if found > len(STEPS) + 1:
        raise unusable("database_newer", found=found, known=len(STEPS) + 1)
    return found


def _record(connection: Connection, numbers: Iterable[int], now: str) -> None:
    names = (FIRST, *(step.name for step in STEPS))
    rows = [{"number": number, "name": names[number - 1], "applied_at": now} for number in numbers]
    connection.execute(schema.migrations.insert(), rows)
