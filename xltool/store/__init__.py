"""The campaign's database and archive: what was issued, what came back, what was found, what was shown.

The only package that talks to the database. SQLite by default, a server such as PostgreSQL by its address;
nothing outside `connect.py` knows which.
"""

from __future__ import annotations

from xltool.store.records import Issued, Outcome, Return, Snapshot, recipient_from_json, recipient_to_json
from xltool.store.store import Store

__all__ = ["Issued", "Outcome", "Return", "Snapshot", "Store", "recipient_from_json", "recipient_to_json"]
