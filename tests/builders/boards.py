"""A board of a few districts in every standing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xltool.model.board import Board, FieldWork, Standing
from xltool.model.edition import Deadline
from xltool.model.review import Status

TODAY = dt.date(2023, 9, 20)
WORDS = ("未填报", "填报", "初审", "复审", "复审-确认函", "审核完成")


def standing(district: str, status: Status = Status.DRAFT, **changes: Any) -> Standing:
    whole: dict[str, Any] = {
        "district": district,
        "status": status,
        "status_word": status.word(WORDS),
        "own_return": status is not Status.NOT_STARTED,
        "units_returned": 3,
        "units_expected": 27,
        "errors": 0,
        "warnings": 0,
        "held": 0,
        "documents": 60,
        "files_missing": 0,
        "indicators_covered": 20,
        "indicators": 30,
        "points_covered": 37,
        "points": 78,
        "last_return": dt.date(2023, 9, 15) if status is not Status.NOT_STARTED else None,
    }
    return Standing(**(whole | changes))


def board(*standings: Standing, today: dt.date = TODAY) -> Board:
    work = FieldWork(day=dt.date(2023, 10, 17), experts_returned=2, experts_expected=5, respondents=120)
    some = standings or (
        standing("甲区", Status.DONE, units_returned=27),
        standing("乙区", errors=12, warnings=3, files_missing=2, field=work),
        standing("丙区", Status.NOT_STARTED, units_returned=0, documents=0, points_covered=0, indicators_covered=0),
        standing("丁区", Status.LETTER, errors=2, points_covered=9),
    )
    return Board(
        title="2023年学习型城区监测",
        office="某办公室",
        today=today,
        collection_ends=dt.date(2023, 9, 30),
        standings=some,
        deadlines=(
            Deadline(id="meeting", label="布置会", start=dt.date(2023, 6, 21), end=dt.date(2023, 6, 30)),
            Deadline(id="collection", label="线上采集", start=dt.date(2023, 7, 1), end=dt.date(2023, 9, 30)),
            Deadline(id="field", label="实地监测", start=dt.date(2023, 10, 11), end=dt.date(2023, 10, 31)),
            Deadline(id="report", label="监测报告", start=None, end=dt.date(2024, 3, 31)),
        ),
    )
