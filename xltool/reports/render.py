"""Fills a Word template (the only importer of docxtpl).

Values are escaped and cleaned at the one place where Jinja prints them; the environment is sandboxed and strict, so
a name that the report doesn't have stops the rendering with its tag and paragraph. Charts attach as parts.
"""

from __future__ import annotations

import functools
import re
import traceback
from collections.abc import Mapping, Sequence
from typing import Any

import docxtpl
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from xltool.errors import CampaignError, UsageError
from xltool.reports import contents
from xltool.reports.chart_parts import Chart
from xltool.reports.labels import CLOSE, OPEN, REFERENCE, Label
from xltool.reports.references import UnresolvedError, caption_mark, resolve
from xltool.reports.text import clean
from xltool.reports.word_package import NotWordError, Properties, WordPackage

TAGGED = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
STYLES = "word/styles.xml"
EMU_PER_MM = 36000

_PIECES = re.compile(f"({OPEN}[^{CLOSE}]*{CLOSE})")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LONE = re.compile(r"\{\{|\}\}|\{%|%\}")
_DECLARATION = re.compile(r"^<\?xml[^>]*\?>\s*")
_PLAIN = frozenset({str, int, bool, tuple})
_PARAGRAPH = re.compile(rb"<w:p[ >].*?</w:p>", re.DOTALL)
_STYLE = re.compile(rb'<w:pStyle w:val="([^"]*)"')
_STYLE_ID = re.compile(rb'w:styleId="([^"]*)"')
_FIRST_DRAWING = 10_000  # above those that staff drew in the template
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
    try:
        package = WordPackage(template)
    except NotWordError as error:
        raise CampaignError("template_unreadable", path=name) from error
    drawings = {chart.name: _drawing(package, chart) for chart in charts}

    def drawing(label: Label) -> Markup:
        return drawings[label.name]

    _require_styles(name, package.parts[package.main], package.parts.get(STYLES, b""))
    names = {**known, "caption": _caption, "drawing": drawing, "contents": contents.MARK}
    for part in [part for part in package.parts if TAGGED.fullmatch(part)]:
        package.parts[part] = _filled(name, package.parts[part], names, package.parts.get(STYLES))
    package.set_properties(properties)
    return package.bytes()


@functools.lru_cache(maxsize=64)
def _require_styles(name: str, body: bytes, styles: bytes) -> None:
    known = set(_STYLE_ID.findall(styles))
    for paragraph in _PARAGRAPH.finditer(body):
        style = _STYLE.search(paragraph[0])
        if style is not None and style[1] not in known:
            text = clean(_MARKUP.sub("", paragraph[0].decode())).strip()
            context = {"style": style[1].decode(), "paragraph": text[:_EXCERPT]}
            raise UsageError("template_style", place=name, template=name, **context)


def _filled(name: str, part: bytes, names: Mapping[str, object], styles: bytes | None) -> bytes:
    """A part with its tags filled, its captions numbered and its contents written."""
    source, has_columns = _patched(part)
    if not source:
        return part
    try:
        rendered: str = _compiled(source).render(names)
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise _template_fault(error, source, name) from error
    try:
        rendered = resolve(rendered)
    except UnresolvedError as error:
        raise _reference_fault(error, rendered, name) from error
    content = rendered.replace("\n<w:p", "<w:p").encode()
    listed = str(contents.MARK) in rendered and styles is not None
    as_it_is = not has_columns and not listed
    try:
        root = etree.fromstring(content, etree.XMLParser(target=_nothing) if as_it_is else None)
    except etree.XMLSyntaxError as error:
        raise UsageError("template_broken_layout", place=name, template=name) from error
    if as_it_is:
        return content
    if has_columns:
        root = docxtpl.DocxTemplate.fix_tables(None, content)  # uses nothing of the instance
    if listed:
        contents.fill(root.find(f"{{{root.nsmap['w']}}}body"), etree.fromstring(styles or b""))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class _Nothing:
    def close(self) -> None:
        """Nothing was kept."""


_nothing: Any = _Nothing()
"""Where a parser puts what it reads when only its faults are wanted."""


@functools.lru_cache(maxsize=64)
def _patched(part: bytes) -> tuple[str, bool]:
    """A part as Jinja takes it, one paragraph a line, so that a line names it; empty where it has no tags.

    And whether columns of tables come and go.
    """
    text = _DECLARATION.sub("", part.decode())
    patched: str = docxtpl.DocxTemplate.patch_xml(None, text)  # uses nothing of the instance
    source = patched if _TAG.search(patched) or _LONE.search(patched) else ""
    return re.sub(r"<w:p(?=[ >])", "\n<w:p", source), "{%tc" in text.replace(" ", "")


@functools.lru_cache(maxsize=64)
def _compiled(source: str) -> Any:  # noqa: ANN401 - jinja2.Template
    return environment().from_string(source)


@functools.cache
def environment() -> ImmutableSandboxedEnvironment:
    """Where tags are understood: strict, sandboxed, values escaped and cleaned where they are printed."""
    return _Environment(autoescape=True, undefined=StrictUndefined, finalize=_printable)


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which doesn't look twice at the plain fields of a report."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as Jinja has it
        if not attribute.startswith("_"):
            value = getattr(obj, attribute, None)
            if type(value) in _PLAIN:
                return value
        return super().getattr(obj, attribute)


def _caption(label: Label) -> Markup:
    return Markup(caption_mark(label))  # noqa: S704 - of our own letters


def _printable(value: object) -> object:
    """A value as it is printed; references to tables and figures stay marked until the document is whole."""
    if isinstance(value, Label):
        value = str(value)
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
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


def _drawing(package: WordPackage, chart: Chart) -> Markup:
    number, relation = package.attach(chart)
    filled = _DRAWING.format(
        width=round(chart.width_mm * EMU_PER_MM),
        height=round(chart.height_mm * EMU_PER_MM),
        number=_FIRST_DRAWING + number,
        name=escape(clean(chart.title)),
        description=escape(clean(chart.description)),
        relation=relation,
    )
    return Markup(filled)  # noqa: S704 - our own text; what is filled in is escaped
