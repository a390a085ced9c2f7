"""Experts' and surveys' workbooks that came back: apart from the districts' returns, which they never hold up."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Exists, exists, func, select

from xltool.model.edition import Scope, Severity
from xltool.model.field import FieldReturn
from xltool.model.finding import Finding
from xltool.model.states import State
from xltool.model.submission import Submission
from xltool.model.values import Value
from xltool.store.records import canonical
from xltool.store.schema import field_returns


def known(connection: Connection, sha256: str) -> FieldReturn | None:
    """The workbook with this content, superseded ones too."""
    row = connection.execute(select(field_returns).where(field_returns.c.sha256 == sha256)).first()
    return None if row is None else _return(row)


def having(sha256: ColumnElement[str]) -> Exists:
    """Whether one of them has this content."""
    return exists().where(field_returns.c.sha256 == sha256)


def add(connection: Connection, submission: Submission, findings: Iterable[Finding], now: str) -> FieldReturn:
    """Store a workbook as the next version of its author's; the newest one counts."""
    identity = submission.identity
    author = identity.unit or ""
    whose = (
        field_returns.c.kind == identity.kind,
        field_returns.c.district == identity.district,
        field_returns.c.author == author,
    )
    version = (connection.scalar(select(func.max(field_returns.c.version)).where(*whose)) or 0) + 1
    added = FieldReturn(
        kind=identity.kind,
        district=identity.district,
        author=identity.unit,
        serial=identity.serial,
        version=version,
        file=submission.file,
        sha256=submission.sha256,
        received_at=now,
        values=tuple(replace(value, version=version) for value in submission.values),
        findings=tuple(replace(finding, version=version) for finding in findings),
    )
    content = {"values": [asdict(one) for one in added.values], "findings": [asdict(one) for one in added.findings]}
    row = {
        "sha256": added.sha256,
        "file": added.file,
        "kind": added.kind,
        "district": added.district,
        "author": author,
        "serial": added.serial,
        "version": version,
        "received_at": now,
        "content": canonical(content),
    }
    connection.execute(field_returns.insert(), [row])
    return added


def current(connection: Connection) -> tuple[FieldReturn, ...]:
    """The newest workbook of each author, surveys first, by district."""
    query = select(field_returns).order_by(
        field_returns.c.district, field_returns.c.author, field_returns.c.kind, field_returns.c.version
    )
    newest = {(row.kind, row.district, row.author): row for row in connection.execute(query)}
    return tuple(_return(row) for row in newest.values())


def _return(row: Any) -> FieldReturn:  # noqa: ANN401 - a row of a select has no static type
    content = json.loads(row.content)
    return FieldReturn(
        kind=row.kind,
        district=row.district,
        author=row.author or None,
        serial=row.serial,
        version=row.version,
        file=row.file,
        sha256=row.sha256,
        received_at=row.received_at,
        values=tuple(Value(**{**one, "state": State(one["state"])}) for one in content["values"]),
        findings=tuple(_finding(one) for one in content["findings"]),
    )


def _finding(data: dict[str, Any]) -> Finding:
    scope = data["scope"]
    return Finding(**{**data, "severity": Severity(data["severity"]), "scope": scope and Scope(scope)})
