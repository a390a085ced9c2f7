"""A returned workbook after reading: values with their raw text, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xltool.model.finding import Finding
from xltool.model.identity import Identity
from xltool.model.plan import Key
from xltool.model.values import Value


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a planned cell stands in a returned file (which may have moved it)."""

    sheet: str
    cell: str


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What one file says. `places` maps (item, entry, column) to where it was found; absent ones were not.

    `verdicts` are what the workbook shows of its checks and where, `figures` its totals and indicators by item or
    indicator; both are empty where its results are not of these values.
    """

    identity: Identity
    file: str
    sha256: str
    values: tuple[Value, ...]
    findings: tuple[Finding, ...]
    places: Mapping[Key, Place]
    verdicts: Mapping[str, tuple[str, Place]] = field(default_factory=dict)
    figures: Mapping[str, tuple[str, Place]] = field(default_factory=dict)
