"""The campaign's folder: found from the current directory upward, made whole or not at all.

Everything in it is named relative to its root, so it can be moved or copied. It carries its own copy of
the edition: a later version of the program changes nothing in the middle of a campaign.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from xltool.errors import CampaignError, UsageError
from xltool.messages import os_reason
from xltool.model.edition import Edition
from xltool.workspace import config as configuration
from xltool.workspace import roster as unit_list
from xltool.workspace import secret as secret_file
from xltool.workspace.config import Config
from xltool.workspace.faults import CONFIG_FILE
from xltool.workspace.roster import Roster
from xltool.workspace.secret import Secret

DATABASE_FILE = "campaign.db"
ROSTER_FILE = unit_list.ROSTER_FILE
SECRET_FILE = ".secret"  # noqa: S105 - a file's name
FOLDERS = ("outbox", "inbox", "archive", "reports")
_SAID_ALONE = {SECRET_FILE: "secret_missing", ROSTER_FILE: "roster_missing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A campaign's folder and its settings."""

    root: Path
    config: Config

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """The campaign that a folder is in: the nearest `campaign.toml` there or above."""
        start = start.absolute()
        for folder in (start, *start.parents):
            if (folder / CONFIG_FILE).is_file():
                return cls.open(folder)
        raise CampaignError("no_campaign", path=start)

    @classmethod
    def open(cls, root: Path) -> Workspace:
        """The campaign in this very folder; a part that is missing is a `CampaignError`."""
        if not root.exists():
            raise UsageError("path_missing", path=root)
        if not (root / CONFIG_FILE).is_file():
            raise CampaignError("no_campaign", path=root)
        workspace = cls(root=root.absolute(), config=configuration.read(root / CONFIG_FILE))
        workspace._require_whole()
        return workspace

    @property
    def outbox(self) -> Path:
        """Workbooks and notices to send."""
        return self.root / "outbox"

    @property
    def inbox(self) -> Path:
        """Where the office may put what came back."""
        return self.root / "inbox"

    @property
    def archive(self) -> Path:
        """Returned bytes by SHA-256: in the campaign's folder, or where the settings say."""
        return self.root / (self.config.archive or "archive")

    @property
    def shares_archive(self) -> bool:
        """Whether the archive is a folder outside, which other clerks write to as well."""
        return bool(self.config.archive)

    @property
    def reports(self) -> Path:
        """Word files."""
        return self.root / "reports"

    @property
    def rules(self) -> Path:
        """The campaign's own copy of the edition's YAML files."""
        return self.root / "rules" / self.config.edition

    @property
    def database(self) -> Path | str:
        """The SQLite file, or the address of a database server."""
        return self.config.database or self.root / DATABASE_FILE

    def secret(self) -> Secret:
        """The campaign's key and sheet password."""
        return secret_file.read(self.root / SECRET_FILE)

    def roster(self, edition: Edition) -> Roster:
        """Each district's member units, as the office's list stands now."""
        return unit_list.read(self.root / ROSTER_FILE, edition)

    def verify(self, edition: Edition) -> None:
        """Hold the settings against the loaded edition."""
        configuration.verify(self.config, edition)

    def relative(self, path: Path) -> str:
        """How a file of the campaign is named in the database: from the root, with slashes."""
        return path.absolute().relative_to(self.root).as_posix()

    def _require_whole(self) -> None:
        rules = f"rules/{self.config.edition}"
        needed = [rules, SECRET_FILE, ROSTER_FILE] + ([] if self.config.database else [DATABASE_FILE])
        missing = [name for name in needed if not (self.root / name).exists()]
        if rules not in missing and not any(self.rules.glob("*.yaml")):
            missing.insert(0, rules)
        if missing:
            code = _SAID_ALONE.get(missing[0], "") if len(missing) == 1 else ""
            raise CampaignError(code or "campaign_incomplete", missing="、".join(missing))


def create(root: Path, edition: Edition, config: Config, *, prepare: Callable[[Workspace], None]) -> Workspace:
    """A new campaign folder; `root` must not exist or be empty.

    Everything is built in a temporary folder beside (or in) it and put in place at the end, so a failure
    leaves nothing. `prepare` gets the unfinished workspace to put the database in.
    """
    root = root.absolute()
    try:
        exists = root.exists()
        if exists and (not root.is_dir() or any(root.iterdir())):
            raise UsageError("folder_not_empty", path=root)
        root.parent.mkdir(parents=True, exist_ok=True)
        staging = (root if exists else root.parent) / f".xltool-{secrets.token_hex(4)}"
        try:
            staging.mkdir()
            workspace = Workspace(root=staging, config=config)
            _build(workspace, edition)
            prepare(workspace)
            _put_in_place(staging, root)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise CampaignError("campaign_unwritable", path=root, reason=os_reason(error)) from error
    return replace(workspace, root=root)


def _build(workspace: Workspace, edition: Edition) -> None:
    for name in FOLDERS:
        (workspace.root / name).mkdir()
    workspace.rules.mkdir(parents=True)
    for name, text in edition.files.items():
        (workspace.rules / name).write_bytes(text.encode())
    secret_file.write(workspace.root / SECRET_FILE, secret_file.generate())
    unit_list.write(workspace.root / ROSTER_FILE, edition)
    (workspace.root / CONFIG_FILE).write_bytes(configuration.dumps(workspace.config, edition).encode())


def _put_in_place(staging: Path, root: Path) -> None:
    """Rename a new folder at once; into an existing one move the parts, `campaign.toml` last: it makes the campaign."""
    if staging.parent != root:
        staging.rename(root)
        return
    parts = sorted(staging.iterdir(), key=lambda part: (part.name == CONFIG_FILE, part.name))
    try:
        for part in parts:
            part.rename(root / part.name)
    except OSError:
        for part in parts:
            if (root / part.name).exists():
                (root / part.name).rename(part)
        raise
