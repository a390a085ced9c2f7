"""Checks a template that staff edited in Word: every tag of every paragraph, all faults in one pass.

Tags are tried one by one on a made-up report of the template's kind, with loops and conditions opened as they
stand; then the whole is rendered, with everything and with next to nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zipfile import ZipFile

from lxml import etree

from xltool.errors import CampaignError, UsageError
from xltool.messages import template_fault
from xltool.model.edition import Edition
from xltool.reports.labels import Label
from xltool.reports.package import UNREADABLE
from xltool.reports.render import render
from xltool.reports.tag_walk import EXCERPT, Paragraph, TemplateFault, Walk
from xltool.reports.trial_data import DAY
from xltool.reports.trials import Trial, trials
from xltool.reports.word_package import Properties

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
STYLES = "word/styles.xml"
LARGEST = 50 * 2**20


def lint_template(name: str, content: bytes, edition: Edition, kind: str, model: bytes) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with a template.

    Args:
        name: its file name.
        content: its bytes.
        edition: the edition whose reports are tried on it.
        kind: the kind of report that it is for.
        model: the program's own template of that kind, whose styles it needs.

    Raises:
        CampaignError: it is no Word file.
    """
    texts = _parts(name, content)
    made = trials(edition, kind)
    walk = Walk(
        {"report": made[0].report, "template_version": "", "caption": _label, "drawing": _label, "contents": ""}
    )
    found = [fault for paragraph in _paragraphs(texts) for fault in walk.through(paragraph)]
    found += [walk.unclosed(one) for one in walk.opened]
    found += _styles(texts, _parts(name, model))
    return tuple(found or _rendered(name, content, made))


def _label(label: Label) -> str:
    return label.name


def _parts(name: str, content: bytes) -> dict[str, Any]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with ZipFile(io.BytesIO(content)) as package:
            wanted = [one for one in package.infolist() if PARTS.fullmatch(one.filename) or one.filename == STYLES]
            if "word/document.xml" not in package.namelist() or sum(one.file_size for one in wanted) > LARGEST:
                raise CampaignError("template_unreadable", path=name)
            return {one.filename: etree.fromstring(package.read(one), parser) for one in wanted}
    except UNREADABLE as error:
        raise CampaignError("template_unreadable", path=name) from error


def _paragraphs(parts: Mapping[str, Any]) -> Iterator[Paragraph]:
    number = 0
    for name, root in parts.items():
        if name == STYLES:
            continue
        for element in root.iter(f"{W}p"):
            number += 1
            text = "".join(piece.text or "" for piece in element.iter(f"{W}t"))
            in_table = next(element.iterancestors(f"{W}tc"), None) is not None
            yield Paragraph(number=number, text=text, in_table=in_table)


def _styles(parts: Mapping[str, Any], model: Mapping[str, Any]) -> Iterator[TemplateFault]:
    """Styles are needed by name: Word may save them under other ids."""
    there = set(_style_names(parts[STYLES]).values()) if STYLES in parts else set()
    names = _style_names(model[STYLES])
    used = (element.get(f"{W}val") for root in model.values() for element in root.iter(f"{W}pStyle", f"{W}tblStyle"))
    for name in dict.fromkeys(names[style] for style in used if style in names):
        if name not in there:
            yield TemplateFault(message=template_fault("style", style=name))
    own = _style_names(parts[STYLES]) if STYLES in parts else {}
    for root in parts.values():
        for element in root.iter(f"{W}p"):
            style = element.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(f"{W}val") not in own:
                text = "".join(piece.text or "" for piece in element.iter(f"{W}t")).strip()[:EXCERPT]
                yield TemplateFault(paragraph=text, message=template_fault("style", style=style.get(f"{W}val")))


def _style_names(styles: Any) -> dict[str, str]:  # noqa: ANN401 - lxml element
    found = {}
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            found[style.get(f"{W}styleId")] = str(name.get(f"{W}val")).casefold()
    return found


def _rendered(name: str, content: bytes, made: Sequence[Trial]) -> Iterator[TemplateFault]:
    """What only the whole shows: captions that references need, and the layout."""
    properties = Properties(title="", subject="", author="", keywords="", moment=DAY, own={})
    for trial in made:
        try:
            render(name, content, {"report": trial.report, "template_version": ""}, trial.charts, properties)
        except UsageError as error:
            yield _whole_fault(error)
            return


def _whole_fault(error: UsageError) -> TemplateFault:
    paragraph = str(error.context.get("paragraph", ""))
    match error.code:
        case "template_caption_missing" | "template_caption_doubled":
            code = error.code.removeprefix("template_")
            message = template_fault(code, kind=error.context["kind"])
            return TemplateFault(paragraph=paragraph, message=message)
        case "template_style":
            return TemplateFault(paragraph=paragraph, message=template_fault("style", style=error.context["style"]))
        case "template_faulty":
            return TemplateFault(
                paragraph=paragraph, tag=str(error.context["tag"]), message=str(error.context["reason"])
            )
        case _:
            return TemplateFault(message=template_fault("layout"))
