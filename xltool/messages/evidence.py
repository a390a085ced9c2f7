"""What is said of documents and of the files that come with them."""

from __future__ import annotations

from xltool.messages.text import Text


def _cell(severity: str, message: str, action: str) -> Text:
    return Text(severity, "value", message, action)


EVIDENCE: dict[str, Text] = {
    "attachment_missing": _cell("warning", "“{label}”填的“{name}”没有收到", "请把该文件与本表放在同一文件夹内一并报送，或改正文件名；不能报送的请说明原因"),
    "attachment_too_large": _cell("warning", "“{label}”填的“{name}”有{size}，超过可以接收的大小，没有存档", "请压缩或拆分后重新报送；不能压缩的请说明原因，并以其他方式报送"),
    "attachment_unreadable": _cell("warning", "“{label}”填的“{name}”无法读取：{reason}", "请重新保存后再报送"),
    "attachment_empty": _cell("warning", "“{label}”填的“{name}”是空文件（0字节）", "请重新报送该文件"),
    "attachment_ambiguous": _cell("warning", "“{label}”填的“{name}”有几份内容不同的文件（{files}），无法确认是哪一份", "请只报送其中一份，或改用不同的文件名"),
    "attachment_shared": _cell("warning", "“{label}”填的“{name}”与其他区的文件放在一起，其他区也填了这个文件名，无法确认属于哪个区", "请把各区的表格和附件分别放在各区的文件夹内重新读取"),
    "attachment_named_twice": _cell("warning", "“{label}”填的“{name}”在{places}也填了", "请核对是否填错；确为同一文件的，只在一处填写，大事记可改填“关联文件”"),
    "attachment_doubled": _cell("warning", "“{label}”填的“{name}”与{places}的“{other}”内容完全相同", "请核对是否附错文件；确为同一文件的，不必重复报送"),
    "attachment_renamed": _cell("hint", "“{label}”填的是“{name}”，按收到的“{found}”认定", "请核对；以后请填写完整的文件名（含扩展名）"),
    "related_unknown": _cell("warning", "“{label}”填的“{name}”不是本工作簿所列文档的标题", "请填写本工作簿中文档的标题；没有列出的文档请先在相应的表中填写"),
    "related_itself": _cell("warning", "“{label}”填的“{name}”就是本条文档", "请填写其他文档的标题，或留空"),
    "attachment_surplus": Text("hint", "container", "收到的文件“{name}”没有文档提到", "请核对：是文档附件的，请在该文档的“附件”栏填写文件名；无关的不必报送"),
}  # fmt: skip
