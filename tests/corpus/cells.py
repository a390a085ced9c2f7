"""What people type: numbers, dates, words and formats, each with what is read of it and what is said."""

from __future__ import annotations

from corpus.book import Content, Xml
from corpus.kinds import Expected, Group, Typed

HINT, CONVERTED = "read_normalised", "unit_converted"


def _typed(
    name: str,
    title: str,
    slot: str,
    content: Content,
    value: Expected,
    codes: str | None,
    number_format: str | None = None,
) -> Typed:
    return Typed(
        group=Group.CELLS,
        name=name,
        title=title,
        slot=slot,
        content=content,
        value=value,
        codes=tuple((codes or "").split()),
        number_format=number_format,
    )


def _rich(*runs: tuple[str, str]) -> Xml:
    parts = "".join(f"<r><rPr>{properties}</rPr><t>{text}</t></r>" for text, properties in runs)
    return Xml(f"<is>{parts}</is>", "inlineStr")


RAISED = '<vertAlign val="superscript"/>'
PHONETIC = '<is><t>培训</t><rPh sb="0" eb="1"><t>12</t></rPh></is>'
MISSING = "missing"

NUMBERS = (
    _typed("number", "数字", "人", 120, 120, None),
    _typed("zero", "零", "人", 0, 0, None),
    _typed("text_number", "以文本存储的数字", "人", "120", 120, HINT),
    _typed("full_width", "全角数字", "人", "１２０", 120, HINT),
    _typed("full_width_point", "全角数字和小数点", "m²", "１２．５", 12.5, HINT),
    _typed("chinese_point", "句号当小数点", "m²", "12。5", 12.5, HINT),
    _typed("separators", "千位分隔符", "人", "1,234,567", 1234567, HINT),
    _typed("wrong_separators", "分隔位置不对", "人", "12,345,6", MISSING, "several_numbers"),
    _typed("spaced_thousands", "空格作千位分隔", "人", "1 234", MISSING, "several_numbers"),
    _typed("comma_decimal", "逗号当小数点", "人", "1,23", MISSING, "several_numbers"),
    _typed("european", "欧洲写法", "人", "1.234.567", MISSING, "several_numbers"),
    _typed("spaces_around", "前后有空格、全角空格、不间断空格", "人", "\u3000 120\u00a0", 120, HINT),
    _typed("zero_width", "夹有零宽字符", "人", "\ufeff1\u200b20", 120, HINT),
    _typed("calculator", "从计算器复制的数，夹有方向控制符", "人", "\u202d120\u202c", 120, HINT),
    _typed("backwards", "从右向左显示的数字", "人", "\u202e021", MISSING, "not_a_number"),
    _typed("line_break", "数字后有换行", "人", "120\n", 120, HINT),
    _typed("own_unit", "带本项单位", "人次", "3200人次", 3200, HINT),
    _typed("own_unit_spelled", "单位写法不同", "m²", "1,234.5平方米", 1234.5, HINT),
    _typed("own_unit_slash", "人次写作人/次", "人次", "3200人/次", 3200, HINT),
    _typed("unit_in_brackets", "括号中写单位", "人", "120（人）", 120, HINT),
    _typed("raised_unit", "单位中有上标", "m²", _rich(("12m", ""), ("2", RAISED)), 12, HINT),
    _typed("other_unit", "别的单位", "人", "120人次", MISSING, "not_a_number"),
    _typed("ten_thousands", "以万为单位", "人", "1.2万", 12000, CONVERTED),
    _typed("hundred_millions", "以亿为单位", "人次", "0.01亿人次", 1000000, CONVERTED),
    _typed("hectares", "以公顷为单位", "m²", "2公顷", 20000, CONVERTED),
    _typed("mu", "以亩为单位", "m²", "3亩", 2000, CONVERTED),
    _typed("mixed_scale", "12万3千", "人", "12万3千", MISSING, "several_numbers"),
    _typed("double_scale", "万人的项填“12.3万”", "万人", "12.3万", MISSING, "double_unit"),
    _typed("yuan_in_ten_thousands", "万元的项填“120000元”", "万元", "120000元", MISSING, "double_unit"),
    _typed("currency_sign", "万元的项带货币符号", "万元", "￥120", MISSING, "double_unit"),
    _typed("approximate", "约数", "人", "约120", MISSING, "approximate"),
    _typed("more_than", "“以上”", "人", "120人以上", MISSING, "approximate"),
    _typed("plus", "“120+”", "人", "120+", MISSING, "approximate"),
    _typed("range", "范围", "人", "100-200", MISSING, "several_numbers"),
    _typed("fraction_text", "“3/4”", "人", "3/4", MISSING, "several_numbers"),
    _typed("product_text", "“2*3”", "人", "2*3", MISSING, "several_numbers"),
    _typed("two_numbers", "两个数", "人", "120、130", MISSING, "several_numbers"),
    _typed("with_part", "“12（含3）”", "人", "12（含3）", MISSING, "several_numbers"),
    _typed("footnote", "带脚注号", "人", "120①", MISSING, "not_a_number"),
    _typed("footnote_raised", "上标脚注", "人", _rich(("120", ""), ("1", RAISED)), MISSING, "not_a_number"),
    _typed("power", "10²", "人", "10²", MISSING, "not_a_number"),
    _typed("accounting", "括号表示负数", "人", "(123)", MISSING, "accounting_negative"),
    _typed("minus_look_alike", "减号的各种写法", "人", "\u2212120", -120, f"{HINT} below_minimum"),
    _typed("trailing_minus", "负号在后", "人", "120-", MISSING, "not_a_number"),
    _typed("chinese_number", "汉字数字", "人", "一百二十", MISSING, "not_a_number"),
    _typed("arabic_indic", "阿拉伯文数字", "人", "١٢٠", MISSING, "not_a_number"),
    _typed("letter_for_digit", "字母O当作零", "人", "12O", MISSING, "not_a_number"),
    _typed("words", "文字", "人", "见附件", MISSING, "not_a_number"),
    _typed("formula_text", "以文本存储的公式", "人", "=1+2".replace("=", "＝"), MISSING, "several_numbers"),
    _typed("long_number", "18位数字", "人", "310101199001011234", MISSING, "lost_precision"),
    _typed(
        "long_number_cell", "丢失末位的18位数字", "人", Xml("<v>3.10101199001011E+17</v>"), MISSING, "lost_precision"
    ),
    _typed("scientific_text", "科学计数的文本", "人", "1.2E+5", MISSING, "lost_precision"),
    _typed("boolean", "TRUE", "人", Xml("<v>1</v>", "b"), MISSING, "boolean_value"),
    _typed("boolean_text", "TRUE的文本", "人", "TRUE", MISSING, "boolean_value"),
    _typed("error", "错误值", "人", Xml("<v>#DIV/0!</v>", "e"), MISSING, "error_cell"),
    _typed("error_text", "错误值的文本", "人", "#N/A", MISSING, "error_cell"),
    _typed("none_word", "“无”", "人", "无", MISSING, "nothing_word"),
    _typed("dash", "“-”", "人", "—", MISSING, "nothing_word"),
    _typed("slash", "“/”", "人", "／", MISSING, "nothing_word"),
    _typed("not_available", "“N/A”", "人", "N/A", MISSING, "nothing_word"),
    _typed(
        "none_word_applicable", "可填不适用的项填“无”", "可填不适用", "无", "not_applicable", "nothing_not_applicable"
    ),
    _typed("not_applicable", "可填不适用的项填“不适用”", "可填不适用", " 不适用 ", "not_applicable", None),
    _typed("not_applicable_refused", "不能填不适用的项填“不适用”", "人", "不适用", MISSING, "not_applicable_refused"),
    _typed("spaces_only", "只有空格", "人", " \u3000", None, None),
    _typed("decimal_count", "个数填小数", "人", 12.5, 12.5, "not_integer"),
    _typed("binary_fraction", "二进制尾数", "m²", Xml("<v>12.300000000000001</v>"), 12.3, None),
    _typed("tiny", "小得无法存储的数", "人", Xml("<v>1E-400</v>"), MISSING, "lost_precision"),
    _typed("not_a_number_cell", "数值单元格中不是数", "人", Xml("<v>NaN</v>"), MISSING, "not_a_number"),
    _typed(
        "struck_beside_new", "旧数划去，旁边写新数", "人", _rich(("12", "<strike/>"), ("34", "")), MISSING, "struck_out"
    ),
)

