"""The step that a return's sign-off sheet asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xltool.model.review import Status, Step
from xltool.model.states import State
from xltool.model.values import Value

SIGN_OFF = "signoff"
SIGNED: Mapping[Status, tuple[str, str, str | None]] = {
    Status.DRAFT: ("filler", "filled_on", None),
    Status.FIRST_REVIEW: ("first_reviewer", "first_date", "first_opinion"),
    Status.SECOND_REVIEW: ("second_reviewer", "second_date", "second_opinion"),
}
"""Who signs in which status: the sheet's columns of name, date and opinion."""

REFUSALS = ("不同意", "不通过", "未通过", "不予通过", "退回", "修改", "更正", "重新", "补充", "补报", "有误", "不符")
"""Words of an opinion that sends the data back."""
SETTLED = re.compile("(?:无需|无须|不需要?|不必|不用|已经?)(?:再?作?)(?:修改|更正|补充|补报|重新)")
"""The same words where they say that nothing is left to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A step for the clerk to record, and what the sheet says of it."""

    step: Step
    by: str
    note: str | None


def signed(values: Iterable[Value]) -> dict[str, str]:
    """The filled cells of a return's sign-off sheet, by column."""
    return {
        str(value.column): str(value.value) for value in values if value.item == SIGN_OFF and value.state is State.VALUE
    }


def propose(status: Status, cells: Mapping[str, str]) -> Proposal | None:
    """What the sheet asks for in a status: name, date and opinion must all be there."""
    name, date, opinion = SIGNED.get(status, ("", "", None))
    if name not in cells or date not in cells or (opinion is not None and opinion not in cells):
        return None
    if opinion is None:
        return Proposal(step=Step.SUBMIT, by=cells[name], note=None)
    note = cells[opinion]
    rest = SETTLED.sub("", note)
    sent_back = any(word in rest for word in REFUSALS)
    return Proposal(step=Step.RETURN if sent_back else Step.PASS, by=cells[name], note=note)
