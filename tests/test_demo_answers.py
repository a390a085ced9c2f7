from __future__ import annotations

from functools import cache

from xltool import data
from xltool import edition as editions
from xltool.demo.answers import district_answers, unit_answers
from xltool.demo.entries import Entry, dumps, loads
from xltool.model.edition import Edition, Level

UNITS = ("区教育局", "区体育局")


@cache
def edition() -> Edition:
    return editions.load(data.folder("rules") / "2023")


def entry(unit: str | None, item: str, value: str, row: int | None = None, column: str | None = None) -> Entry:
    return Entry(district="黄浦区", unit=unit, item=item, row=row, column=column, value=value)


ENTRIES = (
    entry(None, "resident_population", "66.2"),
    entry("区教育局", "staff_total", "5000"),
    entry("区教育局", "special_funds", "是", column="none"),
    entry("区体育局", "staff_total", "200"),
    entry("区体育局", "sports_venue_area", "9000"),
    entry("区体育局", "special_funds", "健身专项", 1, "fund_name"),
    entry("区体育局", "special_funds", "12", 1, "budget"),
    entry("区体育局", "minutes", "纪要", 1, "title"),
)


def test_a_unit_types_its_own_entries_where_the_samples_have_them() -> None:
    assert unit_answers(ENTRIES, "区教育局").typed == {
        ("staff_total", None, None): "5000",
        ("special_funds", None, "none"): "是",
    }


def test_a_district_types_figures_in_the_units_rows_and_lists_under_each_other() -> None:
    assert district_answers(ENTRIES, edition(), UNITS).typed == {
        ("resident_population", None, None): "66.2",
        ("staff_total", 1, None): "5000",
        ("special_funds", 1, "unit"): "区教育局",
        ("special_funds", 1, "fund_name"): "无",
        ("staff_total", 2, None): "200",
        ("sports_venue_area", None, None): "9000",
        ("special_funds", 2, "unit"): "区体育局",
        ("special_funds", 2, "fund_name"): "健身专项",
        ("special_funds", 2, "budget"): "12",
    }


def test_a_district_may_leave_a_level_to_its_units() -> None:
    assert set(district_answers(ENTRIES, edition(), UNITS, leaves=[Level.EACH_UNIT]).typed) == {
        ("resident_population", None, None),
        ("sports_venue_area", None, None),
    }


def test_entries_survive_the_csv() -> None:
    awkward = (*ENTRIES, entry(None, "learning_organisations", '含逗号,引号"和\n换行'))

    assert loads(dumps(awkward)) == awkward
