"""One return a code of the catalogue that raises it, as real as is quick: read from a workbook, or checked on values.

A new kind of finding is added here with the return that raises it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import corpus
from corpus.running import outcome
from openpyxl import Workbook
from openpyxl.styles import Font

from builders import attachments, campaigns, surveys
from builders.attachments import document, file
from builders.returns import (
    CAMPAIGN,
    IDENTITY,
    KEY,
    PLAN,
    RECIPIENT,
    Address,
    copied_values,
    issued,
    patched,
    read_back,
    returned,
    saved,
)
from builders.values import (
    DISTRICT,
    UNITS,
    check,
    edition,
    listed,
    members,
    nothing,
    plan,
    recipient,
    submission,
    value,
)
from xltool import checks, intake
from xltool.campaign.carrying import carried
from xltool.campaign.said import among_others, several_in_run
from xltool.checks.across import check_district
from xltool.model.comparison import ChangeLimit, Comparisons, Magnitudes, PeerRule, Peers
from xltool.model.edition import Edition, Item, Rules, Scope, Severity
from xltool.model.evidence import Attachment
from xltool.model.finding import Finding
from xltool.model.plan import Prefilled
from xltool.model.submission import Place
from xltool.model.values import Value
from xltool.rollup import combine
from xltool.store import Return
from xltool.store.returns import draft

Found = Iterable[Finding]
UNIT = "文化局"
POPULATION: Address = ("resident_population", None, None)
LIBRARY: Address = ("library_area", None, None)


def typed(item: str, content: object, number_format: str | None = None) -> Callable[[], Found]:
    """A cell of the small workbook, typed into and read back."""
    address: Address = (item, None, None)
    formats = {address: number_format} if number_format else None
    return lambda: read_back(returned({address: content}, formats=formats)).findings


def damaged(values: Mapping[Address, Any], damage: Callable[[Workbook], None]) -> Callable[[], Found]:
    """The small workbook, filled and damaged."""
    return lambda: read_back(returned(values, damage)).findings


def cell_checked(*values: Value, unit: str | None = None) -> Callable[[], Found]:
    """A file of the toy edition, whose other cells are blank."""
    file = submission(*values, unit=unit)
    return lambda: checks.check_cells(file, plan("unit" if unit else "district"), edition(), recipient(unit))


def over_district(which: Edition, *values: Value) -> Callable[[], Found]:
    """What a district's values say together."""
    return lambda: check_district(combine(which, DISTRICT, UNITS, (*members(), *values)), which)


def in_file(which: Edition, *values: Value) -> Callable[[], Found]:
    """What a district's file says by itself."""
    file = submission(*(one for one in values if not one.prefilled))
    known = (*members(), *(one for one in values if one.prefilled), *file.values)
    return lambda: checks.check_file(combine(which, DISTRICT, UNITS, known), file, plan("district"), which)


def delete_row(book: Workbook) -> None:
    book["基础数据"].delete_rows(3)


def copy_row(book: Workbook) -> None:
    sheet = book["基础数据"]
    for column in range(1, 6):
        sheet.cell(20, column).value = sheet.cell(3, column).value


def swap_labels(book: Workbook) -> None:
    sheet = book["基础数据"]
    for column in "BCDE":
        one, two = sheet[f"{column}3"], sheet[f"{column}5"]
        one.value, two.value = two.value, one.value


def swap_units(book: Workbook) -> None:
    sheet = book["成员单位"]
    sheet["B2"], sheet["B3"] = sheet["B3"].value, sheet["B2"].value


def add_row(book: Workbook) -> None:
    book["专项经费"].insert_rows(6)
    book["专项经费"]["D6"] = "新增的专项"


def changed_prefilled() -> Found:
    known = Prefilled(item="library_area", value=500, source="平台.csv", raw="500")
    whose = replace(RECIPIENT, prefilled=(known,))
    book = issued(recipient=whose)
    book["基础数据"]["D5"] = 600
    return read_back(saved(book), recipient=whose).findings


def with_macros() -> Found:
    relation = b'<Relationship Id="rId99" Type="t/vbaProject" Target="vbaProject.bin"/></Relationships>'
    part = "xl/_rels/workbook.xml.rels"
    return read_back(patched(returned({}), part, lambda xml: xml.replace(b"</Relationships>", relation))).findings


def assigned() -> Found:
    """A workbook without its identity, which the office assigns."""
    grid = intake.read_bytes("甲区.xlsx", saved(copied_values(returned({("school_count", None, None): 12}))))
    return intake.read(grid, PLAN, RECIPIENT, IDENTITY, "甲区.xlsx", "0" * 64, assigned=True).findings


