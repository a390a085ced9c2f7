"""A finished Word file as its reader sees it: paragraphs, table rows and charts in order, each with its numbers."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from lxml import etree

from xltool.errors import CampaignError
from xltool.reports.package import UNREADABLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BODY, LINKS, STYLES = "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml"
LARGEST = 100 * 2**20
EXCERPT = 24
FILLED_BY_HAND = frozenset({"署名", "附注"})
"""Styles of what the office fills in after printing: date of issue, contact."""

NUMBER = re.compile(r"(?<!版本：)(?<![0-9a-fA-F])[-－−]?\d+(?:,\d{3})*(?:\.\d+)?(?![0-9a-fA-F])")
_WIDE = str.maketrans("０１２３４５６７８９．，－−", "0123456789.,--")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, a row of a table, or a series of a chart: where it is, its text, and the numbers in it."""

    place: str
    text: str
    numbers: tuple[str, ...]


def blocks_of(name: str, data: bytes) -> tuple[Block, ...]:
    """The blocks of a Word file, in its order.

    Raises:
        CampaignError: it is no Word file, or larger than any report.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with ZipFile(io.BytesIO(data)) as package:
            wanted = [one for one in package.infolist() if one.filename.endswith((".xml", ".rels"))]
            if sum(one.file_size for one in wanted) > LARGEST:
                raise CampaignError("report_unreadable", path=name)
            parts = {
                one.filename: etree.fromstring(package.read(one), parser)
                for one in wanted
                if one.filename in (BODY, LINKS, STYLES) or one.filename.startswith("word/charts/")
            }
        return tuple(_blocks(parts))
    except UNREADABLE as error:
        raise CampaignError("report_unreadable", path=name) from error


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a text, without separators of thousands and signs of zero; ids are none, even of digits alone."""
    found = (match[0].translate(_WIDE).replace(",", "") for match in NUMBER.finditer(text.translate(_WIDE)))
    return tuple(found)


def _blocks(parts: Mapping[str, Any]) -> Iterator[Block]:
    targets = {
        link.get("Id"): posixpath.normpath(posixpath.join("/word", str(link.get("Target")))).lstrip("/")
        for link in parts[LINKS]
    }
    by_hand = _by_hand(parts.get(STYLES))
    tables = 0
    for element in parts[BODY].find(f"{W}body"):
        if element.tag == f"{W}tbl":
            tables += 1
            yield from _table(element, tables)
        elif element.tag == f"{W}p":
            style = element.find(f"{W}pPr/{W}pStyle")
            text = "".join(element.itertext(f"{W}t"))
            if text.strip() and (style is None or style.get(f"{W}val") not in by_hand):
                yield _block(f"段落“{text.strip()[:EXCERPT]}”", text)
            for chart in element.iter(f"{C}chart"):
                yield from _chart(parts, targets.get(chart.get(f"{R}id"), ""))


def _by_hand(styles: Any) -> frozenset[str]:  # noqa: ANN401 - lxml element
    found = () if styles is None else styles.iter(f"{W}style")
    return frozenset(
        style.get(f"{W}styleId")
        for style in found
        if (name := style.find(f"{W}name")) is not None and name.get(f"{W}val") in FILLED_BY_HAND
    )


def _table(table: Any, number: int) -> Iterator[Block]:  # noqa: ANN401 - lxml element
    for row, element in enumerate(table.iter(f"{W}tr"), start=1):
        cells = ["".join(cell.itertext(f"{W}t")) for cell in element.iter(f"{W}tc")]
        begins = next((cell for cell in cells[:2] if cell and not numbers_in(cell)), cells[0] if cells else "")
        yield _block(f"第{number}个表格第{row}行“{begins[:EXCERPT]}”", "\t".join(cells))


def _chart(parts: Mapping[str, Any], part: str) -> Iterator[Block]:
    root = parts.get(part)
    if root is None:
        return
    for series in root.iter(f"{C}ser"):
        name = "".join(series.itertext(f"{C}v")) if series.find(f"{C}tx") is None else _text(series.find(f"{C}tx"))
        caches = list(series.iter(f"{C}numCache"))
        values = [f"{value:.10g}" for cache in caches for value in _values(cache)]
        yield Block(place=f"图表的系列“{name}”", text=f"{name}\t{' '.join(values)}", numbers=tuple(values))


def _text(element: Any) -> str:  # noqa: ANN401 - lxml element
    return "".join(element.itertext(f"{C}v"))


def _values(cache: Any) -> Iterator[float]:  # noqa: ANN401 - lxml element
    for point in cache.iter(f"{C}v"):
        try:
            yield float(point.text or "")
        except ValueError:
            continue


def _block(place: str, text: str) -> Block:
    return Block(place=place, text=text, numbers=numbers_in(text))
