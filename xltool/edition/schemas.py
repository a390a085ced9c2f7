"""The shape of each YAML file as a Cerberus schema; what the names in it mean is checked by `references`."""

from __future__ import annotations

from typing import Any, Final

Schema = dict[str, Any]

VERSION: Final = 1
"""The version of the files' shape that this program reads; each file starts with `schema: 1`."""

_ID: Final = r"^[a-z][a-z0-9_]*$"
_FRAMEWORK_ID: Final = r"^[1-9][0-9]*(\.[1-9][0-9]*)*$"


def _needed(type_: str | list[str], **more: object) -> Schema:
    rules: Schema = {"type": type_, "required": True, **more}
    if type_ in ("string", "list"):
        rules.setdefault("empty", False)
    return rules


def _maybe(type_: str | list[str], **more: object) -> Schema:
    return {**_needed(type_, **more), "required": False}


def _records(schema: Schema, *, required: bool = True) -> Schema:
    return {"type": "list", "required": required, "empty": False, "schema": {"type": "dict", "schema": schema}}


def _strings(*, required: bool = True) -> Schema:
    return {
        "type": "list",
        "required": required,
        "empty": not required,
        "schema": {"type": "string", "empty": False},
    }


_TEXT: Final = _needed("string")
_NAME: Final = _needed("string", regex=_ID)
_FLAG: Final = _maybe("boolean")

_RULES: Final[Schema] = {
    "type": _needed("string", allowed=["integer", "number", "text", "date", "choice"]),
    "required": _FLAG,
    "min": _maybe(["number", "date"]),
    "max": _maybe(["number", "date"]),
    "maxlength": _maybe("integer", min=1, max=32767),
    "allowed": _strings(required=False),
    "tags": _maybe("integer", min=1),
}
_CHOICES: Final[Schema] = {"list": _TEXT, "depends_on": _maybe("string")}
_COLUMN: Final[Schema] = {
    "id": _NAME,
    "label": _TEXT,
    "unit_of_measure": _maybe("string", nullable=True),
    "guidance": _maybe("string"),
    "rules": _needed("dict", schema=_RULES),
    "choices": _maybe("dict", schema=_CHOICES),
}

_LEVEL3: Final[Schema] = {"id": _needed("string", regex=_FRAMEWORK_ID), "name": _TEXT, "points": _strings()}
_LEVEL2: Final[Schema] = {
    "id": _needed("string", regex=_FRAMEWORK_ID),
    "name": _TEXT,
    "answers": _TEXT,
    "short": _needed("string", maxlength=8),
    "children": _records(_LEVEL3),
}
_LEVEL1: Final[Schema] = {
    "id": _needed("string", regex=_FRAMEWORK_ID),
    "name": _TEXT,
    "children": _records(_LEVEL2),
}

_ITEM: Final[Schema] = {
    "id": _NAME,
    "label": _TEXT,
    "unit_of_measure": _needed("string", nullable=True),
    "level": _needed("string", allowed=["district", "platform", "one_unit", "each_unit"]),
    "responsible": _TEXT,
    "belongs_to": _needed("string", nullable=True),
    "source": _maybe("string"),
    "guidance": _maybe("string"),
    "rules": _maybe("dict", schema=_RULES),
    "columns": _records(_COLUMN, required=False),
    "total": _maybe("string"),
    "entry": _maybe("string"),
    "sheet": _maybe("string"),
    "not_applicable": _FLAG,
    "informational": _FLAG,
    "combine": _maybe("string", allowed=["sum", "one_unit", "latest", "district", "none"]),
    "doubled_within": _maybe("number", min=0, max=1),
}

_INDICATOR: Final[Schema] = {
    "id": _NAME,
    "label": _TEXT,
    "unit_of_measure": _TEXT,
    "belongs_to": _TEXT,
    "formula": _TEXT,
    "direction": _needed("string", allowed=["up", "down", "none"]),
    "decimals": _maybe("integer", min=0, max=10),
    "parts": _records({"label": _TEXT, "formula": _TEXT}, required=False),
}

_CHECK: Final[Schema] = {
    "id": _NAME,
    "scope": _needed("string", allowed=["row", "unit", "district", "city"]),
    "table": _maybe("string"),
    "severity": _needed("string", allowed=["error", "warning", "hint"]),
    "label": _TEXT,
    "why": _TEXT,
    "expression": _TEXT,
    "message": _TEXT,
    "action": _TEXT,
    "trial": _FLAG,
}

