"""Stores for tests: a new SQLite file or server database each, with a clock that ticks a second at every look."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from builders import campaigns, servers
from xltool.store import Store

START = dt.datetime(2023, 7, 1, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


class Ticking:
    """A clock for tests."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


def opened(folder: Path, *, create: bool = False, **options: Any) -> Store:
    chosen: dict[str, Any] = {"clock": Ticking(), "campaign": campaigns.CAMPAIGN} | options
    database = servers.database_of(folder) if servers.SERVER else folder / "campaign.db"
    return Store.open(database, folder / "archive", create=create, **chosen)


def stored(folder: Path, **options: Any) -> Store:
    """A new store that knows one plan."""
    store = opened(folder, create=True, **options)
    store.save_plan(campaigns.PLAN, b"plan")
    return store
