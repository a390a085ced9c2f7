"""Files that came in, and which of them count."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection, Exists, RowMapping, Select, exists, func, select

from xltool.model.identity import Identity
from xltool.store.records import Outcome, Return
from xltool.store.schema import returns


def suffix_of(file: str) -> str:
    """The extension of a file as given, which may stand inside a zip (`archive.zip!member`)."""
    return PurePosixPath(file.replace("\\", "/").rsplit("!", 1)[-1]).suffix.lower()


def add(
    connection: Connection, identity: Identity, *, file: str, sha256: str, received_at: str, held: bool = False
) -> Return:
    """Store a return as the next version of its workbook; unless held, it counts and the one before no more."""
    whose = (returns.c.district == identity.district, returns.c.unit == (identity.unit or ""))
    latest = connection.scalar(select(func.max(returns.c.version)).where(*whose)) or 0
    if latest and not held:
        connection.execute(returns.update().where(*whose, returns.c.current).values(current=False))
    added = Return(
        id=0,
        sha256=sha256,
        file=file,
        suffix=suffix_of(file),
        outcome="held" if held else "accepted",
        code=None,
        district=identity.district,
        unit=identity.unit,
        serial=identity.serial,
        edition=identity.edition,
        version=latest + 1,
        received_at=received_at,
        current=not held,
    )
    return _insert(connection, added)


def set_aside(
    connection: Connection, *, file: str, sha256: str, received_at: str, outcome: Outcome, code: str | None
) -> Return:
    """Record a file that is no return; the same file under the same name again replaces its record."""
    same = (returns.c.sha256 == sha256, returns.c.file == file, returns.c.version.is_(None))
    connection.execute(returns.delete().where(*same))
    added = Return(
        id=0,
        sha256=sha256,
        file=file,
        suffix=suffix_of(file),
        outcome=outcome,
        code=code,
        district=None,
        unit=None,
        serial=None,
        edition=None,
        version=None,
        received_at=received_at,
        current=False,
    )
    return _insert(connection, added)


def known(connection: Connection, sha256: str) -> Return | None:
    """The return with this content, superseded or held ones too."""
    query = select(returns).where(returns.c.sha256 == sha256, returns.c.version.is_not(None))
    row = connection.execute(query).mappings().first()
    return None if row is None else _return(row)


def having(sha256: str) -> Exists:
    """Whether a return has this content."""
    return exists().where(returns.c.sha256 == sha256, returns.c.version.is_not(None))


def last_number(connection: Connection) -> int:
    """The largest number of a file that came in."""
    return connection.scalar(select(func.max(returns.c.id))) or 0


def newest_of_each(connection: Connection, district: str) -> tuple[Return, ...]:
    """The newest return of each of a district's workbooks, its own first."""
    query = select(returns).where(returns.c.district == district, returns.c.version.is_not(None))
    rows = {row["unit"]: row for row in connection.execute(query.order_by(returns.c.version)).mappings()}
    return tuple(_return(rows[unit]) for unit in sorted(rows))


def newest(connection: Connection, district: str, unit: str | None) -> Return | None:
    """The newest return of one workbook."""
    whose = (returns.c.district == district, returns.c.unit == (unit or ""), returns.c.version.is_not(None))
    row = connection.execute(select(returns).where(*whose).order_by(returns.c.version.desc())).mappings().first()
    return None if row is None else _return(row)


def current(connection: Connection, district: str | None = None) -> tuple[Return, ...]:
    """The returns that count, by district, a district's own workbook first."""
    query = select(returns).where(returns.c.id.in_(current_ids(district)))
    found = (_return(row) for row in connection.execute(query).mappings())
    return tuple(sorted(found, key=lambda returned: (returned.district or "", returned.unit or "")))


def before(connection: Connection, returned: Return) -> Return | None:
    """The return of the same workbook that this one superseded; held ones aside."""
    query = (
        select(returns)
        .where(
            returns.c.district == returned.district,
            returns.c.unit == (returned.unit or ""),
            returns.c.version < returned.version,
            returns.c.outcome == "accepted",
        )
        .order_by(returns.c.version.desc())
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else _return(row)


def held(connection: Connection, district: str) -> tuple[Return, ...]:
    """The newest held return of each of a district's workbooks, its own first."""
    query = select(returns).where(returns.c.district == district, returns.c.outcome == "held")
    newest = {row["unit"]: row for row in connection.execute(query.order_by(returns.c.version)).mappings()}
    return tuple(_return(newest[unit]) for unit in sorted(newest))


def release(connection: Connection, district: str) -> tuple[Return, ...]:
    """Let the newest held return of each workbook count, in place of the one before; the other held ones never did."""
    released = held(connection, district)
    for waiting in released:
        whose = (returns.c.district == district, returns.c.unit == (waiting.unit or ""))
        connection.execute(returns.update().where(*whose, returns.c.current).values(current=False))
        connection.execute(returns.update().where(returns.c.id == waiting.id).values(outcome="accepted", current=True))
    still = (returns.c.district == district, returns.c.outcome == "held")
    connection.execute(returns.update().where(*still).values(outcome="superseded"))
    return tuple(replace(waiting, outcome="accepted", current=True) for waiting in released)


def current_ids(district: str | None = None) -> Select[Any]:
    """Selects the ids of the returns that count."""
    query = select(returns.c.id).where(returns.c.current)
    return query if district is None else query.where(returns.c.district == district)


def count_held(connection: Connection, district: str) -> int:
    """How many returns of a district wait until it is reopened."""
    query = select(func.count()).where(returns.c.district == district, returns.c.outcome == "held")
    return connection.scalar(query) or 0


def last_received(connection: Connection) -> str | None:
    """When the newest of the returns that count came in."""
    found: str | None = connection.scalar(select(func.max(returns.c.received_at)).where(returns.c.current))
    return found


def _insert(connection: Connection, added: Return) -> Return:
    row = asdict(added)
    del row["id"]
    if added.version is not None:
        row["unit"] = added.unit or ""
    number = connection.execute(returns.insert().returning(returns.c.id), [row]).scalar_one()
    return replace(added, id=number)


def _return(row: RowMapping) -> Return:
    return Return(**{**row, "unit": row["unit"] or None})
