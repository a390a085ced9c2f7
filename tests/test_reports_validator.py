"""Every kind of Word file against the Open XML SDK's validator, and its charts against their workbooks."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from xltool.edition import load
from xltool.model.edition import Edition
from xltool.model.report_kinds import TITLES
from xltool.reports.document import document
from xltool.reports.trial_data import DAY
from xltool.reports.trials import SNAPSHOT, trials

ROOT = Path(__file__).parents[1]
NPM = Path(os.environ.get("NPM_ROOT", Path.home() / ".xltool-clients" / "npm"))
VALIDATOR = NPM / "node_modules" / ".bin" / "ooxml-validator"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@cache
def edition() -> Edition:
    return load(ROOT / "rules" / "2023")


@cache
def made(kind: str, number: int) -> bytes:
    """The made-up report with everything (0), or with next to nothing (1)."""
    trial = trials(edition(), kind)[number]
    template = ROOT / "templates" / f"{kind}.docx"
    report, charts = trial.report, trial.charts
    return document(template, report, kind=kind, snapshot_id=SNAPSHOT, moment=DAY, charts=charts)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [0, 1], ids=["full", "bare"])
@pytest.mark.parametrize("kind", TITLES)
def test_the_sdk_finds_nothing_wrong(kind: str, number: int, tmp_path: Path) -> None:
    if not VALIDATOR.exists():
        pytest.skip("the Open XML SDK's validator is not installed")
    file = tmp_path / f"{kind}.docx"
    file.write_bytes(made(kind, number))
    said = subprocess.run([str(VALIDATOR), str(file)], capture_output=True, text=True, check=False)  # noqa: S603
    assert json.loads(said.stdout)["errors"] == []


@pytest.mark.parametrize("kind", TITLES)
def test_charts_show_what_their_workbooks_hold_and_nothing_in_them_is_a_formula(kind: str) -> None:
    package = zipfile.ZipFile(io.BytesIO(made(kind, 0)))
    charts = [name for name in package.namelist() if name.startswith("word/charts/chart")]
    assert charts or kind in ("notice", "confirmation")
    for name in charts:
        workbook = package.read(name.replace("charts/", "embeddings/").replace(".xml", ".xlsx"))
        sheet = openpyxl.load_workbook(io.BytesIO(workbook)).active
        assert sheet is not None
        assert all(cell.data_type != "f" for row in sheet for cell in row)
        for reference in etree.fromstring(package.read(name)).iter(f"{C}numRef", f"{C}strRef"):
            block = sheet[str(reference.findtext(f"{C}f")).split("!")[1].replace("$", "")]
            stored = [row[0].value for row in block] if isinstance(block, tuple) else [block.value]
            shown = {int(point.get("idx", 0)): point.findtext(f"{C}v") for point in reference.iter(f"{C}pt")}
            for place, value in enumerate(stored):
                if isinstance(value, int | float):
                    assert float(shown[place] or "nan") == pytest.approx(float(value))
                else:
                    assert shown.get(place) == value


def test_the_same_report_is_the_same_file_whatever_was_made_before() -> None:
    first = made("district", 0)
    made.cache_clear()
    made("city", 0)
    assert made("district", 0) == first


def test_a_chart_that_staff_drew_in_the_template_stays_beside_those_of_the_report(tmp_path: Path) -> None:
    drawn = tmp_path / "district.docx"
    template = (ROOT / "templates" / "district.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(drawn, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("word/charts/chart1.xml", "<own/>")
    trial = trials(edition(), "district")[0]
    whole = document(drawn, trial.report, kind="district", snapshot_id=SNAPSHOT, moment=DAY, charts=trial.charts)  # type: ignore[arg-type]
    package = zipfile.ZipFile(io.BytesIO(whole))
    assert package.read("word/charts/chart1.xml") == b"<own/>"
    assert sum(name.startswith("word/charts/chart") for name in package.namelist()) == len(trial.charts) + 1
