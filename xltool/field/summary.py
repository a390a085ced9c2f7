"""What the survey comes to, by question and site: how many answered, the favourable share and the mean answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xltool.field.intervals import mean, wilson
from xltool.model.field import SiteData, Summary
from xltool.model.scheme import FieldScheme, Question

SCORED = 3  # options from which on a mean says something


def summarise(scheme: FieldScheme, district: str, sites: Sequence[SiteData]) -> Iterator[Summary]:
    """Each question at each site, and then at all sites that have answers together, unweighted.

    The numbers of people of all sites together are known only where every such site's are. More answers to a question
    than questionnaires can't be right: they have a finding, and the site's answers to that question don't count.
    """
    used = [site for site in sites if any(sum(tally.values()) for tally in site.tallies.values())]
    for question in scheme.questions:
        for site in used:
            yield _summary(district, site.site, question, [site])
        if used:
            yield _summary(district, None, question, used)


def _is_possible(site: SiteData, question: Question) -> bool:
    return site.respondents is None or sum(site.tallies[question.id].values()) <= site.respondents


def _summary(district: str, site: str | None, question: Question, sites: Sequence[SiteData]) -> Summary:
    tally: Counter[int] = Counter(dict.fromkeys(question.scale.options, 0))
    counting = [one for one in sites if _is_possible(one, question)]
    for one in counting:
        tally.update(one.tallies[question.id])
    approached = _sum([one.approached for one in sites])
    respondents = _sum([one.respondents for one in sites])
    n = sum(tally.values())
    favourable = sum(count for option, count in tally.items() if option >= question.scale.favourable)
    options = question.scale.options
    return Summary(
        district=district,
        site=site,
        question=question,
        approached=approached,
        respondents=respondents,
        response_rate=_rate(respondents, approached),
        n=n,
        answered_rate=_rate(n, respondents),
        favourable=favourable,
        share=wilson(favourable, n),
        mean=mean(tally, min(options), max(options)) if len(options) >= SCORED else None,
        tally=dict(sorted(tally.items())),
        sources=tuple(value for one in counting for value in one.sources.get(question.id, ())),
    )


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _rate(part: int | None, of: int | None) -> float | None:
    """A share in percent; None where either is not known, or there is nothing to be a part of."""
    return part / of * 100 if part is not None and of else None
