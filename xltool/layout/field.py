"""Workbooks of the field day: an expert's opinions, and a survey's answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from xltool.layout.codec import digest
from xltool.layout.cover import cover_sheet
from xltool.layout.draft import Draft, owner_row
from xltool.layout.hidden import identity_sheet
from xltool.layout.lists import UNITS_LIST, list_sheet, plan_lists
from xltool.layout.sheet import Sheet, quoted, span
from xltool.model.edition import Edition, Rules
from xltool.model.field import (
    ANSWERS,
    APPROACHED,
    COUNTS,
    DAY,
    OPINION_LEVEL,
    OPINIONS,
    RESPONDENTS,
    SITE,
    SITES,
    TEXTS,
    VISIT,
)
from xltool.model.identity import Kind
from xltool.model.plan import CellKind, ListRef, Plan, Slot, a1, absolute_a1
from xltool.model.scheme import FieldScheme, Question, TextField

OPINION_SHEET, TEXT_SHEET = "专家意见", "总体意见"
SITE_SHEET, ANSWER_SHEET, COUNT_SHEET = "样本情况", "逐份答卷", "汇总计数"
NOTE_ROW, KEYS, HEADER_ROW, FIRST_ROW = 2, 3, 4, 5
TEXT = "text"
PEOPLE = 100_000
OPINION_HEIGHT, TEXT_HEIGHT = 90.0, 110.0
DATES = (dt.date(2020, 1, 1), dt.date(2099, 12, 31))


def experts_plan(edition: Edition, scheme: FieldScheme) -> Plan:
    """An expert's workbook: a row a second-level indicator, a row a text on the whole."""
    draft = Draft(edition=edition, kind="experts", items=(), units=0, rows=None)
    draft.lists = plan_lists(edition, (), 0)
    _opinions(draft, scheme)
    _texts(draft, scheme)
    what = {OPINION_SHEET: "按二级指标填写的意见", TEXT_SHEET: "实地监测日期，总体评价和其他意见"}
    return _finished(draft, "experts", scheme, what, (OPINIONS, TEXTS, VISIT))


def survey_plan(edition: Edition, scheme: FieldScheme, sites: int) -> Plan:
    """A survey's workbook for a number of sites, whose names are the recipient's `units`."""
    draft = Draft(edition=edition, kind="survey", items=(), units=sites, rows=None)
    draft.lists = plan_lists(edition, (), sites)
    _sites(draft, scheme, sites)
    _answers(draft, scheme)
    _counts(draft, scheme, sites)
    what = {
        SITE_SHEET: "各监测点的访问人数和有效问卷数",
        ANSWER_SHEET: "每份答卷一行",
        COUNT_SHEET: "不逐份录入时，按题填写各选项的人数",
    }
    return _finished(draft, "survey", scheme, what, (SITES, ANSWERS, COUNTS))


def _finished(draft: Draft, kind: Kind, scheme: FieldScheme, what: dict[str, str], items: tuple[str, ...]) -> Plan:
    contents = [(sheet.name, what[sheet.name], None) for sheet in draft.sheets]
    cover = cover_sheet(draft, contents, scheme.instructions[kind])
    plan = Plan(
        kind=kind,
        edition=draft.edition.id,
        edition_digest=draft.edition.digest,
        answers=items,
        sheets=(
            cover.plan(),
            *(sheet.plan() for sheet in draft.sheets),
            list_sheet(draft.lists),
            identity_sheet(),
        ),
        slots=draft.slots,
        lists=draft.lists,
        title=draft.edition.short_title,
    )
    return replace(plan, digest=digest(plan))


def _sheet(draft: Draft, name: str, title: str, note: str, widths: Sequence[float], frozen: int) -> Sheet:
    sheet = Sheet(
        name=name,
        widths=tuple(widths),
        freeze=(FIRST_ROW, frozen),
        repeat_rows=(HEADER_ROW, HEADER_ROW),
    )
    sheet.wide_label(0, (1, sheet.last_col), title, "title")
    owner_row(sheet)
    sheet.wide_label(NOTE_ROW, (1, sheet.last_col), note, "note")
    draft.sheets.append(sheet)
    return sheet


