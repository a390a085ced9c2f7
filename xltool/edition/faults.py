"""A fault of the edition's YAML: the office's to correct, said with file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from xltool.messages import LINT

FaultSeverity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault; `line` counts from 1, `code` is a key of `messages.LINT`."""

    file: str
    line: int
    severity: FaultSeverity
    code: str
    message: str


def make_fault(file: str, line: int, code: str, /, **context: object) -> Fault:
    """A fault with its severity and text from the catalogue."""
    severity, text = LINT[code]
    return Fault(
        file=file,
        line=line,
        severity=cast("FaultSeverity", severity),
        code=code,
        message=text.format_map(context),
    )


def errors(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Those that keep an edition from being used."""
    return tuple(fault for fault in faults if fault.severity == "error")
