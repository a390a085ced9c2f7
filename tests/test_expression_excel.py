"""Formulas as text; what they compute is in test_expression_libreoffice."""

from __future__ import annotations

import re

import pytest
from builders.expressions import nodes, numbers
from hypothesis import given

from xltool.expression import Node, check_formula, formula_fault, guarded, parse, to_excel
from xltool.messages import FAULTS

EXCEL_2007 = {"IF", "IFERROR", "COUNT", "COUNTIF", "AND", "OR", "NOT", "ABS", "MIN", "MAX", "ROUND"}


def address(key: str) -> str:
    return {"a": "A1", "b": "'数据 (1)'!$B$2", "c": "C1", "day": "44927", "less": "-5"}.get(key, "Z1")


def never(_key: str) -> str:
    """No operand may be not applicable."""
    return ""


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("a / b * 100", "A1/'数据 (1)'!$B$2*100"),
        ("a / (b * c)", "A1/('数据 (1)'!$B$2*C1)"),
        ("(a + c) / (c / 10)", "(A1+C1)/(C1/10)"),
        ("-a * c", "(-A1)*C1"),
        ("a * less", "A1*(-5)"),
        ("round(a, 2)", "ROUND(A1,2)"),
        ("round(a)", "ROUND(A1,0)"),
        ("abs(a) * 1e-7", "ABS(A1)*1E-07"),
        ("a - c", "IF(ABS(A1-C1)<=1E-14*MAX(ABS(A1),ABS(C1)),0,A1-C1)"),
        ("a == c + 1", "ABS(A1-(C1+1))<=1E-09*MAX(1,ABS(A1),ABS(C1+1))"),
        ("a >= c", "A1-C1>=-1E-09*MAX(1,ABS(A1),ABS(C1))"),
        ("a < c", "A1-C1<-1E-09*MAX(1,ABS(A1),ABS(C1))"),
        (
            "not (a > c and a != 0)",
            "NOT(AND(A1-C1>1E-09*MAX(1,ABS(A1),ABS(C1)),ABS(A1-0)>1E-09*MAX(1,ABS(A1),ABS(0))))",
        ),
    ],
)
def test_writes(text: str, formula: str) -> None:
    assert to_excel(parse(text), address) == formula


def test_guard_asks_for_not_applicable_then_missing_then_computes() -> None:
    computed = 'IF(COUNT(A1,C1)<2,"未填",IFERROR(A1/C1,"无法计算"))'
    words = {"a": "L1:L9", "c": "L1:L9"}

    assert guarded(parse("a / c"), address, never) == f"={computed}"
    assert guarded(parse("a / c"), address, lambda key: words[key]) == (
        f'=IF(SUMPRODUCT(COUNTIF(A1,L1:L9))+SUMPRODUCT(COUNTIF(C1,L1:L9))>0,"不适用",{computed})'
    )


def test_constants_need_no_guard() -> None:
    assert guarded(parse("day / 2"), address, never) == '=IFERROR(44927/2,"无法计算")'
    assert "COUNT(A1)<1" in check_formula(parse("a >= day"), address, never)


@given(node=nodes())
def test_only_functions_of_excel_2007(node: Node) -> None:
    formula = to_excel(node, address)
    assert set(re.findall(r"([A-Z]+)\(", formula)) <= EXCEL_2007
    assert formula.count("(") == formula.count(")")


@given(node=numbers())
def test_short_formulas_are_within_excels_limits(node: Node) -> None:
    formula = guarded(node, address, never)
    assert (formula_fault(formula) is None) == (len(formula) <= 8192)


def test_limits_are_told() -> None:
    assert formula_fault("=" + "+".join(["A1"] * 2731)) == "formula_too_long"
    assert formula_fault("=" + "ABS(" * 65 + "A1" + ")" * 65) == "formula_too_deep"
    assert formula_fault("=" + "ABS(" * 64 + "A1" + ")" * 64) is None
    assert formula_fault("=SUM(" + ",".join(["A1"] * 256) + ")") == "formula_too_many_arguments"
    assert formula_fault('=IF(A1="' + "(," * 300 + "\",1,'表,(1'!A1)") is None


def test_each_limit_has_a_text() -> None:
    for code in ("formula_too_long", "formula_too_deep", "formula_too_many_arguments"):
        assert "指标" in FAULTS[code].message.format(name="指标", limit=1)
