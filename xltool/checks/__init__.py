"""What is wrong with values that were read: in their cells, in their lists, among each other, and among districts."""

from __future__ import annotations

from xltool.checks.across import check_district
from xltool.checks.among import check_among
from xltool.checks.explanations import explained, grounded
from xltool.checks.live import compare_figures, compare_verdicts
from xltool.checks.peers import Figures, figures_of, spreads_of
from xltool.checks.prefilled import disputes, typed_before
from xltool.checks.single import check_cells, check_inputs
from xltool.checks.spread import Spread
from xltool.checks.within import check_file

__all__ = [
    "Figures",
    "Spread",
    "check_among",
    "check_cells",
    "check_district",
    "check_file",
    "check_inputs",
    "compare_figures",
    "compare_verdicts",
    "disputes",
    "explained",
    "figures_of",
    "grounded",
    "spreads_of",
    "typed_before",
]
