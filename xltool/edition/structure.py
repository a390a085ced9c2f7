"""Does a YAML file have the shape that its schema asks for? Cerberus's errors become faults with a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cerberus import Validator
from cerberus import errors as codes

from xltool.edition.faults import Fault
from xltool.edition.schemas import FILES, VERSION
from xltool.edition.yamlfile import Source

_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "date": "日期（如2022-01-01）",
    "boolean": "true或false",
    "list": "列表",
    "dict": "由“名称: 值”组成的一组内容",
}
_CODES = {
    codes.REQUIRED_FIELD.code: "field_missing",
    codes.UNKNOWN_FIELD.code: "field_unknown",
    codes.BAD_TYPE.code: "field_type",
    codes.NOT_NULLABLE.code: "field_empty",
    codes.EMPTY_NOT_ALLOWED.code: "field_empty",
    codes.REGEX_MISMATCH.code: "field_id",
    codes.UNALLOWED_VALUE.code: "field_choice",
    codes.MIN_VALUE.code: "field_minimum",
    codes.MAX_VALUE.code: "field_maximum",
    codes.MAX_LENGTH.code: "field_length",
}


def check_structure(source: Source) -> tuple[Fault, ...]:
    """The faults of one file's shape; its schema version comes first, and without it nothing else is said."""
    if "schema" not in source.data:
        return (source.fault((), "schema_missing", version=VERSION),)
    if source.data["schema"] != VERSION or isinstance(source.data["schema"], bool):
        return (source.fault(("schema",), "schema_version", found=source.data["schema"], version=VERSION),)
    content = {key: value for key, value in source.data.items() if key != "schema"}
    validator = Validator(FILES[source.name])
    if validator.validate(content, normalize=False):
        return ()
    return tuple(sorted(_faults(source, validator._errors), key=lambda fault: fault.line))  # noqa: SLF001 - the public form is nested text


def _faults(source: Source, found: list[Any]) -> Iterator[Fault]:
    for error in found:
        if error.child_errors:
            yield from _faults(source, error.child_errors)
        else:
            yield _fault(source, error)


def _fault(source: Source, error: Any) -> Fault:  # noqa: ANN401 - Cerberus has no types
    path = tuple(error.document_path)
    return source.fault(
        path,
        _CODES[error.code],
        field=path[-1] if isinstance(path[-1], str) else f"第{path[-1] + 1}项",
        value=error.value,
        limit=_limit(error),
    )


def _limit(error: Any) -> str:  # noqa: ANN401 - Cerberus has no types
    constraint = error.constraint
    if error.code == codes.BAD_TYPE.code:
        names = constraint if isinstance(constraint, list) else [constraint]
        return "或".join(_TYPES[name] for name in names)
    if isinstance(constraint, list):
        return "、".join(str(each) for each in constraint)
    return str(constraint)
