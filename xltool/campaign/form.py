"""`xltool values --platform-order`: a district's figures in the order of the form that they are retyped into."""

from __future__ import annotations

from collections.abc import Iterator

from xltool.campaign.opened import Campaign, Row
from xltool.campaign.results import roll_up
from xltool.model.edition import Edition, Item, Level
from xltool.model.numbers import round_half_away, shown
from xltool.model.quantity import Quantity, Rolled, count_key, main_key
from xltool.model.states import SHOWN, State
from xltool.model.values import Value

FIELDS = (
    "district",
    "number",
    "section",
    "item",
    "label",
    "unit",
    "entry",
    "shown",
    "unit_of_measure",
    "note",
    "source",
    "value",
    "state",
    "file",
    "sheet",
    "cell",
)
HEADINGS = {
    "district": "区",
    "number": "序号",
    "section": "对应指标",
    "label": "数据项",
    "unit": "成员单位",
    "entry": "名称",
    "shown": "填写内容",
    "unit_of_measure": "计量单位",
    "note": "其他栏",
    "source": "来源",
}
"""What a table for people shows."""

PLACES = 4  # decimals shown: persons in 万人 and yuan in 万元 are still seen
TOTAL = "合计"
BASE = "基础信息表"
PLACE_FIELDS = ("file", "sheet", "cell")


def platform_order(campaign: Campaign, *, district: str | None = None) -> list[Row]:
    """One row a figure that counts; lists entry by entry, and units' figures unit by unit, each with its total behind.

    `value` is the figure as it is kept, `shown` is rounded for display, or the word for its state.
    """
    names = [campaign.require_district(district)] if district else campaign.district_names
    return [row for name in names for row in Form(campaign.edition, roll_up(campaign, name)).rows()]


class Form:
    """The rows of one district."""

    def __init__(self, edition: Edition, rolled: Rolled) -> None:
        """From what counts in the district."""
        self.edition, self.rolled = edition, rolled
        self.entries: dict[tuple[str | None, str, int | None], dict[str | None, Value]] = {}
        for value in rolled.counting:
            self.entries.setdefault((value.unit, value.item, value.row), {})[value.column] = value

    def rows(self) -> Iterator[Row]:
        """Items are numbered as the form numbers them; an item's rows share its number."""
        for number, item in enumerate(self.edition.in_form_order, start=1):
            node = self.edition.framework_by_id.get(item.belongs_to or "")
            head: Row = {
                "district": self.rolled.district,
                "number": number,
                "section": node.choice if node is not None else BASE,
                "item": item.id,
                "label": item.label,
                "unit_of_measure": item.unit_of_measure,
            }
            for row in self._of(item):
                yield {name: {**head, **row}.get(name) for name in FIELDS}

    def _of(self, item: Item) -> Iterator[Row]:
        whole = self.rolled.quantities[main_key(item)]
        if item.is_table:
            yield from self._listed(item)
            yield {**figure(whole), "entry": TOTAL}
        elif item.level is Level.EACH_UNIT:
            for unit, quantity in self.rolled.by_unit[item.id].items():
                yield {**figure(quantity), "unit": unit, **origin(quantity)}
            yield {**figure(whole), "entry": TOTAL}
        else:
            yield {**figure(whole), **origin(whole)}

    def _listed(self, item: Item) -> Iterator[Row]:
        """Each entry of a list, with its number and what else stands in its row."""
        lists: list[tuple[str | None, Quantity]] = [(None, self.rolled.quantities[count_key(item.id)])]
        if item.level is Level.EACH_UNIT:
            lists = list(self.rolled.by_unit[count_key(item.id)].items())
        for unit, quantity in lists:
            for name in quantity.sources:
                cells = self.entries.get((name.unit, item.id, name.row), {})
                number = cells.get(item.total)
                if number is None:  # a list that is said to be empty
                    continue
                others = [column for column in item.columns if column.id not in (item.entry, item.total)]
                note = "，".join(f"{one.label}：{cells[one.id].value}" for one in others if one.id in cells)
                one = Quantity(state=number.state, value=number.value, sources=(number,))
                yield {**figure(one), "unit": unit, "entry": str(name.value), "note": note or None, **origin(one)}


def figure(quantity: Quantity) -> Row:
    """A quantity as it is kept and as it is retyped."""
    value = quantity.value
    if quantity.state is not State.VALUE:
        return {"value": None, "shown": SHOWN[quantity.state], "state": quantity.state}
    text = shown(round_half_away(value, PLACES)) if isinstance(value, int | float) else str(value)
    return {"value": value, "shown": text, "state": quantity.state}


def origin(quantity: Quantity) -> Row:
    """Where a single figure stands."""
    if not quantity.sources:
        return {}
    source = quantity.sources[0]
    if source.cell is None:
        words = f"市级预填（{source.file}）"
    else:
        words = f"{'区表' if source.unit is None else source.unit}“{source.sheet}”{source.cell}"
    return {"source": words, **{name: getattr(source, name) for name in PLACE_FIELDS}}
