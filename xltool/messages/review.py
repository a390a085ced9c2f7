"""What `review verify` says: faults that it found, what agrees, and what it can't know."""

from __future__ import annotations

VERIFICATION: dict[str, str] = {
    "other_key": "全部{count}条记录都与密钥不符：记录被改动，或.secret不是原来的密钥",
    "unreadable": "这条记录被改动，已无法读取",
    "changed": "这条记录的内容被改动过",
    "unlinked": "这条记录与前一条不衔接：之间有记录被删去、插入或调换了次序",
    "not_allowed": "这条记录的状态变化不符合规定，或与前一条的状态不衔接",
    "emptied": "审核记录被全部删去",
    "cut": "第{number}条之后的记录被删去，或末尾的记录被替换",
    "status_differs": "保存的状态与这条记录不一致",
    "named_missing": "数据快照{snapshot}中记下的一条记录，现在的审核记录中没有",
    "snapshot_missing": "缺少这条记录所指的数据快照{snapshot}",
    "snapshot_damaged": "数据快照{snapshot}的内容与编号不符，已被改动",
    "values_differ": "现在的数据与审核的数据快照不同：{items}",
    "letter_missing": "存档中缺少这条记录所指的确认函扫描件",
    "letter_damaged": "存档的确认函扫描件已被改动或损坏",
    "letter_same": "与存档的确认函扫描件完全相同",
    "letter_agrees": "确认函上的校验码与这条记录一致",
    "letter_differs": "确认函上的校验码{digest}…在审核记录中找不到：记录被改动或截断，或确认函不是本项目的",
    "letter_district": "确认函是{found}的，不是{district}的，没有核对；请指定该区的确认函",
    "letter_snapshot": "确认函上的数据快照编号{found}…与这条记录审核的{expected}…不同",
    "letter_silent": "确认函中没有可识别的校验码，无法核对；请人工对照纸面上的校验码",
    "whole": "记录{count}条，前后衔接，与保存的状态、数据快照和确认函存档一致",
    "none": "还没有审核记录",
}

LIMITS: tuple[str, ...] = (
    "持有密钥（.secret）的人可以重写整份记录，只有已经印在确认函或记入数据快照的校验码改不了；请保管好密钥和纸质确认函。",
    "末尾的记录连同保存的状态一并删去时，只有确认函或数据快照记有后来的校验码才能发现。",
    "扫描件是否真由本人签字、盖章，以及没有识别文字的扫描件上印的编号，须由人工核对。",
)


def verification(code: str, **context: object) -> str:
    """What was found about one entry or one log."""
    return VERIFICATION[code].format_map(context)
