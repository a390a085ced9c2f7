"""Sample documents (文档采集): titles, dates in the period, and where in the framework each belongs."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping

from xltool.demo.entries import Entry
from xltool.demo.profile import Profile, pick
from xltool.model.edition import DocumentType, Edition, Framework

TOPIC_LEVEL, POINT_LEVEL = 2, 4
LEVELS = {1: "level1", 2: "level2", 3: "level3", POINT_LEVEL: "point"}
LONGEST = 3  # days that an event lasts at most


def document_entries(edition: Edition, profile: Profile, district: str, unit: str | None) -> Iterator[Entry]:
    """The documents of a district or a member unit: types in turn, so that a district has each of them.

    Second-level indicators take turns within each type, so that no two of its documents have the same title.
    """
    topics = [node for node in edition.framework if node.level == TOPIC_LEVEL]
    chance = profile.chance(district, unit, "documents")
    first = 0 if unit is None else int(chance.random() * len(edition.documents))
    start = int(chance.random() * len(topics))
    rows: dict[str, int] = {}
    related = ""
    for number in range(profile.documents_of(district, unit)):
        document = edition.documents[(first + number) % len(edition.documents)]
        row = rows[document.id] = rows.get(document.id, 0) + 1
        points = points_of(edition, topics[(start + row) % len(topics)])
        whose = {"owner": owner(district, unit), "related": related}
        for column, value in document_cells(edition, profile, document, pick(chance, points), chance, whose):
            yield Entry(district=district, unit=unit, item=document.id, row=row, column=column, value=value)
            related = value if column == "title" else related


def points_of(edition: Edition, topic: Framework) -> list[Framework]:
    """The monitoring points below a second-level indicator."""
    points = (node for node in edition.framework if node.level == POINT_LEVEL)
    return [node for node in points if ancestors(edition, node)[TOPIC_LEVEL] is topic]


def owner(district: str, unit: str | None) -> str:
    """Whose document it is, in full: 黄浦区 + 区教育局 is 黄浦区教育局."""
    return district + (unit or "").removeprefix("区")


def document_cells(
    edition: Edition,
    profile: Profile,
    document: DocumentType,
    point: Framework,
    chance: random.Random,
    whose: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """(column, text) of one document, in the order of its columns; columns without a sample text stay blank.

    `whose`: its owner, and the title of the document listed before it (`related`).
    """
    nodes = ancestors(edition, point)
    topic, tags = profile.topics[nodes[TOPIC_LEVEL].id]
    context = {**whose, "topic": topic, "point": point.name}
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
            if context[column.id]:
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
