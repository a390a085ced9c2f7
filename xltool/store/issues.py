"""Plans, and the workbooks that were issued by them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from xltool.model.identity import FIELD_KINDS, Identity
from xltool.store.records import Issued, not_before, recipient_from_json, recipient_to_json
from xltool.store.schema import issued, plans, returns


def save_plan(connection: Connection, digest: str, payload: bytes) -> None:
    """Keep a plan; it is named by its content, so one that is there stays."""
    if connection.scalar(select(plans.c.digest).where(plans.c.digest == digest)) is None:
        connection.execute(plans.insert().values(digest=digest, payload=payload))


def plan(connection: Connection, digest: str) -> bytes | None:
    """The plan with this digest."""
    found: bytes | None = connection.scalar(select(plans.c.payload).where(plans.c.digest == digest))
    return found


def all_plans(connection: Connection) -> dict[str, bytes]:
    """Every plan by its digest."""
    return {row.digest: row.payload for row in connection.execute(select(plans))}


def record(connection: Connection, entries: Iterable[Issued], now: str) -> None:
    """Record workbooks that go out; the same serial again replaces its record."""
    now = not_before(now, connection.scalar(select(func.max(issued.c.issued_at))))
    rows = {entry.identity.serial: {**_row(entry), "issued_at": now} for entry in entries}
    known = set(connection.scalars(select(issued.c.serial)))
    for serial in known & rows.keys():
        connection.execute(issued.update().where(issued.c.serial == serial).values(rows[serial]))
    new = [row for serial, row in rows.items() if serial not in known]
    if new:
        connection.execute(issued.insert(), new)


def all_issued(connection: Connection) -> dict[str, Issued]:
    """Everything that was issued, by serial."""
    return {row.serial: _issued(row) for row in connection.execute(select(issued))}


_BY_SERIAL = select(issued).where(issued.c.serial == bindparam("wanted"))  # asked for each file that comes in


def issued_as(connection: Connection, serial: str) -> Issued | None:
    """What was issued under a serial."""
    row = connection.execute(_BY_SERIAL, {"wanted": serial}).first()
    return None if row is None else _issued(row)


def issued_last(connection: Connection, district: str, unit: str | None) -> Issued | None:
    """The workbook that went out last to a district (unit None) or a unit of it; those of the field day aside."""
    query = (
        select(issued)
        .where(issued.c.district == district, issued.c.unit == (unit or ""), issued.c.kind.not_in(FIELD_KINDS))
        .order_by(issued.c.issued_at.desc(), issued.c.serial.desc())
    )
    row = connection.execute(query).first()
    return None if row is None else _issued(row)


def behind_returns(connection: Connection, district: str) -> dict[str | None, Issued]:
    """What was issued to a district's units (None: to itself) and came back, by its current returns."""
    query = (
        select(issued)
        .join(returns, returns.c.serial == issued.c.serial)
        .where(returns.c.current, returns.c.district == district)
    )
    found = (_issued(row) for row in connection.execute(query))
    return {entry.identity.unit: entry for entry in found}


def behind_return(connection: Connection, district: str, unit: str | None) -> Issued | None:
    """What was issued to one of them and came back, by its current return."""
    query = (
        select(issued)
        .join(returns, returns.c.serial == issued.c.serial)
        .where(returns.c.current, returns.c.district == district, returns.c.unit == (unit or ""))
    )
    row = connection.execute(query).first()
    return None if row is None else _issued(row)


def _row(entry: Issued) -> dict[str, str]:
    identity = entry.identity
    return {
        "serial": identity.serial,
        "campaign": identity.campaign,
        "edition": identity.edition,
        "kind": identity.kind,
        "district": identity.district,
        "unit": identity.unit or "",
        "plan": identity.plan,
        "recipient": recipient_to_json(entry.recipient),
        "file": entry.file,
    }


def _issued(row: Any) -> Issued:  # noqa: ANN401 - a row of a select has no static type
    identity = Identity(
        campaign=row.campaign,
        edition=row.edition,
        kind=row.kind,
        district=row.district,
        unit=row.unit or None,
        plan=row.plan,
        serial=row.serial,
    )
    return Issued(
        identity=identity, recipient=recipient_from_json(row.recipient), file=row.file, issued_at=row.issued_at
    )
