"""Values that the office prefilled: the latest of each district, item and column."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

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
    """A district's prefilled values, by item."""
    query = select(prefilled.c.payload).where(prefilled.c.district == district)
    ordered = query.order_by(prefilled.c.item, prefilled.c.field)
    return tuple(Prefilled(**json.loads(payload)) for payload in connection.scalars(ordered))