COUNTED = replace(campaigns.item("school_count", "学校总数"), unit_of_measure="所", rules=Rules(type="integer"))


def earlier(items: tuple[Item, ...], added: str = "") -> Callable[[], Found]:
    """The small workbook, read when the edition has other items."""
    more = campaigns.item("organisations", "开展情况")
    now = campaigns.edition(items=(*items, replace(more, unit_of_measure=None, rules=Rules(type="text"))))
    newest = replace(PLAN, answers=(*PLAN.answers, added))

    def found() -> Found:
        read = read_back(returned({("school_count", None, None): 12, ("organisations", None, None): "已开展"}))
        return carried(read, PLAN, now, newest).findings

    return found


def old_format() -> Found:
    """What is read from a grid that came from .xls; the library's own reading is tested with LibreOffice."""
    grid = replace(intake.read_bytes("a.xls", returned({})), source="xls")
    identity = intake.recognise(grid, KEY, CAMPAIGN, lambda _: IDENTITY)
    return intake.read(grid, PLAN, RECIPIENT, identity, "a.xls", "0" * 64).findings


def disputed() -> Found:
    known = value("teachers", 9, prefilled=True)
    answer = value("teachers", "不同意", column="agree")
    return checks.disputes((known, answer, value("teachers", 12, column="right_value")), edition())


def typed_before() -> Found:
    return checks.typed_before((value("teachers", 9, prefilled=True), value("teachers", 12)), edition())


def differing_verdict() -> Found:
    which = edition(checks=(check("rule", Scope.DISTRICT, "schools <= pop"),))
    file = submission(value("schools", 9), value("pop", 5))
    shown = replace(file, verdicts={"rule": ("符合", Place(sheet="自查", cell="C5"))})
    rolled = combine(which, DISTRICT, UNITS, (*members(), *shown.values))
    return checks.compare_verdicts(rolled, shown, plan("district"), which, ())


def differing_figure() -> Found:
    file = replace(submission(value("schools", 9)), figures={"schools": ("8", Place(sheet="自查", cell="C5"))})
    rolled = combine(edition(), DISTRICT, UNITS, (*members(), *file.values))
    return checks.compare_figures(file, {"schools": ("学校数", rolled.quantities["schools"])}, ())


LIMIT = ChangeLimit(item="teachers", operand="teachers", relative=0.5, absolute=5, severity=Severity.WARNING)
MAGNITUDES = Magnitudes(factors=(10, 100), closeness=2, related=(), severity=Severity.WARNING)
LAST = value("teachers", 100, column="previous", prefilled=True)


def comparing(**more: Any) -> Edition:
    return replace(edition(), comparisons=Comparisons(changes=(LIMIT,), **more))


def outlier() -> Found:
    names = tuple(f"{letter}区" for letter in "甲乙丙丁戊己庚辛壬")
    rule = PeerRule(item="teachers", operand="teachers", per="pop")
    peers = Peers(rules=(rule,), fewest=8, limit=3.5, least_spread=0.05, severity=Severity.HINT)
    which = replace(edition(districts=names), comparisons=Comparisons(peers=peers))
    rolled = {
        name: combine(
            which, name, (), (value("teachers", 900 if not at else 200 + at, district=name), value("pop", 100))
        )
        for at, name in enumerate(names)
    }
    figures = {name: checks.figures_of(which, one, {}) for name, one in rolled.items()}
    spreads = checks.spreads_of(which, figures.values())
    return [
        found for name, one in rolled.items() for found in checks.check_among(which, one, figures[name], spreads, ())
    ]


def evidence_of(attachment: str, *files: Attachment, related: str = "") -> Callable[[], Found]:
    """A document that names files, and the files that came."""
    return lambda: attachments.found([document(attachment=attachment, related=related)], files)


def named_twice() -> Found:
    return attachments.found([document(attachment="甲.pdf"), document(row=2, attachment="甲.pdf")], [file("甲.pdf")])


def doubled() -> Found:
    both = [document(attachment="甲.pdf"), document(row=2, attachment="乙.pdf")]
    return attachments.found(both, [file("甲.pdf", "同"), file("乙.pdf", "同")])


def shared() -> Found:
    sent = [file("甲.pdf", owners=[attachments.EAST, attachments.WEST])]
    return attachments.found([document(attachment="甲.pdf"), document(attachments.WEST, attachment="甲.pdf")], sent)


