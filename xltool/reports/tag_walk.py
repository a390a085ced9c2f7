"""The tags of a template in the order of the document, each tried on a report with the loops around it opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import ChainableUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from xltool.messages import template_fault
from xltool.reports.render import environment

EXCERPT = 60
ROW_SCOPES = ("tr", "tc")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_MARKS = ("{{", "}}", "{%", "%}")
_STATEMENT = re.compile(r"\{%-?(?:(tr|tc|p|r)\s)?\s*(\w+)\s*(.*?)-?%\}", re.DOTALL)
_PRINT = re.compile(r"\{\{-?(?:r\s)?(.*?)-?\}\}", re.DOTALL)
_LOOP = re.compile(r"(\w+)\s+in\s+(.+)", re.DOTALL)
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (TemplateSyntaxError, "syntax"),
    (UndefinedError, "unknown_name"),
    (SecurityError, "not_allowed"),
    (Exception, "not_computable"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFault:
    """One fault: the number of its paragraph (None: of the whole), the paragraph's text, the tag, what is wrong."""

    number: int | None = None
    paragraph: str = ""
    tag: str = ""
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a template, counted from 1."""

    number: int
    text: str
    in_table: bool

    def fault(self, tag: str, code: str, **context: object) -> TemplateFault:
        """A fault of a tag in it."""
        shown = self.text.strip()[:EXCERPT]
        return TemplateFault(number=self.number, paragraph=shown, tag=tag, message=template_fault(code, **context))


@dataclass(slots=True, kw_only=True)
class _Open:
    """A loop or a condition that isn't closed yet, and the names that stood for something before it."""

    word: str
    scope: str
    tag: str
    paragraph: Paragraph
    names: Mapping[str, object]


@dataclass(slots=True)
class Walk:
    """The tags in the order of the document, with the names that stand for something at each place."""

    names: dict[str, object]
    opened: list[_Open] = field(default_factory=list)

    def through(self, paragraph: Paragraph) -> Iterator[TemplateFault]:
        """The faults of one paragraph."""
        rest = _TAG.sub("", paragraph.text)
        for mark in _MARKS:
            if mark in rest:
                yield paragraph.fault(mark, "lone", mark=mark)
        for match in _TAG.finditer(paragraph.text):
            tag = match[0]
            if tag.startswith("{{"):
                printed = _PRINT.fullmatch(tag)
                yield from self.tried(paragraph, tag, printed[1] if printed else "")
            elif tag.startswith("{%"):
                yield from self.statement(paragraph, tag)

    def statement(self, paragraph: Paragraph, tag: str) -> Iterator[TemplateFault]:
        """A loop, a condition, or the end of one."""
        match = _STATEMENT.fullmatch(tag)
        scope, word, rest = (match[1] or "", match[2], match[3].strip()) if match else ("", "", "")
        if scope in ROW_SCOPES and not paragraph.in_table:
            yield paragraph.fault(tag, "outside_row", scope=f"{{%{scope}")
        match word:
            case "for":
                yield from self.loop(paragraph, tag, rest, scope)
            case "if":
                yield from self.tried(paragraph, tag, rest)
                self.opened.append(_Open(word=word, scope=scope, tag=tag, paragraph=paragraph, names=dict(self.names)))
            case "elif":
                yield from self.tried(paragraph, tag, rest)
                yield from self.inside(paragraph, tag, ("if",))
            case "else":
                yield from self.inside(paragraph, tag, ("if", "for"))
            case "endfor" | "endif":
                yield from self.closed(paragraph, tag, word.removeprefix("end"), scope)
            case _:
                yield paragraph.fault(tag, "unknown_statement")

    def loop(self, paragraph: Paragraph, tag: str, rest: str, scope: str) -> Iterator[TemplateFault]:
        """The loop's name stands for the first of what is looped over."""
        head = _LOOP.fullmatch(rest)
        before = dict(self.names)
        if head is None:
            yield paragraph.fault(tag, "syntax")
        else:
            yield from self.tried(paragraph, tag, head[2])
            self.names |= {head[1]: self.first(head[2]), "loop": ChainableUndefined()}
        self.opened.append(_Open(word="for", scope=scope, tag=tag, paragraph=paragraph, names=before))

    def first(self, source: str) -> object:
        """The first of a list; anything at all where there is none, so that one fault isn't said twice."""
        try:
            found: Any = environment().compile_expression(source)(**self.names)
            return next(iter(found))
        except (TemplateError, TypeError, StopIteration, ArithmeticError, LookupError, AttributeError, ValueError):
            return ChainableUndefined()

    def tried(self, paragraph: Paragraph, tag: str, expression: str) -> Iterator[TemplateFault]:
        """The expression's value is printed, as a template would."""
        try:
            environment().from_string("{{ " + expression + " }}").render(self.names)
        except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            yield paragraph.fault(tag, next(code for kind, code in _REASONS if isinstance(error, kind)))

    def inside(self, paragraph: Paragraph, tag: str, words: Sequence[str]) -> Iterator[TemplateFault]:
        """A part of a condition needs its beginning."""
        if not self.opened or self.opened[-1].word not in words:
            yield paragraph.fault(tag, "not_opened")

    def closed(self, paragraph: Paragraph, tag: str, word: str, scope: str) -> Iterator[TemplateFault]:
        """The end of the innermost loop or condition; others in between weren't closed."""
        if not any(one.word == word for one in self.opened):
            yield paragraph.fault(tag, "not_opened")
            return
        while self.opened[-1].word != word:
            yield self.unclosed(self.opened.pop())
        begun = self.opened.pop()
        self.names = dict(begun.names)
        if begun.scope != scope:
            yield paragraph.fault(tag, "other_scope", opened=begun.tag, scope=f"{{%{begun.scope}")

    @staticmethod
    def unclosed(one: _Open) -> TemplateFault:
        """A loop or condition without an end."""
        end = f"{{%{one.scope} end{one.word} %}}"
        return one.paragraph.fault(one.tag, "not_closed", expected=end)
