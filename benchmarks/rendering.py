"""A full sub-report against the floor: plain string replacement and zipping of the same document, charts aside.

The floor puts the same texts into the same document, all in one pass of `re.sub` (a `str.replace` for each takes many
times as long), and zips the parts. It knows no loops, conditions, escaping, numbering or checks. Interleaved, medians:

    python benchmarks/rendering.py
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from figures import Figure, interleaved, table

from xltool import data
from xltool import edition as editions
from xltool.model.edition import Edition
from xltool.reports.chart_parts import Chart
from xltool.reports.context import DistrictReport, Sources, district_context
from xltool.reports.district import charts_of
from xltool.reports.document import document
from xltool.reports.facts import Coverage
from xltool.reports.trial_data import DAY, background, findings, last_year, results
from xltool.reports.trials import SNAPSHOT

EMPTY_CHART = (
    b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
)
EMPTY_ZIP = b"PK\x05\x06" + bytes(18)
MARK = re.compile("@@[0-9]{5}@@")
ROUNDS = 41
GOAL = 2.0
BODY = "word/document.xml"
SECTION = 2
TEXT = re.compile(r"(?<=<w:t>)[^<]+|(?<=<w:t xml:space=\"preserve\">)[^<]+")


def hollow(chart: Chart) -> Chart:
    """A chart that costs next to nothing."""
    return replace(chart, xml=EMPTY_CHART, workbook=EMPTY_ZIP)


def full_report(edition: Edition) -> DistrictReport:
    """A report as long as those of the demo: made-up figures, three experts, three sites, thirty open problems."""
    known = background(edition, full=True)
    text = "学习场所布局较为均衡，部分街镇的课程与居民的需要还有差距，建议增加晚间和周末的课程。"
    sections = [node for node in edition.framework if node.level == SECTION]
    opinions = tuple(
        replace(known.opinions[0], indicator=node.id, label=node.name, author=author, aspect_label=aspect, text=text)
        for node in sections
        for author in ("专家组组长", "专家一", "专家二")
        for aspect in ("主要成效", "存在问题")
    )
    survey = tuple(
        replace(known.survey[0], question=str(number), label=text[:20], site=site)
        for number in range(10)
        for site in ("社区学院", "街道社区学校", "邻里中心", None)
    )
    problems = tuple(
        replace(one, message=text, action=text[:20], cell=f"E{number}", row=number)
        for number in range(30)
        for one in findings(edition, full=True)[:1]
    )
    sources = Sources(
        district=edition.districts[0].name,
        findings=problems,
        coverage=Coverage(own_return=True, units_returned=27, units_expected=27),
        parts=(),
        snapshot_id=SNAPSHOT,
        cut_off=DAY,
        background=replace(known, opinions=opinions, survey=survey),
        last_year=last_year(edition, full=True),
    )
    return district_context(edition, results(edition, full=True), sources)


def marked_template(made: bytes, path: Path) -> dict[str, str]:
    """The document as a template with a mark for each of its texts, and what replaces the marks."""
    texts: dict[str, str] = {}

    def marked(match: re.Match[str]) -> str:
        mark = f"@@{len(texts):05}@@"
        texts[mark] = match[0]
        return mark

    with zipfile.ZipFile(io.BytesIO(made)) as package, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in package.namelist():
            content = package.read(name)
            packed.writestr(name, TEXT.sub(marked, content.decode()) if name == BODY else content)
    return texts


def fill(template: Path, texts: dict[str, str]) -> bytes:
    """Open the template, replace the marks, zip: what a plain script does for each document."""
    target = io.BytesIO()
    with zipfile.ZipFile(template) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in package.namelist():
            content = package.read(name)
            if name == BODY:
                content = MARK.sub(lambda mark: texts[mark[0]], content.decode()).encode()
            packed.writestr(name, content)
    return target.getvalue()


def text_of(document: bytes) -> str:
    """The texts of a document."""
    return "".join(TEXT.findall(zipfile.ZipFile(io.BytesIO(document)).read(BODY).decode()))


def figures() -> Iterator[Figure]:
    """The ratio."""
    edition = editions.load(editions.locate(editions.available()[-1]))
    report = full_report(edition)
    charts = [hollow(chart) for chart in charts_of(report)]
    template = Path(data.folder("templates")) / "district.docx"

    def render() -> bytes:
        return document(template, report, kind="district", snapshot_id=SNAPSHOT, moment=DAY, charts=charts)

    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.docx"
        texts = marked_template(render(), plain)
        assert text_of(fill(plain, texts)) == text_of(render())
        ours, floor = interleaved(render, partial(fill, plain, texts), rounds=ROUNDS)
    against = f"replacing {len(texts)} texts and zipping, {floor * 1000:.1f} ms"
    yield Figure(what="Word render, a sub-report without its charts", against=against, measured=ours / floor, mark=GOAL)


if __name__ == "__main__":
    print(table(figures()))
