"""The office's answers to findings: added, never changed or deleted; of each finding the latest holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select

from xltool.model.explanation import Explanation
from xltool.store.records import canonical, finding_from_json
from xltool.store.schema import explanations


def add(connection: Connection, explanation: Explanation, now: str) -> None:
    """Keep an answer; the earlier ones of the same finding stay on record."""
    connection.execute(
        explanations.insert().values(
            finding=explanation.finding.id,
            district=explanation.finding.district,
            payload=canonical(asdict(explanation.finding)),
            note=explanation.note,
            by=explanation.by,
            withdrawn=explanation.withdrawn,
            made_at=now,
        )
    )


def on_record(connection: Connection, district: str | None = None) -> tuple[Explanation, ...]:
    """Every answer ever given, in its order."""
    query = select(explanations).order_by(explanations.c.id)
    if district is not None:
        query = query.where(explanations.c.district == district)
    return tuple(_explanation(row) for row in connection.execute(query))


def latest(connection: Connection, district: str | None = None) -> Mapping[str, Explanation]:
    """By finding id, the last answer that was given to it."""
    return {explanation.finding.id: explanation for explanation in on_record(connection, district)}


def _explanation(row: Any) -> Explanation:  # noqa: ANN401 - a row of a select has no static type
    return Explanation(
        finding=finding_from_json(row.payload), note=row.note, by=row.by, withdrawn=row.withdrawn, at=row.made_at
    )
