"""The computed indicators of all districts, last year's, their comparison, and where each comes from."""

from __future__ import annotations

from xltool.indicators.computing import compute
from xltool.indicators.last_year import compute_last_year
from xltool.indicators.pages import Annex, annex_pages
from xltool.indicators.single import complete_indicators, indicators_of
from xltool.indicators.tracing import trace

__all__ = ["Annex", "annex_pages", "complete_indicators", "compute", "compute_last_year", "indicators_of", "trace"]
