"""Stores returns, some in one go: what is asked of the database for one of them is asked for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from xltool.store import events, returns
from xltool.store import findings as found_table
from xltool.store import values as value_table
from xltool.store.parcel import Parcel
from xltool.store.records import Return


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What became of a return. `earlier` is the newest one of the same workbook that came before it."""

    returned: Return
    earlier: Return | None = None


def accept_all(connection: Connection, parcels: Sequence[Parcel], now: str) -> tuple[Accepted, ...]:
    """Store returns in their order: the next versions of their workbooks, which supersede those before.

    Where the district has submitted, they are held. Content that is stored already, or comes twice, changes
    nothing: its return is given as `repeated`.
    """
    known = returns.by_content(connection, {parcel.sha256 for parcel in parcels})
    fresh: dict[str, Parcel] = {}
    for parcel in parcels:
        if parcel.sha256 not in known:
            fresh.setdefault(parcel.sha256, parcel)
    newest = returns.newest_by_workbook(connection, {returns.workbook_of(parcel.identity) for parcel in fresh.values()})
    added = iter(_added(connection, tuple(fresh.values()), newest, now))
    done: list[Accepted] = []
    for parcel in parcels:
        if (stored := known.get(parcel.sha256)) is not None:
            done.append(Accepted(returned=replace(stored, outcome="repeated")))
            continue
        workbook = returns.workbook_of(parcel.identity)
        known[parcel.sha256] = returned = next(added)
        done.append(Accepted(returned=returned, earlier=newest.get(workbook)))
        newest[workbook] = returned
    return tuple(done)


def _added(
    connection: Connection, parcels: Sequence[Parcel], newest: dict[returns.Workbook, Return], now: str
) -> list[Return]:
    """The returns of new contents, in their order, with their values and findings."""
    submitted = events.submitted(connection, {parcel.identity.district for parcel in parcels})
    versions = {workbook: earlier.version or 0 for workbook, earlier in newest.items()}
    drafts: list[Return] = []
    for parcel in parcels:
        workbook = returns.workbook_of(parcel.identity)
        versions[workbook] = versions.get(workbook, 0) + 1
        held = parcel.identity.district in submitted
        drafts.append(
            returns.draft(
                parcel.identity,
                file=parcel.file,
                sha256=parcel.sha256,
                received_at=now,
                version=versions[workbook],
                held=held,
            )
        )
    added = returns.add_all(connection, drafts)
    for returned, parcel in zip(added, parcels, strict=True):
        value_table.insert(connection, returned.id, parcel.values)
        found_table.insert(connection, returned.id, parcel.findings)
    for district in sorted({parcel.identity.district for parcel in parcels} - submitted):
        found_table.touch(connection, district)
    return added
