"""Whole documents: hostile values stay text, bytes repeat, faulty templates are named, the committed one is current."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import reports as build
from builders.documents import HOSTILE, W, body, printable, shape, text_of
from docx import Document

from xltool import reports
from xltool.edition import load
from xltool.errors import CampaignError, UsageError
from xltool.messages import fault
from xltool.reports import district_report
from xltool.reports.text import clean

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "templates" / "district.docx"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SCHEME = build.edition()
RESULTS = build.results(SCHEME, build.spread_values(SCHEME))


def make(template: Path = TEMPLATE, results: Any = RESULTS, district: str = build.OWN, **changes: Any) -> bytes:
    findings = (build.finding(item="rate_top", sheet="数据", cell="B2", file="a.xlsx"),)
    sources = build.sources(district, **({"findings": findings} | changes))
    return district_report(SCHEME, results, sources, template)


def full(**changes: Any) -> bytes:
    """With everything that may be known of a district."""
    known: dict[str, Any] = {"background": build.background(), "last_year": build.last_year(RESULTS), **changes}
    return make(**known)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_values_appear_as_text_and_change_no_structure(hostile: str) -> None:
    plain = build.finding(item="rate_top", unit="区残联", sheet="数据", cell="B2", file="a.xlsx")
    odd = replace(plain, unit=hostile, sheet=hostile, message=hostile, action=hostile)
    results = tuple(replace(r, value=hostile) if r.indicator == build.TEXT_INDICATOR else r for r in RESULTS)
    coverage = build.coverage(unreturned=(hostile, "区残联"))
    document = full(findings=(odd,), results=results, coverage=coverage, background=told(hostile))
    assert shape(document) == shape(full(findings=(plain,)))
    assert text_of(document).count(printable(hostile)) >= 6 + 7


def told(hostile: str) -> reports.Background:
    """What is known beside the indicators, in other people's words."""
    survey = tuple(
        replace(answer, label=hostile + answer.question, site=answer.site and hostile, counted=(hostile,))
        for answer in build.background().survey
    )
    opinions = tuple(replace(one, text=hostile, author=hostile) for one in build.background().opinions)
    return build.background(survey=survey, opinions=opinions)


def test_nothing_of_the_template_is_left() -> None:
    text = text_of(make())
    assert "{{" not in text
    assert "{%" not in text


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert make() == make()
    assert make() != make(snapshot_id="f" * 64)


