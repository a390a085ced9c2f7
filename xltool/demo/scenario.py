"""The story of the demo (`scenario.toml`): who returns what, and what the samples and the mistakes make of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xltool.demo import attachments, entries, fieldwork, mistakes
from xltool.demo.answering import OfficeAnswer
from xltool.demo.attachments import FILES_FILE, FileFault
from xltool.demo.entries import Entry
from xltool.demo.fieldwork import FieldStory
from xltool.demo.mistakes import Mistake
from xltool.model.edition import Level

SCENARIO_FILE = "scenario.toml"
MISTAKES_FILE = "mistakes.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByUnits:
    """A district whose units fill workbooks of their own. `leaves`: what the district's workbook leaves to them."""

    leaves: tuple[Level, ...]
    missing: tuple[str, ...]  # units that return nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Everything that happens in the demo, apart from the program itself."""

    sampled: tuple[str, ...]
    unreturned: tuple[str, ...]
    answered: tuple[OfficeAnswer, ...]  # findings that the office settles itself
    corrected: str  # the district that corrects its marked workbook, in two rounds
    confirmed: str  # the district whose review is finished
    returned: str  # the district that is sent back, for `return_reason`
    return_reason: str
    by_units: Mapping[str, ByUnits]
    signoff: Mapping[str, str]
    entries: Mapping[str, tuple[Entry, ...]]  # by district
    mistakes: tuple[Mistake, ...]
    files: tuple[FileFault, ...]
    documented: tuple[str, ...]  # districts with many documents, whose indexes are written
    field: FieldStory

    def mistakes_in(self, district: str, unit: str | None) -> tuple[Mistake, ...]:
        """The mistakes in one workbook."""
        return tuple(mistake for mistake in self.mistakes if (mistake.district, mistake.unit) == (district, unit))

    @property
    def planted(self) -> tuple[Mistake | FileFault, ...]:
        """Everything that must be found."""
        return (*self.mistakes, *(fault for fault in self.files if fault.finding is not None))

    def file_faults_in(self, district: str, unit: str | None) -> tuple[FileFault, ...]:
        """What goes wrong with the files beside one workbook."""
        return tuple(fault for fault in self.files if (fault.district, fault.unit) == (district, unit))


def load(folder: Path) -> Scenario:
    """The scenario of an edition's samples."""
    data = tomllib.loads((folder / SCENARIO_FILE).read_text("utf-8"))
    by_district: dict[str, list[Entry]] = {}
    for entry in entries.loads((folder / entries.VALUES_FILE).read_text("utf-8")):
        by_district.setdefault(entry.district, []).append(entry)
    return Scenario(
        sampled=tuple(data["sampled"]),
        unreturned=tuple(data["unreturned"]),
        answered=tuple(OfficeAnswer(**one) for one in data["answered"]),
        corrected=data["corrected"],
        confirmed=data["review"]["confirmed"],
        returned=data["review"]["returned"],
        return_reason=data["review"]["reason"],
        by_units={
            story["district"]: ByUnits(
                leaves=tuple(Level(level) for level in story["district_leaves"]), missing=tuple(story["missing"])
            )
            for story in data["by_units"]
        },
        signoff=data.get("signoff", {}),
        entries={district: tuple(own) for district, own in by_district.items()},
        mistakes=mistakes.loads((folder / MISTAKES_FILE).read_text("utf-8")),
        files=attachments.loads((folder / FILES_FILE).read_text("utf-8")),
        documented=tuple(data["documented"]),
        field=fieldwork.load(folder),
    )
