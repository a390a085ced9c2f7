"""Files that came beside returns, and whose returns those were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from xltool.model.evidence import Attachment, Owner
from xltool.store.records import not_before
from xltool.store.schema import attachment_owners, attachments


def add(connection: Connection, files: Iterable[Attachment], now: str) -> tuple[str, ...]:
    """Record files; gives the districts that got something new.

    The same file under the same name again changes nothing but adds its owners.
    """
    touched: dict[str, None] = {}
    now = not_before(now, connection.scalar(select(func.max(attachments.c.received_at))))
    for file in files:
        same = (attachments.c.file == file.file, attachments.c.sha256.is_not_distinct_from(file.sha256))
        number = connection.scalar(select(attachments.c.id).where(*same))
        known: set[Owner] = set()
        if number is None:
            row = {"sha256": file.sha256, "file": file.file, "size": file.size, "problem": file.problem}
            insert = attachments.insert().returning(attachments.c.id)
            number = connection.execute(insert, [{**row, "received_at": now}]).scalar_one()
        else:
            known = _owners(connection)[number]
        rows = [
            {"attachment_id": number, "district": district, "unit": unit or ""}
            for district, unit in sorted(file.owners - known, key=str)
        ]
        if rows:
            connection.execute(attachment_owners.insert(), rows)
            touched |= dict.fromkeys(str(row["district"]) for row in rows)
    return tuple(touched)


def everything(connection: Connection) -> tuple[Attachment, ...]:
    """All files with their owners, the earliest first."""
    owners = _owners(connection)
    query = select(attachments).order_by(attachments.c.received_at, attachments.c.file, attachments.c.id)
    return tuple(
        Attachment(
            file=row.file,
            sha256=row.sha256,
            size=row.size,
            problem=row.problem,
            owners=frozenset(owners[row.id]),
            received_at=row.received_at,
        )
        for row in connection.execute(query)
    )


def _owners(connection: Connection) -> dict[int, set[Owner]]:
    found: dict[int, set[Owner]] = defaultdict(set)
    for row in connection.execute(select(attachment_owners)):
        found[row.attachment_id].add((row.district, row.unit or None))
    return found
