"""Plans as they are kept: bytes in the database, parsed once a process."""

from __future__ import annotations

from functools import lru_cache

from xltool import layout
from xltool.model.plan import Plan
from xltool.store import Store


@lru_cache(maxsize=32)
def stored_plan(store: Store, digest: str) -> Plan:
    """A plan of the store's; it never changes.

    Raises:
        KeyError: there is none with this digest.
    """
    payload = store.plan(digest)
    if payload is None:
        raise KeyError(digest)
    return layout.loads(payload)
