"""Findings: a file's belong to its return and go with it; a district's stand until its next check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import Connection, func, or_, select

from xltool.model.advice import advised
from xltool.model.explanation import applied
from xltool.model.finding import Finding
from xltool.store import bulk, explanations
from xltool.store.records import canonical, finding_from_json
from xltool.store.schema import districts, findings, returns, storable


def rows(district: str, found: Iterable[Finding]) -> Iterator[tuple[object, ...]]:
    """The rows of findings, without the number of their return."""
    for position, finding in enumerate(found):
        yield district, position, _payload(finding)


def insert(connection: Connection, return_id: int | None, given: Iterable[tuple[object, ...]]) -> None:
    """Store the findings of one return, or (None) of a district as a whole: what `rows` gives."""
    columns = ("return_id", "district", "position", "payload")
    bulk.insert(connection, findings, columns, [(return_id, *row) for row in given])


def append(connection: Connection, return_id: int, district: str, finding: Finding) -> None:
    """Store one more finding of a return, behind the others."""
    behind = select(func.count()).where(findings.c.return_id == return_id).scalar_subquery()
    row = {"return_id": return_id, "district": district, "payload": _payload(finding)}
    connection.execute(findings.insert().values(**row, position=behind))


def replace_district(connection: Connection, district: str, found: Iterable[Finding], revision: int | None) -> bool:
    """Put a district's own findings in place of its earlier ones.

    With `revision` (what the findings are about) nothing is done, and False said, if a newer return counts by
    now: then they are out of date, and whoever made them checks again.
    """
    newest = revision_of(connection, district)
    if revision is not None and revision != newest:
        return False
    connection.execute(findings.delete().where(findings.c.district == district, findings.c.return_id.is_(None)))
    insert(connection, None, rows(district, found))
    connection.execute(districts.update().where(districts.c.name == district).values(checked=newest))
    return True


def replace_of_return(connection: Connection, return_id: int, district: str, found: Iterable[Finding]) -> None:
    """Put the findings of one return, judged anew, in place of its earlier ones."""
    connection.execute(findings.delete().where(findings.c.return_id == return_id))
    insert(connection, return_id, rows(district, found))


def of_return(connection: Connection, return_id: int) -> tuple[Finding, ...]:
    """The findings of one return, as they were made."""
    query = select(findings).where(findings.c.return_id == return_id).order_by(findings.c.position)
    return tuple(distinct(_finding(row.payload, None) for row in connection.execute(query)))


def past_ids(connection: Connection) -> frozenset[str]:
    """The ids of findings in returns that newer ones took the place of."""
    superseded = (returns.c.outcome == "accepted", returns.c.current.is_(False))
    numbers = connection.scalars(select(returns.c.id).where(*superseded)).all()
    return frozenset(finding.id for number in numbers for finding in of_return(connection, number))


def current(connection: Connection, district: str | None = None) -> tuple[Finding, ...]:
    """The findings that stand, with answers and advice: of current returns, and of districts as a whole.

    A district's own workbook comes first. Those that would have the same id are told apart, always in the same way.
    """
    query = (
        select(findings, returns.c.unit, returns.c.version)
        .outerjoin(returns, findings.c.return_id == returns.c.id)
        .where(or_(findings.c.return_id.is_(None), returns.c.current))
    )
    if district is not None:
        query = query.where(findings.c.district == district)
    standing = sorted(
        connection.execute(query),
        key=lambda row: (row.district, row.return_id is None, row.unit or "", row.position),
    )
    found = distinct(_finding(row.payload, row.version) for row in standing)
    return advised(applied(found, explanations.latest(connection, district)))


def revision_of(connection: Connection, district: str) -> int:
    """Grows whenever returns of a district come to count; 0 where none ever did."""
    return connection.scalar(select(districts.c.revision).where(districts.c.name == district)) or 0


def touch(connection: Connection, district: str) -> None:
    """Note that a district's current returns changed."""
    grown = districts.update().where(districts.c.name == district).values(revision=districts.c.revision + 1)
    if not connection.execute(grown).rowcount:
        connection.execute(districts.insert().values(name=district, revision=1, checked=0))


def unchecked(connection: Connection) -> tuple[str, ...]:
    """Districts whose findings are older than their newest return: a run ended before it checked them."""
    query = select(districts.c.name).where(districts.c.checked < districts.c.revision)
    return tuple(sorted(connection.scalars(query)))


def distinct(found: Iterable[Finding]) -> Iterator[Finding]:
    """Number the findings that would have the same id, in their order; the first keeps the id."""
    seen: Counter[str] = Counter()
    for finding in found:
        name = replace(finding, twin=1).id
        seen[name] += 1
        yield replace(finding, twin=seen[name])


def _payload(finding: Finding) -> str | None:
    """Its fields; none holds anything that would have to be copied."""
    return storable(canonical({name: getattr(finding, name) for name in Finding.__slots__}))


def _finding(payload: str, version: int | None) -> Finding:
    finding = finding_from_json(payload)
    return finding if version is None else replace(finding, version=version)
