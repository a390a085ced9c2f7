"""What every command works with: an opened campaign, or the edition alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from xltool import edition as editions
from xltool import layout, messages
from xltool.errors import CampaignError, UsageError
from xltool.model.edition import Edition
from xltool.store import Store
from xltool.workspace import Config, Roster, Secret, Workspace, create, new_config

Row = dict[str, object]
Advance = Callable[[int, int], None]
"""Called with (done, total) while long work goes on."""


def quietly(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """A campaign folder with its edition, unit list, secret and database."""

    workspace: Workspace
    edition: Edition
    roster: Roster
    secret: Secret
    store: Store

    @classmethod
    def open(cls, folder: Path | None = None) -> Campaign:
        """The campaign in `folder`, or the one that the current directory is in."""
        workspace = Workspace.open(folder) if folder else Workspace.find(Path.cwd())
        edition = editions.load(workspace.rules)
        workspace.verify(edition)
        return cls(
            workspace=workspace,
            edition=edition,
            roster=workspace.roster(edition),
            secret=workspace.secret(),
            store=Store.open(
                workspace.database,
                workspace.archive,
                shared=workspace.shares_archive,
                campaign=workspace.config.id,
            ),
        )

    @property
    def config(self) -> Config:
        """The settings of `campaign.toml`."""
        return self.workspace.config

    @cached_property
    def district_names(self) -> tuple[str, ...]:
        """The districts, in the notice's order."""
        return tuple(district.name for district in self.edition.districts)

    def units_of(self, district: str) -> tuple[str, ...]:
        """A district's member units that have a workbook, in the list's order."""
        return self.roster.with_workbook(district)

    def answers_of(self, district: str, unit: str) -> tuple[str, ...]:
        """The `one_unit` items that a member unit answers for."""
        return next(member.answers_for for member in self.roster.units(district) if member.name == unit)

    def require_district(self, name: str) -> str:
        """The name, if the edition has such a district."""
        if name not in self.district_names:
            raise UsageError("unknown_district", name=name, known="、".join(self.district_names))
        return name

    def relative(self, path: Path) -> str:
        """How a file of the campaign is named in records and output."""
        return self.workspace.relative(path)


def init(folder: Path, edition: str) -> Path:
    """Make a new campaign folder, whole or not at all."""
    loaded = editions.load(editions.locate(edition))
    workspace = create(folder, loaded, new_config(loaded), prepare=prepare_database)
    return workspace.root


def prepare_database(workspace: Workspace) -> None:
    """The empty database of a new campaign."""
    Store.open(workspace.database, workspace.archive, campaign=workspace.config.id, create=True).close()


def edition_folder(folder: Path | None, name: str | None) -> Path:
    """The edition that `edition show` and `lint` mean: a named one, else the campaign's, else the newest packaged."""
    if name:
        return editions.locate(name)
    try:
        return (Workspace.open(folder) if folder else Workspace.find(Path.cwd())).rules
    except CampaignError as error:
        if folder or error.code != "no_campaign":
            raise
        return editions.locate(editions.available()[-1])


def show_edition(folder: Path) -> Mapping[str, Any]:
    """What `edition show --json` prints."""
    return editions.export(editions.load(folder))


def lint_edition(folder: Path) -> list[Row]:
    """Every fault of an edition's files, then, as notes, the rules that no workbook judges.

    Rows: file, line, message, severity, which is `error` (it can't be used), `warning`, `note` (all is well), and of a
    note the reason, which many have in common.
    """
    rows: list[Row] = [
        {"file": fault.file, "line": fault.line, "severity": fault.severity, "message": fault.message, "reason": None}
        for fault in editions.lint(folder)
    ]
    return rows if any(row["severity"] == "error" for row in rows) else [*rows, *_in_workbooks(folder)]


def _in_workbooks(folder: Path) -> Iterator[Row]:
    """What would not fit into a workbook, the district's, which holds everything, or a unit's; what isn't live."""
    edition = editions.load(folder)
    members = [unit for unit in edition.units if unit.workbook]
    answers = tuple(item for unit in members for item in unit.answers_for)
    plans = (
        layout.plan_for(edition, "district", units=len(members)),
        layout.plan_for(edition, "unit", answers=answers),
    )
    lines = editions.Lines(folder)
    for unfit in dict.fromkeys(one for plan in plans for one in layout.unfit(plan)):
        file, line = lines.of_record(unfit.id)
        yield {"file": file, "line": line, "severity": "error", "message": unfit.reason, "reason": None}
    for rule in layout.not_live(edition, plans):
        if rule.section == "checks":
            file, line = lines.of_record(rule.id)
        else:
            file, line = lines.of_comparison(rule.section, rule.id)
        message = messages.reason("not_live", label=rule.label, reason=rule.reason)
        yield {"file": file, "line": line, "severity": "note", "message": message, "reason": rule.reason}
