"""The edition as `edition show --json` prints it (fields are a contract, see DESIGN)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xltool.model.edition import Column, Edition

Record = dict[str, Any]


def export(edition: Edition) -> dict[str, list[Record]]:
    """One object of lists; the elements are objects, what doesn't apply is None."""
    return {
        "framework": [_fields(node, "id", "level", "name", "answers") for node in edition.framework],
        "items": [
            {
                **_fields(item, "id", "label", "unit_of_measure"),
                "level": item.level.value,
                **_fields(item, "responsible", "source"),
                "columns": _columns(item.columns),
            }
            for item in edition.items
        ],
        "indicators": [
            _fields(each, "id", "label", "unit_of_measure", "belongs_to", "formula", "direction")
            for each in edition.indicators
        ],
        "checks": [
            {
                "id": check.id,
                "scope": check.scope.value,
                "severity": check.severity.value,
                **_fields(check, "expression", "message"),
            }
            for check in edition.checks
        ],
        "documents": [
            {**_fields(each, "id", "label"), "columns": _columns(each.columns)} for each in edition.documents
        ],
        "districts": [_fields(each, "name") for each in edition.districts],
        "units": [{"name": each.name, "answers_for": list(each.answers_for)} for each in edition.units],
    }


def _fields(record: object, *names: str) -> Record:
    return {name: getattr(record, name) for name in names}


def _columns(columns: Iterable[Column]) -> list[Record]:
    return [
        {
            **_fields(column, "id", "label"),
            "type": column.rules.type,
            "unit_of_measure": column.unit_of_measure,
            "required": column.rules.required,
        }
        for column in columns
    ]
