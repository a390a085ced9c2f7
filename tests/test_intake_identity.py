from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from builders.returns import CAMPAIGN, IDENTITY, KEY, identity_rows, issued, saved
from openpyxl import Workbook

from xltool import intake
from xltool.errors import RefusedFile
from xltool.model.identity import Identity

OTHER = replace(IDENTITY, district="乙区", serial="9876543210")
Lookup = Callable[[str], Identity | None]


def recognise(book: Workbook, lookup: Lookup | None = None, campaign: str = CAMPAIGN) -> Identity:
    return intake.recognise(intake.read_bytes("a", saved(book)), KEY, campaign, lookup)


def refusal(book: Workbook, lookup: Lookup | None = None, campaign: str = CAMPAIGN) -> str:
    with pytest.raises(RefusedFile) as caught:
        recognise(book, lookup, campaign)
    return caught.value.code


def known(serial: str) -> Identity | None:
    return IDENTITY if serial == IDENTITY.serial else None


def set_field(book: Workbook, field: str, value: str | None) -> None:
    for row in book["_xltool"].iter_rows():
        if row[0].value == field:
            row[1].value = value


def without_hidden_sheet() -> Workbook:
    book = issued()
    del book["_xltool"]
    return book


def test_the_hidden_sheet_is_found_by_its_content() -> None:
    book = issued()
    book["_xltool"].title = "Sheet9"
    book["Sheet9"].sheet_state = "visible"
    assert recognise(book) == IDENTITY


def test_a_district_has_no_unit_and_a_unit_has_one() -> None:
    unit = replace(IDENTITY, kind="unit", unit="区体育局")
    assert recognise(issued(identity=unit)).unit == "区体育局"
    assert recognise(issued()).unit is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("district", "乙区"), ("unit", "区体育局"), ("plan", "x"), ("signature", "0" * 64), ("kind", "?")],
)
def test_an_edited_identity_is_forged(field: str, value: str) -> None:
    book = issued()
    set_field(book, field, value)
    assert refusal(book) == "forged_identity"


def test_another_campaign_and_another_format_are_said() -> None:
    assert refusal(issued(), campaign="other") == "other_campaign"
    book = issued()
    set_field(book, "format", "2")
    assert refusal(book) == "old_edition"


def test_without_the_hidden_sheet_the_visible_token_decides() -> None:
    assert recognise(without_hidden_sheet(), known) == IDENTITY


def test_without_both_the_keywords_decide() -> None:
    book = without_hidden_sheet()
    book["封面"]["B2"] = None
    assert recognise(book, known) == IDENTITY


def test_with_nothing_left_there_is_no_identity() -> None:
    book = without_hidden_sheet()
    book["封面"]["B2"] = None
    book.properties.keywords = None
    assert refusal(book, known) == "no_identity"
    assert refusal(without_hidden_sheet()) == "no_identity"


def test_a_made_up_token_is_forged() -> None:
    book = without_hidden_sheet()
    book["封面"]["B2"] = IDENTITY.token(KEY)[:-4] + "0000"
    assert refusal(book, known) == "forged_identity"


def test_a_token_of_another_campaign_is_said() -> None:
    assert refusal(without_hidden_sheet(), known, campaign="other") == "other_campaign"


def test_the_cover_of_another_workbook_is_noticed() -> None:
    book = issued()
    book["封面"]["B2"] = OTHER.token(KEY)
    assert refusal(book) == "forged_identity"


def test_two_identities_are_never_chosen_from() -> None:
    book = issued()
    sheet = book.create_sheet("copy")
    for row in identity_rows(OTHER).items():
        sheet.append(row)
    assert refusal(book) == "forged_identity"


def test_a_copy_of_the_same_identity_does_no_harm() -> None:
    book = issued()
    book.copy_worksheet(book["_xltool"])
    assert recognise(book) == IDENTITY
