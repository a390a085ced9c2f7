from __future__ import annotations

import io
from typing import Any

import pytest

from xltool.errors import EditionError
from xltool.workbook.book import LockedWorkbook
from xltool.workbook.sheet import SheetWriter, strictly

TOO_FAR = 20_000  # columns: Excel has 16384


class Refusing:
    """A sheet that leaves everything out and says so by its return code."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_args, **_kwargs: -1


@pytest.fixture
def sheet() -> SheetWriter:
    return SheetWriter(LockedWorkbook(io.BytesIO(), "").add_worksheet("数据"), "数据")


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("text", (0, 0, "甲", None)),
        ("number", (0, 0, 1.0, None)),
        ("blank", (0, 0, None)),
        ("formula", (0, 0, "=1", None)),
        ("link", (0, 0, "数据", "数据", None)),
        ("merge", ((0, 0, 1, 1), None)),
        ("validate", ([(0, 0, 1, 1)], {"validate": "any"})),
        ("highlight", ("A1:B2", "A1>0", None)),
        ("column", (0, 9.0)),
        ("row", (0, 20.0)),
        ("allow_text_numbers", ((0, 0, 1, 1),)),
        ("print_area", ((0, 0, 1, 1),)),
        ("page_texts", ("页眉", "页脚")),
    ],
)
def test_a_return_code_becomes_an_exception(call: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(EditionError) as caught:
        getattr(SheetWriter(Refusing(), "数据"), call)(*arguments)
    assert "数据" in str(caught.value.context["reason"])


def test_paper_that_is_refused_becomes_an_exception() -> None:
    with pytest.raises(EditionError):
        SheetWriter(Refusing(), "数据").paper(landscape=True, repeat=(0, 0))


def test_a_cell_outside_the_sheet_is_no_silent_loss(sheet: SheetWriter) -> None:
    with pytest.raises(EditionError) as caught:
        sheet.text(0, TOO_FAR, "甲", None)
    assert caught.value.code == "edition_faulty"


def test_a_text_that_is_too_long_is_no_silent_loss(sheet: SheetWriter) -> None:
    with pytest.raises(EditionError):
        sheet.text(0, 0, "长" * 40_000, None)


def test_a_prompt_over_excels_limit_is_no_silent_loss(sheet: SheetWriter) -> None:
    options = {"validate": "any", "input_title": "甲", "input_message": "长" * 300}
    with pytest.raises(EditionError), strictly():
        sheet.validate([(0, 0, 0, 0)], options)


def test_a_warning_of_the_library_becomes_an_exception(sheet: SheetWriter) -> None:
    with pytest.raises(EditionError) as caught, strictly():
        sheet.page_texts("页" * 300, "")
    assert "255" in str(caught.value.context["reason"])
