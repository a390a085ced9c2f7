"""Wrong data: what is said of a finding."""

from __future__ import annotations

from xltool.messages.evidence import EVIDENCE
from xltool.messages.field import FIELD
from xltool.messages.text import Text


def _value(severity: str, message: str, action: str) -> Text:
    return Text(severity, "value", message, action)


FINDINGS: dict[str, Text] = {
    # reading: not a value
    "not_a_number": _value("error", "“{label}”填的是“{raw}”，不是数值", "请只填数字{unit_hint}"),
    "approximate": _value("error", "“{label}”填的是“{raw}”，是约数", "请填确切数字{unit_hint}"),
    "several_numbers": _value("error", "“{label}”填的是“{raw}”，含多个数或一个范围", "请只填一个确切数字{unit_hint}"),
    "accounting_negative": _value("error", "“{label}”填的是“{raw}”，带括号，无法判断正负", "请直接填数字，不加括号"),
    "boolean_value": _value("error", "“{label}”填的是逻辑值“{raw}”", "请填{expected}"),
    "lost_precision": _value(
        "error", "“{label}”的“{raw}”是科学计数，末位数字可能已丢失", "请以文本格式重新填写完整内容"
    ),
    "error_cell": _value("error", "“{label}”单元格显示错误“{raw}”", "请删除公式，直接填{expected}"),
    "foreign_formula": _value("error", "“{label}”填的是公式“{raw}”，无法核算其结果", "请直接填计算结果"),
    "struck_out": _value(
        "error", "“{label}”填的“{raw}”带有删除线，不能确定是否作废", "请删去作废的内容，只留下有效的，并去掉删除线"
    ),
    "shown_otherwise": _value(
        "error",
        "“{label}”存的是“{raw}”，单元格格式却使它显示成别的样子，不能确定以哪个为准",
        "请清除该单元格的格式，直接填{expected}",
    ),
    "external_link": _value("error", "“{label}”填的是链接到其他文件的公式“{raw}”", "请直接填数值，不要链接其他文件"),
    "date_value": _value("error", "“{label}”填的是日期“{raw}”，不是数值", "请只填数字{unit_hint}"),
    "bad_date": _value("error", "“{label}”填的是“{raw}”，不是日期", "请按2022-03-01的样式填写年月日"),
    "ambiguous_date": _value("error", "“{label}”填的是“{raw}”，分不清月和日", "请按2022-03-01的样式填写年月日"),
    "incomplete_date": _value("error", "“{label}”填的是“{raw}”，年月日不全", "请按2022-03-01的样式填写年月日"),
    "double_unit": _value(
        "error",
        "“{label}”填的是“{raw}”，本项单位已是{unit_of_measure}",
        "请只填以{unit_of_measure}为单位的数字",
    ),
    "not_applicable_refused": _value("error", "“{label}”填的是“{raw}”，但本项不能填“不适用”", "请填{expected}"),
    # reading: understood, but said
    "read_normalised": _value("hint", "“{label}”填的是“{raw}”，按“{value}”读取", "请核对；以后请只填数字"),
    "unit_alias": _value(
        "hint", "“{label}”填的是“{raw}”，按单位名单中的“{value}”读取", "请核对；以后请从下拉选项中选择单位"
    ),
    "nothing_word": _value("hint", "“{label}”填的是“{raw}”，按未填处理", "没有数据请留空，数量为零请填0"),
    "nothing_not_applicable": _value(
        "hint", "“{label}”填的是“{raw}”，按“不适用”处理", "请核对；确属不适用的请填“不适用”"
    ),
    "date_normalised": _value(
        "hint", "“{label}”填的是“{raw}”，按“{value}”读取", "请核对；以后请按2022-03-01的样式填写"
    ),
    "unit_converted": _value(
        "warning", "“{label}”填的是“{raw}”，按“{value}”（{unit_of_measure}）读取", "请核对换算后的数值"
    ),
    "percent_as_fraction": _value(
        "warning", "“{label}”填的是“{raw}”，不大于1，按{value}%读取", "请核对：87.5%应填87.5"
    ),
    "constant_formula": _value(
        "warning", "“{label}”填的是公式“{raw}”，按计算结果“{value}”读取", "请核对，并直接填数值"
    ),
    "recomputed_formula": _value(
        "warning", "“{label}”填的是引用其他单元格的公式“{raw}”，按重新计算的“{value}”读取", "请核对，并直接填数值"
    ),
    # cell rules
    "required": _value("error", "“{label}”未填", "请填{expected}"),
    "not_integer": _value("error", "“{label}”填的是“{raw}”，应为整数", "请填整数{unit_hint}"),
    "below_minimum": _value("error", "“{label}”填的是“{raw}”，小于最小值{limit}", "请填{expected}"),
    "above_maximum": _value("error", "“{label}”填的是“{raw}”，大于最大值{limit}", "请填{expected}，并核对单位"),
    "too_long": _value("error", "“{label}”有{length}个字，超过{limit}个字", "请压缩到{limit}个字以内"),
    "not_in_list": _value("error", "“{label}”填的是“{raw}”，不在下拉选项中", "请从下拉菜单中选择"),
    "tag_too_long": _value(
        "error", "“{label}”中的标签“{tag}”超过{limit}个字", "请把每个标签压缩到{limit}个字以内，标签之间用空格分隔"
    ),
    # values from other systems
    "disputed": _value(
        "warning",
        "“{label}”预填的是{prefilled}，区里不同意，认为应为{right}，理由：{why}",
        "请市级核定：采用区里的数的，由市级采用后计入；维持预填数的，请区里改选“同意”",
    ),
    "typed_before_prefill": _value(
        "warning",
        "“{label}”区里填的是{typed}（{place}），{source}中为{prefilled}，按{source}计",
        "请市级与区里核对；以区里的数为准的，改正后重新预填",
    ),
    # tables
    "table_empty": _value("error", "“{label}”没有填写任何一行", "请逐行填写；确实没有的，请在“本表无内容”处选“是”"),
    "table_contradiction": _value("error", "“{label}”{whose}既填了内容，又声明无内容", "请删去其中之一"),
    "row_without_number": _value("error", "“{table}”第{row}行未填“{label}”", "请填{expected}，或清空整行"),
    "total_row": _value(
        "warning",
        "“{table}”第{row}行的“{label}”填的是“{raw}”，像是合计行，会与上面各行重复计算",
        "请删去该行，合计由系统计算；确实是单独一项的，请写明它的名称",
    ),
    # places
    "content_lost": Text("error", "content", "找不到“{label}”的填写位置", "表格行列可能被删除，请在原表格中重新填写"),
    "two_candidates": Text("error", "content", "“{label}”有两处填写位置（{places}）", "请删去复制出来的一处"),
    "several_in_run": Text(
        "warning",
        "container",
        "同一张表本次收到两份不同的文件（{earlier}、{later}），按后一份计",
        "请确认哪一份为准；不是后一份的，请重新报送",
    ),
    "assigned_by_hand": Text(
        "warning",
        "identity",
        "表格没有有效的标识，由市级指定为“{whose}”的表格，按最近一次发出的表格读取",
        "请在审核时核对确为该区（单位）报送、内容完整；无误的请说明",
    ),
    "among_others": Text(
        "hint",
        "identity",
        "表格是“{whose}”的，却放在“{folder}”中，按表格的标识计入“{whose}”",
        "请核对是否放错；放错的，请告知报送的区",
    ),
    "no_longer_asked": Text(
        "hint",
        "identity",
        "表格是较早发出的，其中填写的{count}项现在已不采集，不计入：{items}",
        "请留意；这些项不需要重新填写",
    ),
    "asked_otherwise": Text(
        "error",
        "identity",
        "表格是较早发出的，其中{count}项的填报要求已改变，没有计入：{items}",
        "请用最近一次发出的表格重新填写这些项",
    ),
    "asked_since": Text(
        "warning", "identity", "表格是较早发出的，缺少后来增加的{count}项：{items}", "请用最近一次发出的表格补报这些项"
    ),
    "label_moved": Text(
        "error", "content", "“{label}”一行的项目名称变成了“{raw}”，无法确认数据属于哪一项", "请在原表格中重新填写该行"
    ),
    "unit_name_moved": Text(
        "error",
        "content",
        "“{expected}”一行的单位名称变成了“{raw}”，无法确认数据属于哪个单位",
        "请在原表格中重新填写该行",
    ),
    "prefilled_changed": Text(
        "warning",
        "content",
        "“{label}”的预填内容“{expected}”被改为“{raw}”，仍按预填内容处理",
        "预填内容有误的，请向市级反映，不要直接修改",
    ),
    "found_by_name": Text(
        "hint",
        "content",
        "{labels}的行标识已丢失，按单元格名称和项目名称找到并读取",
        "请核对；以后请不要删改隐藏的行列",
    ),
    "cell_moved": Text(
        "warning",
        "content",
        "“{label}”的单元格是从“{origin}”处剪切粘贴来的，按“{label}”读取“{raw}”",
        "请核对两处的数据；以后请复制数值，不要剪切单元格",
    ),
    "cell_moved_away": Text(
        "error",
        "content",
        "“{label}”的单元格被剪切到{where}，原处为空，其中的“{raw}”未读取",
        "请把数据填到“{label}”原来的位置",
    ),
    "merged_cells": Text(
        "error",
        "content",
        "“{label}”与其他单元格合并（{area}），无法确认“{raw}”属于哪一项",
        "请取消合并，在各单元格中分别填写",
    ),
    # locked texts and formulas
    "label_changed": Text(
        "warning",
        "content",
        "“{expected}”一行的项目名称（{where}）被改为{found}，数据仍按“{expected}”读取",
        "请核对填的是不是“{expected}”的数据，并恢复项目名称",
    ),
    "unit_changed": Text(
        "error",
        "content",
        "“{label}”的计量单位（{where}）由“{expected}”被改为{found}，无法确认数据的单位",
        "请恢复计量单位，并以“{expected}”为单位填写",
    ),
    "head_changed": Text(
        "warning",
        "content",
        "表头“{expected}”被改为{found}，该列仍按“{expected}”读取",
        "请核对该列填的是不是“{expected}”，并恢复表头",
    ),
    "head_moved": Text(
        "error",
        "content",
        "表头“{expected}”变成了“{raw}”，无法确认该列数据属于哪一栏，未读取",
        "请恢复表头，在原表格中重新填写该列",
    ),
    "head_unit_changed": Text(
        "error",
        "content",
        "表头“{expected}”被改为{found}，无法确认该列数据的单位，未读取",
        "请恢复表头，按原来的单位重新填写该列",
    ),
    "labels_changed": Text(
        "hint",
        "content",
        "工作表“{sheet}”中有{count}处说明文字被改动（{cells}）：“{expected}”变成了{found}",
        "不影响读取；以后请不要改动锁定的文字",
    ),
    "lists_changed": Text(
        "warning",
        "content",
        "下拉选项被改动{count}处（隐藏选项表的{cells}）：“{expected}”变成了{found}",
        "请按原有选项填写；以后请不要改动隐藏的选项表",
    ),
    "formulas_replaced": Text(
        "warning",
        "content",
        "工作表“{sheet}”中有{count}处公式被替换为固定内容（{cells}），不再自动计算，首处为“{raw}”",
        "数据按填写的原始数值重新计算；请使用未改动的工作簿核对",
    ),
    "formulas_changed": Text(
        "warning",
        "content",
        "工作表“{sheet}”中有{count}处公式被改动（{cells}），首处为“{raw}”",
        "数据按原有公式重新计算；请使用未改动的工作簿核对",
    ),
    "formulas_deleted": Text(
        "warning",
        "content",
        "工作表“{sheet}”中有{count}处公式被删除（{cells}）",
        "数据按原有公式重新计算；请使用未改动的工作簿核对",
    ),
    # the workbook around its cells
    "content_outside": Text(
        "hint",
        "content",
        "工作表“{sheet}”的表格之外有{count}处内容（{cells}），未读取，首处为“{raw}”",
        "需要报送的内容请填到表格中；需要说明的请填在备注栏",
    ),
    "sheets_added": Text(
        "hint",
        "content",
        "工作簿中有{count}张自行增加的工作表（{sheets}），内容未读取",
        "需要报送的内容请填到原有的表格中",
    ),
    "sheets_deleted": Text(
        "hint",
        "content",
        "工作簿中缺少{count}张工作表（{sheets}）",
        "不影响读取；以后请不要删除工作表",
    ),
    "protection_removed": Text(
        "hint",
        "content",
        "{count}张工作表的保护被取消（{sheets}），其余工作表仍有保护",
        "内容已与发出的工作簿逐格比对；以后请不要取消保护",
    ),
    "locks_lost": Text("hint", "container", "保护或下拉被其他程序去掉了，不影响读取", "以后请用Excel或WPS填写"),
    "links": Text(
        "hint",
        "container",
        "工作簿带有指向其他文件的链接，链接没有打开",
        "请核对数值；以后请直接填数值，不要链接其他文件",
    ),
    "objects": Text(
        "hint",
        "container",
        "工作簿中插入了图片、文本框或文件，其中的内容没有读取",
        "请核对；数据请填在单元格中，文件请与表格放在一起报送",
    ),
    "unkeyed_rows": Text(
        "error",
        "content",
        "工作表“{sheet}”中有{count}行是自行增加的（第{rows}行），内容未读取",
        "请把内容填到表格原有的行中",
    ),
    "verdict_differs": Text(
        "hint",
        "content",
        "自查表中“{label}”显示“{raw}”，按填报的数据应为“{expected}”",
        "请核对该工作簿的公式是否被改动；以系统核对结果为准",
    ),
    "figure_differs": Text(
        "hint",
        "content",
        "“{label}”在工作簿中显示“{raw}”，按填报的数据应为“{expected}”",
        "请核对该工作簿的公式是否被改动；以系统计算结果为准",
    ),
    # the file
    "legacy_format": Text(
        "hint", "container", "文件是.xls旧格式，锁定的公式和下拉选项无法核对", "请核对数值；以后请保存为.xlsx格式"
    ),
    "macros": Text("hint", "container", "文件带有宏，宏没有运行", "以后请保存为不带宏的.xlsx格式"),
    # checks
    "check": Text("error", "check", "{message}", "{action}"),
    "large_change": Text(
        "warning",
        "check",
        "“{label}”填{value}{unit_of_measure}{place}，上年为{previous}{unit_of_measure}，{change}",
        "请核对本年数据及其单位；数据无误的请说明原因",
    ),
    "peer_outlier": Text(
        "hint",
        "check",
        "{figure}为{value}{unit_of_measure}，{side}各区通常范围：{n}个区的中位数为{median}{unit_of_measure}，"
        "通常在{low}至{high}之间",
        "请核对数据及其单位；与实际情况相符的不必修改",
    ),
    "wrong_magnitude": Text(
        "warning",
        "check",
        "“{label}”填{value}{unit_of_measure}{place}，{ratio}：{evidence}。应填的可能是{probable}{unit_of_measure}",
        "请核对单位是否为{unit_of_measure}并改正；数据无误的请说明原因",
    ),
    "unit_district_conflict": Text(
        "warning",
        "check",
        "“{label}”区表填{district_value}（{district_cell}），{unit}填{unit_value}（{unit_cell}）",
        "请与该单位核对，改正其中之一",
    ),
    "units_conflict": Text(
        "warning",
        "check",
        "“{label}”{unit}填{unit_value}（{unit_cell}），{other}填{other_value}（{other_cell}），按{unit}计",
        "请与两个单位核对，改正其中之一，或由区在区表中填写",
    ),
    "named_by_several": Text(
        "warning",
        "check",
        "“{label}”中{entries}名称相同、数量相同或相近，可能重复计算",
        "请核对：是同一项的，只由一个单位填报，其他单位删去该行；确属不同的，请说明原因",
    ),
    "unanswered_item": Text("error", "check", "“{label}”未填：{district_cell}，{unit_cell}", "请由区或该单位填报"),
    "units_unanswered": Text("warning", "check", "“{label}”尚有{count}个成员单位未填报：{units}", "请催报，或说明原因"),
    # documents and their files
    **EVIDENCE,
    # field monitoring
    **FIELD,
}
