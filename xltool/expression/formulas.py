"""An edition's formulas as people read them: in words, with the labels of its items."""

from __future__ import annotations

import functools

from xltool.expression.parse import parse
from xltool.expression.words import to_words
from xltool.model.edition import Edition


def formula_words(edition: Edition, formula: str) -> str:
    """A formula in words.

    Raises:
        ExpressionError: the formula isn't in the expression language.
    """
    return to_words(parse(formula), functools.partial(labelled, edition))


def labelled(edition: Edition, name: str) -> str:
    """What people call a name of the language: an item, a list, or a list's column; a constant's name is its own."""
    table, _, column = name.partition(".")
    item = edition.item_by_id.get(table)
    if item is None:
        return name
    if column in ("", item.total):
        return item.label
    return f"{item.label}：{next(each.label for each in item.columns if each.id == column)}"
