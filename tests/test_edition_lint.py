"""One bad YAML file per way to be wrong: `bad_editions/<file>-<code>[.n].yaml` replaces that file of `base`.

The faulty line ends with `# <-`; the fault must name exactly this file, line and code.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xltool import edition
from xltool.edition import Fault
from xltool.errors import EditionError
from xltool.messages import LINT, fault

FOLDER = Path(__file__).parent / "bad_editions"
BASE = FOLDER / "base"
BAD = sorted(FOLDER.glob("*.yaml"))
MARK = "# <-"
OWN_TESTS = {"file_missing", "file_unknown", "not_utf8", "operand_uncombined"}  # no single text file can show these


def code_of(path: Path) -> str:
    return path.stem.split("-")[1].split(".")[0]


def target_of(path: Path) -> str:
    return f"{path.stem.split('-')[0]}.yaml"


def marked_line(path: Path) -> int:
    lines = path.read_text("utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, start=1) if line.endswith(MARK)]
    assert len(marked) == 1, f"{path.name}: one line must be marked"
    return marked[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "edition"))


def brief(faults: tuple[Fault, ...]) -> list[tuple[str, int, str]]:
    return [(found.file, found.line, found.code) for found in faults]


def test_base_is_clean() -> None:
    assert edition.lint(BASE) == ()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_fault_is_said_with_file_and_line(path: Path, folder: Path) -> None:
    shutil.copy(path, folder / target_of(path))
    faults = edition.lint(folder)
    assert (target_of(path), marked_line(path), code_of(path)) in brief(faults)
    assert {found.code for found in faults} == {code_of(path)}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_errors_stop_loading_and_warnings_do_not(path: Path, folder: Path) -> None:
    shutil.copy(path, folder / target_of(path))
    if LINT[code_of(path)][0] == "warning":
        assert edition.load(folder).id == "base"
        return
    with pytest.raises(EditionError) as caught:
        edition.load(folder)
    assert caught.value.code == "edition_faulty"
    first = next(found for found in edition.lint(folder) if found.severity == "error")
    assert caught.value.place == f"{first.file}:{first.line}"
    message, _ = fault(caught.value.code, **caught.value.context)
    assert first.message in message


def test_every_kind_of_fault_has_a_bad_file() -> None:
    assert {code_of(path) for path in BAD} | OWN_TESTS == set(LINT)


def test_an_item_that_stands_by_itself_in_each_unit_has_no_figure_for_formulas(folder: Path) -> None:
    items = folder / "items.yaml"
    text = items.read_text("utf-8")
    each = "    level: each_unit\n    responsible: 各成员单位\n"
    items.write_text(text.replace(each, f"{each}    combine: none\n", 1), "utf-8")
    assert {(found.file, found.line, found.code) for found in edition.lint(folder)} == {
        ("indicators.yaml", 7, "operand_uncombined")
    }


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "units.yaml").unlink()
    assert brief(edition.lint(folder)) == [("units.yaml", 1, "file_missing")]


def test_every_missing_file_of_an_empty_folder_is_named(tmp_path: Path) -> None:
    faults = edition.lint(tmp_path)
    assert {found.code for found in faults} == {"file_missing"}
    assert len(faults) == 7


def test_wrong_encoding_is_said_with_its_line(folder: Path) -> None:
    text = (folder / "units.yaml").read_text("utf-8")
    (folder / "units.yaml").write_bytes(text.encode("gb18030"))
    assert brief(edition.lint(folder)) == [("units.yaml", 3, "not_utf8")]


def test_unread_file_is_a_warning(folder: Path) -> None:
    (folder / "itmes.yaml").write_text("schema: 1\n", "utf-8")
    faults = edition.lint(folder)
    assert brief(faults) == [("itmes.yaml", 1, "file_unknown")]
    assert faults[0].severity == "warning"


def test_all_faults_come_in_one_pass(folder: Path) -> None:
    for name in ("checks-expression", "documents-tag_too_long", "units-unit_unknown"):
        shutil.copy(FOLDER / f"{name}.yaml", folder / target_of(FOLDER / f"{name}.yaml"))
    assert {found.code for found in edition.lint(folder)} == {"expression", "tag_too_long", "unit_unknown"}


def test_doubled_name_says_where_the_first_stands(folder: Path) -> None:
    shutil.copy(FOLDER / "checks-id_doubled.yaml", folder / "checks.yaml")
    (found,) = edition.lint(folder)
    assert "area_per_10k" in found.message
    assert "indicators.yaml第9行" in found.message


def test_broken_expression_says_why(folder: Path) -> None:
    shutil.copy(FOLDER / "indicators-expression.2.yaml", folder / "indicators.yaml")
    (found,) = edition.lint(folder)
    assert "eval" in found.message


def test_windows_line_ends_and_byte_order_mark_change_nothing(folder: Path) -> None:
    before = edition.load(folder)
    for path in folder.glob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert edition.load(folder) == before
