from __future__ import annotations

import zlib
from dataclasses import replace

import pytest
from builders.layouts import district_plan, unit_plan

from xltool.layout import dumps, loads
from xltool.layout.codec import digest
from xltool.model.plan import Plan


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
