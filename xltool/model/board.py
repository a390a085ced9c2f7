"""Where everything stands, as the board shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xltool.model.edition import Deadline
from xltool.model.review import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWork:
    """Where the field monitoring of a sampled district stands; `day` None: not fixed yet."""

    day: dt.date | None
    experts_returned: int
    experts_expected: int
    respondents: int | None  # None: the survey isn't back


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One district. `status_word` as the edition calls the status; `field` None: the district isn't sampled."""

    district: str
    status: Status
    status_word: str
    own_return: bool
    units_returned: int
    units_expected: int
    errors: int
    warnings: int
    held: int
    documents: int
    files_missing: int
    indicators_covered: int
    indicators: int
    points_covered: int
    points: int
    last_return: dt.date | None
    field: FieldWork | None = None


@dataclass(frozen=True, kw_only=True)
class Board:
    """All districts at one day. `deadlines` are the campaign's own dates under the calendar's names, in its order."""

    title: str
    office: str
    today: dt.date
    collection_ends: dt.date | None
    standings: tuple[Standing, ...]
    deadlines: tuple[Deadline, ...]
