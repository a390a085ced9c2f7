"""What is in the language, and that nothing else is."""

from __future__ import annotations

import re

import pytest
from builders.expressions import nodes
from hypothesis import given
from hypothesis import strategies as st

from xltool.errors import ExpressionError
from xltool.expression import Node, Operand, is_condition, operands, parse
from xltool.expression.parse import MAX_DEPTH, MAX_LENGTH
from xltool.messages import FAULTS, fault

REFUSED = {
    "": "expression_syntax",
    "a +": "expression_syntax",
    "(a": "expression_syntax",
    "a b": "expression_syntax",
    "(" * 300 + "a" + ")" * 300: "expression_syntax",
    "a = b": "expression_assignment",
    "round(a, n=1)": "expression_assignment",
    "a < b < c": "expression_chained",
    "面积 / a": "expression_characters",
    "a，b": "expression_characters",
    "'text'": "expression_characters",
    "a[0]": "expression_characters",
    "a + b # c": "expression_characters",
    "a : b": "expression_characters",
    "1_000": "expression_number",
    "0x10": "expression_number",
    "2j": "expression_number",
    "1if a else b": "expression_number",
    "1e999": "expression_number",
    "9" * 400: "expression_number",
    "a ** b": "expression_construct",
    "a // b": "expression_construct",
    "+a": "expression_construct",
    "a if b else c": "expression_construct",
    "True": "expression_construct",
    "a is b": "expression_construct",
    "a, b": "expression_construct",
    "table.column": "expression_construct",
    "previous.a.b": "expression_construct",
    "previous": "expression_construct",
    "sum": "expression_construct",
    "a.b(c)": "expression_construct",
    "max(*a, b)": "expression_construct",
    "open(a)": "expression_function",
    "__import__(a)": "expression_function",
    "sum(a)": "expression_arguments",
    "sum(previous.a)": "expression_arguments",
    "count(t.x)": "expression_arguments",
    "min(a)": "expression_arguments",
    "abs(a, b)": "expression_arguments",
    "round()": "expression_arguments",
    "round(a, 2.0)": "expression_digits",
    "round(a, b)": "expression_digits",
    "round(a, 16)": "expression_digits",
    "(a > b) + 1": "expression_not_a_number",
    "max(a, b > c)": "expression_not_a_number",
    "a == (b == c)": "expression_not_a_number",
    "a and b > c": "expression_not_a_condition",
    "not a": "expression_not_a_condition",
    "-" * (MAX_DEPTH + 1) + "a": "expression_too_deep",
    "a" * (MAX_LENGTH + 1): "expression_too_long",
}


@pytest.mark.parametrize(("text", "code"), REFUSED.items(), ids=[text[:20] or "empty" for text in REFUSED])
def test_refuses_what_is_not_in_the_language(text: str, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.code == code
    message, action = fault(code, **caught.value.context)
    assert re.search(r"[\u4e00-\u9fff]", message)
    assert action


def test_every_fault_of_the_catalogue_is_tried() -> None:
    codes = {code for code in FAULTS if code.startswith("expression_")}
    assert codes - set(REFUSED.values()) == {"expression_text_operand"}


def test_reads_all_kinds_of_leaves() -> None:
    node = parse("sum(funds.budget) / budget + count(funds) - previous.budget * budget")
    assert operands(node) == (
        Operand(kind="total", name="funds", column="budget"),
        Operand(kind="item", name="budget"),
        Operand(kind="count", name="funds"),
        Operand(kind="previous", name="budget"),
    )
    assert [leaf.key for leaf in operands(node)] == ["sum(funds.budget)", "budget", "count(funds)", "previous.budget"]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("(a+b)+c", "a + b + c"),
        ("a-(b-c)", "a - (b - c)"),
        ("a/(b*c)", "a / (b * c)"),
        ("(a/b)*100", "a / b * 100"),
        ("(a)", "a"),
        ("-a*b", "-a * b"),
        ("-(a*b)", "-(a * b)"),
        ("a*(-b)", "a * -b"),
        ("a\n  + b", "a + b"),
        ("round(a, - 2)", "round(a, -2)"),
        ("round(a, 0)", "round(a)"),
        ("1e3 + .50 + 1e-7", "1000 + 0.5 + 1e-07"),
        ("not (a<b and c<d) or (e!=1)", "not (a < b and c < d) or e != 1"),
        ("a<b and (c<d or e<f)", "a < b and (c < d or e < f)"),
    ],
)
def test_has_one_canonical_text(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical
    assert parse(canonical) == parse(text)


@given(node=nodes())
def test_its_text_parses_to_the_same_node(node: Node) -> None:
    assert parse(str(node)) == node
    assert is_condition(parse(f"({node})")) == is_condition(node)


@given(text=st.text(alphabet="ab01.+-*/()<>=!, \tnotdrsum_", max_size=40))
def test_any_text_is_read_or_refused_with_a_known_fault(text: str) -> None:
    try:
        node: Node | None = parse(text)
        refusal = ""
    except ExpressionError as error:
        node = None
        refusal, _ = fault(error.code, **error.context)
    assert refusal or (node is not None and parse(str(node)) == node)


def test_long_chains_are_not_deep() -> None:
    text = "a" + "+b" * ((MAX_LENGTH - 1) // 2)
    assert len(operands(parse(text))) == 2
