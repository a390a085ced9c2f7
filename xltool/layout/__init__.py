"""Edition and kind of workbook -> where every label, input, formula and list stands (pure)."""

from __future__ import annotations

from xltool.layout.codec import dumps, loads
from xltool.layout.description import describe
from xltool.layout.field import experts_plan, survey_plan
from xltool.layout.limits import unfit
from xltool.layout.liveness import not_live
from xltool.layout.plan import plan_for
from xltool.layout.problems import with_problems

__all__ = [
    "describe",
    "dumps",
    "experts_plan",
    "loads",
    "not_live",
    "plan_for",
    "survey_plan",
    "unfit",
    "with_problems",
]
