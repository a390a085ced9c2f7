"""Finding editions, what loading keeps of their files, and where things stand in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xltool import data, edition
from xltool.edition.yamlfile import parse
from xltool.errors import UsageError

TEXT = """\
schema: 1
items:
  - id: a
    rules: {min: 0}
  - id: b
    tags:
      - x
      - y
"""


def test_shipped_editions_are_found_by_id() -> None:
    assert "2023" in edition.available()
    assert edition.locate("2023") == data.folder("rules") / "2023"


def test_other_editions_are_found_by_path(tmp_path: Path) -> None:
    assert edition.locate(str(tmp_path)) == tmp_path


def test_unknown_edition_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        edition.locate(str(tmp_path / "1999"))
    assert caught.value.code == "unknown_edition"
    assert "2023" in str(caught.value.context["known"])


def test_the_kept_files_load_to_the_same_edition(tmp_path: Path) -> None:
    loaded = edition.load(edition.locate("2023"))
    for name, text in loaded.files.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert edition.load(tmp_path) == loaded


def test_digest_follows_the_content(tmp_path: Path) -> None:
    folder = shutil.copytree(edition.locate("2023"), tmp_path / "copy")
    before = edition.load(folder).digest
    assert before == edition.load(edition.locate("2023")).digest
    path = folder / "edition.yaml"
    path.write_text(path.read_text("utf-8").replace('id: "2023"', 'id: "2024"'), "utf-8")
    assert edition.load(folder).digest != before


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("items",), 2),
        (("items", 0), 3),
        (("items", 0, "rules", "min"), 4),
        (("items", 1, "tags", 1), 8),
        (("items", 1, "missing"), 5),
        (("items", 9, "id"), 2),
    ],
)
def test_line_of_a_path_or_of_its_nearest_parent(path: tuple[str | int, ...], line: int) -> None:
    source, faults = parse("items.yaml", TEXT)
    assert source is not None
    assert faults == ()
    assert source.line(path) == line


def test_plain_values_are_read_as_yaml_1_2_says() -> None:
    source, _ = parse("x.yaml", "a: 12\nb: 1.5\nc: true\nd: no\ne: null\nf: 2022-01-31\ng: '2022'\n")
    assert source is not None
    assert [str(value) for value in source.data.values()] == ["12", "1.5", "True", "no", "None", "2022-01-31", "2022"]
    assert isinstance(source.data["g"], str)
