"""`report lint`: every fault of a template in one pass, with its tag and paragraph."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from builders import reports as build
from builders.rounds import xltool
from docx import Document

from xltool.edition import load
from xltool.errors import CampaignError
from xltool.messages import template_fault
from xltool.model.edition import Edition
from xltool.model.report_kinds import TITLES
from xltool.reports import lint_template
from xltool.reports.trials import TRIALS

ROOT = Path(__file__).parents[1]
TEMPLATES = {kind: (ROOT / "templates" / f"{kind}.docx").read_bytes() for kind in TITLES}


@cache
def edition() -> Edition:
    return load(ROOT / "rules" / "2023")


def lint(content: bytes, kind: str = "district", scheme: Edition | None = None) -> list[tuple[str, str, str]]:
    faults = lint_template("改.docx", content, scheme or build.edition(), kind, TEMPLATES[kind])
    return [(one.paragraph, one.tag, one.message) for one in faults]


def edited(change: Any, kind: str = "district") -> bytes:
    document = Document(io.BytesIO(TEMPLATES[kind]))
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_paragraphs(*texts: str) -> bytes:
    return edited(lambda document: [document.add_paragraph(text) for text in texts])


@pytest.mark.parametrize("kind", TITLES)
def test_the_programs_own_templates_are_in_order(kind: str) -> None:
    assert lint(TEMPLATES[kind], kind, edition()) == []


def test_every_kind_can_be_tried() -> None:
    assert set(TRIALS) == set(TITLES)


@pytest.mark.parametrize(
    ("text", "tag", "code", "context"),
    [
        ("本区{{ report.distirct }}的情况", "{{ report.distirct }}", "unknown_name", {}),
        ("本区{{ report.district + 1 }}", "{{ report.district + 1 }}", "not_computable", {}),
        ("本区{{ report.district ~ }}", "{{ report.district ~ }}", "syntax", {}),
        ("{{ report.district.__class__ }}", "{{ report.district.__class__ }}", "not_allowed", {}),
        ("本区{{ report.district", "{{", "lone", {"mark": "{{"}),
        ("本区report.district }}", "}}", "lone", {"mark": "}}"}),
        ("{%p if report.has_data %}", "{%p if report.has_data %}", "not_closed", {"expected": "{%p endif %}"}),
        ("{%p endfor %}", "{%p endfor %}", "not_opened", {}),
        ("{%p else %}", "{%p else %}", "not_opened", {}),
        ("{% set x = 1 %}", "{% set x = 1 %}", "unknown_statement", {}),
        ("{%tr if report.has_data %}{%tr endif %}", "{%tr if report.has_data %}", "outside_row", {"scope": "{%tr"}),
        (
            "{% if report.has_data %}有{%p endif %}",
            "{%p endif %}",
            "other_scope",
            {"opened": "{% if report.has_data %}", "scope": "{%"},
        ),
        ("{% for x y %}{% endfor %}", "{% for x y %}", "syntax", {}),
    ],
)
def test_a_wrong_tag_is_named_with_its_paragraph(text: str, tag: str, code: str, context: dict[str, str]) -> None:
    found = lint(with_paragraphs(text))
    assert (text, tag, template_fault(code, **context)) in found
    assert all(paragraph == text for paragraph, _, _ in found)


def test_all_faults_come_in_one_pass_and_none_follows_from_another() -> None:
    content = with_paragraphs(
        "{{ report.one }}",
        "{%p for row in report.nothing %}",
        "{{ row.label }}",
        "{%p endfor %}",
        "{{ unknown }}",
        "{%p for group in report.groups %}",
        "{{ group.nam }}",
        "{%p endfor %}",
    )
    assert [tag for _, tag, _ in lint(content)] == [
        "{{ report.one }}",
        "{%p for row in report.nothing %}",
        "{{ unknown }}",
        "{{ group.nam }}",
    ]


def test_names_of_a_loop_are_those_of_its_rows_and_end_with_it() -> None:
    content = with_paragraphs(
        "{%p for row in report.formulas %}", "{{ row.label }}", "{%p endfor %}", "{{ row.label }}"
    )
    assert lint(content) == [("{{ row.label }}", "{{ row.label }}", template_fault("unknown_name"))]


def test_a_tag_that_word_split_into_runs_is_understood() -> None:
    def split(document: Any) -> None:
        paragraph = document.add_paragraph("{{ repo")
        paragraph.add_run("rt.dis").bold = True
        paragraph.add_run("trict }}")

    assert lint(edited(split)) == []


def test_a_missing_style_is_named() -> None:
    def without(document: Any) -> None:
        styles = document.styles.element
        styles.remove(next(style for style in styles.style_lst if style.name_val == "表格文字"))

    messages = {message for _, _, message in lint(edited(without))}
    assert template_fault("style", style="表格文字") in messages


def test_styles_under_other_ids_are_the_same_styles() -> None:
    def renamed(document: Any) -> None:
        for style in document.styles.element.iter():
            if style.get(f"{W}styleId") == "Heading1":
                style.set(f"{W}styleId", "1")
        for style in document.element.body.iter(f"{W}pStyle"):
            if style.get(f"{W}val") == "Heading1":
                style.set(f"{W}val", "1")

    assert lint(edited(renamed)) == []


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_a_reference_to_a_table_whose_caption_is_gone_is_found() -> None:
    def removed(document: Any) -> None:
        for paragraph in list(document.paragraphs):
            if "caption(report.tables.problems)" in paragraph.text:
                paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - python-docx can't remove one

    ((paragraph, _, message),) = lint(edited(removed))
    assert message == template_fault("caption_missing", kind="表")
    assert paragraph


def test_a_file_that_is_no_word_file_is_refused() -> None:
    with pytest.raises(CampaignError) as caught:
        lint(b"PK\x03\x04nothing")
    assert caught.value.code == "template_unreadable"


class TestCommand:
    def test_a_template_in_order(self) -> None:
        said = xltool("report", "lint", ROOT / "templates" / "notice.docx")
        assert (said.code, said.out) == (0, "没有发现问题。\n")

    def test_faults_are_lines_and_exit_code_2(self, tmp_path: Path) -> None:
        (tmp_path / "改.docx").write_bytes(with_paragraphs("本区{{ report.distirct }}", "{{ x"))
        said = xltool("report", "lint", tmp_path / "改.docx")
        first, second, last = said.out.splitlines()
        assert said.code == 2
        assert first.endswith("段“本区{{ report.distirct }}”：标签“{{ report.distirct }}”，报告中没有这个名称")
        assert second.endswith("：标签“{{”，有不成对的“{{”")
        assert last == "共2个问题。"

    def test_a_file_that_says_nothing_of_its_kind_needs_the_option(self, tmp_path: Path) -> None:
        Document().save(str(tmp_path / "空.docx"))
        said = xltool("report", "lint", tmp_path / "空.docx")
        assert said.code == 2
        assert "--kind" in said.fault
        named = xltool("report", "lint", tmp_path / "空.docx", "--kind", "监测分报告")
        assert named.code == 2
        assert "缺少样式" in named.out

    def test_a_missing_file_is_said(self, tmp_path: Path) -> None:
        said = xltool("report", "lint", tmp_path / "无.docx")
        assert said.code == 2
        assert "无法打开模板" in said.fault
