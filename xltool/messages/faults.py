"""Files that can't be read (`REFUSALS`), and what stops a command (`FAULTS`)."""

from __future__ import annotations

from xltool.messages.text import Text
from xltool.messages.text import fault_text as _fault

REFUSALS: dict[str, Text] = {
    "encrypted": _fault("文件已加密，无法打开", "请用 --password 给出密码，或请填报人取消密码后重新报送"),
    "not_a_workbook": _fault("不是Excel工作簿（{found}）", "请报送由本系统发出、填写后保存为.xlsx的表格"),
    "damaged": _fault("文件已损坏，无法读取", "请在原电脑上重新保存后再报送"),
    "empty": _fault("文件是空的（0字节）", "请重新报送"),
    "too_large": _fault("文件过大或内容异常（{found}）", "请删去图片等无关内容后重新报送"),
    "unsafe": _fault("文件结构异常，为安全起见未打开（{found}）", "请在原表格中重新填写后报送"),
    "no_identity": _fault(
        "不是本系统发出的表格，或表格标识已丢失",
        "请在发出的原表格中填写，不要把内容复制到新文件；已核实来源的，可用 ingest --as 指定区和单位",
    ),
    "forged_identity": _fault("表格标识被改动（{found}）", "请使用发给本单位的原表格重新填写"),
    "other_campaign": _fault("是另一次监测的表格，不是本次监测发出的", "请使用本次监测发出的表格"),
    "old_edition": _fault("是旧版表格（{found}）", "请使用本年度发出的表格"),
    "unknown_recipient": _fault("表格属于“{found}”，不在本次监测的名单内", "请核对单位名单，必要时重新生成表格"),
    # one of the codes above, for a reason of its own
    "wrong_password": _fault("文件已加密，给出的密码打不开", "请核对密码，或请填报人取消密码后重新报送"),
    "unknown_encryption": _fault("文件已加密，加密方式无法识别", "请填报人取消密码后重新报送"),
    "other_spreadsheet": _fault("是不能读取的表格格式（{found}）", "请用原来的程序打开，另存为.xlsx后重新报送"),
    "other_archive": _fault("是不能打开的压缩格式（{found}）", "请解压后再读取，或改用.zip压缩"),
    "range_too_large": _fault("工作表的使用范围过大", "请删除表格以外的行和列，另存为.xlsx后重新报送"),
    "nested_too_large": _fault("压缩包中的压缩包超过{limit}MB，没有打开", "请先解压，再读取其中的文件"),
    "too_many_members": _fault("压缩包中的文件超过{limit}个，没有打开", "请分成几个压缩包"),
    "zips_too_deep": _fault("压缩包中层层套有压缩包，超过{limit}层，没有打开", "请先解压，再读取其中的文件"),
    "folders_too_deep": _fault("文件夹超过{limit}层，其中的文件没有读取", "请把文件移到上层文件夹后再运行一次"),
    "folder_unreadable": _fault("文件夹无法打开，其中的文件没有读取", "请核对文件夹的权限后再运行一次"),
    "link": _fault("是指向别处的链接，没有打开", "请把文件本身放进文件夹"),
    "special_file": _fault("不是文件，而是设备、管道等，没有打开", "请指定返回的表格、文件夹或压缩包"),
    "unreadable": _fault("文件无法打开：{reason}", "请核对文件是否还在、是否有权限，再运行一次"),
    "changed_meanwhile": _fault("读取过程中文件被改动", "请关闭正在编辑该文件的程序，再运行一次"),
    "nothing_to_map": _fault(
        "文件中找不到可以读取的填报内容", "请核对是否是本次监测的表格；表头和项目名称应与发出的表格一致"
    ),
    "nothing_carries": _fault(
        "是较早发出的表格，填写的{count}项现在都不采集，或填报要求已改变：{items}", "请用最近一次发出的表格重新填写"
    ),
    "too_slow": _fault("读取超过{limit}秒仍未完成，已停止", "请在原表格中重新填写后报送"),
    "out_of_memory": _fault("读取所需内存超过{limit}MB，已停止", "请在原表格中重新填写后报送"),
    "reader_died": _fault("读取中程序异常中止，文件可能已损坏", "请在原电脑上重新保存后再报送"),
    "reader_failed": _fault("读取中程序出错（{found}）", "请重新保存后再报送；仍不能读取的，请把文件交给程序维护人员"),
}

