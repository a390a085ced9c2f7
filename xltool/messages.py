"""Every text that people read about a fault: where, what is there, what was expected, what to do.

`FINDINGS` are wrong data, `REFUSALS` files that can't be read, `FAULTS` what stops a command. Texts are
Chinese templates; their names in braces are filled from the finding's or the exception's context.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A catalogue entry: `severity` (findings only), `about` (findings only), what is wrong, what to do."""

    severity: str
    about: str
    message: str
    action: str


def _value(severity: str, message: str, action: str) -> Text:
    return Text(severity, "value", message, action)


def _fault(message: str, action: str) -> Text:
    return Text("error", "fault", message, action)


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
    "foreign_formula": _value("error", "“{label}”填的是引用其他单元格的公式“{raw}”", "请直接填计算结果"),
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
    # cell rules
    "required": _value("error", "“{label}”未填", "请填{expected}"),
    "not_integer": _value("error", "“{label}”填的是“{raw}”，应为整数", "请填整数{unit_hint}"),
    "below_minimum": _value("error", "“{label}”填的是“{raw}”，小于最小值{limit}", "请填{expected}"),
    "above_maximum": _value("error", "“{label}”填的是“{raw}”，大于最大值{limit}", "请填{expected}，并核对单位"),
    "too_long": _value("error", "“{label}”有{length}个字，超过{limit}个字", "请压缩到{limit}个字以内"),
    "not_in_list": _value("error", "“{label}”填的是“{raw}”，不在下拉选项中", "请从下拉菜单中选择"),
    "tag_too_long": _value(
        "error", "“{label}”中的标签“{tag}”超过{limit}个字", "每个标签不超过{limit}个字，标签之间用空格分隔"
    ),
    # values from other systems
    "disputed": _value(
        "warning",
        "“{label}”预填的是{prefilled}，区里不同意，认为应为{right}，理由：{why}",
        "请市级核定：维持预填数的，告知区里；采用区里的数的，改正后重新预填",
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
    # places
    "content_lost": Text("error", "content", "找不到“{label}”的填写位置", "表格行列可能被删除，请在原表格中重新填写"),
    "two_candidates": Text("error", "content", "“{label}”有两处填写位置（{places}）", "请删去复制出来的一处"),
    "several_in_run": Text(
        "warning",
        "container",
        "同一张表本次收到两份不同的文件（{earlier}、{later}），按后一份计",
        "请确认哪一份为准；不是后一份的，请重新报送",
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
    # the file
    "legacy_format": Text(
        "hint", "container", "文件是.xls旧格式，公式和显示格式无法核对", "请核对数值；以后请保存为.xlsx格式"
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
    "unanswered_item": Text("error", "check", "“{label}”区表和{unit}的表都未填", "请由区或该单位填报"),
    "units_unanswered": Text("warning", "check", "“{label}”尚有{count}个成员单位未填报：{units}", "请催报，或说明原因"),
}

REFUSALS: dict[str, Text] = {
    "encrypted": _fault("文件已加密，无法打开", "请取消密码后重新报送"),
    "not_a_workbook": _fault("不是Excel工作簿（{found}）", "请报送由本系统发出、填写后保存为.xlsx的表格"),
    "damaged": _fault("文件已损坏，无法读取", "请在原电脑上重新保存后再报送"),
    "empty": _fault("文件是空的（0字节）", "请重新报送"),
    "too_large": _fault("文件过大或内容异常（{found}）", "请删去图片等无关内容后重新报送"),
    "unsafe": _fault("文件结构异常，为安全起见未打开（{found}）", "请在原表格中重新填写后报送"),
    "no_identity": _fault("不是本系统发出的表格，或表格标识已丢失", "请在发出的原表格中填写，不要把内容复制到新文件"),
    "forged_identity": _fault("表格标识被改动（{found}）", "请使用发给本单位的原表格重新填写"),
    "other_campaign": _fault("是另一次监测的表格（标识{found}）", "请使用本次监测发出的表格"),
    "old_edition": _fault("是旧版表格（{found}）", "请使用本年度发出的表格"),
    "unknown_recipient": _fault("表格属于“{found}”，不在本次监测的名单内", "请核对单位名单，必要时重新生成表格"),
}

FAULTS: dict[str, Text] = {
    # usage
    "folder_not_empty": _fault("文件夹“{path}”已存在且不是空的", "请换一个新文件夹"),
    "path_missing": _fault("找不到“{path}”", "请核对路径"),
    "nothing_to_ingest": _fault("“{path}”中没有可读取的文件", "请指定返回的表格、文件夹或压缩包"),
    "unknown_district": _fault("没有名为“{name}”的区", "可用的区：{known}"),
    "unknown_unit": _fault("“{district}”的单位名单中没有“{name}”", "请核对单位名单.xlsx中的单位名称"),
    "unknown_indicator": _fault("没有编号为“{name}”的指标", "用 xltool edition show 查看指标编号"),
    "unknown_snapshot": _fault("没有编号以“{name}”开头的数据快照", "请核对快照编号"),
    "ambiguous_snapshot": _fault("有{count}个数据快照的编号以“{name}”开头", "请多写几位编号"),
    "unknown_edition": _fault("找不到版本“{name}”", "可用的版本：{known}；或给出版本文件夹的路径"),
    "not_issued": _fault("“{path}”不是本次监测发出的表格：{reason}", "请指定outbox中的表格或返回的表格"),
    "output_format": _fault("不支持输出为“{path}”", "请使用{known}结尾的文件名"),
    "output_unwritable": _fault("无法写入“{path}”：{reason}", "请关闭已打开的该文件，或换一个位置"),
    "nothing_returned": _fault(
        "{district}还没有返回任何工作簿，没有可退回修改的", "请在收到该区的表格并运行xltool ingest之后再试"
    ),
    "nothing_to_report": _fault(
        "campaign.toml中没有指定抽样区，命令中也没有给出区名", "请给出区名，或在campaign.toml的sampled中填写"
    ),
    "template_faulty": _fault(
        "模板“{template}”中的标签“{tag}”有误：{reason}（段落“{paragraph}”）", "请在Word中改正该标签，或恢复原模板"
    ),
    "template_broken_layout": _fault(
        "模板“{template}”填入内容后不再是有效的Word文档", "请核对模板中的循环和条件标签是否成对，或恢复原模板"
    ),
    "template_unreadable": _fault("无法打开模板“{path}”", "请核对路径，或恢复原模板"),
    # campaign
    "no_campaign": _fault(
        "“{path}”及其上级文件夹中没有监测项目（campaign.toml）",
        "请进入项目文件夹，或用 -w 指定，或用 xltool init 新建",
    ),
    "campaign_faulty": _fault("{reason}", "请改正后再运行"),
    "secret_missing": _fault("项目文件夹中缺少密钥文件.secret", "请从备份中恢复该文件；没有它无法核对表格标识"),
    "secret_faulty": _fault("密钥文件.secret内容不完整", "请从备份中恢复该文件"),
    "roster_missing": _fault("项目文件夹中缺少单位名单.xlsx", "请从备份中恢复该文件"),
    "roster_faulty": _fault("{reason}", "请改正后再运行"),
    "database_unusable": _fault("数据库无法使用：{reason}", "请核对campaign.toml中的database，或从备份中恢复数据库"),
    "campaign_unwritable": _fault(
        "无法写入“{path}”：{reason}", "请核对磁盘空间和权限后再运行一次；已保存的内容不受影响"
    ),
    "archive_missing": _fault("归档文件夹中缺少文件{sha256}", "请从备份中恢复archive文件夹"),
    "archive_damaged": _fault("归档文件{sha256}已损坏，内容与编号不符", "请从备份中恢复该文件"),
    "campaign_incomplete": _fault("项目文件夹不完整：缺少{missing}", "请从备份中恢复，或用 xltool init 新建项目"),
    "prefill_faulty": _fault("{reason}", "请改正文件后再运行"),
    # expressions
    "expression_syntax": _fault("不是完整的算式", "请核对括号和运算符"),
    "expression_too_long": _fault("算式有{length}个字符，超过{limit}个", "请拆成几条"),
    "expression_too_deep": _fault("算式嵌套超过{limit}层", "请减少括号和函数的层数"),
    "expression_characters": _fault(
        "算式中有不能使用的字符“{found}”", "编号、数字和运算符请用半角，编号只用英文字母、数字和下划线"
    ),
    "expression_assignment": _fault("算式中有单个等号“=”", "比较是否相等请写“==”"),
    "expression_chained": _fault("比较“{found}”连写", "请拆成两个比较，用and连接"),
    "expression_number": _fault("“{found}”不是可用的数", "请用十进制数字书写"),
    "expression_construct": _fault(
        "算式中不能使用“{found}”", "只能用 + - * /、比较、and、or、not、编号、previous.编号和规定的函数"
    ),
    "expression_function": _fault("没有名为“{found}”的函数", "可用的函数：{known}"),
    "expression_arguments": _fault("函数“{found}”的参数不对", "请写成{expected}"),
    "expression_digits": _fault("round的位数不是-{limit}到{limit}的整数", "请直接写出位数"),
    "expression_not_a_number": _fault("“{found}”是判断，不能当作数计算或比较", "请用and、or、not连接判断"),
    "expression_not_a_condition": _fault("“{found}”是数，不是判断", "and、or、not只连接比较"),
    "expression_text_operand": _fault("“{name}”是文字，不能参与计算", "文字项只能单独作为一个指标"),
    "formula_too_long": _fault("“{name}”的公式超过Excel允许的{limit}个字符", "请把算式拆成几条"),
    "formula_too_deep": _fault("“{name}”的公式超过Excel允许的{limit}层嵌套", "请减少算式的括号和函数层数"),
    "formula_too_many_arguments": _fault("“{name}”的公式中有函数超过Excel允许的{limit}个参数", "请把算式拆成几条"),
    "tab_doubled": _fault("工作表名称“{name}”重复，或与表格自带的工作表同名", "请换一个名称"),
    # edition
    "edition_faulty": _fault(
        "版本规则有误：{reason}", "请由市级改正规则文件后再运行（xltool edition lint 可列出全部问题）"
    ),
}

# What fills the {reason} of a fault: one line each, the key or row first.
REASONS: dict[str, str] = {
    # campaign.toml
    "toml_encoding": "文件编码不是UTF-8，请用记事本另存为UTF-8编码",
    "toml_syntax": "第{line}行的写法不对，请对照其他行改正",
    "toml_end": "文件不完整，结尾处缺少内容",
    "unreadable": "无法读取（{reason}）",
    "key_missing": "缺少“{key}”",
    "key_unknown": "“{key}”不是可用的设置项",
    "key_wrong": "“{key}”的值不对，应为{expected}",
    "value_unknown": "“{key}”中的“{value}”不存在，可用的有：{known}",
    "value_doubled": "“{key}”中的“{value}”重复",
    "other_edition": "“edition”写的是{found}，项目中保存的版本是{expected}",
    # 单位名单.xlsx
    "roster_no_workbook": "不是完整的.xlsx文件，无法打开",
    "roster_no_sheet": "缺少工作表“{sheet}”",
    "roster_no_header": "第1行缺少列标题“{header}”",
    "roster_double_header": "第1行的列标题“{header}”出现两次",
    "roster_blank": "第{row}行没有填写“{header}”",
    "roster_district": "第{row}行的“{value}”不是本次监测的区",
    "roster_name": "第{row}行的单位名称“{value}”含有不能用作文件名的字符，或过长",
    "roster_doubled": "第{row}行的“{value}”与第{other}行重复",
    "roster_item": "第{row}行的“{value}”不是由成员单位填报的数据项",
    "roster_item_doubled": "第{row}行的“{value}”已由第{other}行的单位负责，一个数据项只能由一个单位填报",
    "roster_choice": "第{row}行的“{header}”只能填“有”或“无”，现为“{value}”",
    # prefill
    "prefill_no_file": "没有这个文件",
    "prefill_too_large": "文件超过20MB，请拆成几个文件",
    "prefill_no_table": "不是csv或.xlsx表格，或文件已损坏",
    "prefill_no_rows": "没有数据行；第一行应为列标题：区、数据项、数值，其后每行一个数",
    "prefill_doubled_heading": "列标题“{heading}”出现两次",
    "prefill_no_district": "没有写明区",
    "prefill_district": "“{value}”不是本次监测的区，请用全称",
    "prefill_item": "没有名为“{value}”的数据项，请用数据项的名称或编号",
    "prefill_year": "“年度”写的是{value}，本次只接收{data}年（本年）和{previous}年（上年）的数据",
    "prefill_not_platform": "该数据项由区或成员单位填报，不能预填；是上年数据的，请在“年度”列写明{previous}",
    "prefill_previous_text": "该数据项是文字，没有上年值",
    "prefill_blank": "没有数值",
    "prefill_value": "“{value}”不是可用的值，应为{expected}",
    "prefill_doubled": "与第{other}行重复，以第{other}行为准",
    # database
    "database_url": "“database”的写法不对，应为空，或为postgresql+psycopg://开头的地址",
    "database_driver": "没有安装所需的数据库驱动（{name}）",
    "database_none": "不是数据库文件，或文件已损坏",
    "database_foreign": "不是xltool建立的数据库",
    "database_newer": "由更新版本的xltool建立（结构{found}，本程序为{known}），请先升级程序",
    "database_other": "属于另一个监测项目（{found}）",
    "database_locked": "正被其他程序占用，请关闭后再运行一次",
    "database_readonly": "文件或文件夹是只读的",
    "database_full": "磁盘已满",
    "database_io": "磁盘读写出错",
    "database_closed": "打不开数据库文件",
    "database_gone": "连接不上数据库服务器，或连接中断",
    "database_error": "{detail}",
    # edition
    "check_broken": "核对规则“{id}”无法计算：{detail}",
    "check_unknown": "没有名为“{name}”的数据",
    "check_no_condition": "算式的结果不是判断",
    # parts of findings
    "not_live": "{label}：不在工作簿中自查，{why}",
    "not_live_files": "所需数据不在同一份工作簿中，收回后核对",
    "not_live_sum": "数值由几份工作簿合计，收回后核对",
    "not_live_peers": "需要与其他区的数据比较，收回后核对",
    "not_live_trial": "试行规则只供市级查看",
    "change_rule": "“{label}”与上年相差不大",
    "change_beyond": "变化超过{share}%（且超过{least}）",
    "change_why": "与上年相差很大的数值多为单位或口径有误",
    "figure_per": "“{label}”按“{per}”平均",
    "figure_item": "“{label}”",
    "figure_indicator": "指标“{label}”",
    "ratio_large": "可能是应填数值的{factor}倍",
    "ratio_small": "可能只有应填数值的{factor}分之一",
    "evidence_previous": "上年为{value}{unit_of_measure}",
    "evidence_related": "“{label}”为{value}{unit_of_measure}",
    "evidence_peers": "按各区通常范围应在{low}至{high}{unit_of_measure}之间",
    "change_share": "{side}{share}%",
    "change_from_zero": "{side}{difference}",
    "culprit_one": "。最可能填错的是{cells}",
    "culprit_several": "。可能填错的是{cells}",
    "culprit_among": "“{label}”中的一格（{count}格都有可能）",
    "culprit_not_linear": "。本条规则不是线性算式，不推断哪一格填错",
    # operating system
    "os_permission": "没有权限",
    "os_missing": "文件或文件夹不存在",
    "os_full": "磁盘已满",
    "os_readonly": "磁盘是只读的",
    "os_no_folder": "路径中有一段不是文件夹",
    "os_other": "系统错误{number}",
}

LINT: dict[str, tuple[str, str]] = {
    # files
    "file_missing": ("error", "缺少这个文件，或文件无法打开"),
    "file_unknown": ("warning", "不认识的文件，没有读取；可用的文件：{known}"),
    "not_utf8": ("error", "不是UTF-8编码，请以UTF-8编码重新保存"),
    "yaml_syntax": ("error", "YAML写法有误，请检查缩进、冒号后的空格和引号"),
    "no_mapping": ("error", "文件内容应由“名称: 值”组成"),
    "key_doubled": ("error", "“{key}”在同一处写了两次"),
    "bad_scalar": ("error", "“{value}”不是有效的值；若是文字，请加引号"),
    "too_deep": ("error", "内容嵌套过深"),
    # structure
    "schema_missing": ("error", "缺少格式版本，文件应以“schema: {version}”开头"),
    "schema_version": ("error", "格式版本为{found}，本程序只能读取{version}"),
    "field_missing": ("error", "缺少“{field}”"),
    "field_unknown": ("error", "不认识的字段“{field}”"),
    "field_type": ("error", "“{field}”应为{limit}"),
    "field_empty": ("error", "“{field}”不能为空"),
    "field_id": ("error", "“{field}”的写法不对：{value}；数据编号用小写字母、数字和下划线，指标编号用1.1.1的样式"),
    "field_choice": ("error", "“{field}”不能是“{value}”，可以是：{limit}"),
    "field_minimum": ("error", "“{field}”的值{value}小于{limit}"),
    "field_maximum": ("error", "“{field}”的值{value}大于{limit}"),
    "field_length": ("error", "“{field}”超过{limit}个字"),
    # names and references
    "id_doubled": ("error", "编号或名称“{id}”重复，已用于{place}"),
    "id_reserved": ("error", "编号“{id}”是保留字，请换一个"),
    "framework_parent": ("error", "指标编号“{id}”应以上级编号“{parent}.”开头"),
    "framework_unknown": ("error", "没有编号为“{id}”的二级或三级指标"),
    "responsible_unknown": ("error", "责任单位“{name}”不在成员单位默认名单中，也不是“{each}”"),
    "responsible_each": ("error", "各成员单位分别填报的数据项，责任单位应为“{each}”"),
    "item_kind": ("error", "数据项“{id}”应写rules或columns之一"),
    "item_table_fields": ("error", "清单“{id}”应写total、entry和sheet"),
    "item_scalar_fields": ("error", "数据项“{id}”不是清单，不能写{field}"),
    "table_total": ("error", "清单“{id}”的合计列“{column}”应是本清单的必填数字列"),
    "table_entry": ("error", "清单“{id}”的名称列“{column}”应是本清单的必填文字列"),
    "item_unused": ("warning", "数据项“{id}”没有用于任何公式或核对规则；确实只作参考的，请写informational: true"),
    "item_used": ("warning", "数据项“{id}”已用于公式或核对规则，不必写informational: true"),
    "rules_range": ("error", "最小值{min}大于最大值{max}"),
    "rules_bounds": ("error", "最小值、最大值应与类型“{type}”一致"),
    "answers_unknown": ("error", "“{unit}”填报的“{id}”不是由一个成员单位填报的数据项"),
    "answers_responsible": ("error", "数据项“{id}”的责任单位是“{responsible}”，却由“{unit}”填报"),
    "answers_nobody": ("error", "数据项“{id}”没有写入任何成员单位的answers_for"),
    "answers_workbook": ("error", "“{unit}”没有成员单位表格，不能有answers_for"),
    "unit_unknown": ("error", "成员单位默认名单中没有“{name}”"),
    "list_unknown": ("error", "没有名为“{name}”的下拉清单"),
    "list_unused": ("warning", "下拉清单“{name}”没有使用"),
    "choice_without_list": ("error", "列“{column}”从下拉菜单选择，却没有指定清单"),
    "parent_column": ("error", "列“{column}”依赖的“{parent}”不在它前面"),
    "column_unknown": ("error", "没有编号为“{column}”的列"),
    "column_unused": ("warning", "列“{column}”没有用于任何文档类型"),
    "tag_too_long": ("error", "标签“{tag}”超过{limit}个字"),
    "tags_node": ("error", "没有编号为“{id}”的二级指标"),
    "rows_unknown": ("error", "“{name}”不是清单或文档的编号，也不是{known}之一"),
    "rows_missing": ("error", "缺少“{name}”的预留行数"),
    "dates_order": ("error", "结束日期{end}早于开始日期{start}"),
    # Excel
    "sheet_long": ("error", "工作表标签“{name}”超过{limit}个字"),
    "sheet_characters": ("error", "工作表标签“{name}”含有不能用的字符（[ ] : * ? / \\ 或首尾的单引号）"),
    "sheet_doubled": ("error", "工作表标签“{name}”重复，已用于{place}"),
    "prompt_long": ("error", "说明有{length}个字，超过{limit}个字，填写提示中放不下"),
    # formulas and checks
    "expression": ("error", "公式“{expression}”有误：{reason}"),
    "operand_unknown": ("error", "公式中的“{name}”不是{known}"),
    "operand_table": ("error", "公式中的“{name}”是清单，应写sum({name}.列)或count({name})"),
    "operand_text": ("error", "公式中的“{name}”是文字，不能计算"),
    "operand_date": ("error", "公式中的“{name}”是日期，不能合计"),
    "operand_scope": ("error", "公式中的“{name}”不是各成员单位分别填报的数据项，不能用于成员单位的核对规则"),
    "operand_row": ("error", "清单每行的核对规则只能用本行的列，不能用“{name}”"),
    "formula_verdict": ("error", "公式“{expression}”的结果应为数值"),
    "check_verdict": ("error", "核对规则“{expression}”的结果应为成立或不成立"),
    "check_table": ("error", "清单每行的核对规则应以table写明清单或文档的编号"),
    "check_no_table": ("error", "只有清单每行的核对规则可以写table"),
    "table_unknown": ("error", "没有编号为“{name}”的清单或文档类型"),
    "placeholder": ("error", "说明中的“{{{name}}}”不在本规则的公式中；可用的有：{known}"),
    "placeholder_syntax": ("error", "说明中的大括号写法不对"),
    "comparison_figure": ("error", "没有编号为“{name}”的数值类数据项"),
    "comparison_indicator": ("error", "没有编号为“{name}”的指标"),
    "comparison_doubled": ("error", "“{name}”在同一组比较中写了两次"),
    "check_never_fails": ("warning", "核对规则“{id}”对{samples}组随机数据从未不成立，可能没有作用"),
    "check_never_holds": ("warning", "核对规则“{id}”对{samples}组随机数据从未成立，可能写反了"),
}

_OS_REASONS = {
    errno.EACCES: "os_permission",
    errno.EPERM: "os_permission",
    errno.ENOENT: "os_missing",
    errno.ENOSPC: "os_full",
    errno.EDQUOT: "os_full",
    errno.EROFS: "os_readonly",
    errno.ENOTDIR: "os_no_folder",
}


def reason(code: str, **context: object) -> str:
    """The text for a fault's `{reason}`."""
    return REASONS[code].format_map(context)


def os_reason(error: OSError) -> str:
    """Why the operating system refused, in Chinese."""
    return reason(_OS_REASONS.get(error.errno or 0, "os_other"), number=error.errno)


def fault(code: str, **context: object) -> tuple[str, str]:
    """Message and action of a refusal or a fault."""
    text = REFUSALS.get(code) or FAULTS[code]
    return text.message.format_map(context), text.action.format_map(context)


def finding(code: str, **context: object) -> tuple[Text, str, str]:
    """The catalogue entry of a finding with its message and action filled in."""
    text = FINDINGS[code]
    return text, text.message.format_map(context), text.action.format_map(context)
