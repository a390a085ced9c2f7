"""Pages as one HTML page that needs nothing else: no script, style, font or picture from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from xltool.model.pages import Page
from xltool.model.styles import CONDITIONAL, HEAD_FILL

TEMPLATE = Path(__file__).with_name("board.html")


def render(title: str, pages: Sequence[Page]) -> bytes:
    """The page; the same arguments give the same bytes. Every text is escaped."""
    lights = {name: CONDITIONAL[name] for name in ("good", "open", "bad", "quiet")}
    text = _template().render(title=title, pages=pages, lights=lights, head=HEAD_FILL)
    return text.encode()


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(TEMPLATE.read_text("utf-8"))
