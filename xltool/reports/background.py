"""What the reports are told beside the indicators of this year: evidence, field monitoring, last year. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xltool.model.edition import Framework
from xltool.model.field import Interval
from xltool.model.states import State

POINT_LEVEL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNode:
    """A node of the framework: the documents behind it or anything below it, and those whose file came."""

    indicator: str
    level: int
    documents: int
    with_attachment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCoverage:
    """The documents of a district: how many are listed, how many named files came or didn't, and what they cover."""

    documents: int
    received: int
    missing: int
    surplus: int
    nodes: tuple[EvidenceNode, ...]

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> EvidenceCoverage:
        """From a snapshot's content."""
        return cls(**{**content, "nodes": tuple(EvidenceNode(**node) for node in content["nodes"])})

    def covered(self, framework: Mapping[str, Framework], *, under: str | None = None) -> tuple[int, int]:
        """How many monitoring points have a document, of how many; all of them, or those under one node."""
        points = [node for node in self.nodes if node.level == POINT_LEVEL]
        chosen = [point for point in points if under is None or _is_under(framework, point.indicator, under)]
        return sum(point.documents > 0 for point in chosen), len(chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDay:
    """The field monitoring of a district: its day (ISO), sites, meetings, and experts' workbooks back of expected."""

    day: str | None
    sites: str | None
    meetings: str | None
    returned: int
    expected: int

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> FieldDay:
        """From a snapshot's content."""
        names = {"site": "sites", "text": "meetings"}
        return cls(**{names.get(name, name): value for name, value in content.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyOption:
    """One option of a question and how many chose it."""

    option: int
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswer:
    """One question at one site (None: all together). Shares and rates in percent, intervals of 95 %; None is not known.

    `counted` are the favourable options in words. `file` and `sheet` are where the answers were typed.
    """

    question: str
    label: str
    site: str | None
    approached: int | None
    respondents: int | None
    response_rate: float | None
    n: int
    answered_rate: float | None
    favourable: int
    counted: tuple[str, ...]
    options: tuple[SurveyOption, ...]
    share: Interval | None
    mean: Interval | None
    file: str | None
    sheet: str | None

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> SurveyAnswer:
        """From a snapshot's content."""
        changed = {
            "counted": tuple(content["counted"]),
            "options": tuple(SurveyOption(**option) for option in content["options"]),
            "share": content["share"] and Interval(**content["share"]),
            "mean": content["mean"] and Interval(**content["mean"]),
        }
        return cls(**{**content, **changed})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertOpinion:
    """What an expert, named by the role, wrote: on a second-level indicator, or (`indicator` None) on the whole."""

    author: str
    indicator: str | None
    label: str
    aspect: str
    aspect_label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastYear:
    """An indicator's figure of last year in one district, unrounded, and how the districts with a value stood."""

    district: str
    indicator: str
    value: float | str | None
    state: State
    reason: str | None
    city: float | None
    mean: float | None
    median: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """All of it for one district. None and empty mean that nothing is known, not that there is nothing."""

    evidence: EvidenceCoverage | None = None
    field_day: FieldDay | None = None
    survey: tuple[SurveyAnswer, ...] = ()
    opinions: tuple[ExpertOpinion, ...] = ()
    last_year: tuple[LastYear, ...] = ()


def _is_under(framework: Mapping[str, Framework], node: str, ancestor: str) -> bool:
    while node != ancestor:
        parent = framework[node].parent if node in framework else None
        if parent is None:
            return False
        node = parent
    return True
