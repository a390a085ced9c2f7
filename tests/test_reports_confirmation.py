"""The confirmation letter: what it names, counts and quotes, and that odd texts leave it whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import reports as build
from builders.documents import HOSTILE, W, body, printable, shape, text_of

from xltool.model.review import DIGEST_MARK, SNAPSHOT_MARK
from xltool.model.states import State
from xltool.reports import Figure, LetterSources, Opinion, confirmation_letter
from xltool.reports.confirmation import confirmation_context
from xltool.review import printed

TEMPLATE = Path(__file__).parents[1] / "templates" / "confirmation.docx"
SCHEME = build.edition(main_figures=("space_top", "area_top"))
VALUES, LOG = "ab" * 32, "cd" * 32
DAY = dt.date(2023, 9, 22)
RESULTS = tuple(
    result
    for result in build.results(
        SCHEME,
        build.spread_values(SCHEME, absent=(build.OWN,)),
        states={(build.OWN, "rate"): State.NOT_APPLICABLE, (build.OWN, "space"): State.UNDEFINED},
    )
    if result.district == build.OWN
)


def sources(**changes: Any) -> LetterSources:
    whole = LetterSources(
        district=build.OWN,
        results=RESULTS,
        figures=(
            Figure(item="space_top", value=0.1 + 0.2, state=State.VALUE, answered=22, expected=24),
            Figure(item="area_top", value=None, state=State.NOT_APPLICABLE),
        ),
        opinions=(
            Opinion(step="提交", role="统计员", by="统计员甲", opinion=None, day=DAY),
            Opinion(step="复审", role="负责人", by="负责人丙", opinion="同意上报", day=DAY),
        ),
        coverage=build.coverage(),
        version=3,
        values=812,
        values_digest=VALUES,
        log_digest=LOG,
        snapshot_id=build.SNAPSHOT,
        cut_off=dt.date(2023, 9, 20),
    )
    return replace(whole, **changes)


def letter(**changes: Any) -> bytes:
    return confirmation_letter(SCHEME, sources(**changes), TEMPLATE)


def test_it_names_district_years_period_returns_and_cut_off() -> None:
    text = text_of(letter())
    assert "测试办公室：" in text
    for told in ("2022年（2022年1月1日至2022年12月31日）", "2023年", "2023年9月20日", "丙区学习办（盖章）"):
        assert told in text
    assert "区表（第3次报送），成员单位表22份（应报24份）" in text
    assert "区表未报送，成员单位表22份（应报24份）" in text_of(letter(version=None))


def test_the_review_finds_snapshot_and_log_digest_in_it() -> None:
    found = printed(text_of(letter()), build.DISTRICTS)
    assert found.snapshots == (build.SNAPSHOT,)
    assert found.digests == (LOG,)
    assert found.districts == (build.OWN,)
    text = text_of(letter())
    assert SNAPSHOT_MARK in text
    assert DIGEST_MARK in text


def test_the_values_digest_stands_in_full_and_in_short_with_their_number() -> None:
    text = text_of(letter())
    assert VALUES in text.replace(" ", "")
    assert f"（简码{VALUES[:12]}，共812个数据）" in text


def test_indicators_are_counted_by_state() -> None:
    letter = confirmation_context(SCHEME, sources())
    assert letter.indicators == "6项，其中未填4项、不适用1项、无法计算1项"


def test_figures_are_printed_as_they_are_with_state_and_units() -> None:
    rows = confirmation_context(SCHEME, sources()).figures
    assert [(row.number, row.label, row.unit, row.value, row.note) for row in rows] == [
        (1, "数据space_top", "个", "0.3", "22/24个单位"),
        (2, "数据area_top", "个", "不适用", ""),
    ]


def test_opinions_stand_with_role_name_and_day() -> None:
    rows = confirmation_context(SCHEME, sources()).opinions
    assert [(row.step, row.by, row.opinion, row.day) for row in rows] == [
        ("提交（统计员）", "统计员甲", "—", "2023年9月22日"),
        ("复审（负责人）", "负责人丙", "同意上报", "2023年9月22日"),
    ]


def test_it_is_signed_on_its_first_page_without_seal_image_or_red_head() -> None:
    document = body(letter())
    assert not list(document.iter(f"{W}drawing", f"{W}pict", f"{W}color"))
    styles = [style.get(f"{W}val") for style in document.iter(f"{W}pStyle")]
    assert styles.index("Annex") > max(place for place, style in enumerate(styles) if style == "Signature")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_appear_as_text_and_change_no_structure(hostile: str) -> None:
    odd = Opinion(step="提交", role="统计员", by=hostile, opinion=hostile, day=DAY)
    made = letter(opinions=(odd,))
    assert shape(made) == shape(letter(opinions=(replace(odd, by="甲", opinion="同意"),)))
    assert text_of(made).count(printable(hostile)) >= 2


def test_a_very_long_opinion_is_cut_and_its_length_said() -> None:
    odd = Opinion(step="提交", role="统计员", by="甲", opinion="很长的意见" * 6000, day=DAY)
    assert "（共30000字，以下从略）" in text_of(letter(opinions=(odd,)))


def test_the_same_inputs_give_the_same_bytes_and_nothing_of_the_template_is_left() -> None:
    assert letter() == letter()
    assert "{{" not in text_of(letter())
    assert "{%" not in text_of(letter())