FAULTS: dict[str, Text] = {
    # usage
    "folder_not_empty": _fault("文件夹“{path}”已存在且不是空的", "请换一个新文件夹"),
    "path_missing": _fault("找不到“{path}”", "请核对路径"),
    "nothing_to_ingest": _fault("“{path}”中没有可读取的文件", "请指定返回的表格、文件夹或压缩包"),
    "unknown_district": _fault("没有名为“{name}”的区", "请用下列区名之一：{known}"),
    "own_return_in": _fault(
        "{district}已返回区表，不再生成填入单位数据的区表：区表留空的，汇总时自动取用成员单位所报的数据，两处不一致的列入问题清单",
        "请用 xltool findings 查看不一致之处；需要该区改正的，将区表退回该区",
    ),
    "no_unit_returned": _fault(
        "{district}还没有成员单位返回表格", "请在收到成员单位的表格并运行xltool ingest之后再生成"
    ),
    "no_units_returned": _fault(
        "没有可以填入成员单位数据的区：各区的成员单位都没有返回表格，或区表已经返回",
        "请在收到成员单位的表格并运行xltool ingest之后再生成",
    ),
    "stages_together": _fault("{options}不能同时使用", "请去掉其中之一"),
    "unknown_unit": _fault("“{district}”的单位名单中没有“{name}”", "请核对单位名单.xlsx中的单位名称"),
    "as_one_file": _fault("--as 只用于一个文件，这里有{count}个", "请逐个指定文件"),
    "as_not_issued": _fault("还没有给“{named}”发出过表格", "请核对区和单位名称，或先运行 xltool generate"),
    "as_anothers": _fault("该表格带有“{owner}”的有效标识，不能指定给“{named}”", "请不加 --as 直接读取，或核对文件"),
    "unknown_indicator": _fault("没有编号为“{name}”的指标", "请用 xltool edition show 查看指标编号"),
    "unknown_snapshot": _fault("没有编号以“{name}”开头的数据快照", "请核对快照编号"),
    "ambiguous_snapshot": _fault("有{count}个数据快照的编号以“{name}”开头", "请多写几位编号"),
    "unknown_edition": _fault("找不到版本“{name}”", "请用下列版本之一：{known}；或给出版本文件夹的路径"),
    "not_issued": _fault("“{path}”不是本次监测发出的表格：{reason}", "请指定outbox中的表格或返回的表格"),
    "output_format": _fault("不支持输出为“{path}”", "请使用{known}结尾的文件名"),
    "output_unwritable": _fault(
        "无法写入“{path}”：{reason}", "请核对磁盘空间和权限，关闭已打开的该文件，或换一个位置后再运行一次"
    ),
    "result_unwritable": _fault(
        "无法输出结果：{reason}", "请核对磁盘空间，或换一个位置后再运行一次；已保存的内容不受影响"
    ),
    "nothing_returned": _fault(
        "{district}还没有返回任何工作簿，没有可退回修改的", "请在收到该区的表格并运行xltool ingest之后再试"
    ),
    "due_passed": _fault("改正期限{due}已经过去（今天是{today}）", "请给出今天或今天以后的日期"),
    "confirmation_early": _fault(
        "{district}的状态是“{status}”，不能生成确认函", "状态为“{allowed}”的区才有确认函，请先办理审核"
    ),
    "confirmation_old_snapshot": _fault(
        "{district}是用本工具较早的版本提交的，当时的数据快照没有保存确认函的主要数据，不能生成确认函",
        "请用 xltool review return（审核完成的用 xltool review reopen）退回该区后重新提交、审核",
    ),
    "nothing_to_confirm": _fault("没有状态为“{allowed}”的区，没有可生成的确认函", "请先办理审核"),
    "unknown_finding": _fault("没有编号以“{name}”开头的问题", "请用 xltool findings 查看编号"),
    "ambiguous_finding": _fault("有{count}个问题的编号以“{name}”开头", "请写明是哪一个：{known}"),
    "finding_gone": _fault(
        "编号为“{name}”的问题已经不存在：已改正，或报送的内容已变", "请用 xltool findings 查看现有的问题"
    ),
    "finding_folded": _fault(
        "该问题由另一个问题引起，不单独说明（{message}）", "请处理起因（编号{cause}）：{cause_message}"
    ),
    "finding_hint": _fault("该问题是提示，只供核对（{message}）", "请只作核对，不必说明或豁免"),
    "finding_trial": _fault("该问题由试行规则查出，只供市级查看（{message}）", "请只作核对，不必说明或豁免"),
    "explain_submitted": _fault(
        "{district}已提交审核，问题的说明不再改动",
        "需要改动的，请先用 xltool review return 退回或 review reopen 重新打开",
    ),
    "nothing_to_withdraw": _fault("该问题没有市级的说明可以撤回（{message}）", "请用 xltool findings 查看处理状态"),
    "dispute_without_value": _fault(
        "区里没有写明可以读取的正确值，不能采用（{message}）", "请区里在“平台数据核对”表中填写正确值后重新报送"
    ),
    "dispute_faulty": _fault("区里填写的正确值有误，不能采用（{message}）", "请区里改正后重新报送"),
    "nothing_to_report": _fault(
        "campaign.toml中没有指定抽样区，命令中也没有给出区名", "请给出区名，或在campaign.toml的sampled中填写"
    ),
    "template_faulty": _fault(
        "模板“{template}”中的标签“{tag}”有误：{reason}（段落“{paragraph}”）", "请在Word中改正该标签，或恢复原模板"
    ),
    "template_broken_layout": _fault(
        "模板“{template}”填入内容后不再是有效的Word文档", "请核对模板中的循环和条件标签是否成对，或恢复原模板"
    ),
    "template_style": _fault(
        "模板“{template}”缺少样式“{style}”（段落“{paragraph}”）", "请在Word中给该段落另选样式，或恢复原模板"
    ),
    "template_caption_missing": _fault(
        "模板“{template}”中没有正文引用的一个{kind}的题注（段落“{paragraph}”）",
        "请保留该{kind}和它的题注，或恢复原模板",
    ),
    "template_caption_doubled": _fault(
        "模板“{template}”中同一个{kind}的题注出现了两次（段落“{paragraph}”）", "请删去其中一处，或恢复原模板"
    ),
    "template_kind": _fault(
        "看不出模板“{path}”是哪一种报告的",
        "请用 --kind 写明，可选：{known}；或从原模板改起，文件属性中的报告种类不要删去",
    ),
    "report_kind": _fault("“{path}”不是本工具生成的报告，看不出它的种类和数据快照", "请核对文件；文件属性不要删去"),
    "report_unreadable": _fault("无法打开报告“{path}”", "请核对路径；应为Word文件（.docx）"),
    "report_other_campaign": _fault(
        "报告“{path}”依据的数据快照{snapshot}不在本监测项目中", "请核对它是否属于另一个监测项目，或用 -w 指定项目文件夹"
    ),
    "report_superseded": _fault(
        "{district}的这份确认函依据的是较早一次提交的数据快照{snapshot}",
        "请核对；最近一次提交的确认函请用 xltool report confirmation 生成",
    ),
    "template_unreadable": _fault("无法打开模板“{path}”", "请核对路径，或恢复原模板"),
    # review
    "review_step": _fault("{district}的状态是“{status}”，不能{step}", "请核对；现在可以办理：{allowed}"),
    "review_early": _fault("{district}的状态是“{status}”，不能{step}", "请在收到该区的表格并运行xltool ingest之后再试"),
    "review_none": _fault("本次监测的方案没有规定审核状态，不能办理审核", "请核对版本规则edition.yaml中的statuses"),
    "review_blocked": _fault(
        "{district}还有{counts}没有解决，不能{step}",
        "请用 xltool findings --district {district} 查看，改正或说明原因后再试",
    ),
    "review_changed": _fault(
        "{district}的数据与提交审核时不同（{items}），不能{step}",
        "请用 xltool review return {district} 退回后重新提交，或恢复原来的单位名单",
    ),
    "review_moved": _fault(
        "{district}的状态或数据在办理时被其他人改动，本次没有办理", "请用 xltool status 核对后再运行一次"
    ),
    "review_log_faulty": _fault(
        "{district}的审核记录前后不符，不能继续办理", "请用 xltool review verify {district} 查看，并从备份中恢复数据库"
    ),
    "review_log_unreadable": _fault(
        "{district}的第{number}条审核记录被改动，无法读取",
        "请用 xltool review verify {district} 查看，并从备份中恢复数据库",
    ),
    "review_state_unreadable": _fault("{district}保存的状态被改动，无法读取", "请从备份中恢复数据库"),
    "review_blank": _fault("“{option}”没有填写内容", "请写明{what}"),
    "review_long": _fault("“{option}”有{length}个字，超过{limit}个", "请缩短后再试"),
    "letter_folder": _fault("“{path}”是文件夹，不是确认函的扫描件", "请指定一个PDF文件"),
    "letter_unreadable": _fault("无法读取“{path}”：{reason}", "请核对该文件后再试"),
    "letter_empty": _fault("“{path}”是空的（0字节）", "请重新扫描"),
    "letter_too_large": _fault("“{path}”超过{limit}MB", "请降低扫描分辨率后重新扫描"),
    "letter_no_pdf": _fault("“{path}”不是PDF文件，或文件已损坏", "请把签字、盖章的确认函扫描成PDF文件"),
    "letter_locked": _fault("“{path}”已加密", "请取消密码后再试"),
    "letter_pages": _fault("“{path}”有{count}页，应为1至{limit}页", "请只扫描确认函"),
    "letter_no_word": _fault("“{path}”不是Word文件（.docx），或文件已损坏", "请指定确认函的.docx或.pdf文件"),
    "letter_format": _fault("“{path}”不是.pdf或.docx文件", "请指定确认函的.docx或.pdf文件"),
    "letter_district": _fault("这份确认函是{found}的，不是{district}的", "请核对后指定{district}的确认函"),
    "letter_snapshot": _fault(
        "确认函上的数据快照编号是{found}…，{district}审核的是{expected}…",
        "请用本次审核的确认函签字、盖章；文字识别有误的，请改用不带识别文字的扫描件",
    ),
    "letter_digest": _fault(
        "确认函上的审核记录校验码是{found}…，{district}最近一次审核的是{expected}…",
        "请用最近一次审核通过后生成的确认函签字、盖章",
    ),
    "snapshot_typed": _fault(
        "输入的数据快照编号“{found}”不是{district}本次审核的编号（{expected}…，至少输入前8位）",
        "请核对确认函；编号确实不同的，请用本次审核的确认函签字、盖章",
    ),
    "snapshot_damaged": _fault("数据快照{name}的内容与编号不符，已被改动", "请从备份中恢复数据库"),
    "field_no_scheme": _fault("本版本没有实地监测的规则（field.yaml）", "请核对版本"),
    "field_no_district": _fault("没有指定抽样区", "请在campaign.toml的sampled中写入抽样区"),
    "field_not_sampled": _fault("“{name}”不是抽样区", "请给出抽样区的名称：{known}"),
    "field_no_experts": _fault(
        "没有写明{district}的实地监测专家", '请在campaign.toml的[field."{district}"]中填写experts'
    ),
    "field_no_sites": _fault("没有写明{district}的监测点", '请在campaign.toml的[field."{district}"]中填写sites'),
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
    "database_hindered": _fault("数据库暂时无法使用：{reason}", "请排除后再运行一次；已保存的内容不受影响"),
    "campaign_unwritable": _fault(
        "无法写入“{path}”：{reason}", "请核对磁盘空间和权限后再运行一次；已保存的内容不受影响"
    ),
    "stopped": _fault("已中断", "已保存的内容不受影响，没有写了一半的文件；要继续，请再次运行同一命令"),
    "stopped_within": _fault(
        "已中断：已完成{done}个，共{total}个",
        "已保存的内容不受影响，没有写了一半的文件；要做完其余部分，请再次运行同一命令",
    ),
    "scheduler_extra": _fault("没有安装使用计算集群所需的组件", "请按使用手册“并行和中断”一段安装后再试"),
    "scheduler_silent": _fault("连接不上计算集群的调度程序“{address}”", "请核对地址，或去掉 --scheduler 在本机处理"),
    "scheduler_idle": _fault("计算集群“{address}”中没有处理进程", "请先启动处理进程，或去掉 --scheduler 在本机处理"),
    "scheduler_lost": _fault("与计算集群“{address}”的连接中断", "请核对集群后再运行一次同一命令"),
    "workers_elsewhere": _fault("--workers与--scheduler不能同时使用", "请去掉其中之一；集群的进程数由集群决定"),
    "source_gone": _fault("“{path}”中途无法访问，没有读完", "请核对网络或磁盘是否断开，恢复后再运行一次同一命令"),
    "check_lost": _fault("各区数据没有核对完：{reason}", "请再运行一次同一命令；仍不能完成的，请联系程序维护人员"),
    "work_lost": _fault("部分文件没有做完：{reason}", "请再运行一次同一命令；仍不能完成的，请联系程序维护人员"),
    "archive_missing": _fault(
        "归档文件夹中缺少文件{sha256}",
        "请从备份中恢复archive文件夹；几个人共用数据库的，请核对各人campaign.toml中的archive是同一个文件夹",
    ),
    "archive_unreachable": _fault(
        "归档文件夹“{path}”不能使用：{reason}",
        "请核对网络文件夹是否已连接、campaign.toml中的archive是否正确，再运行一次同一命令；已保存的内容不受影响",
    ),
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
        "算式中不能使用“{found}”", "请只用 + - * /、比较、and、or、not、编号、previous.编号和规定的函数"
    ),
    "expression_function": _fault("没有名为“{found}”的函数", "请用下列函数之一：{known}"),
    "expression_arguments": _fault("函数“{found}”的参数不对", "请写成{expected}"),
    "expression_digits": _fault("round的位数不是-{limit}到{limit}的整数", "请直接写出位数"),
    "expression_not_a_number": _fault("“{found}”是判断，不能当作数计算或比较", "请用and、or、not连接判断"),
    "expression_not_a_condition": _fault("“{found}”是数，不是判断", "请改用比较；and、or、not只连接比较"),
    "expression_text_operand": _fault("“{name}”是文字，不能参与计算", "请去掉该项；文字项只能单独作为一个指标"),
    "formula_too_long": _fault("“{name}”的公式超过Excel允许的{limit}个字符", "请把算式拆成几条"),
    "formula_too_deep": _fault("“{name}”的公式超过Excel允许的{limit}层嵌套", "请减少算式的括号和函数层数"),
    "formula_too_many_arguments": _fault("“{name}”的公式中有函数超过Excel允许的{limit}个参数", "请把算式拆成几条"),
    "tab_doubled": _fault("工作表名称“{name}”重复，或与表格自带的工作表同名", "请换一个名称"),
    # edition
    "edition_faulty": _fault(
        "版本规则有误：{reason}", "请由市级改正规则文件后再运行（xltool edition lint 可列出全部问题）"
    ),
}
