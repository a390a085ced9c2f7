"""Word templates: the program's own, those that the office edited, and whether these are in order."""

from __future__ import annotations

import shutil
from pathlib import Path

from xltool import data
from xltool import edition as editions
from xltool.campaign.opened import Campaign, Row
from xltool.errors import CampaignError, UsageError
from xltool.model.report_kinds import KIND_PROPERTY, TITLES

FOLDER = "templates"
"""The folder in the campaign's that holds the office's own templates."""

FIELDS = ("paragraph_number", "paragraph", "tag", "message")


def template_of(campaign: Campaign, kind: str) -> Path:
    """The Word template of a kind of report: the office's own where there is one, else the program's."""
    own = campaign.workspace.root / FOLDER / template_name(kind)
    return own if own.is_file() else packaged(kind)


def template_name(kind: str) -> str:
    """What the office's own template of a kind is called."""
    return f"{TITLES[kind]}模板.docx"


def packaged(kind: str) -> Path:
    """The program's own template of a kind."""
    return data.folder("templates") / f"{kind}.docx"


def copy_templates(campaign: Campaign) -> list[Row]:
    """Copies of the program's templates in the campaign's folder, to be edited in Word; those there already stay."""
    rows: list[Row] = []
    for kind in TITLES:
        target = campaign.workspace.root / FOLDER / template_name(kind)
        copied = not target.exists()
        if copied:
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(packaged(kind), target)
        rows.append({"kind": kind, "file": campaign.relative(target), "copied": copied})
    return rows


def lint_template(file: Path, rules: Path, *, title: str | None = None) -> list[Row]:
    """Everything that is wrong with a template; one row a fault: `paragraph_number`, `paragraph`, `tag`, `message`.

    Args:
        file: the template.
        rules: the edition's folder, whose reports are tried on it.
        title: what kind of report it is for, where its properties don't say.

    Raises:
        UsageError: the kind isn't known.
        CampaignError: it is no Word file.
    """
    from xltool import reports  # noqa: PLC0415 - loads the Word libraries

    try:
        content = file.read_bytes()
    except OSError as error:
        raise CampaignError("template_unreadable", path=file) from error
    named = title or reports.read_own(content).get(KIND_PROPERTY, "")
    kind = next((kind for kind, known in TITLES.items() if known == named), None)
    if kind is None:
        raise UsageError("template_kind", path=file, known="、".join(TITLES.values()))
    faults = reports.lint_template(file.name, content, editions.load(rules), kind, packaged(kind).read_bytes())
    return [
        {"paragraph_number": one.number, "paragraph": one.paragraph, "tag": one.tag, "message": one.message}
        for one in faults
    ]
