"""`ingest --as`: whose a workbook is that has lost its identity."""

from __future__ import annotations

from collections.abc import Sequence

from xltool.campaign.opened import Campaign
from xltool.errors import UsageError
from xltool.intake import Incoming
from xltool.model.identity import Identity

BETWEEN = ("/", "／")


def assigned_identity(campaign: Campaign, named: str) -> Identity:
    """What was issued last to a district, or to a unit of it.

    Args:
        campaign: Where it was issued.
        named: `DISTRICT` or `DISTRICT/UNIT`, full names.

    Raises:
        UsageError: there is no such recipient, or nothing was issued to it.
    """
    mark = next((mark for mark in BETWEEN if mark in named), BETWEEN[0])
    district, _, unit = (part.strip() for part in named.partition(mark))
    campaign.require_district(district)
    if unit and unit not in campaign.units_of(district):
        raise UsageError("unknown_unit", district=district, name=unit)
    issued = campaign.store.issued_last(district, unit or None)
    if issued is None:
        raise UsageError("as_not_issued", named=named)
    return issued.identity


def require_one(incoming: Sequence[Incoming]) -> None:
    """Refuse to assign several files to one recipient.

    Raises:
        UsageError: there are none or several.
    """
    count = sum(not file.system for file in incoming)
    if count != 1:
        raise UsageError("as_one_file", count=count)
