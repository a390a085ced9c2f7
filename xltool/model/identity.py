"""Who a workbook was issued to, and the signature that proves it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import asdict, dataclass
from typing import Literal

Kind = Literal["district", "unit", "experts", "survey"]
FIELD_KINDS = frozenset({"experts", "survey"})
"""Workbooks of the field day; an expert's `unit` is the expert's role."""

TOKEN_PREFIX = "XT1"  # noqa: S105 - the visible token is no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the hidden sheet of a workbook carries; `serial` is derived, so the same issue has the same one."""

    campaign: str
    edition: str
    kind: Kind
    district: str
    unit: str | None
    plan: str  # digest of the plan
    serial: str

    @property
    def whose(self) -> str:
        """The recipient, as messages name it."""
        return self.district if self.unit is None else f"{self.district}／{self.unit}"

    def signature(self, key: bytes) -> str:
        """HMAC-SHA256 over every field, as hexadecimal."""
        text = "\x1f".join(f"{name}={value or ''}" for name, value in sorted(asdict(self).items()))
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    def token(self, key: bytes) -> str:
        """The short visible form: campaign, serial and 16 digits of the signature."""
        return f"{TOKEN_PREFIX}-{self.campaign}-{self.serial}-{self.signature(key)[:16]}".upper()


def make_serial(key: bytes, *parts: str) -> str:
    """A serial number that depends on everything the workbook holds, and on nothing else."""
    return hmac.new(key, "\x1f".join(("serial", *parts)).encode(), hashlib.sha256).hexdigest()[:10]
