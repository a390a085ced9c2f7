"""What `checks.yaml` says about comparisons: its references, and the dataclasses it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xltool.edition.faults import Fault
from xltool.edition.identifiers import Sources
from xltool.edition.yamlfile import Step
from xltool.model.comparison import ChangeLimit, Comparisons, Magnitudes, PeerRule, Peers, Suspicion
from xltool.model.edition import Item
from xltool.model.quantity import main_key
from xltool.model.severity import Severity

Data = Mapping[str, Any]

_NUMBERS = ("integer", "number")
_ITEMS = (("history", "items", "item"), ("peers", "items", "item"), ("peers", "items", "per"))
_RELATED = (("magnitudes", "related", "item"), ("magnitudes", "related", "to"))


def check_comparisons(sources: Sources) -> Iterator[Fault]:
    """Comparisons name figures and indicators that there are, each once."""
    data = sources["checks.yaml"].data
    figures = {item["id"] for _, item in sources["items.yaml"].records("items") if _is_figure(item)}
    indicators = {entry["id"] for _, entry in sources["indicators.yaml"].records("indicators")}
    for part, records, field in (*_ITEMS, *_RELATED):
        yield from _unknown(sources, data, (part, records, field), figures, "comparison_figure")
    yield from _unknown(sources, data, ("peers", "indicators", "indicator"), indicators, "comparison_indicator")
    for part, records, field in (_ITEMS[0], _ITEMS[1], ("peers", "indicators", "indicator")):
        seen: set[str] = set()
        for number, record in enumerate(data.get(part, {}).get(records, ())):
            if record[field] in seen:
                yield sources["checks.yaml"].fault(
                    (part, records, number, field), "comparison_doubled", name=record[field]
                )
            seen.add(record[field])


def _is_figure(item: Data) -> bool:
    return "columns" in item or item.get("rules", {}).get("type") in _NUMBERS


def _unknown(
    sources: Sources, data: Data, path: tuple[str, str, str], known: Iterable[str], code: str
) -> Iterator[Fault]:
    part, records, field = path
    for number, record in enumerate(data.get(part, {}).get(records, ())):
        place: tuple[Step, ...] = (part, records, number, field)
        if field in record and record[field] not in known:
            yield sources["checks.yaml"].fault(place, code, name=record[field])


def comparisons(data: Data, items: Iterable[Item]) -> Comparisons:
    """The comparisons of a faultless `checks.yaml`."""
    operands = {item.id: main_key(item) for item in items}
    return Comparisons(
        changes=tuple(_changes(data["history"], operands)) if "history" in data else (),
        peers=_peers(data["peers"], operands) if "peers" in data else None,
        magnitudes=_magnitudes(data["magnitudes"]) if "magnitudes" in data else None,
        suspicion=Suspicion(**data["suspicion"]) if "suspicion" in data else None,
    )


def _changes(data: Data, operands: Mapping[str, str]) -> Iterator[ChangeLimit]:
    for entry in data["items"]:
        yield ChangeLimit(
            item=entry["item"],
            operand=operands[entry["item"]],
            relative=entry.get("relative", data["relative"]),
            absolute=entry.get("absolute", data["absolute"]),
            severity=Severity(data["severity"]),
            trial=entry.get("trial", False),
        )


def _peers(data: Data, operands: Mapping[str, str]) -> Peers:
    items = (PeerRule(**entry, operand=operands[entry["item"]]) for entry in data.get("items", ()))
    indicators = (PeerRule(**entry) for entry in data.get("indicators", ()))
    return Peers(
        rules=(*items, *indicators),
        fewest=data["fewest"],
        limit=data["limit"],
        least_spread=data["least_spread"],
        severity=Severity(data["severity"]),
    )


def _magnitudes(data: Data) -> Magnitudes:
    return Magnitudes(
        factors=tuple(data["factors"]),
        closeness=data["closeness"],
        related=tuple((entry["item"], entry["to"]) for entry in data.get("related", ())),
        severity=Severity(data["severity"]),
    )
