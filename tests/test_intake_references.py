from __future__ import annotations

import pytest
from builders.returns import Address, codes_of, read_back, returned, values_of

from xltool.intake.grid import Cell, Grid, Kind, Sheet, Source
from xltool.intake.references import References

SHEET = {
    (0, 0): Cell(Kind.NUMBER, "10"),
    (1, 0): Cell(Kind.NUMBER, "2.5"),
    (2, 0): Cell(Kind.NUMBER, "999", formula="A1*2"),
    (4, 0): Cell(Kind.TEXT, "十"),
    (5, 0): Cell(Kind.NUMBER, "7", struck=True),
    (6, 0): Cell(Kind.NUMBER, "999", formula="A8"),
    (7, 0): Cell(Kind.NUMBER, "999", formula="A7"),
    (8, 0): Cell(Kind.NUMBER, "999", formula="NOW()"),
    (9, 0): Cell(Kind.NUMBER, "12", '0"万"'),
}


def result(formula: str, source: Source = "xlsx") -> float | None:
    sheets = (Sheet(name="表 一", cells=SHEET), Sheet(name="表二", cells={(0, 0): Cell(Kind.NUMBER, "3")}))
    found = References(Grid(source=source, sheets=sheets)).result(formula, (0, 20, 0))
    return None if found is None else float(found)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A1+A2", 12.5),
        ("$A$1*2", 20),
        ("SUM(A1:A4)", 32.5),
        ("SUM(A3:A1)/a2", 13),
        ("AVERAGE(A1,A2)", 6.25),
        ("'表 一'!A1+表二!$A$1", 13),
        ("A3%", 0.2),
    ],
)
def test_numbers_of_other_cells_are_put_in(formula: str, expected: float) -> None:
    assert result(formula) == expected


@pytest.mark.parametrize(
    "formula",
    [
        "A1+A4",  # blank: 0 for a spreadsheet, missing for us
        "SUM(A4:A4)",
        "A5+1",
        "SUM(A1:A5)",
        "A6",
        "A7",
        "A9",
        "A10",  # shown as 12万
        "A21",  # itself
        "SUM(A1:XFD1048576)",
        "SUM(A:A)",
        "别的表!A1",
        "A1:A2",
        "A1048577",
        "LOG10(A1)",
    ],
)
def test_what_cannot_be_told_has_no_result(formula: str) -> None:
    assert result(formula) is None


def test_references_of_open_document() -> None:
    assert result("[.A1]+[$'表 一'.A2]", "ods") == 12.5
    assert result("SUM([.A1:.A3];[$表二.A1])", "ods") == 35.5


def test_a_formula_on_other_inputs_is_read_with_a_warning() -> None:
    values: dict[Address, object] = {
        ("school_count", None, None): 12,
        ("library_area", None, None): "=D4*100+0.5",
        ("staff_total", 1, None): "=D5",
        ("staff_total", 2, None): "=基础数据!D4+1",
    }
    submission = read_back(returned(values))
    assert codes_of(submission) == [
        ("recomputed_formula", "D5"),
        ("foreign_formula", "C2"),
        ("recomputed_formula", "C3"),
    ]
    read = values_of(submission)
    assert (read["library_area", None, None], read["staff_total", 1, None]) == (1200.5, "missing")
    assert read["staff_total", 2, None] == 13
    assert submission.findings[0].message == (
        "“图书馆面积”填的是引用其他单元格的公式“=D4*100+0.5”，按重新计算的“1200.5”读取"
    )
