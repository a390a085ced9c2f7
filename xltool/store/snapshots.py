"""Immutable states of the data, named by their content."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from xltool.errors import CampaignError, UsageError
from xltool.store.records import Snapshot, canonical
from xltool.store.schema import snapshots

_PREFIX = re.compile(r"[0-9a-f]{1,64}")


def named(content: Mapping[str, Any], cut_off: str | None, now: str) -> Snapshot:
    """The snapshot that a state gives, not stored yet."""
    return Snapshot(id=_name(canonical(content).encode()), cut_off=cut_off, taken_at=now, content=content)


def save(connection: Connection, content: Mapping[str, Any], cut_off: str | None, now: str) -> Snapshot:
    """Keep a state; the same content again is the earlier snapshot, with the times that it had."""
    text = canonical(content).encode()
    name = _name(text)
    if not connection.scalar(select(snapshots.c.id).where(snapshots.c.id == name)):
        row = {"id": name, "cut_off": cut_off, "taken_at": now, "content": zlib.compress(text)}
        connection.execute(snapshots.insert(), [row])
    return load(connection, name)


def load(connection: Connection, prefix: str) -> Snapshot:
    """A snapshot by its id or the beginning of it."""
    wanted = prefix.strip().lower()
    names = select(snapshots.c.id).where(snapshots.c.id.startswith(wanted, autoescape=True))
    found = connection.scalars(names).all() if _PREFIX.fullmatch(wanted) else []
    if not found:
        raise UsageError("unknown_snapshot", name=prefix)
    if len(found) > 1:
        raise UsageError("ambiguous_snapshot", name=prefix, count=len(found))
    return _snapshot(connection, found[0])


def all_ids(connection: Connection) -> tuple[str, ...]:
    """The ids of all snapshots, in the order in which they were first taken."""
    return tuple(connection.scalars(select(snapshots.c.id).order_by(snapshots.c.taken_at, snapshots.c.id)))


def _snapshot(connection: Connection, name: str) -> Snapshot:
    """A snapshot, whose content must be what its id was made of."""
    row = connection.execute(select(snapshots).where(snapshots.c.id == name)).one()
    try:
        text = zlib.decompress(row.content)
    except zlib.error:
        text = b""
    if _name(text) != name:
        raise CampaignError("snapshot_damaged", name=name[:12])
    return Snapshot(id=row.id, cut_off=row.cut_off, taken_at=row.taken_at, content=json.loads(text))


def _name(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
