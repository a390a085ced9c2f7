"""What a snapshot holds behind the indicators: evidence, field monitoring, and last year's indicators.

`contents` makes it plain, `background_of` hands one district's share of it to the reports. Snapshots that were taken
before a part was kept simply don't have it: that is not known, and never an empty list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from xltool import evidence as matching
from xltool import indicators as computing
from xltool.campaign.evidence import evidence_of, total_of
from xltool.campaign.field import opinions_of, plan_row, returns_of, summaries_of
from xltool.campaign.opened import Campaign, Row
from xltool.model.evidence import Evidence
from xltool.model.field import Opinion, Summary
from xltool.model.indicator import Result
from xltool.model.quantity import Rolled

if TYPE_CHECKING:
    from xltool import reports

TOTALS = ("documents", "received", "missing", "surplus")
LAST_YEAR = ("district", "indicator", "value", "state", "reason", "city", "mean", "median", "n")
SUMMARY = ("site", "approached", "respondents", "response_rate", "n", "answered_rate", "favourable")
OPINION = ("author", "indicator", "label", "aspect", "aspect_label", "text")


def contents(campaign: Campaign, rolled: Mapping[str, Rolled]) -> dict[str, Any]:
    """`evidence` by district, `field`, `survey` and `opinions` by sampled district, and `last_year`."""
    found = evidence_of(campaign)
    sampled = [name for name in campaign.district_names if name in campaign.config.sampled]
    returned = {name: own for name in sampled if (own := returns_of(campaign, name))}
    return {
        "evidence": {name: evidence_content(campaign, found[name]) for name in campaign.district_names},
        "field": {name: field_content(campaign, name) for name in sampled},
        "survey": {
            name: [summary_content(one) for one, _ in summaries_of(campaign, own)] for name, own in returned.items()
        },
        "opinions": {
            name: [opinion_content(one) for one in opinions_of(campaign, own)] for name, own in returned.items()
        },
        "last_year": [last_year_content(one) for one in computing.compute_last_year(campaign.edition, rolled)],
    }


def evidence_content(campaign: Campaign, one: Evidence) -> Row:
    """How many documents and files, and how many of them stand behind each node of the framework."""
    totals = asdict(total_of(campaign, one))
    nodes = [
        {
            "indicator": node.indicator,
            "level": node.level,
            "documents": node.documents,
            "with_attachment": node.with_attachment,
        }
        for node in matching.coverage(campaign.edition, one)
    ]
    return {name: totals[name] for name in TOTALS} | {"nodes": nodes}


def field_content(campaign: Campaign, district: str) -> Row:
    """The day of the visit, where, and how many experts' opinions are back."""
    plan = plan_row(campaign, district)
    return {name: plan[name] for name in ("day", "site", "text", "returned", "expected")}


def summary_content(one: Summary) -> Row:
    """A question at a site, in numbers; `counted` are the favourable options, in words."""
    scale = one.question.scale
    place = one.sources[0] if one.sources else None
    return {name: getattr(one, name) for name in SUMMARY} | {
        "question": one.question.id,
        "label": one.question.label,
        "counted": [label for option, label in scale.options.items() if option >= scale.favourable],
        "options": [
            {"option": option, "label": label, "count": one.tally.get(option, 0)}
            for option, label in scale.options.items()
        ],
        "share": one.share and asdict(one.share),
        "mean": one.mean and asdict(one.mean),
        "file": place and place.file,
        "sheet": place and place.sheet,
    }


def opinion_content(one: Opinion) -> Row:
    """What an expert, named by the role, wrote in one place."""
    return {name: getattr(one, name) for name in OPINION}


def last_year_content(result: Result) -> Row:
    """An indicator's figure of last year and how the districts stood."""
    return {name: getattr(result, name) for name in LAST_YEAR}


def background_of(content: Mapping[str, Any], district: str) -> reports.Background:
    """One district's share of a snapshot."""
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    evidence = content.get("evidence", {}).get(district)
    day = content.get("field", {}).get(district)
    return reports.Background(
        evidence=evidence and reports.EvidenceCoverage.of(evidence),
        field_day=day and reports.FieldDay.of(day),
        survey=tuple(reports.SurveyAnswer.of(row) for row in content.get("survey", {}).get(district, ())),
        opinions=tuple(reports.ExpertOpinion(**row) for row in content.get("opinions", {}).get(district, ())),
        last_year=tuple(last_year_of(content, district)),
    )


def last_year_of(content: Mapping[str, Any], district: str | None = None) -> tuple[reports.LastYear, ...]:
    """Last year's indicators, of one district or of all; none where no values of last year are known."""
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    rows = content.get("last_year", ())
    return tuple(reports.LastYear(**row) for row in rows if district in (None, row["district"]))
