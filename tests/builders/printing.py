"""Word files as LibreOffice prints them: where each word stands on which page; skipped where it isn't installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

SECONDS = 180
MM = 25.4 / 72


@dataclass(frozen=True)
class Word:
    """A word and its box in mm from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """A page: its words in the order of reading."""

    words: tuple[Word, ...]

    @property
    def lines(self) -> list[list[Word]]:
        """Words whose tops are at the same height, from the top."""
        found: dict[int, list[Word]] = {}
        for word in self.words:
            near = next((top for top in found if abs(top - word.top) < 2), None)
            found.setdefault(int(word.top) if near is None else near, []).append(word)
        return [found[top] for top in sorted(found)]

    @property
    def text(self) -> str:
        """All of it without spaces; what stands in the foot (the page's number) is left out."""
        return "".join("".join(word.text.split()) for word in self.words if word.top < 262)


def printed(documents: Mapping[str, bytes], folder: Path) -> dict[str, list[Page]]:
    """The pages of each document, all in one run of LibreOffice."""
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if soffice is None or pdftotext is None:
        pytest.skip("LibreOffice (soffice) or pdftotext is not installed")
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in documents]
    subprocess.run(  # noqa: S603 - the installed program, our own arguments
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return {name: _pages(pdftotext, folder / f"{name}.pdf") for name in documents}


def _pages(pdftotext: str, file: Path) -> list[Page]:
    said = subprocess.run([pdftotext, "-bbox", str(file), "-"], check=True, capture_output=True)  # noqa: S603
    root = html.fromstring(said.stdout.decode())
    return [
        Page(
            tuple(
                Word(word.text or "", *(float(word.get(side) or 0) * MM for side in ("xmin", "ymin", "xmax", "ymax")))
                for word in page.iter("word")
            )
        )
        for page in root.iter("page")
    ]
