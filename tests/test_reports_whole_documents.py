"""The reports on all districts as Word files: whole, native, numbered, with contents that resolve."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import reports as build
from builders import rounds, whole
from builders.documents import HOSTILE, W, body, printable, shape, text_of
from builders.rounds import xltool
from docx import Document

from xltool.reports import CitySources
from xltool.reports.contents import chinese
from xltool.reports.whole.context import WholeKind

KINDS: tuple[WholeKind, ...] = ("analysis", "city")
CITY = whole.document()
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SECONDS = 180


def entries(document: bytes) -> list[tuple[str, str, int]]:
    """The contents: text, bookmark and page."""
    found = []
    for link in body(document).iter(f"{W}hyperlink"):
        text, page = ("".join(part.itertext(f"{W}t")) for part in (link.find(f"{W}r"), link.find(f"{W}fldSimple")))
        found.append((text, str(link.get(f"{W}anchor")), int(page)))
    return found


def headings(document: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(document)).paragraphs if p.style and p.style.style_id == "Heading1"]


def captions(document: bytes) -> list[str]:
    texts = (p.text for p in Document(io.BytesIO(document)).paragraphs if p.style and "aption" in p.style.style_id)
    return [text for text in ("".join(text.split("　")[:1]) for text in texts) if text]


def hostile_sources(hostile: str) -> CitySources:
    """What other people wrote is hostile, wherever they write."""
    plain = whole.with_last_year()
    odd = tuple(
        replace(one, message=hostile, unit=hostile, sheet=hostile, explanation=one.explanation and hostile)
        for one in plain.findings
    )
    told = build.background(
        survey=tuple(
            replace(one, label=hostile + one.question, site=one.site and hostile) for one in build.background().survey
        ),
        opinions=tuple(replace(one, text=hostile, author=hostile) for one in build.background().opinions),
        field_day=replace(build.background().field_day, sites=hostile, meetings=hostile),  # type: ignore[type-var]
    )
    backgrounds = {name: told if name in whole.SAMPLED else one for name, one in plain.backgrounds.items()}
    results = tuple(replace(r, value=hostile) if isinstance(r.value, str) else r for r in plain.results)
    return replace(plain, findings=odd, backgrounds=backgrounds, results=results)


@pytest.mark.parametrize("hostile", [*HOSTILE, "\ufdd4"])
def test_hostile_values_appear_as_text_and_change_no_structure(hostile: str) -> None:
    document = whole.document("city", hostile_sources(hostile))
    assert shape(document) == shape(CITY)
    assert text_of(document).count(printable(hostile)) >= 6
    assert len(entries(document)) == len(entries(CITY))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_inputs_give_the_same_bytes_and_nothing_of_the_template_is_left(kind: WholeKind) -> None:
    document = whole.document(kind)
    assert document == whole.document(kind)
    assert document != whole.document(kind, whole.with_last_year(snapshot_id="f" * 64))
    assert "{{" not in text_of(document)
    assert "{%" not in text_of(document)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("known", [whole.with_last_year, whole.sources, whole.bare])
def test_captions_are_numbered_without_gaps_and_every_reference_resolves(kind: WholeKind, known: Any) -> None:
    document = whole.document(kind, known())
    root = body(document)
    numbers: dict[str, list[int]] = {"表": [], "图": []}
    for text in captions(document):
        match = re.match(r"([表图])(\d+)$", text)
        if match:
            numbers[match[1]].append(int(match[2]))
    for found in numbers.values():
        assert found == list(range(1, len(found) + 1))
    bookmarks = Counter(mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart"))
    ids = Counter(mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkStart"))
    assert set(bookmarks.values()) == set(ids.values()) == {1}
    for field in root.iter(f"{W}fldSimple"):
        instruction = field.get(f"{W}instr").split()
        if instruction[0] in ("REF", "PAGEREF"):
            assert instruction[1] in bookmarks


@pytest.mark.parametrize("kind", KINDS)
def test_charts_are_native_described_and_equal_to_their_workbooks(kind: WholeKind) -> None:
    document = whole.document(kind)
    found = list(whole.charts(document))
    drawings = [element.get("descr") for element in body(document).iter(f"{WP}docPr")]
    assert len(found) == len(drawings) == {"analysis": 5, "city": 8}[kind]
    assert all(drawings)
    for chart, sheet in found:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"n", "s"}
        checked = list(whole.caches(chart, sheet))
        assert checked
        for shown, stored in checked:
            assert shown == [None if value is None else value for value in stored]
    assert not [name for name in zipfile.ZipFile(io.BytesIO(document)).namelist() if "media" in name]


def test_the_contents_are_the_chapters_and_annexes_that_are_there() -> None:
    told = [text for text, _, _ in entries(CITY)]
    chapters = [f"{chinese(number)}、{text}" for number, text in enumerate(headings(CITY), 1)]
    assert told == [*chapters, "附件1　各区各项指标数值", "附件2　方法说明"]
    bare = whole.document("city", whole.bare())
    assert [text for text, _, _ in entries(bare)][: len(headings(bare))] == [
        f"{chinese(number)}、{text}" for number, text in enumerate(headings(bare), 1)
    ]
    assert len(headings(CITY)) - len(headings(bare)) == 3


def test_pages_ascend_and_nothing_makes_word_ask() -> None:
    pages = [page for _, _, page in entries(CITY)]
    assert pages[0] == 3, "summary, contents, then the first chapter"
    assert pages == sorted(set(pages))
    settings = zipfile.ZipFile(io.BytesIO(CITY)).read("word/settings.xml").decode()
    assert "updateFields" not in settings
    assert "dirty" not in zipfile.ZipFile(io.BytesIO(CITY)).read("word/document.xml").decode()


def test_the_numbers_of_chapters_are_chinese() -> None:
    assert [chinese(number) for number in (1, 9, 10, 11, 20, 21, 99)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
    ]


@pytest.mark.parametrize("known", [whole.with_last_year, whole.bare])
def test_the_pages_are_those_that_libreoffice_lays_out(known: Any, tmp_path: Path) -> None:
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if soffice is None or pdftotext is None:
        pytest.skip("LibreOffice (soffice) or pdftotext is not on PATH")
    document = whole.document("city", known())
    (tmp_path / "city.docx").write_bytes(document)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "city.docx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - installed, our own arguments
    command = [pdftotext, "-layout", str(tmp_path / "city.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    laid_out = [{"".join(line.split()) for line in page.splitlines()} for page in text.split("\f")]
    for entry, _, page in entries(document):
        heading = entry.split("　")[0]
        assert next(number for number, lines in enumerate(laid_out, 1) if number > 2 and heading in lines) == page


def test_a_city_without_any_data_gets_whole_reports_that_say_so() -> None:
    values: dict[str, list[Any]] = {one.id: [None] * 16 for one in whole.SCHEME.indicators}
    coverage = {name: build.coverage(own_return=False, units_returned=0) for name in build.DISTRICTS}
    nothing = whole.bare(results=build.results(whole.SCHEME, values), coverage=coverage)
    for kind in KINDS:
        text = text_of(whole.document(kind, nothing))
        assert "有数值的区太少，不作差异评述" in text
        assert "没有收到表格，没有可供核对的内容" in text
        assert "没有发现问题" not in text


def test_the_commands_write_one_file_each_and_repeat_it(tmp_path: Path) -> None:
    root = rounds.campaign(tmp_path)
    assert xltool("ingest", rounds.returned(tmp_path / "返回.xlsx"), folder=root).code == 0
    for kind, name in (("analysis", "数据分析报告"), ("city", "监测报告")):
        (row,) = rounds.rows("report", kind, folder=root)
        assert row == {"kind": kind, "district": None, "unit": None, "file": f"reports/上海市_{name}_2023.docx"}
        before = (root / row["file"]).read_bytes()
        assert xltool("report", kind, folder=root).out == f"已生成：{row['file']}\n"
        assert (root / row["file"]).read_bytes() == before
        assert "2023年上海市学习型城区监测" in text_of(before)