ALTERED: Mapping[str, str] = {
    "found_by_name": "key_column_deleted",
    "cell_moved": "cut_into_input",
    "cell_moved_away": "cut_away",
    "merged_cells": "merged_values",
    "label_changed": "label_reworded",
    "unit_changed": "unit_changed",
    "head_changed": "head_reworded",
    "head_moved": "heads_swapped",
    "head_unit_changed": "head_unit",
    "labels_changed": "title_changed",
    "lists_changed": "list_changed",
    "formulas_replaced": "formula_value",
    "formulas_changed": "formula_changed",
    "formulas_deleted": "formula_deleted",
    "content_outside": "content_outside",
    "sheets_added": "own_sheet",
    "sheets_deleted": "delete_tags",
    "protection_removed": "unlocked_sheet",
    "locks_lost": "no_protection",
    "links": "links",
    "objects": "text_box",
}
"""Code -> the kind of damage of the corpus that raises it."""


def of_corpus(name: str) -> Callable[[], Found]:
    """A damaged workbook of the edition itself."""
    return lambda: next(outcome(case).findings for case in corpus.damaged() if case.name == name)


def version(number: int) -> Return:
    """One of several returns of a district's workbook."""
    return draft(
        submission().identity,
        file=f"甲区/甲区（{number}）.xlsx",
        sha256=str(number) * 64,
        received_at="2023-05-01T00:00:00.000000+00:00",
        version=number,
        held=False,
    )


