from __future__ import annotations

import json
import zlib
from dataclasses import replace

import pytest
from builders.layouts import district_plan, unit_plan
from hypothesis import given
from hypothesis import strategies as st

from xltool.layout import codec, dumps, loads
from xltool.layout.codec import digest
from xltool.model.plan import CellKind, Plan, PlanCell, rowless


@pytest.mark.parametrize("plan", [district_plan(), unit_plan()], ids=["district", "unit"])
def test_a_plan_survives_as_bytes(plan: Plan) -> None:
    again = loads(dumps(plan))
    assert again == plan
    assert again.inputs == plan.inputs
    assert digest(again) == plan.digest


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert dumps(unit_plan()) == dumps(unit_plan())


def test_the_digest_does_not_depend_on_itself() -> None:
    plan = unit_plan()
    assert digest(replace(plan, digest="")) == plan.digest


def test_bytes_that_hold_no_plan_are_refused() -> None:
    with pytest.raises(TypeError):
        loads(zlib.compress(b'{"Print":{"landscape":true}}'))


def test_plans_kept_with_their_cells_among_the_rest_are_read() -> None:
    plan = unit_plan()
    text = json.dumps(codec._plain(plan), ensure_ascii=False)  # noqa: SLF001 - the form at first
    assert loads(zlib.compress(text.encode())) == plan


def test_plans_kept_with_all_their_sheets_in_one_text_are_read() -> None:
    plan = district_plan()
    formulas: dict[str, int] = {}
    cells = [[codec._row(cell, formulas) for cell in sheet.cells] for sheet in plan.sheets]  # noqa: SLF001
    bare = replace(plan, sheets=tuple(replace(sheet, cells=()) for sheet in plan.sheets))
    whole = {"plan": codec._plain(bare), "cells": cells, "formulas": list(formulas)}  # noqa: SLF001
    assert loads(zlib.compress(json.dumps(whole).encode())) == plan


def test_formulas_of_a_list_are_kept_once() -> None:
    plan = district_plan()
    _, *lines = zlib.decompress(dumps(plan)).split(b"\n")
    for sheet, line in zip(plan.sheets, lines, strict=True):
        formulas = {cell.formula for cell in sheet.cells if cell.kind is CellKind.FORMULA}
        kept = json.loads(line)["formulas"]
        assert len(kept) == len(set(kept)) <= len(formulas)
        if sheet.name.endswith("（续）"):
            assert len(kept) < len(formulas) / 10


def test_a_sheet_that_plans_have_alike_is_one_object() -> None:
    plan = unit_plan()
    other = replace(plan, title="另一单位", sheets=plan.sheets[1:])
    first, second = loads(dumps(plan)), loads(dumps(other))
    assert all(one is another for one, another in zip(first.sheets[1:], second.sheets, strict=True))


@given(st.text(st.sampled_from('A$Z1203 ("纸'), max_size=40), st.integers(0, 130))
def test_a_formula_without_its_row_gets_it_back(text: str, row: int) -> None:
    cell = PlanCell(row=row, col=0, kind=CellKind.FORMULA, style="", text=rowless(f"={text}", row))
    assert cell.formula == f"={text}"


def test_formulas_that_differ_in_their_own_row_alone_are_one_text() -> None:
    texts = {rowless(f"=SUM(A{row + 1}:$C{row + 1})*12", row) for row in (1, 11, 119)}
    assert len(texts) == 1
