"""A small unit workbook as text: what changes in the files that people get shows up in a review.

`pytest --update-golden` writes the files anew.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from builders.layouts import unit_plan, written

FOLDER = Path(__file__).parent / "golden" / "unit"
IGNORED = frozenset({"xl/theme/theme1.xml", "docProps/app.xml"})  # the library's own, and a list of names


def parts() -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(written(unit_plan()))) as archive:
        return {
            name.replace("/", "."): archive.read(name).decode().replace("><", ">\n<") + "\n"
            for name in archive.namelist()
            if name not in IGNORED
        }


def test_the_parts_of_a_unit_workbook_are_as_agreed(*, update_golden: bool) -> None:
    found = parts()
    if update_golden:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path in FOLDER.iterdir():
            path.unlink()
        for name, text in found.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    differing = [name for name in sorted({*found, *kept}) if found.get(name) != kept.get(name)]
    assert differing == [], f"look at `git diff {FOLDER.name}` after `pytest --update-golden`"
