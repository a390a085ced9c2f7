"""The board's page in headless Chromium: it sorts, asks for nothing from anywhere, and prints on A4."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from builders.boards import board, standing

from xltool.board import board_pages, render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium isn't installed")
needs_poppler = pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler-utils isn't installed")
CLICKS = """<script>
for (const [column, times] of {clicks}) {{
  const button = document.querySelectorAll("table")[0].querySelectorAll("th button")[column];
  for (let turn = 0; turn < times; turn++) button.click();
}}
</script></body>"""

COUNTS = """<script>
let refused = 0;
document.addEventListener("securitypolicyviolation", () => refused++);
</script>"""
TOLD = """<script>
setTimeout(() => {
  const asked = performance.getEntriesByType("resource").filter(one => !one.name.startsWith("data:"));
  document.body.dataset.asked = refused + asked.length;
}, 500);
</script>"""


def page(tmp_path: Path, clicks: list[tuple[int, int]] | None = None) -> Path:
    """The page in a file, with clicks on headings (column, times) once it is loaded."""
    text = render("总览", board_pages(board())).decode()
    if clicks:
        text = text.replace("</body>", CLICKS.format(clicks=json.dumps(clicks)))
    path = tmp_path / "总览.html"
    path.write_text(text, "utf-8")
    return path


def chromium(path: Path, *options: str) -> str:
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={path.parent / 'profile'}",
        *options,
        path.as_uri(),
    ]
    said = subprocess.run(command, capture_output=True, timeout=120, check=True)  # noqa: S603 - a fixed command
    return said.stdout.decode("utf-8")


def column(dom: str, number: int) -> list[str]:
    """The texts of a column of the first table, in the order in which the rows stand."""
    body = re.search(r"<tbody>(.*?)</tbody>", dom, re.DOTALL)
    assert body is not None
    rows = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL)
    return [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)[number] for row in rows]


def test_every_text_is_escaped_and_the_same_board_gives_the_same_bytes() -> None:
    hostile = board(standing("<script>alert(1)</script>&\"'{{ 7*7 }}"))

    text = render("总览", board_pages(hostile)).decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "{{ 7*7 }}" in text
    assert render("总览", board_pages(hostile)) == text.encode()


def test_nothing_in_the_page_names_another_place() -> None:
    text = render("总览", board_pages(board())).decode()

    assert not re.search(r"https?:|//[a-z]|@import|url\(|src=", text)
    assert "default-src 'none'" in text


@needs_chromium
def test_a_click_sorts_and_a_second_one_turns_the_order_round(tmp_path: Path) -> None:
    assert column(chromium(page(tmp_path), "--dump-dom"), 0) == ["甲区", "乙区", "丙区", "丁区"]
    errors = chromium(page(tmp_path, [(3, 1)]), "--dump-dom")
    assert column(errors, 3) == ["—", "● 0", "▲ 2", "▲ 12"]  # as numbers, and what isn't known first
    assert 'aria-sort="ascending"' in errors
    assert column(chromium(page(tmp_path, [(3, 2)]), "--dump-dom"), 3) == ["▲ 12", "▲ 2", "● 0", "—"]
    assert column(chromium(page(tmp_path, [(3, 1), (0, 1)]), "--dump-dom"), 0) == ["甲区", "乙区", "丙区", "丁区"]


@needs_chromium
@pytest.mark.parametrize(("added", "asked"), [("", False), ('<img src="http://127.0.0.1:9/a.png">', True)])
def test_the_page_asks_for_nothing_from_anywhere_and_could_not(tmp_path: Path, added: str, *, asked: bool) -> None:
    """Offline, with every request of the page and every one that its policy refuses counted."""
    path = page(tmp_path)
    text = path.read_text("utf-8").replace("<body>", f"<body>{COUNTS}").replace("</body>", f"{added}{TOLD}</body>")
    path.write_text(text, "utf-8")

    dom = chromium(path, "--dump-dom", "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=2000")

    (counted,) = re.findall(r'data-asked="(\d+)"', dom)
    assert (int(counted) > 0) == asked


@needs_poppler
@needs_chromium
def test_it_prints_on_a4_with_all_columns(tmp_path: Path) -> None:
    target = tmp_path / "总览.pdf"

    chromium(page(tmp_path), f"--print-to-pdf={target}", "--no-pdf-header-footer")

    said = subprocess.run(["pdfinfo", target], capture_output=True, check=True, text=True)  # noqa: S603, S607
    assert re.search(r"Pages: +2\n", said.stdout)  # the districts, and the calendar
    assert re.search(r"Page size: +842 x 595 pts|Page size: +841.89 x 595.28 pts|\(A4\)", said.stdout)
    text = subprocess.run(["pdftotext", "-l", "1", target, "-"], capture_output=True, check=True, text=True)  # noqa: S603, S607
    assert all(name in "".join(text.stdout.split()) for name in ("甲区", "丁区", "最近报送"))
