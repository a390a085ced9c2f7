"""What is said of experts' and surveys' workbooks."""

from __future__ import annotations

from xltool.messages.text import Text


def _cell(severity: str, message: str, action: str) -> Text:
    return Text(severity, "value", message, action)


FIELD: dict[str, Text] = {
    "visit_other_day": _cell("warning", "实地监测日期填的是{raw}，本表所属{district}的实地监测日为{day}{other}", "请核对日期，并核对是否用错了别的区的表"),
    "opinion_other_district": _cell("hint", "“{label}”中提到{other}，本表属于{district}", "请核对是否写在了别的区的表中；无误的不必修改"),
    "expert_wrote_nothing": Text("warning", "container", "表中没有任何意见", "请核对是否发错了文件"),
    "survey_respondents_exceed": _cell("error", "“{site}”的有效问卷数{respondents}多于访问人数{approached}", "请核对两个数并改正"),
    "survey_answers_exceed": _cell("error", "“{site}”的“{label}”有{answers}人作答，多于有效问卷数{respondents}", "请核对答案人数和有效问卷数并改正"),
    "survey_rows_exceed": _cell("error", "“{site}”录入了{rows}份答卷，多于有效问卷数{respondents}", "请核对是否重复录入，并改正有效问卷数"),
    "survey_rows_fewer": _cell("warning", "“{site}”录入了{rows}份答卷，少于有效问卷数{respondents}", "请补录答卷，或改正有效问卷数"),
    "survey_site_missing": _cell("error", "第{row}份答卷没有填写监测点，没有计入", "请从下拉菜单中选择监测点"),
    "survey_both_ways": _cell("warning", "“{site}”既有逐份答卷又有汇总计数，按逐份答卷计", "请删去其中一种"),
    "survey_numbers_missing": _cell("warning", "“{site}”有答卷，但没有填写“{label}”，无法计算回收率", "请填写“{label}”"),
    "survey_empty": Text("warning", "container", "表中没有任何答卷", "请核对是否发错了文件"),
}  # fmt: skip
