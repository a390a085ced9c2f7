"""Sample documents (文档采集): titles, dates in the period, and where in the framework each belongs."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping

from xltool.demo.entries import Entry
from xltool.demo.profile import Profile, pick
from xltool.model.edition import DocumentType, Edition, Framework

POINT_LEVEL = 4
LEVELS = {1: "level1", 2: "level2", 3: "level3", POINT_LEVEL: "point"}
LONGEST = 3  # days that an event lasts at most


def document_entries(edition: Edition, profile: Profile, district: str, unit: str | None) -> Iterator[Entry]:
    """The documents of a district or a member unit: types in turn, so that a district has each of them."""
    points = [node for node in edition.framework if node.level == POINT_LEVEL]
    chance = profile.chance(district, unit, "documents")
    first = 0 if unit is None else int(chance.random() * len(edition.documents))
    rows: dict[str, int] = {}
    for number in range(profile.documents["district" if unit is None else "unit"]):
        document = edition.documents[(first + number) % len(edition.documents)]
        row = rows[document.id] = rows.get(document.id, 0) + 1
        point = points[int(chance.random() * len(points))]
        for column, value in document_cells(edition, profile, document, point, chance, owner(district, unit)):
            yield Entry(district=district, unit=unit, item=document.id, row=row, column=column, value=value)


def owner(district: str, unit: str | None) -> str:
    """Whose document it is, in full: 黄浦区 + 区教育局 is 黄浦区教育局."""
    return district + (unit or "").removeprefix("区")


def document_cells(
    edition: Edition, profile: Profile, document: DocumentType, point: Framework, chance: random.Random, whose: str
) -> Iterator[tuple[str, str]]:
    """(column, text) of one document, in the order of its columns; optional columns without a sample stay blank."""
    nodes = ancestors(edition, point)
    topic, tags = profile.topics[nodes[2].id]
    context = {"owner": whose, "topic": topic, "point": point.name}
    start = edition.period_start + dt.timedelta(
        days=int(chance.random() * ((edition.period_end - edition.period_start).days - LONGEST))
    )
    known = {
        "year": str(edition.data_year),
        "date": start.isoformat(),
        "end_date": (start + dt.timedelta(days=int(chance.random() * LONGEST))).isoformat(),
        "tags": tags,
        **{column: nodes[level].choice for level, column in LEVELS.items()},
    }
    for column in document.columns:
        sample = profile.columns.get(column.id)
        if column.id in known:
            yield column.id, known[column.id]
        elif sample is not None:
            text = sample if isinstance(sample, str) else sample[document.id]
            context[column.id] = text.format_map(context)
            yield column.id, context[column.id]
        elif column.choices:
            yield column.id, pick(chance, edition.lists[column.choices.list])


def ancestors(edition: Edition, node: Framework) -> Mapping[int, Framework]:
    """The nodes from a monitoring point up, by level."""
    found = {node.level: node}
    while node.parent is not None:
        node = edition.framework_by_id[node.parent]
        found[node.level] = node
    return found
