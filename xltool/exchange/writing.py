"""Tables as a Data Package: csv files and `datapackage.json` in a zip. The same tables give the same bytes.

The descriptor keeps to what versions 1 and 2 of the specification share (https://datapackage.org). Numbers are
written unrounded, in the shortest form that reads back as the same number.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from xltool.exchange.tables import Field, Table
from xltool.model.harmless import STARTS, harmless

DESCRIPTOR = "datapackage.json"
FOLDER = "data"
NEUTRALISED = (
    "以等号、加号、减号、@（含全角）、制表符、换行或撇号开头的文字，前面加一个撇号，以免被当作公式；"
    "读取后，文字列中以撇号开头的去掉一个撇号即为原文。"
)
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold


def data_package(about: Mapping[str, Any], tables: Sequence[Table]) -> bytes:
    """The zip; `about` are the descriptor's properties of the whole, in their order."""
    files = {f"{FOLDER}/{table.name}.csv": _csv(table) for table in tables}
    resources = [_resource(table, path, content) for table, (path, content) in zip(tables, files.items(), strict=True)]
    descriptor = {"profile": "tabular-data-package", **about, "neutralised": _neutralised(), "resources": resources}
    text = json.dumps(descriptor, ensure_ascii=False, indent=2, allow_nan=False)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {DESCRIPTOR: f"{text}\n".encode(), **files}.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return target.getvalue()


def _neutralised() -> dict[str, object]:
    return {"description": NEUTRALISED, "prefix": "'", "startsWith": list(STARTS)}


def _csv(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)  # the dialect of RFC 4180
    writer.writerow([field.name for field in table.fields])
    writer.writerows([_cell(row[field.name], field) for field in table.fields] for row in table.rows)
    return text.getvalue().encode("utf-8", "replace")  # half a character of a file's name can't be written


def _cell(value: object, field: Field) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if field.type == "string":
        return str(harmless(str(value)))
    return repr(value)


def _resource(table: Table, path: str, content: bytes) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(field) for field in table.fields], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {"fields": [one.column], "reference": {"resource": one.table, "fields": [one.key]}}
            for one in table.references
        ]
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "profile": "tabular-data-resource",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(field: Field) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if field.required:
        constraints["required"] = True
    if field.enum:
        constraints["enum"] = list(field.enum)
    told: dict[str, object] = {"name": field.name, "title": field.title, "type": field.type}
    if field.description:
        told["description"] = field.description
    return told | ({"constraints": constraints} if constraints else {})
