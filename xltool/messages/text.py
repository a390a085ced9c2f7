"""What every catalogue entry is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A catalogue entry: `severity` (findings only), `about` (findings only), what is wrong, what to do."""

    severity: str
    about: str
    message: str
    action: str


def fault_text(message: str, action: str) -> Text:
    """The entry of a fault or refusal, which are always errors."""
    return Text("error", "fault", message, action)
