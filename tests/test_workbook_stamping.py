from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
from builders.layouts import KEY, LOCK, UNITS, district_plan, identity, recipient, unit_plan, written
from builders.returns import parts_of

from xltool.model.plan import Plan, Prefilled, Recipient
from xltool.workbook import alike, template

PREFILLED = Prefilled(item="visits", value=7, source="平台.csv", raw="7")


def stamped(plan: Plan, to: Recipient, *prefilled: Prefilled) -> Any:
    whose = replace(identity(plan), district=to.district, unit=to.unit)
    data = template(plan, prefilled, LOCK).stamp(to, whose, KEY)
    return openpyxl.load_workbook(io.BytesIO(data))


def names(book: Any, plan: Plan) -> list[str | None]:
    places = (plan.inputs["member_units", n, "unit"] for n in range(1, len(UNITS) + 1))
    return [book[sheet].cell(cell.row + 1, cell.col + 1).value or None for sheet, cell in places]


def test_a_copy_equals_a_workbook_written_by_itself() -> None:
    plan = district_plan()
    copies = template(plan, alike([PREFILLED]), LOCK)
    assert copies.stamp(recipient(plan, PREFILLED), identity(plan), KEY) == written(plan, PREFILLED)


def test_one_template_serves_several_recipients() -> None:
    plan = unit_plan()
    copies = template(plan, [], LOCK)
    first, second = (replace(recipient(plan), unit=unit) for unit in UNITS[:2])
    data = [copies.stamp(to, replace(identity(plan), unit=to.unit), KEY) for to in (first, second)]
    owners = [openpyxl.load_workbook(io.BytesIO(copy))["封面"]["B3"].value for copy in data]
    assert owners == ["东区 甲局", "东区 乙局（乙办）"]
    assert copies.stamp(first, replace(identity(plan), unit=first.unit), KEY) == data[0]


def test_recipients_with_numbers_in_the_same_cells_have_one_template() -> None:
    plan = district_plan()
    other = replace(
        PREFILLED, value=-1234567.875, source="上年.csv", raw="-1,234,567.875", origin="上年", date="2022年"
    )
    assert alike([PREFILLED]) == alike([other])
    copies = template(plan, alike([PREFILLED]), LOCK)
    for known in (PREFILLED, other, replace(PREFILLED, value=0.1 + 0.2), replace(PREFILLED, value=123456789012345678)):
        to, whose = recipient(plan, known), identity(plan)
        by_itself = template(plan, [known], LOCK).stamp(to, whose, KEY)  # the number was written, not put in
        assert parts_of(copies.stamp(to, whose, KEY)) == parts_of(by_itself)


def test_words_and_other_cells_take_a_template_of_their_own() -> None:
    word = replace(PREFILLED, value=None, word="不适用")
    assert len({alike([PREFILLED]), alike([word]), alike([]), alike([replace(PREFILLED, item="other")])}) == 4


def test_names_with_signs_of_the_file_format_stay_as_they_are() -> None:
    plan = unit_plan()
    odd = Recipient(kind="unit", district="东&西区", unit="=甲<乙>局")
    book = stamped(plan, odd)
    assert book["封面"]["B3"].value == "东&西区 =甲<乙>局"
    assert book["封面"]["B3"].data_type == "s"
    assert book["资助"].oddHeader.right.text == "东&&西区 =甲<乙>局"


def test_places_without_a_unit_are_left_blank() -> None:
    plan = district_plan()
    fewer = replace(recipient(plan), units=UNITS[:1])
    assert names(stamped(plan, fewer), plan) == [UNITS[0], None, None]


def test_no_mark_is_left_in_a_copy() -> None:
    plan = district_plan()
    for sheet in stamped(plan, recipient(plan)):
        for row in sheet.iter_rows(values_only=True):
            assert not any("\ue000" in str(value) for value in row)
