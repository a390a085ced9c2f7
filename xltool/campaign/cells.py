"""`xltool cells`: where everything of an issued, returned or marked workbook stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from xltool import intake, layout
from xltool.campaign.crew import End, each
from xltool.campaign.ingest import context_of
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.plans import stored_plan
from xltool.campaign.reading import BOUNDS, Context, lookup, refusal, require_issued
from xltool.errors import RefusedFile, UsageError
from xltool.messages import fault
from xltool.model.plan import Recipient
from xltool.model.submission import Place

Found = tuple[str, Recipient, Mapping[tuple[str, int | None, str | None], Place]]
"""Digest of the plan, the recipient, and where everything stands."""


def cells(campaign: Campaign, file: Path) -> list[Row]:
    """Every cell of a workbook that this campaign issued, at the place where it stands in this very file."""
    if not file.is_file():
        raise UsageError("path_missing", path=file)
    context = context_of(campaign)
    (found,) = each(partial(find, context), [file], lost, workers=1, bounds=BOUNDS)
    if isinstance(found, RefusedFile):
        message, _ = fault(found.said, **found.context)
        raise UsageError("not_issued", path=file, reason=message)
    plan, recipient, places = found
    return layout.describe(stored_plan(context.store, plan), recipient, places)


def find(context: Context, file: Path) -> Found | RefusedFile:
    """Read a workbook, in a worker process as `ingest` does."""
    try:
        grid = intake.open_file(file)
        identity = intake.recognise(grid, context.key, context.campaign, lambda serial: lookup(context.store, serial))
        issued, plan = require_issued(identity, context, context.store)
        submission = intake.read(grid, plan, issued.recipient, identity, str(file), "")
    except RefusedFile as refused:
        return refused
    return identity.plan, issued.recipient, dict(submission.places)


def lost(_file: Path, end: End, fault: str) -> Found | RefusedFile:
    """The refusal of a workbook that ended its worker."""
    return refusal(end, fault)
