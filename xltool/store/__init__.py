"""The campaign's database and archive: what was issued, what came back, what was found, what was shown.

The only package that talks to the database. SQLite by default, a server such as PostgreSQL by its address;
nothing outside `connect.py` knows which.
"""

from __future__ import annotations

from xltool.store.events import Head
from xltool.store.records import Issued, Outcome, Return, Snapshot, canonical, recipient_from_json, recipient_to_json
from xltool.store.snapshots import named
from xltool.store.store import Store

__all__ = [
    "Head",
    "Issued",
    "Outcome",
    "Return",
    "Snapshot",
    "Store",
    "canonical",
    "named",
    "recipient_from_json",
    "recipient_to_json",
]
