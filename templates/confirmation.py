"""The confirmation letter (确认函), which a district signs and seals."""

from __future__ import annotations

from builder import Builder, Column

from xltool.model.review import DIGEST_MARK, SNAPSHOT_MARK

FIGURES: tuple[Column, ...] = (
    Column("序号", "row.number", "TableMiddle", 10),
    Column("数据项", "row.label", "TableText", 76),
    Column("单位", "row.unit", "TableMiddle", 20),
    Column("数值", "row.value", "TableNumber", 28),
    Column("计入单位", "row.note", "TableMiddle", 22),
)
OPINIONS: tuple[Column, ...] = (
    Column("环节", "row.step", "TableMiddle", 32),
    Column("办理人", "row.by", "TableMiddle", 28),
    Column("意见", "row.opinion", "TableText", 61),
    Column("记录日期", "row.day", "TableMiddle", 35),
)
APPROVED = (
    ("监测年度", "{{ report.monitoring_year }}"),
    ("数据年度", "{{ report.data_year }}（{{ report.period }}）"),
    ("报送情况", "{{ report.returned }}"),
    ("数据截至", "{{ report.cut_off }}"),
    (SNAPSHOT_MARK, "{{ report.snapshot }}"),
    ("本区数据校验码", "{{ report.values_digest }}（简码{{ report.values_short }}，共{{ report.values }}个数据）"),
    ("指标", "{{ report.indicators }}"),
    (DIGEST_MARK, "{{ report.log_digest }}"),
)


def build() -> bytes:
    """The template; its tags may name what `xltool.reports.confirmation.ConfirmationLetter` has."""
    doc = Builder("confirmation")
    doc.add("Title", "{{ report.heading }}")
    doc.add("Addressee", "{{ report.office }}：")
    doc.add(
        "BodyText",
        "根据{{ report.notice }}，我区完成了{{ report.title }}的数据填报，并经初审、复审通过。我区确认"
        "{{ report.tables.approved }}所列数据快照中的本区数据，对其真实性、准确性、完整性负责。",
    )
    doc.caption("report.tables.approved", "{{ report.district }}确认的数据")
    doc.form(APPROVED, (30, 126))
    doc.add("TableNote", "注：校验码由数据算出，数据有任何改动，校验码即不同。签字、盖章后请扫描为PDF报送。")
    _signing(doc)
    doc.add("Annex", "附件")
    doc.caption(
        "report.tables.figures",
        "{{ report.district }}主要数据（校验码{{ report.values_short }}）",
    )
    doc.table(FIGURES, "report.figures")
    doc.add("TableNote", "注：“计入单位”是各成员单位分别填报的数据中，已填报的单位数/应填报的单位数。")
    doc.caption("report.tables.opinions", "审核意见")
    doc.table(OPINIONS, "report.opinions")
    return doc.bytes()


def _signing(doc: Builder) -> None:
    doc.add("BodyText", "附件：主要数据和审核意见（{{ report.tables.figures }}、{{ report.tables.opinions }}）")
    doc.add("BodyText", "")
    doc.add("Remark", "负责人（签字）：")
    doc.add("BodyText", "")
    doc.add("Signature", "{{ report.district }}学习办（盖章）")
    doc.add("Signature", "　　年　　月　　日")
