"""field.yaml: its content as dataclasses, and what doesn't fit in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xltool.edition.faults import Fault
from xltool.edition.identifiers import Sources, doubled
from xltool.model.scheme import FieldScheme, Question, Scale, TextField

FILE = "field.yaml"
LISTS = (("experts", "aspects"), ("experts", "texts"), ("survey", "questions"))
FEWEST_OPTIONS = 2


def field_scheme(data: Mapping[str, Any]) -> FieldScheme:
    """What the file says; it must have passed the checks."""
    experts, survey = data["experts"], data["survey"]
    scales = {name: _scale(name, scale) for name, scale in survey["scales"].items()}
    return FieldScheme(
        fewest_sites=data["sites"]["fewest"],
        most_sites=data["sites"]["most"],
        aspects=tuple(TextField(**each) for each in experts["aspects"]),
        texts=tuple(TextField(**each) for each in experts["texts"]),
        survey_title=survey["title"],
        survey_rows=survey["rows"],
        questions=tuple(
            Question(id=each["id"], label=each["label"], scale=scales[each["scale"]]) for each in survey["questions"]
        ),
        instructions={"experts": tuple(experts["instructions"]), "survey": tuple(survey["instructions"])},
    )


def _scale(name: str, data: Mapping[str, Any]) -> Scale:
    options = {int(number): label for number, label in data["options"].items()}
    return Scale(id=name, options=dict(sorted(options.items())), favourable=data["favourable"])


def check_monitoring(sources: Sources) -> Iterator[Fault]:
    """Ids that stand twice, scales that don't exist or can't be, more sites at least than at most."""
    source = sources.get(FILE)
    if source is None:
        return
    sites, survey = source.data["sites"], source.data["survey"]
    if sites["fewest"] > sites["most"]:
        yield source.fault(("sites",), "rules_range", min=sites["fewest"], max=sites["most"])
    for section in LISTS:
        yield from doubled((source, (*path, "id"), record["id"]) for path, record in source.records(*section))
    for name, scale in survey["scales"].items():
        numbers = sorted(int(number) for number in scale["options"])
        if len(numbers) < FEWEST_OPTIONS or numbers != list(range(numbers[0], numbers[-1] + 1)):
            yield source.fault(("survey", "scales", name, "options"), "scale_options", id=name)
        elif scale["favourable"] not in numbers[1:]:
            yield source.fault(("survey", "scales", name, "favourable"), "scale_favourable", id=name)
    for path, question in source.records("survey", "questions"):
        if question["scale"] not in survey["scales"]:
            known = "、".join(survey["scales"])
            yield source.fault((*path, "scale"), "scale_unknown", name=question["scale"], known=known)
