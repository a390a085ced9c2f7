"""Documents and their files, from what came in to the index: nothing is held up by a file that can't be taken."""

from __future__ import annotations

import csv
import tracemalloc
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from builders import rounds
from builders.rounds import DISTRICT, UNIT, Key, Typed, rows, xltool
from openpyxl import load_workbook

from xltool import data, evidence
from xltool import edition as editions
from xltool.demo import entries, sampled
from xltool.demo.entries import Entry
from xltool.model.edition import Edition

SAMPLES = data.folder("samples") / "2023"
RICH = ("徐汇区", "静安区", "闵行区", "崇明区")
GIB = 1 << 30


def listed(row: int, attachment: str, **more: Typed) -> dict[Key, Typed]:
    """A whole row of the table of events."""
    cells: dict[str, Typed] = {
        "title": f"大事{row}",
        "year": 2022,
        "date": "2022-05-01",
        "summary": "简介",
        "doc_type": "会议",
        "level1": "1 建立领导和管理制度",
        "level2": "1.1 确立党政主导、多部门参与的学习型城区建设领导机制",
        "attachment": attachment,
        **more,
    }
    return {("event", row, column): typed for column, typed in cells.items()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rounds.campaign(tmp_path)


def send(folder: Path, documents: dict[Key, Typed], files: dict[str, bytes]) -> Path:
    """A return with files beside it."""
    rounds.returned(folder / "文旅局.xlsx", documents)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def codes(root: Path) -> Counter[str]:
    found = xltool("findings", "--json", folder=root).json
    return Counter(row["code"] for row in found if row["code"].startswith(("attachment", "related")))


def test_a_zip_of_files_beside_the_workbook_is_looked_into(root: Path, tmp_path: Path) -> None:
    folder = send(tmp_path / "收件", listed(1, "纪要.pdf", secondary_attachments="照片.jpg"), {})
    with zipfile.ZipFile(folder / "附件.zip", "w") as archive:
        archive.writestr("材料/纪要.PDF", b"%PDF-1.4")
        archive.writestr("材料/照片.jpg", b"jpeg")
        archive.writestr("材料/多余.txt", b"text")

    outcomes = Counter(row["outcome"] for row in rows("ingest", folder, folder=root))

    assert outcomes == {"accepted": 1, "attachment": 3}
    assert codes(root) == {"attachment_surplus": 1}
    states = {(row["name"], row["state"]) for row in rows("evidence", folder=root) if row["kind"] == "attachment"}
    assert states == {("纪要.pdf", "received"), ("照片.jpg", "received"), ("多余.txt", "surplus")}


def test_a_missing_file_is_found_at_its_cell_until_it_comes(root: Path, tmp_path: Path) -> None:
    folder = send(tmp_path / "收件", listed(1, "纪要.pdf"), {})
    rows("ingest", folder, folder=root)
    (missing,) = (row for row in rows("findings", folder=root) if row["code"] == "attachment_missing")
    assert (missing["district"], missing["unit"], missing["sheet"]) == (DISTRICT, UNIT, "大事记")
    sheet = load_workbook(folder / "文旅局.xlsx")["大事记"]
    assert {cell.coordinate for row in sheet for cell in row if cell.value == "纪要.pdf"} == {missing["cell"]}

    (folder / "纪要.pdf").write_bytes(b"%PDF-1.4")
    again = {row["outcome"] for row in rows("ingest", folder, folder=root)}

    assert again == {"repeated", "attachment"}
    assert not codes(root)


def test_files_stay_when_a_corrected_workbook_comes_without_them(root: Path, tmp_path: Path) -> None:
    rows("ingest", send(tmp_path / "一", listed(1, "纪要.pdf"), {"纪要.pdf": b"%PDF"}), folder=root)
    rows("ingest", send(tmp_path / "二", listed(1, "纪要.pdf", title="改过的标题"), {}), folder=root)

    (document,) = (row for row in rows("evidence", folder=root) if row["kind"] == "document")

    assert (document["title"], document["version"]) == ("改过的标题", 2)
    assert not codes(root)


def test_a_file_of_two_gib_is_said_and_never_read(root: Path, tmp_path: Path) -> None:
    folder = send(tmp_path / "收件", listed(1, "录像.mp4"), {})
    with (folder / "录像.mp4").open("wb") as video:
        video.truncate(2 * GIB)
    tracemalloc.start()
    try:
        said = rows("ingest", folder, folder=root)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert {row["outcome"] for row in said} == {"accepted", "attachment"}
    (row,) = (row for row in said if row["outcome"] == "attachment")
    assert row["sha256"] is None
    assert "50MB" in row["reason"]
    assert peak < GIB // 4
    (found,) = (row for row in rows("findings", folder=root) if row["code"] == "attachment_too_large")
    assert "2.0GB" in found["message"]


def test_everything_wrong_with_documents_is_found_at_its_cell_and_nothing_is_held_up(
    root: Path, tmp_path: Path
) -> None:
    wrong = {
        **listed(1, "甲.pdf", tags="学习型城区建设"),
        **listed(2, "甲.pdf", date="2023-05-01"),
        **listed(3, "丙.pdf", level1="9 没有的指标", end_date="2022-04-01"),
        **listed(4, "丁.pdf", related="没有的文件"),
    }
    folder = send(tmp_path / "收件", wrong, {"甲.pdf": b"1", "丙.pdf": b"", "丁.docx": b"4"})

    said = xltool("ingest", folder, "--json", folder=root).json

    assert {row["outcome"] for row in said} == {"accepted", "attachment"}
    found = xltool("findings", "--json", folder=root).json
    about = {(row["rule"] or row["code"], row["row"]) for row in found if row["item"] == "event"}
    assert about >= {
        ("tag_too_long", 1),
        ("attachment_named_twice", 2),
        ("event_in_period", 2),
        ("not_in_list", 3),
        ("event_end_after_start", 3),
        ("attachment_empty", 3),
        ("attachment_renamed", 4),
        ("related_unknown", 4),
    }
    assert all(row["cell"] for row in found if row["item"] == "event")


def test_the_index_leads_to_copies_of_the_files(root: Path, tmp_path: Path) -> None:
    documents = listed(1, "#1 100%.pdf", secondary_attachments="未到.jpg")
    rows("ingest", send(tmp_path / "收件", documents, {"#1 100%.pdf": b"%PDF-1.4"}), folder=root)
    target = tmp_path / "目录" / "文档.xlsx"

    assert xltool("evidence", "--district", DISTRICT, "-o", target, folder=root).code == 0

    book = load_workbook(target)
    assert book.sheetnames == ["覆盖情况", "文档目录", "附件问题"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"n", "s"}
    (link,) = (cell.hyperlink for cell in cells if cell.hyperlink)
    assert (target.parent / unquote(str(link.target))).read_bytes() == b"%PDF-1.4"
    assert "未到.jpg" in {cell.value for row in book["附件问题"].iter_rows() for cell in row}


def test_copies_that_an_index_leads_to_no_more_are_taken_away_and_nothing_else(root: Path, tmp_path: Path) -> None:
    first = {"甲.pdf": b"%PDF-1.4", "乙.pdf": b"%PDF-1.5"}
    rows("ingest", send(tmp_path / "一", {**listed(1, "甲.pdf"), **listed(2, "乙.pdf")}, first), folder=root)
    target = tmp_path / "文档.xlsx"
    xltool("evidence", "-o", target, folder=root)
    copies = tmp_path / "文档_附件" / DISTRICT / rounds.UNIT
    assert {path.name for path in copies.iterdir()} == first.keys()
    (copies / "说明.txt").write_text("市级自己放的", "utf-8")

    rows("ingest", send(tmp_path / "二", listed(1, "甲.pdf"), {}), folder=root)
    xltool("evidence", "-o", target, folder=root)

    assert {path.name for path in copies.iterdir()} == {"甲.pdf", "说明.txt"}


def test_rows_for_programs_and_wrong_use(root: Path, tmp_path: Path) -> None:
    assert xltool("evidence", "-o", tmp_path / "甲.csv", folder=root).code == 0
    with (tmp_path / "甲.csv").open(encoding="utf-8-sig") as file:
        kinds = Counter(row["kind"] for row in csv.DictReader(file))
    assert kinds == {"coverage": 16 * (15 + 30 + 78)}
    for arguments in (("--district", "没有的区"), ("-o", tmp_path / "甲.docx")):
        said = xltool("evidence", *arguments, folder=root)
        assert said.code == 2
        assert said.fault


# -- coverage, recomputed from the samples' text ---------------------------------------------------------------------


@cache
def edition() -> Edition:
    return editions.load(data.folder("rules") / "2023")


@cache
def samples() -> tuple[Entry, ...]:
    return entries.loads((SAMPLES / entries.VALUES_FILE).read_text("utf-8"))


@pytest.mark.parametrize("district", RICH)
def test_coverage_of_every_indicator_and_point_is_what_counting_the_samples_gives(district: str) -> None:
    own = [entry for entry in samples() if entry.district == district]
    values = tuple(sampled.values_of(edition(), own))
    documents = evidence.documents_of(edition(), values)
    one = evidence.match([district], documents, ())[district]
    covered = {row.indicator: row for row in evidence.coverage(edition(), one)}

    # independently: the id that a chosen text begins with, cut at its full stops and its hyphen
    chosen: dict[tuple[str | None, str, int | None], str] = {}
    for entry in own:
        if entry.column in ("level2", "level3", "point"):
            chosen[entry.unit, entry.item, entry.row] = entry.value.split(" ", 1)[0]
    counts: Counter[str] = Counter()
    units: dict[str, set[str]] = {}
    for (unit, _, _), node in chosen.items():
        for name in {node, node.split("-")[0], ".".join(node.split("-")[0].split(".")[:2])}:
            counts[name] += 1
            units.setdefault(name, set()).add(unit or district)

    assert len(documents) >= 60
    assert sum(row.level == 3 for row in covered.values()) == 30
    assert sum(row.level == 4 for row in covered.values()) == 78
    assert {name: row.documents for name, row in covered.items() if row.documents} == dict(counts)
    assert {name: set(row.units) for name, row in covered.items() if row.units} == units
