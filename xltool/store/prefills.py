"""Values that the office prefilled: the latest of each district, item and column."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from sqlalchemy import Connection, select

from xltool.model.plan import Prefilled
from xltool.store.records import canonical
from xltool.store.schema import prefilled


def save(connection: Connection, entries: Iterable[tuple[str, Prefilled]], now: str) -> tuple[str, ...]:
    """Keep (district, value) pairs, each in place of an earlier one; the districts for which something is new."""
    changed: dict[str, None] = {}
    for district, entry in entries:
        key = {"district": district, "item": entry.item, "field": entry.column or ""}
        payload = canonical(asdict(entry))
        same = [prefilled.c[name] == content for name, content in key.items()]
        held = connection.scalar(select(prefilled.c.payload).where(*same))
        if held == payload:
            continue
        changed[district] = None
        if held is None:
            connection.execute(prefilled.insert().values(**key, payload=payload, taken_at=now))
        else:
            connection.execute(prefilled.update().where(*same).values(payload=payload, taken_at=now))
    return tuple(changed)


def of_district(connection: Connection, district: str) -> tuple[Prefilled, ...]:
    """A district's prefilled values, by item; those without a date of their own have the day that they were taken."""
    query = select(prefilled.c.payload, prefilled.c.taken_at).where(prefilled.c.district == district)
    ordered = query.order_by(prefilled.c.item, prefilled.c.field)
    known = ((Prefilled(**json.loads(row.payload)), row.taken_at) for row in connection.execute(ordered))
    return tuple(one if one.date else replace(one, date=day_of(taken_at)) for one, taken_at in known)


def day_of(moment: str) -> str:
    """The office's date of a stored time."""
    return dt.datetime.fromisoformat(moment).astimezone().date().isoformat()
