from __future__ import annotations

import json
import zlib
from dataclasses import replace

import pytest
from builders.layouts import district_plan, unit_plan

from xltool.layout import codec, dumps, loads
from xltool.layout.codec import digest
from xltool.model.plan import CellKind, Plan


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


def test_formulas_of_a_list_are_kept_once() -> None:
    plan = district_plan()
    formulas = [cell.text for sheet in plan.sheets for cell in sheet.cells if cell.kind is CellKind.FORMULA]
    kept = json.loads(zlib.decompress(dumps(plan)))["formulas"]
    assert len(kept) == len(set(kept)) < len(set(formulas))
