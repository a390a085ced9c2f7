"""Joins the stages, and reads top to bottom like the flow.

edition  init, show_edition, lint_edition, edition_folder     the scheme, and a campaign that uses it
   |
prefill                                                       other systems' and last year's values
   |
generate                                                      plan -> signed workbooks in the outbox
   |     cells                                                where everything of a workbook stands
   v
ingest                                                        returned files -> values and findings
   |
feedback                                                      findings -> marked workbooks and notices
   |
explain                                                       the office's own answer to a finding
   |
findings, values, diff, status                                what is stored
evidence, save_evidence                                       documents, their files, and what they cover
   |
take, log, verify                                             the steps of the review, and their log
   |
generate_field, field, save_field                             experts and survey of the sampled districts
   |
board                                                         where all districts stand
   |
indicators, trace                                             what it adds up to, down to the cell
   |
report_*, save_*                                              snapshot -> Word; rows -> tables
"""

from __future__ import annotations

from xltool.campaign.annex import save_indicators
from xltool.campaign.board import board
from xltool.campaign.cells import cells
from xltool.campaign.city_reports import report_city
from xltool.campaign.confirmations import report_confirmations
from xltool.campaign.data_package import report_package
from xltool.campaign.differences import changes_since, diff
from xltool.campaign.evidence import evidence, save_evidence
from xltool.campaign.evidence import totals as evidence_totals
from xltool.campaign.explain import explain
from xltool.campaign.feedback import feedback
from xltool.campaign.field import field, save_field
from xltool.campaign.field_issue import generate_field
from xltool.campaign.findings_book import save_findings
from xltool.campaign.form import platform_order
from xltool.campaign.ingest import ingest, ingest_each
from xltool.campaign.issue import generate
from xltool.campaign.letters import Letter
from xltool.campaign.notices import report_notices
from xltool.campaign.opened import Campaign, edition_folder, init, lint_edition, show_edition
from xltool.campaign.prefill import prefill
from xltool.campaign.publish import save_table
from xltool.campaign.reminders import remind
from xltool.campaign.report_check import verify_report
from xltool.campaign.reports import report_districts
from xltool.campaign.results import findings, indicators, trace, values
from xltool.campaign.review import Taken, take
from xltool.campaign.review_log import event_row, log
from xltool.campaign.signatures import Signature
from xltool.campaign.status import proposals, status
from xltool.campaign.templates import copy_templates, lint_template
from xltool.campaign.verification import verify
from xltool.campaign.workforce import Workforce

__all__ = [
    "Campaign",
    "Letter",
    "Signature",
    "Taken",
    "Workforce",
    "board",
    "cells",
    "changes_since",
    "copy_templates",
    "diff",
    "edition_folder",
    "event_row",
    "evidence",
    "evidence_totals",
    "explain",
    "feedback",
    "field",
    "findings",
    "generate",
    "generate_field",
    "indicators",
    "ingest",
    "ingest_each",
    "init",
    "lint_edition",
    "lint_template",
    "log",
    "platform_order",
    "prefill",
    "proposals",
    "remind",
    "report_city",
    "report_confirmations",
    "report_districts",
    "report_notices",
    "report_package",
    "save_evidence",
    "save_field",
    "save_findings",
    "save_indicators",
    "save_table",
    "show_edition",
    "status",
    "take",
    "trace",
    "values",
    "verify",
    "verify_report",
]
