"""All that a campaign's database holds, whichever it is, without times: to compare two campaigns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xltool.campaign import Campaign
from xltool.store.schema import metadata

TIMES = {"received_at", "issued_at", "taken_at", "made_at", "applied_at", "cut_off"}


def of(root: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Each table's rows, in the order of their keys."""
    store = Campaign.open(root).store
    found = {}
    with store.database.read() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(table.select().order_by(*table.primary_key)).mappings()
            found[table.name] = [tuple(value for name, value in row.items() if name not in TIMES) for row in rows]
    store.close()
    return found
