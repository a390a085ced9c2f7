"""An expert's workbook: values -> opinions by second-level indicator, and on the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xltool.model.edition import Edition, Framework
from xltool.model.field import OPINION_LEVEL, OPINIONS, TEXTS, Opinion
from xltool.model.scheme import FieldScheme
from xltool.model.states import State
from xltool.model.values import Value


def indicators_of(edition: Edition) -> list[Framework]:
    """The indicators that experts have opinions on, in the notice's order; row 1 of the workbook is the first."""
    return [node for node in edition.framework if node.level == OPINION_LEVEL]


def opinions_of(edition: Edition, scheme: FieldScheme, author: str, values: Iterable[Value]) -> Iterator[Opinion]:
    """Every text that the expert wrote, in the order of the workbook."""
    nodes = indicators_of(edition)
    aspects = {aspect.id: aspect.label for aspect in scheme.aspects}
    for value in values:
        if value.state is not State.VALUE or value.row is None or value.column is None:
            continue
        text = str(value.value)
        if value.item == OPINIONS and value.column in aspects:
            node = nodes[value.row - 1]
            label = aspects[value.column]
            yield Opinion(
                district=value.district,
                author=author,
                indicator=node.id,
                label=node.name,
                aspect=value.column,
                aspect_label=label,
                text=text,
                value=value,
            )
        elif value.item == TEXTS:
            field = scheme.texts[value.row - 1]
            yield Opinion(
                district=value.district,
                author=author,
                indicator=None,
                label=field.label,
                aspect=field.id,
                aspect_label=field.label,
                text=text,
                value=value,
            )
