"""Fills a Word template (the only importer of docxtpl).

Values are escaped and cleaned at the one place where Jinja prints them; the environment is sandboxed and strict, so
a name that the report doesn't have stops the rendering with its tag and paragraph. Charts attach as parts.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

import docxtpl
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from xltool.errors import CampaignError, UsageError
from xltool.reports import contents
from xltool.reports.chart_parts import Chart
from xltool.reports.labels import CLOSE, OPEN, REFERENCE, Label
from xltool.reports.own_properties import write_own
from xltool.reports.package import pinned
from xltool.reports.references import UnresolvedError, caption_mark, resolve
from xltool.reports.text import clean

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EMU_PER_MM = 36000

_PIECES = re.compile(f"({OPEN}[^{CLOSE}]*{CLOSE})")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")
_EXCERPT = 60
_REASONS = (
    (TemplateSyntaxError, "标签写法有误"),
    (UndefinedError, "报告中没有这个名称"),
    (SecurityError, "标签中有不允许的写法"),
    (Exception, "标签无法计算"),
)

_DRAWING = """</w:t></w:r><w:r><w:drawing><wp:inline
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>
<wp:docPr id="{number}" name="{name}" descr="{description}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{relation}"/>
</a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """Core properties of the document; `moment` stands as created and modified. `own` are properties by name."""

    title: str
    subject: str
    author: str
    keywords: str
    moment: dt.date
    own: Mapping[str, str]


class _Template(docxtpl.DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """docxtpl, with values left as they are, compiled templates kept, and strict parsing."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(io.BytesIO(content))
        self.name = name

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)

    def render_xml_part(self, src_xml: str, part: object, context: dict[str, Any], jinja_env: Any = None) -> str:  # noqa: ANN401, ARG002 - docxtpl's signature
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)  # one paragraph a line, so that a line names it
        try:
            rendered: str = _compiled(source).render(context)
        except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise _template_fault(error, source, self.name) from error
        try:
            rendered = resolve(rendered)
        except UnresolvedError as error:
            raise _reference_fault(error, rendered, self.name) from error
        try:
            etree.fromstring(rendered.encode())
        except etree.XMLSyntaxError as error:
            raise UsageError("template_broken_layout", place=self.name, template=self.name) from error
        return re.sub(r"\n<w:p([ >])", r"<w:p\1", rendered)

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:  # noqa: ANN401
        """The properties are set plainly, not by tags: escaping would print `&amp;` there."""


def render(
    name: str, template: bytes, known: Mapping[str, object], charts: Sequence[Chart], properties: Properties
) -> bytes:
    """The document: the template's tags see what is `known`, `caption(label)`, `drawing(label)` and `contents`.

    Args:
        name: the template's file name, for faults.
        template: its content.
        known: names -> what they stand for.
        charts: the charts that `drawing` places, by the names of their labels.
        properties: what stands in the document's properties.

    Raises:
        UsageError: a tag names what isn't known, or isn't well formed; a reference has no caption.
        CampaignError: the template is no Word file.
    """
    document = _opened(name, template)
    drawings = {chart.name: _attach(document, chart, number) for number, chart in enumerate(charts, 1)}

    def drawing(label: Label) -> Markup:
        return drawings[label.name]

    document.render({**known, "caption": _caption, "drawing": drawing, "contents": contents.MARK})
    contents.fill(document.docx.element.body, document.docx.styles.element)
    _set_properties(document, properties)
    target = io.BytesIO()
    document.save(target)
    return pinned(target.getvalue())


def _opened(name: str, template: bytes) -> _Template:
    try:
        document = _Template(name, template)
        document.init_docx()
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError, etree.XMLSyntaxError) as error:
        raise CampaignError("template_unreadable", path=name) from error
    return document


@functools.lru_cache(maxsize=64)
def _patched(source: str) -> str:
    patched: str = docxtpl.DocxTemplate.patch_xml(None, source)  # uses nothing of the instance
    return patched


@functools.lru_cache(maxsize=64)
def _compiled(source: str) -> Any:  # noqa: ANN401 - jinja2.Template
    return environment().from_string(source)


@functools.cache
def environment() -> ImmutableSandboxedEnvironment:
    """Where tags are understood: strict, sandboxed, values escaped and cleaned where they are printed."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printable)


def _caption(label: Label) -> Markup:
    return Markup(caption_mark(label))  # noqa: S704 - of our own letters


def _printable(value: object) -> object:
    """A value as it is printed; references to tables and figures stay marked until the document is whole."""
    if isinstance(value, Label):
        value = str(value)
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    if OPEN not in value:
        return clean(value)
    pieces = (piece if REFERENCE.fullmatch(piece) else str(escape(clean(piece))) for piece in _PIECES.split(value))
    return Markup("".join(pieces))  # noqa: S704 - escaped piece by piece


def _template_fault(error: Exception, source: str, template: str) -> UsageError:
    line = _line_of(error)
    text = source.splitlines()[line - 1] if line else ""
    paragraph = _MARKUP.sub("", text).strip()
    tags = _TAG.findall(paragraph) or [paragraph]
    words = re.findall(r"'([^']+)'", str(error))
    tag = next((tag for tag in tags for word in reversed(words) if word in tag), tags[0])
    reason = next(text for kind, text in _REASONS if isinstance(error, kind))
    return UsageError(
        "template_faulty", place=template, template=template, tag=tag, paragraph=paragraph[:_EXCERPT], reason=reason
    )


def _reference_fault(error: UnresolvedError, rendered: str, template: str) -> UsageError:
    start = rendered.rfind("<w:p", 0, error.place)
    end = rendered.find("</w:p>", error.place)
    paragraph = clean(_MARKUP.sub("", rendered[start:end])).strip()[:_EXCERPT]
    code = "template_caption_doubled" if error.doubled else "template_caption_missing"
    return UsageError(code, place=template, template=template, kind=error.kind, paragraph=paragraph)


def _line_of(error: Exception) -> int | None:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename in ("<template>", "<unknown>")]
    return lines[-1] if lines else None


def _attach(document: _Template, chart: Chart, number: int) -> Markup:
    package = document.docx.part.package
    workbook = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), WORKBOOK_TYPE, pinned(chart.workbook), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    external = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _with_workbook(chart.xml, external)  # noqa: SLF001 - python-docx sets it in the constructor only
    return Markup(_DRAWING).format(  # noqa: S704 - our own text; format() escapes what is filled in
        width=round(chart.width_mm * EMU_PER_MM),
        height=round(chart.height_mm * EMU_PER_MM),
        number=number,
        name=clean(chart.title),
        description=clean(chart.description),
        relation=document.docx.part.relate_to(part, RELATIONSHIP_TYPE.CHART),
    )


def _with_workbook(xml: bytes, relation: str) -> bytes:
    space = etree.fromstring(xml)
    namespaces = space.nsmap
    data = etree.SubElement(space, f"{{{namespaces['c']}}}externalData", {f"{{{namespaces['r']}}}id": relation})
    etree.SubElement(data, f"{{{namespaces['c']}}}autoUpdate", {"val": "0"})
    return etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_properties(document: _Template, properties: Properties) -> None:
    core = document.docx.core_properties
    core.title, core.subject = clean(properties.title), clean(properties.subject)
    core.author = core.last_modified_by = clean(properties.author)
    core.keywords = clean(properties.keywords)
    moment = properties.moment
    date = moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time.min)
    core.created = core.modified = date.replace(tzinfo=None)
    core.revision = 1
    write_own(document.docx.part.package, {name: clean(value) for name, value in properties.own.items()})