PERCENTAGES = (
    _typed("percent_text", "“87.5%”", "%", "87.5%", 87.5, HINT),
    _typed("percent_full_width", "全角百分号", "%", "８７．５％", 87.5, HINT),
    _typed("percent_format", "百分比格式", "%", 0.875, 87.5, HINT, "0.0%"),
    _typed("fraction", "以小数填百分数", "%", 0.875, 0.875, "percent_as_fraction"),
    _typed("small_percent", "“0.5%”", "%", "0.5%", 0.5, HINT),
    _typed("per_mille", "千分号", "%", "5‰", MISSING, "not_a_number"),
    _typed("percent_sign_format", "格式中只加百分号", "%", 87.5, 87.5, None, '0.0"%"'),
    _typed("percent_in_count", "个数的项用百分比格式", "人", 0.5, MISSING, "not_a_number", "0%"),
    _typed("score_unit", "分数带“分”", "分", "95.5分", 95.5, HINT),
)

FORMATS = (
    _typed("format_own_unit", "格式中加本项单位", "人", 12, 12, None, '0"人"'),
    _typed("format_ten_thousands", "格式中加“万”", "人", 12, MISSING, "shown_otherwise", '0"万"'),
    _typed("format_other_unit", "格式中加别的单位", "人", 12, MISSING, "shown_otherwise", '0"人次"'),
    _typed("format_scaled", "格式缩小一千倍显示", "人", 123456, MISSING, "shown_otherwise", "0,"),
    _typed("format_scaled_named", "格式缩小并加“千”", "人", 123456, MISSING, "shown_otherwise", '0.0,"千"'),
    _typed("format_as_ten_thousands", "格式按万显示", "人", 123456, MISSING, "shown_otherwise", '0!.0,"万"'),
    _typed("format_approximate", "格式中加“约”", "人", 12, MISSING, "shown_otherwise", '"约"0'),
    _typed("format_hidden", "格式隐藏内容", "人", 12, MISSING, "shown_otherwise", ";;;"),
    _typed("format_without_sign", "格式不显示负号", "人", -12, MISSING, "shown_otherwise", "0;0"),
    _typed("format_conditional", "格式按大小换单位", "人", 50000, MISSING, "shown_otherwise", '[>=10000]0!.0,"万";0'),
    _typed("format_thousands", "千位分隔格式", "人", 1234567, 1234567, None, "#,##0"),
    _typed("format_accounting_zero", "会计格式的零", "人", 0, 0, HINT, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '),
    _typed("format_currency", "货币格式", "万元", 12.5, MISSING, "shown_otherwise", "[$¥-804]#,##0.00"),
    _typed("format_fraction", "分数格式", "m²", 12.5, 12.5, HINT, "# ?/?"),
    _typed("format_scientific", "科学计数格式", "人", 12345, 12345, HINT, "0.00E+00"),
    _typed("format_chinese", "汉字数字格式", "人", 12, 12, None, "[DBNum1][$-804]General"),
    _typed("format_date", "“3/1”变成了日期", "人", 44621, MISSING, "date_value", 'm"月"d"日"'),
    _typed("format_text", "文本格式中的数字", "人", "120", 120, HINT, "@"),
    _typed("format_on_text", "格式给文字加单位", "人", "12", MISSING, "shown_otherwise", '@"万"'),
)

DATES = (
    _typed("date", "日期", "日期", 44621, "2022-03-01", None, "yyyy-mm-dd"),
    _typed("date_with_time", "带时间的日期", "日期", 44621.75, "2022-03-01", None, "yyyy/m/d h:mm"),
    _typed("date_iso_cell", "ISO日期单元格", "日期", Xml("<v>2022-03-01</v>", "d"), "2022-03-01", None),
    _typed("date_chinese", "2022年3月1日", "日期", "2022年3月1日", "2022-03-01", "date_normalised"),
    _typed("date_points", "2022.3.1", "日期", "2022.3.1", "2022-03-01", "date_normalised"),
    _typed("date_slashes", "2022/3/1文本", "日期", "2022/3/1", "2022-03-01", "date_normalised"),
    _typed("date_full_width", "全角日期", "日期", "２０２２－０３－０１", "2022-03-01", "date_normalised"),
    _typed("date_digits", "20220301", "日期", 20220301, "2022-03-01", "date_normalised"),
    _typed("date_characters", "二〇二二年三月一日", "日期", "二〇二二年三月一日", "2022-03-01", "date_normalised"),
    _typed("date_number", "没有格式的日期序号", "日期", 44621, "2022-03-01", "date_normalised", "General"),
    _typed("date_without_day", "2022年3月", "日期", "2022年3月", MISSING, "incomplete_date"),
    _typed("date_decimal", "2022.3成了小数", "日期", 2022.3, MISSING, "incomplete_date", "General"),
    _typed("date_without_year", "3月1日", "日期", "3月1日", MISSING, "incomplete_date"),
    _typed("date_format_without_day", "格式只显示年月", "日期", 44621, MISSING, "incomplete_date", 'yyyy"年"m"月"'),
    _typed("date_short_year", "22.3.1", "日期", "22.3.1", MISSING, "ambiguous_date"),
    _typed("date_day_first", "1/3/2022", "日期", "1/3/2022", MISSING, "ambiguous_date"),
    _typed("date_lunar", "农历", "日期", "农历二〇二二年三月一日", MISSING, "bad_date"),
    _typed("date_republic", "民国年", "日期", "111年3月1日", MISSING, "bad_date"),
    _typed("date_span", "起止日期", "日期", "2022年3月1日—3日", MISSING, "bad_date"),
    _typed("date_impossible", "不存在的日期", "日期", "2022-02-29", MISSING, "bad_date"),
    _typed("date_early", "1900年3月以前的序号", "日期", 59, MISSING, "bad_date", "yyyy-mm-dd"),
    _typed("date_late", "2100年以后的日期", "日期", "2105-03-01", MISSING, "bad_date"),
    _typed("date_words", "日期处填文字", "日期", "春季", MISSING, "bad_date"),
)

TEXTS = (
    _typed("text_leading_zeros", "前导零", "文字", "001", "001", None),
    _typed("text_number_cell", "文字项中的数字", "文字", 12, "12", None, "General"),
    _typed("text_padded_format", "格式补零的数字", "文字", 7, "007", None, "000"),
    _typed(
        "text_long_number",
        "文字项中丢失末位的长数字",
        "文字",
        3.10101199001011e17,
        MISSING,
        "lost_precision",
        "General",
    ),
    _typed("text_date", "文字项中的日期", "文字", 44621, "2022-03-01", "date_normalised", "yyyy-mm-dd"),
    _typed("text_scaled", "文字项中缩小显示的数字", "文字", 123456, MISSING, "shown_otherwise", "0,"),
    _typed("text_error", "文字项中的错误值", "文字", Xml("<v>#REF!</v>", "e"), MISSING, "error_cell"),
    _typed(
        "text_formula_like",
        "以等号开头的文字",
        "文字",
        Xml("<is><t>=cmd|' /C calc'!A0</t></is>", "inlineStr"),
        "=cmd|' /C calc'!A0",
        None,
    ),
    _typed(
        "text_half_surrogate", "残缺的字符", "文字", Xml("<is><t>_xD83D_甲</t></is>", "inlineStr"), "\ufffd甲", None
    ),
    _typed("text_phonetic", "带注音的文字", "文字", Xml(PHONETIC, "inlineStr"), "培训", None),
    _typed("remark_nothing", "备注填“无”", "备注", "无", "无", None),
    _typed("name_nothing", "清单名称填“无”", "清单名称", "无", "无", None),
    _typed("choice_spaces", "选项前后有空格", "选项", " 其他\u3000", "其他", None),
    _typed("choice_unknown", "不在下拉中的选项", "选项", "自拟类型", "自拟类型", "not_in_list"),
    _typed("declared_empty", "声明本表无内容", "无内容", "是", 0, None),
    _typed("declared_otherwise", "“本表无内容”处填别的", "无内容", "有", MISSING, "not_in_list"),
)

STRUCK = Typed(
    group=Group.CELLS,
    name="struck_cell",
    title="整格带删除线",
    slot="人",
    content=12,
    strike=True,
    value=MISSING,
    codes=("struck_out",),
)

CASES = (*NUMBERS, STRUCK, *PERCENTAGES, *FORMATS, *DATES, *TEXTS)