def _opinions(draft: Draft, scheme: FieldScheme) -> None:
    note = "每个二级指标一行；没有意见的留空。"
    widths = (6, 8, 30, *(38 for _ in scheme.aspects))
    sheet = _sheet(draft, OPINION_SHEET, "实地监测专家意见", note, widths, 4)
    first = 4
    columns = list(enumerate(scheme.aspects, start=first))
    sheet.key_row(KEYS, OPINIONS, [(col, aspect.id) for col, aspect in columns])
    for col, text in ((1, "序号"), (2, "编号"), (3, "二级指标")):
        sheet.label(HEADER_ROW, col, text, "head")
    for col, aspect in columns:
        sheet.label(HEADER_ROW, col, aspect.label, "head", item=OPINIONS, column=aspect.id)
    nodes = [node for node in draft.edition.framework if node.level == OPINION_LEVEL]
    for entry, node in enumerate(nodes, start=1):
        row = FIRST_ROW + entry - 1
        sheet.key(row, f"{OPINIONS}#{entry}")
        sheet.label(row, 1, str(entry), "label.center")
        sheet.label(row, 2, node.id, "label.center")
        sheet.label(row, 3, node.name)
        for col, aspect in columns:
            draft.place_input(sheet, (row, col), text_slot(OPINIONS, aspect), (OPINIONS, entry, aspect.id))
        sheet.heights[row] = OPINION_HEIGHT


def text_slot(item: str, asked: TextField) -> Slot:
    """The slot of a text that may be left out."""
    return Slot(
        id=f"{item}.{asked.id}",
        label=asked.label,
        type="text",
        rules=Rules(type="text", required=False, maxlength=asked.maxlength),
        prompt=f"可不填；不超过{asked.maxlength}个字。",
    )


def _texts(draft: Draft, scheme: FieldScheme) -> None:
    sheet = _sheet(draft, TEXT_SHEET, "总体意见", "实地监测日期请填当天日期；其他各项没有意见的留空。", (6, 24, 96), 3)
    sheet.key_row(KEYS, VISIT, ((3, DAY),))
    sheet.key(HEADER_ROW, VISIT)
    sheet.wide_label(HEADER_ROW, (1, 2), "实地监测日期", "head")
    day = Slot(
        id=f"{VISIT}.{DAY}",
        label="实地监测日期",
        type="date",
        rules=Rules(type="date", required=False, min=DATES[0], max=DATES[1]),
        prompt="请按2023-10-17的样式填写到该区实地监测的日期。",
    )
    draft.place_input(sheet, (HEADER_ROW, 3), day, (VISIT, None, DAY))
    sheet.repeat_rows = None
    sheet.key_row(FIRST_ROW, TEXTS, ((3, TEXT),))
    for entry, asked in enumerate(scheme.texts, start=1):
        row = FIRST_ROW + entry
        sheet.key(row, f"{TEXTS}#{entry}")
        sheet.label(row, 1, str(entry), "label.center")
        sheet.label(row, 2, asked.label, "head")
        draft.place_input(sheet, (row, 3), text_slot(TEXTS, asked), (TEXTS, entry, TEXT))
        sheet.heights[row] = TEXT_HEIGHT


def _sites(draft: Draft, scheme: FieldScheme, sites: int) -> None:
    note = "访问人数为请求过接受访问的人数，有效问卷数为完成的问卷数；后两列自动计算。"
    sheet = _sheet(draft, SITE_SHEET, scheme.survey_title, note, (6, 44, 14, 14, 14, 34), 3)
    sheet.key_row(KEYS, SITES, ((2, SITE), (3, APPROACHED), (4, RESPONDENTS)))
    heads = ("序号", "监测点", "访问人数\n（人）", "有效问卷数\n（份）", "已逐份录入\n（份）", "核对")
    for col, text in enumerate(heads, start=1):
        sheet.label(HEADER_ROW, col, text, "head")
    entered = f"{quoted(ANSWER_SHEET)}!{span((FIRST_ROW, 2), (FIRST_ROW + scheme.survey_rows - 1, 2))}"
    for entry in range(1, sites + 1):
        row = FIRST_ROW + entry - 1
        sheet.key(row, f"{SITES}#{entry}")
        sheet.label(row, 1, str(entry), "label.center")
        known = {"item": SITES, "entry": entry, "column": SITE, "bound": UNITS_LIST}
        sheet.put(row, 2, CellKind.PREFILLED, "prefilled.text", **known)
        for col, column, label in ((3, APPROACHED, "访问人数"), (4, RESPONDENTS, "有效问卷数")):
            draft.place_input(sheet, (row, col), people_slot(f"{SITES}.{column}", label), (SITES, entry, column))
        site, asked, answered, rows = (a1(row, col) for col in (2, 3, 4, 5))
        sheet.formula(row, 5, f"=COUNTIF({entered},{site})", "result.integer")
        wrong = (
            f'IF(COUNT({asked},{answered})<2,"",IF({answered}>{asked},"有效问卷数多于访问人数",'
            f'IF({rows}>{answered},"录入的答卷多于有效问卷数",IF(AND({rows}>0,{rows}<{answered}),"尚未录完",""))))'
        )
        sheet.formula(row, 6, f"={wrong}", "check")
        sheet.heights[row] = 30.0


def people_slot(name: str, label: str, prompt: str = "") -> Slot:
    """The slot of a number of people."""
    rules = Rules(type="integer", required=False, min=0, max=PEOPLE)
    return Slot(id=name, label=label, type="integer", rules=rules, unit_of_measure="人", prompt=prompt)