_SOFT: Final = _needed("string", allowed=["warning", "hint"])  # comparisons are never errors
_SHARE: Final = _needed("number", min=0)
_HISTORY: Final[Schema] = {
    "severity": _SOFT,
    "relative": _SHARE,
    "absolute": _SHARE,
    "items": _records(
        {"item": _NAME, "relative": _maybe("number", min=0), "absolute": _maybe("number", min=0), "trial": _FLAG}
    ),
}
_SIDE: Final = _maybe("string", allowed=["both", "high", "low"])
_SCALE: Final = _maybe("string", allowed=["log", "linear"])
_PEERS: Final[Schema] = {
    "severity": _SOFT,
    "fewest": _needed("integer", min=8),
    "limit": _needed("number", min=2),
    "least_spread": _SHARE,
    "items": _records(
        {"item": _NAME, "per": _maybe("string"), "scale": _SCALE, "side": _SIDE, "trial": _FLAG}, required=False
    ),
    "indicators": _records({"indicator": _NAME, "scale": _SCALE, "side": _SIDE, "trial": _FLAG}, required=False),
}
_MAGNITUDES: Final[Schema] = {
    "severity": _SOFT,
    "factors": {**_strings(), "schema": {"type": "integer", "min": 10}},
    "closeness": _needed("number", min=1),
    "related": _records({"item": _NAME, "to": _NAME}, required=False),
}
_SUSPICION: Final[Schema] = {
    "typed": _needed("number", min=0.001),
    "prefilled": _needed("number", min=0.001),
}

_DOCUMENT: Final[Schema] = {
    "id": _NAME,
    "label": _TEXT,
    "sheet": _TEXT,
    "columns": _strings(),
    "labels": _maybe("dict", valuesrules={"type": "string", "empty": False}),
    "lists": _maybe("dict", valuesrules={"type": "string", "empty": False}),
}

_UNIT: Final[Schema] = {
    "name": _TEXT,
    "answers_for": _strings(required=False),
    "aliases": _strings(required=False),
    "workbook": _FLAG,
}

_EDITION: Final[Schema] = {
    "id": _TEXT,
    "title": _TEXT,
    "short_title": _needed("string", maxlength=30),
    "notice": _TEXT,
    "city": _TEXT,
    "office": _TEXT,
    "monitoring_year": _needed("integer", min=1900, max=9999),
    "data_year": _needed("integer", min=1900, max=9999),
    "period_start": _needed("date"),
    "period_end": _needed("date"),
    "disclosure": _needed("dict", schema={"name_other_districts": _needed("boolean")}),
    "main_figures": _strings(required=False),
    "statuses": _strings(),
    "calendar": _records(
        {"id": _NAME, "label": _TEXT, "start": _needed("date", nullable=True), "end": _needed("date")}
    ),
    "decisions": _strings(),
    "rows": _needed("dict", valuesrules={"type": "integer", "min": 1, "max": 10000}),
    "instructions": _needed("dict", schema={"district": _strings(), "unit": _strings()}),
}

_TEXT_FIELDS: Final = _records({"id": _NAME, "label": _TEXT, "maxlength": _needed("integer", min=1, max=32767)})
_SCALE_OF_ANSWERS: Final[Schema] = {
    "favourable": _needed("integer"),
    "options": _needed(
        "dict",
        keysrules={"type": "string", "regex": r"^[0-9]{1,2}$"},
        valuesrules={"type": "string", "empty": False},
    ),
}
_FIELD: Final[Schema] = {
    "sites": _needed("dict", schema={"fewest": _needed("integer", min=1), "most": _needed("integer", min=1, max=20)}),
    "experts": _needed("dict", schema={"instructions": _strings(), "aspects": _TEXT_FIELDS, "texts": _TEXT_FIELDS}),
    "survey": _needed(
        "dict",
        schema={
            "title": _TEXT,
            "rows": _needed("integer", min=1, max=5000),
            "instructions": _strings(),
            "scales": _needed("dict", valuesrules={"type": "dict", "schema": _SCALE_OF_ANSWERS}),
            "questions": _records({"id": _NAME, "label": _TEXT, "scale": _TEXT}),
        },
    ),
}

FILES: Final[dict[str, Schema]] = {
    "edition.yaml": _EDITION,
    "framework.yaml": {"framework": _records(_LEVEL1)},
    "items.yaml": {"items": _records(_ITEM), "form": _strings(required=False)},
    "indicators.yaml": {"indicators": _records(_INDICATOR)},
    "checks.yaml": {
        "checks": _records(_CHECK),
        "history": _maybe("dict", schema=_HISTORY),
        "peers": _maybe("dict", schema=_PEERS),
        "magnitudes": _maybe("dict", schema=_MAGNITUDES),
        "suspicion": _maybe("dict", schema=_SUSPICION),
    },
    "documents.yaml": {
        "columns": _records(_COLUMN),
        "documents": _records(_DOCUMENT),
        "lists": _needed("dict", valuesrules=_strings()),
        "tags": _needed("dict", valuesrules=_strings()),
    },
    "units.yaml": {
        "districts": _records({"name": _TEXT, "without": _strings(required=False)}),
        "units": _records(_UNIT),
    },
    "field.yaml": _FIELD,
}
"""File name -> schema of its content, `schema` itself aside."""

OPTIONAL: Final = frozenset({"field.yaml"})
"""Files that an edition may lack: it then has nothing of what they describe."""
