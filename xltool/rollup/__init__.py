"""Member units to district: which value counts, what the totals are, where district and unit differ."""

from __future__ import annotations

from xltool.rollup.carrying import carry
from xltool.rollup.combining import combine

__all__ = ["carry", "combine"]
