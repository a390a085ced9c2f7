"""What is behind an error is said with it."""

from __future__ import annotations

from builders.campaigns import finding

from xltool.model.advice import advised
from xltool.model.finding import WRONG_MAGNITUDE


def test_the_probable_value_of_a_mistake_of_unit_is_told_with_the_error_that_hides_it() -> None:
    error = finding("above_maximum", item="library_area", action="请填整数")
    other = finding("required", item="holdings")
    behind = finding(
        WRONG_MAGNITUDE, item="library_area", status="folded", follows_from=error.id, message="应填的可能是3120"
    )

    told = advised((error, other, behind))

    assert [one.action for one in told] == ["请填整数；应填的可能是3120", "请填写", "请填写"]
    assert (told[0].id, told[0].grounds) == (error.id, error.grounds)
    assert advised((error, finding(WRONG_MAGNITUDE, item="library_area"))) == (
        error,
        finding(WRONG_MAGNITUDE, item="library_area"),
    )
