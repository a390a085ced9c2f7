"""Formulas typed into input cells: recomputed where that is certain, never taken from their stored result."""

from __future__ import annotations

from corpus.book import Content, Xml
from corpus.kinds import Expected, Group, Typed

CONSTANT, RECOMPUTED, FOREIGN = "constant_formula", "recomputed_formula", "foreign_formula"
MISSING = "missing"


def _typed(
    name: str,
    title: str,
    content: Content,
    value: Expected,
    codes: str,
    slot: str = "人次",
    number_format: str | None = None,
) -> Typed:
    return Typed(
        group=Group.FORMULAS,
        name=name,
        title=title,
        slot=slot,
        content=content,
        value=value,
        codes=tuple((codes or "").split()),
        number_format=number_format,
    )


CASES = (
    _typed("sum_of_constants", "常数相加", "=1200+350", 1550, CONSTANT),
    _typed("nested_functions", "常数的函数", "=ROUND(SUM(3,4)*100/3,0)", 233, CONSTANT),
    _typed("average", "常数的平均", "=AVERAGE(10,20)", 15, CONSTANT),
    _typed("percent_operator", "公式中的百分号", "=200*50%", 100, CONSTANT),
    _typed("power", "乘方和负号", "=-2^2", 4, CONSTANT),
    _typed("constant_text", "结果是文本的数字", '="1,200"', 1200, CONSTANT),
    _typed("constant_word", "结果是约数", '="约1200"', MISSING, "approximate"),
    _typed("array", "数组公式", Xml('<f t="array" ref="D20">1+2</f><v>9</v>'), 3, CONSTANT),
    _typed("empty_cache", "没有缓存结果的公式", Xml("<f>1+2</f>"), 3, CONSTANT),
    _typed("other_cells", "引用本表其他单元格", "=基础信息表!E7*2", 64, RECOMPUTED),
    _typed("chain", "引用另一个公式", "=SUM(其他机构老年学员!D11,8)", 1208, RECOMPUTED),
    _typed("blank_cell", "引用空白单元格", "=其他机构老年学员!D40+1", MISSING, FOREIGN),
    _typed("text_cell", "引用文字单元格", "=专项经费!C11+1", MISSING, FOREIGN),
    _typed("whole_column", "引用整列", "=SUM(D:D)", MISSING, FOREIGN),
    _typed("itself", "引用自己", "=SUM(大型学习活动!A1:Z400)", MISSING, FOREIGN),
    _typed("volatile", "随时间变化的函数", "=RANDBETWEEN(1,9)", MISSING, FOREIGN),
    _typed("lookup", "查找函数", "=VLOOKUP(1,A:B,2,0)", MISSING, FOREIGN),
    _typed("division_by_zero", "除以零", "=1/0", MISSING, FOREIGN),
    _typed("thousands_in_formula", "公式中写千位分隔符", "=1,200", MISSING, FOREIGN),
    _typed("hyperlink", "超链接公式", '=HYPERLINK("http://example.invalid","120")', MISSING, "external_link"),
    _typed("other_file", "链接到其他文件", "=[1]Sheet1!A1", MISSING, "external_link"),
    _typed("other_file_named", "写明路径的外部链接", "='C:\\数据\\[上年.xlsx]表'!A1", MISSING, "external_link"),
    _typed("dde", "调用外部程序", "=cmd|'/c calc'!A1", MISSING, "external_link"),
    _typed("failed", "公式结果是错误值", Xml("<f>Sheet9!#REF!</f><v>#REF!</v>", "e"), MISSING, "error_cell"),
    _typed("boolean", "TRUE()", "=TRUE()", MISSING, "boolean_value"),
    _typed("percent_result", "百分比格式的公式", "=7/8", 87.5, CONSTANT, "%", "0.0%"),
    _typed("date", "DATE函数", "=DATE(2022,3,1)", "2022-03-01", CONSTANT, "日期"),
    _typed("today", "TODAY()", "=TODAY()", MISSING, FOREIGN, "日期"),
    _typed("text", "文字项中的公式", '="甲"', "甲", CONSTANT, "文字"),
    _typed("concatenated", "拼接的文字", '="甲"&"乙"', MISSING, FOREIGN, "文字"),
)
