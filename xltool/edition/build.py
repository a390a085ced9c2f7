"""Plain data of faultless files -> the frozen dataclasses of `model.edition`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xltool.edition.comparing import comparisons
from xltool.edition.monitoring import field_scheme
from xltool.edition.yamlfile import Source, digest_text
from xltool.model.edition import (
    Check,
    Choices,
    Column,
    Combine,
    Deadline,
    District,
    DocumentType,
    Edition,
    Framework,
    Indicator,
    IndicatorPart,
    Item,
    Level,
    Rules,
    Scope,
    Severity,
    Unit,
)
from xltool.model.numbers import serial

Data = Mapping[str, Any]

TAG_LIST = "tags."
"""The fixed tags of a second-level indicator are the list `tags.<id>`."""

_HEAD = (
    "id",
    "title",
    "notice",
    "short_title",
    "city",
    "office",
    "monitoring_year",
    "data_year",
    "period_start",
    "period_end",
)


def build(sources: Mapping[str, Source]) -> Edition:
    """The edition; the files must have passed the structure and reference checks."""
    data = {name: source.data for name, source in sources.items()}
    head, documents = data["edition.yaml"], data["documents.yaml"]
    shared = {column["id"]: column for column in documents["columns"]}
    items = tuple(_item(each) for each in data["items.yaml"]["items"])
    return Edition(
        **{name: head[name] for name in _HEAD},
        framework=tuple(framework_nodes(data["framework.yaml"]["framework"])),
        items=items,
        form=tuple(data["items.yaml"].get("form", ())),
        indicators=tuple(_indicator(each) for each in data["indicators.yaml"]["indicators"]),
        checks=tuple(_check(each) for each in data["checks.yaml"]["checks"]),
        comparisons=comparisons(data["checks.yaml"], items),
        field_scheme=field_scheme(data["field.yaml"]) if "field.yaml" in data else None,
        documents=tuple(_document(each, shared) for each in documents["documents"]),
        districts=tuple(
            District(name=each["name"], without=tuple(each.get("without", ())))
            for each in data["units.yaml"]["districts"]
        ),
        units=tuple(_unit(each) for each in data["units.yaml"]["units"]),
        main_figures=tuple(head.get("main_figures") or _base_figures(items)),
        statuses=tuple(head["statuses"]),
        calendar=tuple(Deadline(**each) for each in head["calendar"]),
        decisions=tuple(head["decisions"]),
        lists={
            **{name: tuple(values) for name, values in documents["lists"].items()},
            **{f"{TAG_LIST}{node}": tuple(values) for node, values in documents["tags"].items()},
        },
        rows=dict(head["rows"]),
        instructions={kind: tuple(texts) for kind, texts in head["instructions"].items()},
        constants=_constants(head),
        name_other_districts=head["disclosure"]["name_other_districts"],
        digest=hashlib.sha256(digest_text(sources.values()).encode()).hexdigest(),
        files={name: source.text for name, source in sorted(sources.items())},
    )


def _base_figures(items: Iterable[Item]) -> Iterator[str]:
    """The numbers of the base table."""
    for item in items:
        if item.belongs_to is None and (item.total or (item.rules and item.rules.type in ("integer", "number"))):
            yield item.id


def framework_nodes(nodes: list[Data], level: int = 1, parent: str | None = None) -> Iterator[Framework]:
    """All nodes in the notice's order, each before what stands below it; points are numbered from 1."""
    for node in nodes:
        yield Framework(
            id=node["id"],
            level=level,
            name=node["name"],
            parent=parent,
            answers=node.get("answers"),
            short=node.get("short"),
        )
        yield from framework_nodes(node.get("children", []), level + 1, node["id"])
        for number, name in enumerate(node.get("points", []), start=1):
            yield Framework(id=f"{node['id']}-{number}", level=level + 1, name=name, parent=node["id"])


def _constants(head: Data) -> dict[str, float]:
    return {
        "period_start": serial(head["period_start"]),
        "period_end": serial(head["period_end"]),
        "data_year": float(head["data_year"]),
    }


def _rules(data: Data) -> Rules:
    return Rules(**{**data, "allowed": tuple(data.get("allowed", ()))})


def _column(data: Data) -> Column:
    choices = data.get("choices")
    return Column(**{**data, "rules": _rules(data["rules"]), "choices": Choices(**choices) if choices else None})


def _item(data: Data) -> Item:
    return Item(
        **{
            **data,
            "level": Level(data["level"]),
            "combine": Combine(data["combine"]) if "combine" in data else None,
            "rules": _rules(data["rules"]) if "rules" in data else None,
            "columns": tuple(_column(each) for each in data.get("columns", ())),
        }
    )


def _indicator(data: Data) -> Indicator:
    return Indicator(**{**data, "parts": tuple(IndicatorPart(**each) for each in data.get("parts", ()))})


def _check(data: Data) -> Check:
    return Check(**{**data, "scope": Scope(data["scope"]), "severity": Severity(data["severity"])})


def _document(data: Data, shared: Mapping[str, Data]) -> DocumentType:
    labels, lists = data.get("labels", {}), data.get("lists", {})
    columns = []
    for name in data["columns"]:
        column = {**shared[name], "label": labels.get(name, shared[name]["label"])}
        if name in lists:
            column["choices"] = {"list": lists[name]}
        columns.append(_column(column))
    return DocumentType(id=data["id"], label=data["label"], sheet=data["sheet"], columns=tuple(columns))


def _unit(data: Data) -> Unit:
    return Unit(
        **{**data, "answers_for": tuple(data.get("answers_for", ())), "aliases": tuple(data.get("aliases", ()))}
    )
