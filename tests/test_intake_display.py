from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.intake.display import Display, alters_text, display

ACCOUNTING = '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("General", -5),
        ("@", 5),
        ("#,##0.######", 5.25),
        ("0.00%", 0.5),
        ("[Red]0", 5),
        ("#,##0;-#,##0", -5),
        ("#,##0_);[Red](#,##0)", -5),
        ("0_ ;[Red]-0 ", -5),
        ("General;[Red]-General", -5),
        ("[DBNum1][$-804]General", 12),
        ("[>=100]0;0.0", 5),
    ],
)
def test_plain_displays(code: str, number: float) -> None:
    shown = display(code, number)
    assert (shown.faithful, shown.before, shown.behind, shown.unusual) == (True, "", "", False)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("0,", 5),
        ("#,##0,,", 5),
        ("0.0,", 5),
        ("0!.0", 12),
        ("0\\.0", 12),
        ('#"万"####', 123456),
        ("0;0", -5),
        ("#,##0.00;[Red]#,##0.00", -5),
        (";;;", 5),
        ('"无"', 5),
        ("aaaa", 5),
        ('[>=10000]0!.0,"万";0', 50000),
    ],
)
def test_another_number_is_shown_or_none(code: str, number: float) -> None:
    assert not display(code, number).faithful


@pytest.mark.parametrize(
    ("code", "number", "before", "behind"),
    [
        ('0"万"', 5, "", "万"),
        ('General" 人"', 5, "", "人"),
        ('"约"0', 5, "约", ""),
        ("[$¥-804]#,##0.00", 5, "¥", ""),
        ("[$-804]0", 5, "", ""),
        (ACCOUNTING, 5, "¥", ""),
        (ACCOUNTING, 0, "¥", ""),
        ('0";"', 5, "", ";"),
    ],
)
def test_texts_around_the_digits(code: str, number: float, before: str, behind: str) -> None:
    shown = display(code, number)
    assert (shown.faithful, shown.before, shown.behind) == (True, before, behind)


@pytest.mark.parametrize(
    ("code", "number"), [("# ?/?", 0.5), ("0.00E+00", 5), ("##0.0E+0", 5), ("0;-0;;@", 0), ("#", 0), (ACCOUNTING, 0)]
)
def test_unusual_displays_of_the_number_itself(code: str, number: float) -> None:
    assert display(code, number).unusual


def test_zeros_in_front_are_counted() -> None:
    assert (display("000", 7).width, display("000.00", 7).width, display("#,##0", 7).width) == (3, 3, 1)


@pytest.mark.parametrize(
    ("code", "alters"),
    [
        ("General", False),
        ("@", False),
        ("0.00", False),
        ("0;-0;;@", False),
        (ACCOUNTING, False),
        ('@"元"', True),
        (";;;", True),
        ('0;0;0;"（"@"）"', True),
    ],
)
def test_formats_that_alter_texts(code: str, *, alters: bool) -> None:
    assert alters_text(code) is alters


@given(st.text(max_size=20), st.floats(allow_nan=False))
def test_any_format_has_a_display(code: str, number: float) -> None:
    assert isinstance(display(code, number), Display)
    assert isinstance(alters_text(code), bool)
