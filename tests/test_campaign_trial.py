"""A rule on trial is shown to the office in its findings, and nowhere else: it asks nothing of anybody."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from builders.rounds import Key, Row, Typed, filled, rows, xltool

from xltool.campaign import Campaign, save_findings
from xltool.model.finding import STATUS_WORDS

TOY = Path(__file__).parent / "toy_edition"
DISTRICT, UNIT = "东港区", "图书馆"
RULE, LABEL = "shelves_have_corners", "有书架就有阅读角"  # an error, had it not been put on trial
ANSWERS: dict[Key, Typed] = {
    ("books", None, None): 40000,
    ("shelves", None, None): 60,
    ("corners", 1, "corner"): "大厅",
    ("corners", 1, "area"): 30,
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A unit returned a workbook that breaks the rule and no other."""
    folder = tmp_path_factory.mktemp("trial")
    rules = Path(shutil.copytree(TOY, folder / "toy"))
    checks = (rules / "checks.yaml").read_text("utf-8")
    assert checks.count("action: 请补列阅读角或改正书架数\n") == 1
    on_trial = checks.replace(
        "action: 请补列阅读角或改正书架数\n", "action: 请补列阅读角或改正书架数\n    trial: true\n"
    )
    (rules / "checks.yaml").write_text(on_trial, "utf-8")
    root = folder / "统计"
    assert xltool("init", root, "--edition", rules).code == 0
    assert xltool("generate", "--district", DISTRICT, "--unit", UNIT, folder=root).code == 0
    (book,) = root.glob(f"outbox/{DISTRICT}/**/*{UNIT}*.xlsx")
    inputs = (row for row in rows("cells", book, folder=root) if row["kind"] == "input")
    cells: dict[Key, Row] = {(row["item"], row["row"], row["column"]): row for row in inputs}
    filled(book, root / "inbox" / "返回.xlsx", ANSWERS, cells=cells)
    said = xltool("ingest", root / "inbox", "--json", folder=root)
    assert (said.code, said.json[0]["outcome"]) == (0, "accepted")
    assert (said.json[0]["errors"], said.json[0]["warnings"]) == (0, 0)
    return root


def test_the_office_sees_it_in_the_findings(root: Path) -> None:
    (found,) = (row for row in rows("findings", folder=root) if row["rule"] == RULE)

    assert (found["severity"], found["status"], found["unit"]) == ("error", "trial", UNIT)
    assert STATUS_WORDS["trial"] in xltool("findings", folder=root).out


def test_it_counts_nowhere(root: Path) -> None:
    listed = xltool("findings", folder=root)
    state = next(row for row in rows("status", folder=root) if row["district"] == DISTRICT)

    assert listed.code == 0
    assert "错误0个" in listed.out
    assert "试行规则1个" in listed.out
    assert state["errors"] == 0


def test_neither_the_workbook_nor_what_goes_back_says_it(root: Path) -> None:
    sent = rows("feedback", "--district", DISTRICT, folder=root)
    assert [row["kind"] for row in sent] == ["notice"]  # about units that did not answer
    files = [file for kind in ("xlsx", "docx") for file in root.glob(f"outbox/**/*.{kind}")]
    assert len(files) == 2
    for file in files:
        with zipfile.ZipFile(file) as package:
            texts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        assert not [text for text in texts if LABEL in text or RULE in text or "阅读角只有" in text]


def test_it_can_be_answered_by_nobody(root: Path) -> None:
    (found,) = (row for row in rows("findings", folder=root) if row["rule"] == RULE)
    said = xltool("explain", found["id"], "--note", "有理由", "--by", "市级经办人", folder=root)

    assert said.code == 2
    assert "试行规则" in said.fault


def test_the_offices_workbook_of_findings_says_what_it_is(root: Path) -> None:
    target = root / "reports" / "问题.xlsx"
    save_findings(Campaign.open(root), target)

    with zipfile.ZipFile(target) as package:
        strings = package.read("xl/sharedStrings.xml").decode()
    assert STATUS_WORDS["trial"] in strings
    assert "trial" not in strings
