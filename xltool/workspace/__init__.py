"""A campaign's folder: its configuration, secret, list of member units, and where everything lies.

Workspace.find(Path.cwd())        the campaign that a folder is in
Workspace.open(folder)            the campaign in this folder
create(folder, edition, ...)      a new one, whole or not at all
workspace.secret(), workspace.roster(edition)
"""

from __future__ import annotations

from xltool.workspace.config import Config, new_config
from xltool.workspace.faults import CONFIG_FILE
from xltool.workspace.folder import DATABASE_FILE, ROSTER_FILE, SECRET_FILE, Workspace, create
from xltool.workspace.roster import Roster, RosterUnit
from xltool.workspace.secret import Secret

__all__ = [
    "CONFIG_FILE",
    "DATABASE_FILE",
    "ROSTER_FILE",
    "SECRET_FILE",
    "Config",
    "Roster",
    "RosterUnit",
    "Secret",
    "Workspace",
    "create",
    "new_config",
]
