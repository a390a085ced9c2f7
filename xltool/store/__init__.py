"""The campaign's database and archive: what was issued, what came back, what was found, what was shown.

The only package that talks to the database. SQLite by default, a server such as PostgreSQL by its address;
nothing outside `connect.py` knows which.
"""

from __future__ import annotations

from xltool.store.accepting import Accepted
from xltool.store.events import Head
from xltool.store.findings import distinct
from xltool.store.parcel import Parcel, parcel_of
from xltool.store.records import Issued, Outcome, Return, Snapshot, canonical, recipient_from_json, recipient_to_json
from xltool.store.snapshots import named
from xltool.store.store import Store

__all__ = [
    "Accepted",
    "Head",
    "Issued",
    "Outcome",
    "Parcel",
    "Return",
    "Snapshot",
    "Store",
    "canonical",
    "distinct",
    "named",
    "parcel_of",
    "recipient_from_json",
    "recipient_to_json",
]
