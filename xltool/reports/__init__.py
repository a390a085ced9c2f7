"""Word reports from snapshots. Importing this package loads docxtpl and python-pptx: import it where it is used."""

from __future__ import annotations

from xltool.reports.background import (
    Background,
    EvidenceCoverage,
    EvidenceNode,
    ExpertOpinion,
    FieldDay,
    LastYear,
    SurveyAnswer,
    SurveyOption,
)
from xltool.reports.comparing import compare_numbers
from xltool.reports.confirmation import Figure, Opinion, confirmation_letter
from xltool.reports.confirmation import Sources as LetterSources
from xltool.reports.context import Sources as DistrictSources
from xltool.reports.corrections import Workbook
from xltool.reports.district import district_report
from xltool.reports.facts import Coverage, PartValue
from xltool.reports.linting import lint_template
from xltool.reports.notice import Due, correction_notice
from xltool.reports.notice import Sources as NoticeSources
from xltool.reports.own_properties import read_own
from xltool.reports.reading import blocks_of
from xltool.reports.whole.documents import whole_report
from xltool.reports.whole.facts import CitySources

__all__ = [
    "Background",
    "CitySources",
    "Coverage",
    "DistrictSources",
    "Due",
    "EvidenceCoverage",
    "EvidenceNode",
    "ExpertOpinion",
    "FieldDay",
    "Figure",
    "LastYear",
    "LetterSources",
    "NoticeSources",
    "Opinion",
    "PartValue",
    "SurveyAnswer",
    "SurveyOption",
    "Workbook",
    "blocks_of",
    "compare_numbers",
    "confirmation_letter",
    "correction_notice",
    "district_report",
    "lint_template",
    "read_own",
    "whole_report",
]
