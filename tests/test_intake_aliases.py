"""Units that a district's lists name in other words than the dropdown's."""

from __future__ import annotations

import zipfile
from pathlib import Path

from builders import rounds
from builders.rounds import DISTRICT, OTHER_UNIT, UNIT, rows, xltool
from builders.values import UNITS, listed, plan, submission, value

from xltool.intake import with_units_named
from xltool.model.severity import Severity

NAMES = {"文化和旅游局": "文化局", "撤销的局": "不在表中的局"}


def test_another_name_is_read_as_the_unit_with_a_hint_at_its_cell() -> None:
    file = submission(*listed(2, "甲", 5, of="文化 和旅游局"))
    read = with_units_named(file, plan("district"), UNITS, NAMES)
    (hint,) = read.findings

    assert [each.value for each in read.values if each.column == "unit"] == ["文化局"]
    assert [each.raw for each in read.values if each.column == "unit"] == ["文化 和旅游局"]
    assert (hint.code, hint.severity, hint.row, hint.cell) == ("unit_alias", Severity.HINT, 2, file.values[0].cell)


def test_what_is_nobodys_name_stays_as_it_was_typed() -> None:
    for name in ("某某局", "撤销的局", "文化局"):
        file = submission(*listed(1, "甲", 5, of=name))
        assert with_units_named(file, plan("district"), UNITS, NAMES) == file


def test_only_units_are_renamed() -> None:
    file = submission(value("funds", "文化和旅游局", row=1, column="name"))
    assert with_units_named(file, plan("district"), UNITS, NAMES) == file


def test_unit_workbooks_come_back_in_the_districts_zip_as_they_are(tmp_path: Path) -> None:
    root = rounds.campaign(tmp_path)
    other = rounds.issued_file(root, OTHER_UNIT)
    packed = tmp_path / f"{DISTRICT}报送.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(rounds.returned(tmp_path / "a.xlsx"), f"{DISTRICT}/成员单位/{DISTRICT}_{UNIT}_2023.xlsx")
        archive.write(other, f"{DISTRICT}/成员单位/{other.name}")
    found = {row["unit"]: row["outcome"] for row in rows_even_with_errors(root, packed)}

    assert found == {UNIT: "accepted", OTHER_UNIT: "accepted"}
    status = next(row for row in rows("status", folder=root) if row["district"] == DISTRICT)
    assert (status["units_returned"], status["units_expected"]) == (2, 27)


def rows_even_with_errors(root: Path, path: Path) -> list[rounds.Row]:
    """The other unit's workbook is blank, which is an error each."""
    return list(xltool("ingest", path, "--json", folder=root).json)
