"""How much a finding matters."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error blocks submitting, a warning wants a correction or an explanation."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.HINT: "提示"}


def worst(severities: Iterable[Severity]) -> Severity:
    """The one that matters most."""
    order = list(Severity)
    return min(severities, key=order.index)
