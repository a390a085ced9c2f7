"""Plans as they are kept: bytes in the database, parsed once a process."""

from __future__ import annotations

from functools import lru_cache

from xltool import layout
from xltool.model.plan import Plan


@lru_cache(maxsize=32)
def loaded_plan(payload: bytes) -> Plan:
    """A plan from its stored bytes."""
    return layout.loads(payload)
