"""`.secret`: the key that signs workbooks, and the password that protects their sheets."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from xltool.errors import CampaignError

KEY_BYTES = 32
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Both secrets; neither shows in a representation, a report or a message."""

    key: bytes = field(repr=False)
    sheet_password: str = field(repr=False)


def generate() -> Secret:
    """A new secret from the operating system's randomness."""
    return Secret(key=secrets.token_bytes(KEY_BYTES), sheet_password=secrets.token_urlsafe(9))


def write(path: Path, secret: Secret) -> None:
    """Write a secret to a new file that only its owner may read."""
    text = json.dumps({"key": secret.key.hex(), "sheet_password": secret.sheet_password})
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")


def read(path: Path) -> Secret:
    """The campaign's secret; whatever is wrong with the file, its content is never part of a message."""
    try:
        data = json.loads(path.read_text(encoding="ascii"))
        secret = Secret(key=bytes.fromhex(data["key"]), sheet_password=data["sheet_password"])
    except FileNotFoundError:
        raise CampaignError("secret_missing") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise CampaignError("secret_faulty") from None
    if len(secret.key) != KEY_BYTES or not isinstance(secret.sheet_password, str) or not secret.sheet_password:
        raise CampaignError("secret_faulty")
    return secret
