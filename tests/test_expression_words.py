"""Expressions as Chinese people read them."""

from __future__ import annotations

import re

import pytest
from builders.expressions import nodes
from hypothesis import given

from xltool.expression import Node, parse, to_words

LABELS = {"a": "甲", "b": "乙", "t": "表", "t.x": "“学习型城区建设”专项经费预算"}


def label(name: str) -> str:
    return LABELS.get(name, name)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sum(t.x) / a * 100", "“‘学习型城区建设’专项经费预算”合计 ÷ “甲” × 100"),
        ("(a + b) / (a * 10000)", "（“甲” ＋ “乙”） ÷ （“甲” × 10000）"),
        ("a - (b - 1)", "“甲” － （“乙” － 1）"),
        ("a - -b", "“甲” － （－“乙”）"),
        ("count(t) >= previous.a", "“表”的项数大于等于上年的“甲”"),
        ("a <= b and (a > 0 or b != 0)", "“甲”不超过“乙”，且（“甲”大于0，或“乙”不等于0）"),
        ("not a == b", "并非（“甲”等于“乙”）"),
        ("abs(a) < abs(a - b)", "“甲”的绝对值小于（“甲” － “乙”）的绝对值"),
        ("max(a, b, 1) / min(a, 0.5)", "（“甲”、“乙”、1）中的最大值 ÷ （“甲”、0.5）中的最小值"),
        ("round(a / b, 1)", "（“甲” ÷ “乙”）四舍五入到1位小数"),
        ("round(a) + round(b, -2)", "“甲”四舍五入到整数 ＋ “乙”四舍五入到100的整数倍"),
    ],
)
def test_says(text: str, words: str) -> None:
    assert to_words(parse(text), label) == words


@given(node=nodes())
def test_every_expression_has_words_without_code(node: Node) -> None:
    words = to_words(node, lambda _: "甲")
    assert words
    assert not re.search(r"[A-Za-z_*/<>=]", re.sub(r"\d", "", words))
    assert words.count("（") == words.count("）")
    assert words.count("“") == words.count("”")
