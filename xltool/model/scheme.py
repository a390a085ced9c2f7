"""What an edition asks on the field day: of experts, and of the people whom the survey meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField:
    """A text that an expert writes."""

    id: str
    label: str
    maxlength: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Answers by their number, from low to high; those from `favourable` on count as favourable."""

    id: str
    options: Mapping[int, str]
    favourable: int

    @property
    def words(self) -> str:
        """The options as they stand above a column."""
        return "，".join(f"{number}{label}" for number, label in self.options.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the survey."""

    id: str
    label: str
    scale: Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldScheme:
    """What an edition says of field monitoring. `instructions` are cover texts by kind of workbook."""

    fewest_sites: int
    most_sites: int
    aspects: tuple[TextField, ...]
    texts: tuple[TextField, ...]
    survey_title: str
    survey_rows: int
    questions: tuple[Question, ...]
    instructions: Mapping[str, tuple[str, ...]]
