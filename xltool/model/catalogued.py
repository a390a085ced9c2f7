"""Findings made of the catalogue's entries: what it is about, how much it matters, and the words come from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Required, TypedDict, Unpack

from xltool import messages
from xltool.model.edition import Scope, Severity
from xltool.model.finding import Finding, Status


class Details(TypedDict, total=False):
    """What else is said of a finding, see `Finding`; a `severity` is said only where it isn't the catalogue's."""

    district: Required[str]
    unit: str | None
    severity: Severity
    rule: str | None
    scope: Scope | None
    item: str | None
    row: int | None
    column: str | None
    file: str | None
    sheet: str | None
    cell: str | None
    raw: str | None
    expected: str | None
    status: Status
    version: int | None
    basis: str | None


def catalogued(code: str, words: Mapping[str, object], **details: Unpack[Details]) -> Finding:
    """The finding with this code; `words` fill the names of its text."""
    text, message, action = messages.finding(code, **words)
    fields: dict[str, Any] = {"about": text.about, "severity": Severity(text.severity), **details}
    return Finding(code=code, message=message, action=action, **fields)
