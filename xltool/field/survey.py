"""A survey's workbook: values -> what each site answered, one row a respondent or as counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from xltool.model.field import ANSWERS, APPROACHED, COUNTS, RESPONDENTS, SITE, SITES, SiteData
from xltool.model.scheme import FieldScheme, Question
from xltool.model.states import State
from xltool.model.values import Value

OPTION = "option"  # of a column of counts: `option3`


def option_column(option: int) -> str:
    """The column of an option's count."""
    return f"{OPTION}{option}"


def count_entry(scheme: FieldScheme, site: int, question: int) -> int:
    """The row of a site's question among the counts; sites and questions count from 0."""
    return site * len(scheme.questions) + question + 1


def whole(value: Value | None) -> int | None:
    """A count that was read, None where nothing could be."""
    if value is None or value.state is not State.VALUE or not isinstance(value.value, int | float):
        return None
    return int(value.value) if float(value.value).is_integer() and value.value >= 0 else None


def in_scale(value: Value, question: Question) -> bool:
    """Whether an answer is one of the question's options."""
    answer = whole(value)
    return answer is not None and answer in question.scale.options


def sites_of(scheme: FieldScheme, sites: Sequence[str], values: Iterable[Value]) -> tuple[SiteData, ...]:
    """What each site answered, in the workbook's order of sites.

    Answers outside their scale don't count (they have a finding). Where a site has rows, its counts aren't used.
    """
    by_key = {(value.item, value.row, value.column): value for value in values}
    answers = _answers(scheme, by_key.values())
    found = []
    for number, site in enumerate(sites):
        rows = answers.get(site, {})
        sources = rows or _counts(scheme, number, by_key)
        tallies = {
            question.id: _tally(question, sources.get(question.id, ()), by_rows=bool(rows))
            for question in scheme.questions
        }
        found.append(
            SiteData(
                site=site,
                approached=whole(by_key.get((SITES, number + 1, APPROACHED))),
                respondents=whole(by_key.get((SITES, number + 1, RESPONDENTS))),
                tallies=tallies,
                sources=sources,
            )
        )
    return tuple(found)


def rows_by_site(values: Iterable[Value]) -> dict[str, list[int]]:
    """Site -> the rows of its respondents; rows without a site are nobody's."""
    found: dict[str, list[int]] = defaultdict(list)
    for value in values:
        if value.item == ANSWERS and value.column == SITE and value.row is not None and value.state is State.VALUE:
            found[str(value.value)].append(value.row)
    return found


def _answers(scheme: FieldScheme, values: Iterable[Value]) -> dict[str, dict[str, list[Value]]]:
    """Site -> question -> the answers that count, a row a respondent."""
    own = [value for value in values if value.item == ANSWERS and value.row is not None]
    site_of = {row: site for site, rows in rows_by_site(own).items() for row in rows}
    questions = {question.id: question for question in scheme.questions}
    found: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for value in own:
        question = questions.get(value.column or "")
        if question is not None and value.row in site_of and in_scale(value, question):
            found[site_of[value.row]][question.id].append(value)
    return found


def _counts(
    scheme: FieldScheme, site: int, by_key: dict[tuple[str, int | None, str | None], Value]
) -> dict[str, list[Value]]:
    """Question -> the counts of its options at one site."""
    found: dict[str, list[Value]] = {}
    for number, question in enumerate(scheme.questions):
        entry = count_entry(scheme, site, number)
        cells = (by_key.get((COUNTS, entry, option_column(option))) for option in question.scale.options)
        known = [cell for cell in cells if cell is not None and whole(cell) is not None]
        if known:
            found[question.id] = known
    return found


def _tally(question: Question, sources: Iterable[Value], *, by_rows: bool) -> dict[int, int]:
    """Option -> how many chose it."""
    tally: Counter[int] = Counter(dict.fromkeys(question.scale.options, 0))
    for value in sources:
        number = whole(value) or 0
        if by_rows:
            tally[number] += 1
        else:
            tally[int(str(value.column).removeprefix(OPTION))] += number
    return dict(tally)
