"""`xltool field`: what the experts' and surveys' workbooks say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from xltool import field as monitoring
from xltool import workbook
from xltool.campaign.field_issue import EXPERTS, NOTHING, SURVEY, sampled, scheme_of
from xltool.campaign.files import table_format, write_atomically, write_csv
from xltool.campaign.opened import Campaign, Row
from xltool.model.field import FieldReturn, Opinion, Summary

FIELDS = (
    "kind",
    "district",
    "author",
    "indicator",
    "label",
    "aspect",
    "text",
    "site",
    "question",
    "approached",
    "respondents",
    "response_rate",
    "n",
    "answered_rate",
    "favourable",
    "share",
    "share_low",
    "share_high",
    "mean",
    "mean_low",
    "mean_high",
    "day",
    "returned",
    "expected",
    "file",
    "sha256",
    "sheet",
    "cell",
    "version",
)


def field(campaign: Campaign, *, district: str | None = None) -> list[Row]:
    """Flat rows of three kinds, district by district.

    `plan`: a sampled district, its day, and how many experts' workbooks are back. `survey`: a question at a site, or
    (`site` null) at all of them. `opinion`: what one expert wrote in one place.
    """
    rows: list[Row] = []
    for name in sampled(campaign, [district] if district else ()):
        rows.append(plan_row(campaign, name))
        returned = returns_of(campaign, name)
        rows += [summary_row(one, source) for one, source in summaries_of(campaign, returned)]
        rows += [opinion_row(one) for one in opinions_of(campaign, returned)]
    return rows


def returns_of(campaign: Campaign, district: str) -> list[FieldReturn]:
    """The district's experts' and survey workbooks that count."""
    return [one for one in campaign.store.field_returns() if one.district == district]


def summaries_of(campaign: Campaign, returned: Iterable[FieldReturn]) -> Iterator[tuple[Summary, FieldReturn]]:
    """What the surveys come to, each with the workbook it is from."""
    scheme = scheme_of(campaign)
    for one in returned:
        if one.kind == SURVEY:
            sites = campaign.store.issued()[one.serial].recipient.units  # as they were when it was issued
            for summary in monitoring.summarise(scheme, one.district, monitoring.sites_of(scheme, sites, one.values)):
                yield summary, one


def opinions_of(campaign: Campaign, returned: Iterable[FieldReturn]) -> Iterator[Opinion]:
    """What the experts wrote, in the order of the experts."""
    for one in returned:
        if one.kind == EXPERTS:
            yield from monitoring.opinions_of(campaign.edition, scheme_of(campaign), one.author or "", one.values)


def plan_row(campaign: Campaign, district: str) -> Row:
    """How a district's field day is planned, and what is back of it."""
    plan = campaign.config.field_plans.get(district, NOTHING)
    authors = {one.author for one in returns_of(campaign, district) if one.kind == EXPERTS}
    return flat(
        "plan",
        district=district,
        day=plan.day.isoformat() if plan.day else None,
        returned=sum(expert in authors for expert in plan.experts),
        expected=len(plan.experts),
        text="；".join(plan.meetings) or None,
        site="、".join(plan.sites) or None,
    )


def summary_row(one: Summary, source: FieldReturn) -> Row:
    """A question at a site."""
    numbers = asdict(one)
    names = ("district", "site", "approached", "respondents", "response_rate", "n", "answered_rate", "favourable")
    cells = [value for value in one.sources if value.sheet == one.sources[0].sheet]
    return flat(
        "survey",
        **{name: numbers[name] for name in names},
        question=one.question.id,
        label=one.question.label,
        share=one.share and one.share.value,
        share_low=one.share and one.share.low,
        share_high=one.share and one.share.high,
        mean=one.mean and one.mean.value,
        mean_low=one.mean and one.mean.low,
        mean_high=one.mean and one.mean.high,
        file=source.file,
        sha256=source.sha256,
        version=source.version,
        sheet=cells[0].sheet if cells else None,
        cell=f"{cells[0].cell}:{cells[-1].cell}" if cells else None,
    )


def opinion_row(one: Opinion) -> Row:
    """What an expert wrote in one place."""
    value = one.value
    names = ("district", "author", "indicator", "label", "aspect", "text")
    place = {name: getattr(value, name) for name in ("file", "sha256", "sheet", "cell", "version")}
    return flat("opinion", **{name: getattr(one, name) for name in names}, **place)


def flat(kind: str, **content: object) -> Row:
    """A row with every field."""
    whole: Row = dict.fromkeys(FIELDS)
    return whole | {"kind": kind} | content


def save_field(campaign: Campaign, path: Path, *, district: str | None = None) -> None:
    """Write the results as .xlsx for people, or the rows as .csv."""
    names = sampled(campaign, [district] if district else ())
    if table_format(path) == ".csv":
        write_csv(path, FIELDS, field(campaign, district=district))
    else:
        returned = [one for name in names for one in returns_of(campaign, name)]
        plans = [(name, campaign.config.field_plans.get(name, NOTHING)) for name in names]
        summaries = (summary for summary, _ in summaries_of(campaign, returned))
        pages = monitoring.field_pages(campaign.edition, plans, opinions_of(campaign, returned), summaries)
        write_atomically(path, workbook.write_pages(f"{campaign.edition.short_title}实地监测", pages))
