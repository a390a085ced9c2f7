"""Files that came in, and which of them count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import ColumnElement, Connection, Exists, RowMapping, Select, and_, exists, func, select, tuple_

from xltool.model.identity import Identity
from xltool.store.records import Outcome, Return
from xltool.store.schema import returns

_WORKBOOK = tuple_(returns.c.district, returns.c.unit)


def suffix_of(file: str) -> str:
    """The extension of a file as given, which may stand inside a zip (`archive.zip!member`)."""
    return PurePosixPath(file.replace("\\", "/").rsplit("!", 1)[-1]).suffix.lower()


Workbook = tuple[str, str]
"""Which workbook a return is of: its district and unit, as they are stored."""


def workbook_of(identity: Identity) -> Workbook:
    """Of which workbook the returns of an identity are versions."""
    return identity.district, identity.unit or ""


def draft(identity: Identity, *, file: str, sha256: str, received_at: str, version: int, held: bool) -> Return:
    """A return that is not stored yet."""
    return Return(
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
        version=version,
        received_at=received_at,
        current=not held,
    )


def add_all(connection: Connection, drafts: Sequence[Return]) -> list[Return]:
    """Store returns, by workbook in the order of their versions; of those not held the newest counts alone."""
    if not drafts:
        return []
    counting = {_workbook(one): one.version for one in drafts if one.current}
    drafts = [replace(one, current=one.current and counting[_workbook(one)] == one.version) for one in drafts]
    if any(version != 1 for version in counting.values()):
        before = (_WORKBOOK.in_(counting), returns.c.current)
        connection.execute(returns.update().where(*before).values(current=False))
    query = returns.insert().returning(returns.c.id, sort_by_parameter_order=True)
    numbers = connection.scalars(query, [_row(one) for one in drafts])
    return [replace(one, id=number) for one, number in zip(drafts, numbers, strict=True)]


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
    number = connection.execute(returns.insert().returning(returns.c.id), [_row(added)]).scalar_one()
    return replace(added, id=number)


def known(connection: Connection, sha256: str) -> Return | None:
    """The return with this content, superseded or held ones too."""
    query = select(returns).where(returns.c.sha256 == sha256, returns.c.version.is_not(None))
    row = connection.execute(query).mappings().first()
    return None if row is None else _return(row)


def by_content(connection: Connection, contents: Collection[str]) -> dict[str, Return]:
    """The returns with these contents, by content, superseded or held ones too."""
    query = select(returns).where(returns.c.sha256.in_(contents), returns.c.version.is_not(None))
    return {row["sha256"]: _return(row) for row in connection.execute(query).mappings()}


def having(sha256: ColumnElement[str]) -> Exists:
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


def newest_by_workbook(connection: Connection, workbooks: Collection[Workbook]) -> dict[Workbook, Return]:
    """The newest return of each of some workbooks, whether it counts yet or not."""
    latest = (
        select(returns.c.district, returns.c.unit, func.max(returns.c.version).label("version"))
        .where(_WORKBOOK.in_(workbooks))
        .group_by(returns.c.district, returns.c.unit)
        .subquery()
    )
    same = [returns.c[name] == latest.c[name] for name in ("district", "unit", "version")]
    rows = connection.execute(select(returns).join(latest, and_(*same))).mappings()
    return {(row["district"], row["unit"]): _return(row) for row in rows}


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


def _workbook(returned: Return) -> Workbook:
    return returned.district or "", returned.unit or ""


def _row(returned: Return) -> dict[str, object]:
    row = asdict(returned)
    del row["id"]  # the database's
    if returned.version is not None:
        row["unit"] = returned.unit or ""
    return row


def _return(row: RowMapping) -> Return:
    return Return(**{**row, "unit": row["unit"] or None})
