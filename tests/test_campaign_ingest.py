"""Taking back: repeated and newer files, folders and zips, attachments, and files that are none of ours."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import rounds
from builders.locking import workbook_with_password, zip_with_password
from builders.returns import zipped
from builders.rounds import DISTRICT, OTHER_UNIT, UNIT, Key, Typed, dump, rows, xltool
from openpyxl import load_workbook

from xltool import intake
from xltool.campaign import Campaign, ingest_each
from xltool.campaign.opened import Advance

PASSWORD = "开门1"  # noqa: S105 - of files made here
CORRECTED: dict[Key, Typed] = {("library_area", None, None): 19999}
ATTACHED: dict[Key, Typed] = {
    ("work_document", 1, "title"): "关于推进学习型城区建设的通知",
    ("work_document", 1, "attachment"): "通知.pdf",
    ("work_document", 2, "title"): "经费明细",
    ("work_document", 2, "attachment"): "明细表.xlsx；照片.jpg",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rounds.campaign(tmp_path)


def outcomes(said: list[rounds.Row]) -> dict[str, tuple[str, str | None]]:
    """File name (member name within a zip) -> outcome and code."""
    return {Path(row["file"].rpartition("!")[2]).name: (row["outcome"], row["code"]) for row in said}


def ingest(root: Path, *paths: object, code: int = 0) -> list[rounds.Row]:
    said = xltool("ingest", *paths, "--json", folder=root)
    assert (said.code, said.err) == (code, "")
    found: list[rounds.Row] = said.json
    return found


def other_book(path: Path) -> Path:
    """A workbook that somebody made by himself."""
    from openpyxl import Workbook  # noqa: PLC0415 - only here

    path.parent.mkdir(parents=True, exist_ok=True)
    Workbook().save(path)
    return path


def zip_of(path: Path, members: dict[str, bytes], encoding: str = "gbk") -> Path:
    """A zip with names as a Chinese Windows stores them: raw bytes, without the flag that says UTF-8."""
    stored = [name.encode(encoding) for name in members]
    placeholders = [bytes([65 + number]) * len(name) for number, name in enumerate(stored)]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for placeholder, content in zip(placeholders, members.values(), strict=True):
            archive.writestr(placeholder.decode(), content)
    data = buffer.getvalue()
    for placeholder, name in zip(placeholders, stored, strict=True):
        data = data.replace(placeholder, name)
    path.write_bytes(data)
    return path


def test_the_same_file_again_is_repeated_and_changes_nothing(root: Path, tmp_path: Path) -> None:
    file = rounds.returned(tmp_path / "返回.xlsx")
    (first,) = ingest(root, file)
    before = dump(root)
    (again,) = ingest(root, Path(shutil.copy(file, tmp_path / "改名.xlsx")))
    assert (first["outcome"], first["version"], again["outcome"], again["version"]) == ("accepted", 1, "repeated", 1)
    assert (again["district"], again["unit"], again["sha256"]) == (DISTRICT, UNIT, first["sha256"])
    assert dump(root) == before


@pytest.mark.sqlite
def test_a_repeated_file_leaves_the_database_as_it_was(root: Path, tmp_path: Path) -> None:
    file = rounds.returned(tmp_path / "返回.xlsx")
    ingest(root, file)
    database = (root / "campaign.db").read_bytes()
    ingest(root, file)
    assert (root / "campaign.db").read_bytes() == database


def test_a_newer_version_supersedes_and_the_older_stays(root: Path, tmp_path: Path) -> None:
    old, new = rounds.returned(tmp_path / "一.xlsx"), rounds.returned(tmp_path / "二.xlsx", CORRECTED)
    ingest(root, old)
    (second,) = ingest(root, new)
    assert (second["outcome"], second["version"]) == ("accepted", 2)
    areas = [row for row in rows("values", folder=root) if row["item"] == "library_area"]
    assert [(row["value"], row["version"]) for row in areas] == [(19999, 2)]
    assert sorted(file.read_bytes() for file in (root / "archive").rglob("*.bin")) == sorted(
        [old.read_bytes(), new.read_bytes()]
    )
    before = dump(root)
    (back,) = ingest(root, old)  # superseded, and known all the same
    assert (back["outcome"], back["version"]) == ("repeated", 1)
    assert dump(root) == before


def test_a_corrected_return_takes_its_findings_away(root: Path, tmp_path: Path) -> None:
    wrong: dict[Key, Typed] = {("library_area", None, None): "约3000"}
    ingest(root, rounds.returned(tmp_path / "一.xlsx", wrong), code=1)
    assert xltool("findings", folder=root).code == 1
    ingest(root, rounds.returned(tmp_path / "二.xlsx", CORRECTED))
    assert xltool("findings", folder=root).code == 0


def test_within_one_run_the_later_name_counts_with_a_warning(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "返回"
    rounds.returned(folder / "2.xlsx", CORRECTED)
    rounds.returned(folder / "1.xlsx")
    said = ingest(root, folder)
    assert [row["version"] for row in said] == [1, 2]
    assert [row["value"] for row in rows("values", folder=root) if row["item"] == "library_area"] == [19999]
    found = rows("findings", folder=root)
    assert "several_in_run" in {row["code"] for row in found}
    open_ = Counter(row["severity"] for row in found if row["status"] == "open" and row["file"] == said[1]["file"])
    assert {severity: said[1][f"{severity}s"] for severity in open_} == open_


def test_whoever_waits_is_told_of_files_and_then_of_districts(root: Path, tmp_path: Path) -> None:
    rounds.returned(tmp_path / "返回.xlsx")
    said: list[tuple[str, int, int]] = []

    def telling(what: str) -> Advance:
        return lambda done, total: said.append((what, done, total))

    files = [tmp_path / "返回.xlsx"]
    taken = [*ingest_each(Campaign.open(root), files, advance=telling("文件"), checking=telling("区"))]

    assert [row["outcome"] for row in taken] == ["accepted"]
    assert said == [("文件", 1, 1), ("区", 1, 2), ("区", 2, 2)]


def test_workers_and_their_number_change_nothing(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "返回"
    for number in range(4):
        rounds.returned(folder / f"{number}.xlsx", {("library_area", None, None): 18000 + number})
    other = rounds.copied(root, tmp_path / "另一份")
    one = xltool("ingest", folder, "--json", "--workers", 1, folder=root)
    three = xltool("ingest", folder, "--json", "--workers", 2, folder=other)
    assert one.json == three.json
    assert [row["version"] for row in one.json] == [1, 2, 3, 4]
    assert dump(root) == dump(other)


def test_a_folder_with_attachments_and_strangers(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "黄浦区"
    rounds.returned(folder / "成员单位" / "文旅局.xlsx", ATTACHED)
    for name, content in {"通知.pdf": b"%PDF-1.4 ...", "说明.txt": "另附说明".encode(), "空.docx": b""}.items():
        (folder / name).write_bytes(content)
    other_book(folder / "明细表.xlsx")
    other_book(folder / "自制表.xlsx")
    for name in ("~$文旅局.xlsx", "Thumbs.db", ".DS_Store"):
        (folder / name).write_bytes(b"x")
    said = ingest(root, folder, code=1)
    assert outcomes(said) == {
        "文旅局.xlsx": ("accepted", None),
        "通知.pdf": ("attachment", None),
        "说明.txt": ("attachment", None),
        "空.docx": ("attachment", None),
        "明细表.xlsx": ("attachment", None),
        "自制表.xlsx": ("rejected", "no_identity"),
        "~$文旅局.xlsx": ("ignored", None),
        "Thumbs.db": ("ignored", None),
        ".DS_Store": ("ignored", None),
    }
    kept = {file.read_bytes() for file in (root / "archive").rglob("*.bin")}
    assert {b"%PDF-1.4 ...", "另附说明".encode()} <= kept


def test_attachments_of_a_known_return_are_still_attachments(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "黄浦区"
    rounds.returned(folder / "文旅局.xlsx", ATTACHED)
    ingest(root, folder, code=1)  # the documents' other columns are empty
    other_book(folder / "明细表.xlsx")
    assert outcomes(ingest(root, folder)) == {"文旅局.xlsx": ("repeated", None), "明细表.xlsx": ("attachment", None)}


def test_a_zip_with_gbk_names_beside_other_files(root: Path, tmp_path: Path) -> None:
    content = rounds.returned(tmp_path / "返回.xlsx", ATTACHED).read_bytes()
    archive = zip_of(tmp_path / "黄浦区.zip", {"黄浦区/文旅局报送表.xlsx": content, "黄浦区/通知.pdf": b"%PDF-1.4"})
    said = ingest(root, archive, code=1)  # the documents' other columns are empty
    assert [row["file"] for row in said] == [f"{archive}!黄浦区/文旅局报送表.xlsx", f"{archive}!黄浦区/通知.pdf"]
    assert [row["outcome"] for row in said] == ["accepted", "attachment"]
    files = {row["file"] for row in rows("values", folder=root) if row["item"] == "library_area"}
    assert files == {f"{archive}!黄浦区/文旅局报送表.xlsx"}


def test_a_zip_without_a_return_has_ignored_files(root: Path, tmp_path: Path) -> None:
    other_book(tmp_path / "自制.xlsx")
    members = {
        "照片/照片一二三.jpg": b"jpeg",
        "说明文字.txt": b"text",
        "自制汇总表.xlsx": (tmp_path / "自制.xlsx").read_bytes(),
    }
    said = ingest(root, zip_of(tmp_path / "材料.zip", members), code=1)
    assert outcomes(said) == {
        "照片一二三.jpg": ("ignored", None),
        "说明文字.txt": ("ignored", None),
        "自制汇总表.xlsx": ("rejected", "no_identity"),
    }


def truncated(root: Path) -> bytes:
    whole = rounds.issued_file(root).read_bytes()
    return whole[: len(whole) // 2]


FOREIGN: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "报告.pdf": ("not_a_workbook", lambda _: b"%PDF-1.7\n1 0 obj"),
    "说明.txt": ("not_a_workbook", lambda _: "黄浦区的数据".encode()),
    "其实是文本.xlsx": ("not_a_workbook", lambda _: "黄浦区的数据".encode()),
    "空.xlsx": ("empty", lambda _: b""),
    "半截.xlsx": ("damaged", truncated),
    "坏了.zip": ("damaged", lambda root: truncated(root)[:2000] + b"PK"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_that_is_no_workbook_is_rejected_and_kept(root: Path, tmp_path: Path, name: str) -> None:
    code, content = FOREIGN[name]
    file = tmp_path / name
    file.write_bytes(content(root))
    (row,) = ingest(root, file, code=1)
    assert (row["outcome"], row["code"], row["district"], row["version"]) == ("rejected", code, None, None)
    assert row["reason"].count("。") == 2
    assert (root / "archive" / row["sha256"][:2] / f"{row['sha256']}.bin").read_bytes() == file.read_bytes()
    line = xltool("ingest", file, folder=root)
    assert (line.code, line.err) == (1, "")
    assert line.out.splitlines()[0].startswith(f"退回 {file}：")


def test_one_bad_file_never_stops_the_others(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "返回"
    folder.mkdir()
    for name, (_, content) in FOREIGN.items():
        (folder / name).write_bytes(content(root))
    rounds.returned(folder / "好的.xlsx")
    said = ingest(root, folder, code=1)
    assert outcomes(said)["好的.xlsx"] == ("accepted", None)
    assert len(said) == len(FOREIGN) + 1
    assert [row["value"] for row in rows("values", folder=root) if row["item"] == "library_area"] == [18300]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    "deadly",
    [
        (os.abort, "damaged", "程序异常中止"),
        (lambda: 1 / 0, "damaged", "ZeroDivisionError"),
        (lambda: bytes(1 << 40), "too_large", "内存超过512MB"),
    ],
)
def test_a_file_that_kills_its_reader_is_rejected_alone(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    workers: int,
    deadly: tuple[Callable[[], object], str, str],
) -> None:
    kill, code, said = deadly

    def read(name: str, data: bytes, password: str | None = None) -> intake.Grid:
        if "毒" in name:
            kill()
        return read_bytes(name, data, password)

    read_bytes = intake.read_bytes
    monkeypatch.setattr(intake, "read_bytes", read)
    folder = tmp_path / "返回"
    rounds.returned(folder / "1毒.xlsx", CORRECTED)
    rounds.returned(folder / "2.xlsx")
    rows = ingest(root, folder, "--workers", workers, code=1)
    assert [(row["outcome"], row["code"]) for row in rows] == [("rejected", code), ("accepted", None)]
    assert said in rows[0]["reason"]
    (alone,) = ingest(root, folder / "1毒.xlsx", code=1)
    assert (alone["outcome"], alone["code"]) == ("rejected", code)


def test_cells_opens_files_as_ingest_does(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "open_file", lambda _: os.abort())
    said = xltool("cells", rounds.issued_file(root), folder=root)
    assert said.code == 2
    assert "程序异常中止" in said.fault


def test_a_workbook_in_another_districts_folder_counts_for_its_own_with_a_hint(root: Path, tmp_path: Path) -> None:
    rounds.returned(tmp_path / "徐汇区" / "返回.xlsx")
    (row,) = ingest(root, tmp_path / "徐汇区")
    assert (row["outcome"], row["district"]) == ("accepted", DISTRICT)
    (found,) = [found for found in rows("findings", folder=root) if found["code"] == "among_others"]
    assert (found["about"], found["severity"]) == ("identity", "hint")
    assert "“徐汇区”中" in found["message"]
    rounds.returned(tmp_path / "徐汇区" / DISTRICT / "返回.xlsx", CORRECTED)
    ingest(root, tmp_path / "徐汇区" / DISTRICT)
    assert "among_others" not in {found["code"] for found in rows("findings", folder=root)}


def test_an_encrypted_return_is_opened_with_its_password_and_kept_as_it_came(root: Path, tmp_path: Path) -> None:
    plain = rounds.returned(tmp_path / "返回.xlsx").read_bytes()
    locked = workbook_with_password(plain, PASSWORD)
    folder = tmp_path / "返回"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(locked)
    (folder / "b.zip").write_bytes(zip_with_password({"c.xlsx": plain}, PASSWORD.encode()))
    for given, said in (((), "--password"), (("--password", "别的"), "给出的密码打不开")):
        refused = ingest(root, folder, *given, code=1)
        assert [(row["outcome"], row["code"]) for row in refused] == [("rejected", "encrypted")] * 2
        assert all(said in row["reason"] for row in refused)
    opened = xltool("ingest", folder, "--password", PASSWORD, "--json", folder=root)
    assert [(row["outcome"], row["version"]) for row in opened.json] == [("accepted", 1), ("accepted", 2)]
    assert PASSWORD not in opened.out + opened.err
    assert {file.read_bytes() for file in (root / "archive").rglob("*.bin")} == {locked, plain}
    assert PASSWORD.encode() not in (root / "campaign.db").read_bytes()


def test_what_is_not_opened_is_said(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "返回"
    rounds.returned(folder / "1.xlsx")
    (folder / "链接.xlsx").symlink_to(folder / "1.xlsx")
    os.mkfifo(folder / "管道")
    deep = {"a.txt": b"a"}
    for _ in range(5):
        deep = {"x.zip": zipped(deep)}
    (folder / "深.zip").write_bytes(deep["x.zip"])
    said = ingest(root, folder, code=1)
    assert outcomes(said) == {
        "1.xlsx": ("accepted", None),
        "链接.xlsx": ("rejected", "unsafe"),
        "管道": ("rejected", "unsafe"),
        "x.zip": ("rejected", "unsafe"),
    }


def test_a_folder_without_anything_says_so(root: Path, tmp_path: Path) -> None:
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    (row,) = ingest(root, empty, code=1)
    assert (row["file"], row["outcome"], row["code"], row["sha256"]) == (str(empty), "rejected", "empty", None)
    assert "没有可读取的文件" in row["reason"]


def test_a_missing_path_is_a_fault_of_usage_and_nothing_is_stored(root: Path, tmp_path: Path) -> None:
    file = rounds.returned(tmp_path / "返回.xlsx")
    said = xltool("ingest", file, tmp_path / "没有.xlsx", "--json", folder=root)
    assert said.code == 2
    assert "没有.xlsx" in said.fault
    assert {row["status"] for row in rows("status", folder=root)} == {"未填报"}


def test_file_names_that_are_no_text_are_read_all_the_same(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "返回"
    file = rounds.returned(folder / "返回.xlsx")
    file.rename(Path(str(folder), "\udcbb\udcc6.xlsx"))  # GBK bytes on a file system that means UTF-8
    (row,) = ingest(root, folder)
    assert row["outcome"] == "accepted"
    assert xltool("values", folder=root).code == 0


def test_an_unfilled_workbook_is_accepted_with_findings(root: Path) -> None:
    (row,) = ingest(root, rounds.issued_file(root, OTHER_UNIT), code=1)
    assert (row["outcome"], row["unit"]) == ("accepted", OTHER_UNIT)
    assert row["errors"] > 0


def test_a_workbook_saved_by_another_program_says_the_same(root: Path, tmp_path: Path) -> None:
    once = rounds.returned(tmp_path / "一.xlsx")
    load_workbook(once).save(tmp_path / "二.xlsx")
    (first,) = ingest(root, once)
    before = [row["value"] for row in rows("values", "--district", DISTRICT, folder=root)]
    (second,) = ingest(root, tmp_path / "二.xlsx")
    assert [second[name] for name in ("outcome", "errors", "warnings", "hints")] == [
        first[name] for name in ("outcome", "errors", "warnings", "hints")
    ]
    assert [row["value"] for row in rows("values", "--district", DISTRICT, folder=root)] == before
