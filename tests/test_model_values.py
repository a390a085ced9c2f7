"""What people see of a value."""

from __future__ import annotations

import pytest
from builders import campaigns

from xltool.model.values import Scalar


@pytest.mark.parametrize(
    ("value", "raw", "typed"),
    [
        ("2021-11-03", "44503", "2021-11-03"),
        ("2021-11-03", "44503.5", "2021-11-03"),
        ("2021-11-03", "20211103", "20211103"),
        ("2021-11-03", "2021年11月3日", "2021年11月3日"),
        ("44503", "44503", "44503"),
        (44503, "44503", "44503"),
        (None, "去年", "去年"),
        (None, None, None),
    ],
)
def test_the_date_stands_for_the_number_that_its_cell_keeps(
    value: Scalar | None, raw: str | None, typed: str | None
) -> None:
    assert campaigns.value(value, raw=raw).typed == typed
