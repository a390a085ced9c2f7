"""`xltool cells`: where everything of an issued, returned or marked workbook stands."""

from __future__ import annotations

import hashlib
from pathlib import Path

from xltool import intake, layout
from xltool.campaign.ingest import context_of
from xltool.campaign.opened import Campaign, Row
from xltool.campaign.reading import lookup, require_issued
from xltool.errors import RefusedFile, UsageError
from xltool.messages import fault


def cells(campaign: Campaign, file: Path) -> list[Row]:
    """Every cell of a workbook that this campaign issued, at the place where it stands in this very file."""
    if not file.is_file():
        raise UsageError("path_missing", path=file)
    context = context_of(campaign)
    try:
        data = file.read_bytes()
        grid = intake.read_bytes(str(file), data)
        identity = intake.recognise(grid, context.key, context.campaign, lambda serial: lookup(context, serial))
        issued, plan = require_issued(identity, context)
        sha256 = hashlib.sha256(data).hexdigest()
        submission = intake.read(grid, plan, issued.recipient, identity, str(file), sha256)
    except RefusedFile as refused:
        message, _ = fault(refused.said, **refused.context)
        raise UsageError("not_issued", path=file, reason=message) from refused
    return layout.describe(plan, issued.recipient, submission.places)
