"""The computed indicators of all districts, their comparison, and where each comes from."""

from __future__ import annotations

from xltool.indicators.computing import compute
from xltool.indicators.single import indicators_of
from xltool.indicators.tracing import trace

__all__ = ["compute", "indicators_of", "trace"]
