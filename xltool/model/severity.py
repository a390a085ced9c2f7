"""How much a finding matters."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error blocks submitting, a warning wants a correction or an explanation."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