def _answers(draft: Draft, scheme: FieldScheme) -> None:
    note = "每份答卷一行，答案填选项前的数字；受访者没有回答或表示不了解的留空。"
    widths = (7, 26, *(17 for _ in scheme.questions))
    sheet = _sheet(draft, ANSWER_SHEET, f"{scheme.survey_title}：逐份答卷", note, widths, 3)
    columns = list(enumerate(scheme.questions, start=3))
    sheet.key_row(KEYS, ANSWERS, [(2, SITE), *((col, question.id) for col, question in columns)])
    sheet.label(HEADER_ROW, 1, "序号", "head")
    sheet.label(HEADER_ROW, 2, "监测点", "head", item=ANSWERS, column=SITE)
    for number, (col, question) in enumerate(columns, start=1):
        text = f"{number}. {question.label}\n（{question.scale.words}）"
        sheet.label(HEADER_ROW, col, text, "head", item=ANSWERS, column=question.id)
    site = Slot(
        id=f"{ANSWERS}.{SITE}",
        label="监测点",
        type="choice",
        rules=Rules(type="choice", required=False),
        choices=ListRef(name=UNITS_LIST),
        prompt="请从下拉选项中选择监测点。",
    )
    slots = [(col, question.id, answer_slot(question)) for col, question in columns]
    for entry in range(1, scheme.survey_rows + 1):
        row = FIRST_ROW + entry - 1
        sheet.key(row, f"{ANSWERS}#{entry}")
        sheet.label(row, 1, str(entry), "label.center")
        draft.place_input(sheet, (row, 2), site, (ANSWERS, entry, SITE))
        for col, column, slot in slots:
            draft.place_input(sheet, (row, col), slot, (ANSWERS, entry, column))
    sheet.filtered = (HEADER_ROW, 1, FIRST_ROW + scheme.survey_rows - 1, sheet.last_col)


def answer_slot(question: Question) -> Slot:
    """The slot of one answer: the number of an option."""
    options = question.scale.options
    rules = Rules(type="integer", required=False, min=min(options), max=max(options))
    prompt = f"{question.scale.words}；没有回答的留空。"
    return Slot(id=f"{ANSWERS}.{question.id}", label=question.label, type="integer", rules=rules, prompt=prompt)


def _counts(draft: Draft, scheme: FieldScheme, sites: int) -> None:
    numbers = sorted({option for question in scheme.questions for option in question.scale.options})
    note = "只用于没有逐份录入的监测点：每题填写选择各选项的人数；“—”处不填。"
    widths = (6, 26, 40, 40, *(11 for _ in numbers), 11, 24)
    sheet = _sheet(draft, COUNT_SHEET, f"{scheme.survey_title}：汇总计数", note, widths, 4)
    place = {option: col for col, option in enumerate(numbers, start=5)}
    sheet.key_row(KEYS, COUNTS, [(col, f"option{option}") for option, col in place.items()])
    for col, text in ((1, "序号"), (2, "监测点"), (3, "问题"), (4, "选项")):
        sheet.label(HEADER_ROW, col, text, "head")
    for option, col in place.items():
        sheet.label(HEADER_ROW, col, f"选“{option}”\n（人）", "head", item=COUNTS, column=f"option{option}")
    total = 5 + len(numbers)
    sheet.label(HEADER_ROW, total, "合计\n（人）", "head")
    sheet.label(HEADER_ROW, total + 1, "核对", "head")
    entry = 0
    for site in range(1, sites + 1):
        answered = f"{quoted(SITE_SHEET)}!{absolute_a1(FIRST_ROW + site - 1, 4)}"
        for number, question in enumerate(scheme.questions, start=1):
            entry += 1
            row = FIRST_ROW + entry - 1
            sheet.key(row, f"{COUNTS}#{entry}")
            sheet.label(row, 1, str(entry), "label.center")
            sheet.put(row, 2, CellKind.LABEL, "label", bound=UNITS_LIST, entry=site)
            sheet.label(row, 3, f"{number}. {question.label}")
            sheet.label(row, 4, question.scale.words, "small")
            for option, col in place.items():
                if option in question.scale.options:
                    column = f"option{option}"
                    label = f"选“{option} {question.scale.options[option]}”的人数"
                    slot = people_slot(f"{COUNTS}.{question.id}.{column}", label)
                    draft.place_input(sheet, (row, col), slot, (COUNTS, entry, column))
                else:
                    sheet.label(row, col, "—", "label.center")
            first, last, sum_cell = a1(row, 5), a1(row, total - 1), a1(row, total)
            sheet.formula(row, total, f"=SUM({first}:{last})", "result.integer")
            wrong = f'IF(ISNUMBER({answered}),IF({sum_cell}>{answered},"多于有效问卷数",""),"")'
            sheet.formula(row, total + 1, f"={wrong}", "check")
