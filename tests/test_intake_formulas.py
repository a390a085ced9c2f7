"""Formulas as programs spell them: the same for what means the same, and only for that."""

from __future__ import annotations

import pytest

from xltool.intake.formulas import normal, same, same_shape, shifted, skeleton

PLANNED = "IF('自查'!$D$3=\"a b\",SUM('3.2 资源'!$E$5:E7)*1E-09,FALSE)"


@pytest.mark.parametrize(
    "found",
    [
        PLANNED,
        "if( 自查!$d$3 = \"a b\" , sum('3.2 资源'!$E$5:E7) * 0.000000001 , FALSE())",
        "_xlfn.IF('自查'!$D$3=\"a b\",SUM('3.2 资源'!$E$5:E7)*1e-9,FALSE)",
    ],
)
def test_other_spellings_are_the_same(found: str) -> None:
    assert same(PLANNED, found, 6)


def test_open_document_is_the_same() -> None:
    found = "IF([$自查.$D$3]=\"a b\";SUM([$'3.2 资源'.$E$5:.E7])*0.000000001;FALSE())"
    assert same(PLANNED, found, 6, opendocument=True)


@pytest.mark.parametrize(
    "found",
    [
        PLANNED.replace("a b", "ab"),
        PLANNED.replace("$D$3", "$D$4"),
        PLANNED.replace("$D$3", "D3"),
        PLANNED.replace("SUM", "MAX"),
        PLANNED.replace("1E-09", "1E-08"),
        PLANNED.replace("3.2 资源", "3.3 资源"),
        PLANNED.replace("FALSE", "TRUE"),
    ],
)
def test_other_meanings_are_not(found: str) -> None:
    assert not same(PLANNED, found, 6)
    assert not same(PLANNED, found, 2)  # the row's number in the formula is no exception


@pytest.mark.parametrize(
    ("formula", "shift", "expected"),
    [
        ("A1+$B2+C$3", (2, 1), "B3+$B4+D$3"),
        ("LOG10(A1)&\"A1\"&'A1 x'!A1:B2", (1, 0), "LOG10(A2)&\"A1\"&'A1 x'!A2:B3"),
        ("A1", (-1, 0), "#REF!"),
        ("SUM(x_a,A10)", (0, 2), "SUM(x_a,C10)"),
    ],
)
def test_shared_formulas_read_as_in_their_cells(formula: str, shift: tuple[int, int], expected: str) -> None:
    assert shifted(formula, shift) == expected


def test_moved_places_leave_the_skeleton() -> None:
    assert same_shape("SUM(E5:E7)+自查!$D$3", "SUM(F8:F11)+'自 查'!$D$9", (4, 7))
    assert same_shape("SUM(E5,E6)", "SUM(E5,#REF!)", (4, 4))
    assert same_shape("'3.2 资源'!$E$5", "表2!$E$5", (4, 4))
    assert not same_shape("SUM(E5:E7)", "MAX(E5:E7)", (4, 4))
    assert skeleton(normal("ROW($1:$255)+A1:A9")) == "ROW(@)+@"
