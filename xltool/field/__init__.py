"""Field monitoring: experts' opinions and the survey, from values to what they come to and what is wrong with them."""

from __future__ import annotations

from xltool.field.checking import check_experts, check_survey
from xltool.field.opinions import indicators_of, opinions_of
from xltool.field.pages import field_pages
from xltool.field.summary import summarise
from xltool.field.survey import sites_of

__all__ = [
    "check_experts",
    "check_survey",
    "field_pages",
    "indicators_of",
    "opinions_of",
    "sites_of",
    "summarise",
]
