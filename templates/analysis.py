"""The data analysis report (数据分析报告) on all districts."""

from __future__ import annotations

import whole
from builder import Builder


def build() -> bytes:
    """The template; its tags may name what `xltool.reports.whole.context.CityReport` has."""
    doc = Builder("analysis")
    whole.opening(
        doc, "根据{{ report.notice }}，现将{{ report.city }}各区线上数据的采集、质量、分布和差异情况分析如下。"
    )
    whole.collection(doc)
    whole.quality(doc)
    whole.spread(doc)
    whole.differences(doc)
    whole.signature(doc, ("方法说明",))
    whole.method(doc, (("数据", "data_notes"), ("比较", "comparison_notes")))
    return doc.bytes()
