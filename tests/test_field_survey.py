"""What the survey comes to: rows and counts say the same, and what isn't known stays unknown."""

from __future__ import annotations

from collections.abc import Sequence

from builders.surveys import PLACES, SCHEME, Answer, as_counts, as_rows, people, value
from hypothesis import given
from hypothesis import strategies as st

from xltool.field.summary import summarise
from xltool.field.survey import sites_of
from xltool.model.field import ANSWERS, Summary
from xltool.model.values import Value


def summed(values: Sequence[Value]) -> dict[tuple[str | None, str], Summary]:
    sites = sites_of(SCHEME, PLACES, values)
    return {(one.site, one.question.id): one for one in summarise(SCHEME, "东区", sites)}


ANSWERED = [("学院", 1, 3), ("学院", 0, None), ("学院", 1, 2), ("学校", None, 3)]


def test_shares_rates_and_numbers_by_question_and_site() -> None:
    found = summed([*people({"学院": (10, 3), "学校": (4, 1)}), *as_rows(ANSWERED)])

    one = found["学院", "aware"]
    assert (one.approached, one.respondents, one.response_rate, one.n, one.answered_rate) == (10, 3, 30.0, 3, 100.0)
    assert (one.favourable, one.share and round(one.share.value, 1), one.mean) == (2, 66.7, None)
    none = found["学校", "aware"]
    assert (none.n, none.answered_rate, none.share) == (0, 0.0, None)
    whole = found[None, "courses"]
    assert (whole.approached, whole.respondents, whole.n, whole.tally) == (14, 4, 3, {1: 0, 2: 1, 3: 2})
    assert whole.mean is not None
    assert [source.cell for source in whole.sources] == ["courses1", "courses3", "courses4"]


def test_people_who_are_not_known_of_are_not_nought() -> None:
    found = summed([*people({"学院": (10, 3)}), *as_rows(ANSWERED)])

    assert (found["学校", "courses"].respondents, found["学校", "courses"].response_rate) == (None, None)
    assert (found[None, "courses"].respondents, found[None, "courses"].response_rate) == (None, None)
    assert found[None, "courses"].n == 3


def test_answers_outside_their_scale_and_without_a_site_do_not_count() -> None:
    stray = [value(ANSWERS, 9, "aware", 1), value(ANSWERS, 1, "courses", 4), value(ANSWERS, 2, "aware", 0.5)]
    rows = [one for one in as_rows(ANSWERED) if (one.row, one.column) not in {(1, "courses"), (2, "aware")}]

    found = summed([*rows, *stray])

    assert found["学院", "aware"].n == 2
    assert found["学院", "courses"].tally == {1: 0, 2: 1, 3: 0}


def test_more_answers_than_questionnaires_do_not_count_there_and_the_other_sites_do() -> None:
    found = summed([*people({"学院": (10, 1), "学校": (4, 1)}), *as_rows(ANSWERED)])

    one, whole = found["学院", "aware"], found[None, "courses"]
    assert (one.n, one.share, one.tally, one.sources) == (0, None, {0: 0, 1: 0}, ())
    assert (found["学校", "courses"].n, whole.n, [source.cell for source in whole.sources]) == (1, 1, ["courses4"])


def test_a_site_without_any_answer_is_left_out() -> None:
    found = summed([*people({"学院": (10, 3), "学校": (4, 1)}), *as_rows(ANSWERED[:3])])

    assert {site for site, _ in found} == {"学院", None}
    assert found[None, "aware"].respondents == 3
    assert summed(people({"学院": (10, 3)})) == {}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(PLACES),
            st.one_of(st.none(), st.integers(0, 1)),
            st.one_of(st.none(), st.integers(1, 3)),
        ),
        max_size=30,
    )
)
def test_rows_and_counts_of_the_same_answers_come_to_the_same(answers: list[Answer]) -> None:
    known = people({"学院": (50, 30), "学校": (40, 20)})
    by_rows, by_counts = summed([*known, *as_rows(answers)]), summed([*known, *as_counts(answers)])

    assert by_rows.keys() == by_counts.keys()
    for key, one in by_rows.items():
        other = by_counts[key]
        assert (one.n, one.tally, one.share, one.mean) == (other.n, other.tally, other.share, other.mean)