def test_zip_dates_and_properties_are_fixed() -> None:
    document = make()
    entries = zipfile.ZipFile(io.BytesIO(document)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    core = Document(io.BytesIO(document)).core_properties
    assert (core.title, core.keywords) == (f"2023年学习型城区监测分报告（{build.OWN}）", build.SNAPSHOT)
    assert core.created == core.modified == build.CUT_OFF


def test_properties_are_plain_text() -> None:
    scheme = replace(SCHEME, office="甲&乙<办公室>")
    document = district_report(scheme, RESULTS, build.sources(), TEMPLATE)
    assert Document(io.BytesIO(document)).core_properties.author == "甲&乙<办公室>"


def test_each_figure_is_a_native_chart_with_its_workbook_and_a_description() -> None:
    package = zipfile.ZipFile(io.BytesIO(full()))
    names = set(package.namelist())
    assert not any(name.startswith("word/media/") for name in names)
    numbers = range(1, 1 + sum(name.startswith("word/charts/chart") for name in names))
    assert len(numbers) == 6
    for number in numbers:
        links = package.read(f"word/charts/_rels/chart{number}.xml.rels").decode()
        assert f"../embeddings/chart{number}.xlsx" in links
        assert openpyxl.load_workbook(io.BytesIO(package.read(f"word/embeddings/chart{number}.xlsx"))).active
        assert "externalData" in package.read(f"word/charts/chart{number}.xml").decode()
    descriptions = [element.get("descr") for element in body(full()).iter(f"{WP}docPr")]
    assert len(descriptions) == len(set(descriptions)) == 6
    assert all(descriptions)


def test_a_district_without_data_gets_a_whole_report_that_says_so() -> None:
    results = build.results(SCHEME, build.spread_values(SCHEME, absent=(build.OWN,)))
    document = make(results=results, findings=(), parts=(), coverage=build.coverage(own_return=False, units_returned=0))
    text = text_of(document)
    assert "没有可用于计算的数据" in text
    assert "可供比较的数值不足，不作图" in text
    assert "明显优于中位数的指标" not in text
    assert not shape(document)[f"{W}drawing"]


def test_no_other_district_is_named_anywhere_in_the_file() -> None:
    package = zipfile.ZipFile(io.BytesIO(make()))
    others = [name for name in build.DISTRICTS if name != build.OWN]
    for name in package.namelist():
        data = package.read(name)
        if name.endswith(".xlsx"):
            inner = zipfile.ZipFile(io.BytesIO(data))
            data = b"".join(inner.read(part) for part in inner.namelist())
        assert not [other for other in others if other.encode() in data], name


def edited(tmp_path: Path, style_text: str) -> Path:
    document = Document(str(TEMPLATE))
    document.add_paragraph(style_text)
    path = tmp_path / "改过.docx"
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    ("text", "tag", "reason"),
    [
        ("本区{{ report.distirct }}的情况", "{{ report.distirct }}", "没有这个名称"),
        ("见{{ report.district }}，{{ unknown_name }}", "{{ unknown_name }}", "没有这个名称"),
        ("本区{{ report.district", "", "写法有误"),
        ("{{ report.district.__class__ }}", "{{ report.district.__class__ }}", "不允许"),
        ("{{ report.district + 1 }}", "{{ report.district + 1 }}", "无法计算"),
    ],
)
def test_a_faulty_template_is_refused_with_tag_and_paragraph(tmp_path: Path, text: str, tag: str, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        make(template=edited(tmp_path, text))
    error = caught.value
    message, _ = fault(error.code, **error.context)
    assert error.code == "template_faulty"
    assert tag in str(error.context["tag"])
    assert reason in str(error.context["reason"])
    assert text[:4] in message
    assert "改过.docx" in message


def test_a_missing_or_broken_template_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "b.docx"
    broken.write_bytes(b"PK\x03\x04nothing")
    for path in (tmp_path / "none.docx", broken):
        with pytest.raises(CampaignError) as caught:
            make(template=path)
        assert caught.value.code == "template_unreadable"


def test_a_template_that_builds_a_broken_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        make(template=edited(tmp_path, "{%r if true %}{{ '</w:p>'|safe }}{%r endif %}"))
    assert caught.value.code == "template_broken_layout"


def test_a_template_that_lost_a_style_is_refused_with_its_paragraph(tmp_path: Path) -> None:
    document = Document(str(TEMPLATE))
    styles = document.styles.element
    styles.remove(next(style for style in styles.style_lst if style.styleId == "Numbered"))
    document.save(str(tmp_path / "改过.docx"))
    with pytest.raises(UsageError) as caught:
        make(template=tmp_path / "改过.docx")
    message, _ = fault(caught.value.code, **caught.value.context)
    assert caught.value.code == "template_style"
    assert "缺少样式“Numbered”（段落“{{ sentence }}”）" in message


def test_fonts_and_sizes_come_from_styles_only() -> None:
    document = body(make())
    assert not list(document.iter(f"{W}rFonts", f"{W}sz"))
    styles = {style.style_id for style in Document(io.BytesIO(make())).styles}
    used = {element.get(f"{W}val") for element in document.iter(f"{W}pStyle", f"{W}tblStyle")}
    assert used <= styles


def test_tables_repeat_their_heading_and_do_not_split_rows() -> None:
    summary, *tables = body(full()).iter(f"{W}tbl")
    assert summary.find(f"{W}tr/{W}trPr/{W}tblHeader") is None, "the lines of the first page have no heading"
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        widths = [int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")]
        assert sum(widths) == pytest.approx(156 * 1440 / 25.4, abs=len(widths))


def test_page_margins_and_grid_follow_the_standard() -> None:
    section = Document(io.BytesIO(make())).sections[0]
    lengths = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in lengths if length is not None] == [37, 35, 28, 26]
    assert section.page_width is not None
    assert round(section.page_width.mm) == 210
    even = Document(io.BytesIO(make())).settings.odd_and_even_pages_header_footer
    assert even


def test_the_committed_templates_are_what_their_script_builds(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(ROOT / "templates" / "build.py"), str(tmp_path)], check=True, env=environment
    )
    built = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert built == {file.name: file.read_bytes() for file in (ROOT / "templates").glob("*.docx")}


def test_the_2023_edition_gives_a_report_with_all_its_indicators_and_decisions() -> None:
    scheme = load(ROOT / "rules" / "2023")
    names = [district.name for district in scheme.districts]
    results = build.results(scheme, build.spread_values(scheme), districts=names)
    document = district_report(scheme, results, build.sources(names[0], parts=()), TEMPLATE)
    text = text_of(document)
    assert all(clean(decision) in text for decision in scheme.decisions)
    assert all(indicator.label in text for indicator in scheme.indicators)
    tables = (list(table.iter(f"{W}tr")) for table in body(document).iter(f"{W}tbl"))
    whole = next(rows for rows in tables if "位次" in "".join(rows[0].itertext()))
    sections = [row for row in whole if row.find(f".//{W}gridSpan") is not None]
    assert len(whole) == 1 + len(sections) + 36
    assert [name for name in names[1:] if name in text] == []
