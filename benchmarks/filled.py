"""A campaign whose workbooks come back filled with the sample answers, for the benchmarks of reading and ingesting.

Filling by patching the sheets' XML takes milliseconds a workbook; the sample answers are synthetic.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from xltool import campaign as office
from xltool import data
from xltool.campaign import Campaign
from xltool.campaign.plans import stored_plan
from xltool.demo import scenario
from xltool.demo.answers import district_answers, unit_answers
from xltool.model.numbers import serial
from xltool.model.plan import Plan, a1

Key = tuple[str, int | None, str | None]


def campaign(folder: Path, districts: int = 0) -> Campaign:
    """A new campaign of the packaged edition; with so many made-up districts in place of its own, if any."""
    if not districts:
        return Campaign.open(office.init(folder, "2023"))
    rules = Path(shutil.copytree(data.folder("rules") / "2023", folder.with_name(f"{folder.name}-rules")))
    units = rules / "units.yaml"
    names = "".join(f"  - {{name: 虚构{number:04}区}}\n" for number in range(1, districts + 1))
    own = re.compile(r"(?<=^districts:\n)(  - .*\n)+", re.MULTILINE)
    units.write_text(own.sub(names, units.read_text("utf-8")), "utf-8")
    return Campaign.open(office.init(folder, str(rules)))


def returns(of: Campaign, districts: tuple[str, ...] = ()) -> list[Path]:
    """Generate the workbooks of districts (all, if none are named) and put them, filled, into the inbox.

    Made-up districts give the answers of the samples' districts, in turn.
    """
    story = scenario.load(data.folder("samples") / "2023")
    samples = [*story.entries.values()]
    in_turn = {name: samples[number % len(samples)] for number, name in enumerate(of.district_names)}
    office.generate(of, districts=districts)
    found = []
    for issued in of.store.issued().values():
        district, unit = issued.identity.district, issued.identity.unit
        entries = story.entries.get(district, in_turn[district])
        answers = (
            district_answers(entries, of.edition, of.units_of(district))
            if unit is None
            else unit_answers(entries, unit)
        )
        source = of.workspace.root / issued.file
        target = of.workspace.inbox / source.relative_to(of.workspace.outbox)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(filled(source.read_bytes(), stored_plan(of.store, issued.identity.plan), answers.typed))
        found.append(target)
    return sorted(found)


def filled(workbook: bytes, plan: Plan, answers: Mapping[Key, str]) -> bytes:
    """The workbook with answers typed into its cells."""
    by_sheet: dict[str, dict[str, str]] = {}
    for key, text in answers.items():
        sheet, cell = plan.inputs[key]
        kind = plan.slots[cell.slot or ""].type
        by_sheet.setdefault(sheet, {})[a1(cell.row, cell.col)] = inner(text, kind)
    parts = {f"xl/worksheets/sheet{number}.xml": sheet.name for number, sheet in enumerate(plan.sheets, start=1)}
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            typed = by_sheet.get(parts.get(name, ""), {})
            new.writestr(name, patched(old.read(name).decode(), typed) if typed else old.read(name))
    return target.getvalue()


def inner(text: str, kind: str) -> str:
    """A cell's type and content as XML."""
    if kind in {"integer", "number"} and text.replace(".", "", 1).isdigit():
        return f"><v>{text}</v></c>"
    if kind == "date":
        return f"><v>{serial(dt.date.fromisoformat(text)):g}</v></c>"
    return f' t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def patched(xml: str, typed: Mapping[str, str]) -> str:
    """A sheet with its blank cells filled."""

    def fill(match: re.Match[str]) -> str:
        content = typed.get(match[1])
        return match[0] if content is None else f'<c r="{match[1]}"{match[2]}{content}'

    return re.sub(r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?/>', fill, xml)
