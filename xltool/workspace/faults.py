"""Faults of `campaign.toml`, said with the file's name."""

from __future__ import annotations

from xltool.errors import CampaignError
from xltool.messages import reason

CONFIG_FILE = "campaign.toml"


def faulty(code: str, **context: object) -> CampaignError:
    """The fault of a setting that can't be used."""
    return CampaignError("campaign_faulty", place=CONFIG_FILE, reason=reason(code, **context))
