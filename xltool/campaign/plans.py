"""Plans as they are kept: bytes in the database, parsed once a process."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from xltool import layout
from xltool.model.identity import FIELD_KINDS
from xltool.model.plan import Plan
from xltool.store import Issued


@lru_cache(maxsize=32)
def loaded_plan(payload: bytes) -> Plan:
    """A plan from its stored bytes."""
    return layout.loads(payload)


def issued_last(issued: Iterable[Issued], district: str, unit: str | None) -> Issued | None:
    """The workbook that went out last to a district (unit None) or a unit of it; those of the field day aside."""
    own = (
        entry
        for entry in issued
        if (entry.identity.district, entry.identity.unit) == (district, unit) and entry.identity.kind not in FIELD_KINDS
    )
    return max(own, key=lambda entry: (entry.issued_at, entry.identity.serial), default=None)