SAMPLES: Mapping[str, Callable[[], Found]] = {
    "not_a_number": typed("school_count", "若干"),
    "approximate": typed("school_count", "约12"),
    "several_numbers": typed("school_count", "12~15"),
    "accounting_negative": typed("school_count", "(123)"),
    "boolean_value": typed("school_count", True),  # noqa: FBT003 - what is typed
    "lost_precision": typed("school_count", "9.14E+17"),
    "error_cell": typed("school_count", "#REF!"),
    "foreign_formula": typed("school_count", "=D4+1"),
    "recomputed_formula": damaged({POPULATION: 66.2, LIBRARY: "=D3*2"}, lambda _: None),
    "struck_out": damaged({LIBRARY: 5}, lambda book: setattr(book["基础数据"]["D5"], "font", Font(strike=True))),
    "shown_otherwise": typed("school_count", 12, '0"万"'),
    "external_link": typed("school_count", "='[1]表'!A1"),
    "date_value": typed("school_count", 44621, "yyyy-mm-dd"),
    "bad_date": typed("founded", "去年"),
    "ambiguous_date": typed("founded", "1/3/2022"),
    "incomplete_date": typed("founded", "2022年3月"),
    "double_unit": typed("resident_population", "12.3万"),
    "not_applicable_refused": typed("school_count", "不适用"),
    "read_normalised": typed("school_count", "１２"),
    "nothing_word": typed("school_count", "无"),
    "nothing_not_applicable": typed("rural_labour", "无"),
    "date_normalised": typed("founded", "2022年3月1日"),
    "unit_converted": typed("school_count", "1.2万"),
    "percent_as_fraction": typed("literacy_rate", 0.875),
    "constant_formula": typed("school_count", "=1+2"),
    "required": cell_checked(value("pop", 5)),
    "not_integer": cell_checked(value("schools", 2.5)),
    "below_minimum": cell_checked(value("pop", -1)),
    "above_maximum": cell_checked(value("pop", 2e9)),
    "too_long": cell_checked(value("note", "字" * 21)),
    "not_in_list": cell_checked(value("paper", "别的", row=1, column="first")),
    "tag_too_long": cell_checked(value("paper", "终身学习周", row=1, column="tags")),
    "disputed": disputed,
    "typed_before_prefill": typed_before,
    "table_empty": cell_checked(value("pop", 5)),
    "table_contradiction": cell_checked(*listed(1, "课", 3, item_id="courses"), nothing("courses")),
    "row_without_number": cell_checked(*listed(1, "课", None, item_id="courses")),
    "total_row": cell_checked(*listed(2, "合 计：", 30, item_id="courses")),
    "content_lost": damaged({POPULATION: 66.2}, delete_row),
    "two_candidates": damaged({POPULATION: 66.2}, copy_row),
    "assigned_by_hand": assigned,
    "among_others": lambda: among_others(replace(submission(), file="inbox/乙区/甲.xlsx"), (DISTRICT, "乙区")),
    "no_longer_asked": earlier(items=()),
    "asked_otherwise": earlier(items=(replace(COUNTED, unit_of_measure="个"),)),
    "asked_since": earlier(items=(COUNTED, replace(COUNTED, id="added", label="新增项")), added="added"),
    "several_in_run": lambda: [several_in_run(version(2), version(1))],
    "label_moved": damaged({POPULATION: 66.2, LIBRARY: 5}, swap_labels),
    "unit_name_moved": damaged({("staff_total", 1, None): 5}, swap_units),
    "prefilled_changed": changed_prefilled,
    "unkeyed_rows": damaged({}, add_row),
    **{code: of_corpus(name) for code, name in ALTERED.items()},
    "verdict_differs": differing_verdict,
    "figure_differs": differing_figure,
    "legacy_format": old_format,
    "macros": with_macros,
    "check": in_file(
        edition(
            checks=(
                check("rule", Scope.DISTRICT, "schools <= pop", message="学校{schools}所，多于{pop}", action="请核对"),
            )
        ),
        value("schools", 9),
        value("pop", 5),
    ),
    "large_change": in_file(comparing(), value("teachers", 240), LAST),
    "peer_outlier": outlier,
    "attachment_missing": evidence_of("甲.pdf"),
    "attachment_too_large": evidence_of("甲.mp4", file("甲.mp4", sha256=None, problem="too_large", size=2 << 30)),
    "attachment_unreadable": evidence_of("甲.pdf", file("甲.pdf", sha256=None, problem="encrypted")),
    "attachment_empty": evidence_of("甲.pdf", file("甲.pdf", size=0)),
    "attachment_ambiguous": evidence_of("甲.pdf", file("一/甲.pdf", "一"), file("二/甲.pdf", "二")),
    "attachment_shared": shared,
    "attachment_named_twice": named_twice,
    "attachment_doubled": doubled,
    "attachment_renamed": evidence_of("甲", file("甲.pdf")),
    "attachment_surplus": evidence_of("甲.pdf", file("乙.pdf")),
    "related_unknown": evidence_of("甲.pdf", file("甲.pdf"), related="没有的文档"),
    "visit_other_day": lambda: surveys.judged("好", "2023-10-19"),
    "opinion_other_district": lambda: surveys.judged("闵行区做得好"),
    "expert_wrote_nothing": surveys.judged,
    "survey_respondents_exceed": lambda: surveys.surveyed(*surveys.people({"学院": (3, 4)})),
    "survey_answers_exceed": lambda: surveys.surveyed(
        *surveys.people({"学院": (3, 1)}), *surveys.as_counts([("学院", 1, 2), ("学院", 1, 2)])
    ),
    "survey_rows_exceed": lambda: surveys.surveyed(
        *surveys.people({"学院": (3, 1)}), *surveys.as_rows([("学院", 1, 2), ("学院", 1, 2)])
    ),
    "survey_rows_fewer": lambda: surveys.surveyed(
        *surveys.people({"学院": (3, 2)}), *surveys.as_rows([("学院", 1, 2)])
    ),
    "survey_site_missing": lambda: surveys.surveyed(surveys.value("survey_answers", 1, "aware", 1)),
    "survey_both_ways": lambda: surveys.surveyed(
        *surveys.as_rows([("学院", 1, 2)]), *surveys.as_counts([("学院", 1, 2)])
    ),
    "survey_numbers_missing": lambda: surveys.surveyed(*surveys.as_rows([("学院", 1, 2)])),
    "survey_empty": surveys.surveyed,
    "related_itself": evidence_of("甲.pdf", file("甲.pdf"), related="文档1"),
    "wrong_magnitude": in_file(comparing(magnitudes=MAGNITUDES), value("teachers", 10500), LAST),
    "unit_district_conflict": over_district(edition(), value("library", 8), value("library", 9, unit=UNIT)),
    "unit_alias": lambda: (
        intake.with_units_named(
            submission(*listed(1, "甲", 5, of="文化旅游委")), plan("district"), UNITS, {"文化旅游委": UNITS[0]}
        ).findings
    ),
    "units_conflict": over_district(edition(), value("library", 8, unit=UNITS[0]), value("library", 9, unit=UNITS[1])),
    "named_by_several": over_district(
        edition(), *(each for unit in UNITS[:2] for each in listed(1, "全民阅读", 5, unit=unit))
    ),
    "unanswered_item": over_district(edition(), value("pop", 5)),
    "units_unanswered": over_district(edition(), value("budget", 5, unit=UNIT)),
}
"""Code -> what raises it."""
