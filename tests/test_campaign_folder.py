"""The campaign folder: generated again, moved, half lost, damaged; and a run that is killed in the middle."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import rounds
from builders.rounds import DISTRICT, OTHER_UNIT, UNIT, dump, rows, xltool

CHOSEN = ("--district", DISTRICT, "--unit", UNIT, "--unit", OTHER_UNIT)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rounds.campaign(tmp_path)


def written(root: Path) -> dict[str, bytes]:
    return {str(f.relative_to(root)): f.read_bytes() for f in (root / "outbox").rglob("*") if f.is_file()}


def test_generating_again_gives_the_same_bytes(root: Path) -> None:
    before = written(root)
    time.sleep(1.1)  # no time of writing may be in them
    assert xltool("generate", *CHOSEN, folder=root).code == 0
    assert written(root) == before
    assert sorted(before) == sorted(
        [f"outbox/{DISTRICT}.zip"]
        + [str(rounds.issued_file(root, unit).relative_to(root)) for unit in (UNIT, OTHER_UNIT)]
    )


def test_an_older_workbook_stays_readable_after_another_was_issued(root: Path, tmp_path: Path) -> None:
    assert xltool("generate", *CHOSEN, "--rows", 40, folder=root).code == 0
    newer = rounds.issued_file(root).read_bytes()
    assert newer != rounds.issued_file(rounds.issued()).read_bytes()
    said = xltool("ingest", rounds.returned(tmp_path / "返回.xlsx"), "--json", folder=root)
    assert [row["outcome"] for row in said.json] == ["accepted"]


def test_a_moved_folder_goes_on_working(root: Path, tmp_path: Path) -> None:
    file = rounds.returned(tmp_path / "返回.xlsx")
    xltool("ingest", file, folder=root)
    before = dump(root)
    moved = tmp_path / "别处" / "改了名"
    moved.parent.mkdir()
    root.rename(moved)
    assert dump(moved) == before
    assert xltool("ingest", file, "--json", folder=moved).json[0]["outcome"] == "repeated"
    assert xltool("generate", *CHOSEN, folder=moved).code == 0
    assert written(moved) == written(rounds.issued())


def test_a_campaign_is_found_from_the_folders_within(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "outbox" / DISTRICT)
    assert len(xltool("status", "--json").json) == 16
    monkeypatch.chdir(root.parent)
    said = xltool("status", "--json")
    assert said.code == 2
    assert "xltool init" in said.fault


def remove(name: str) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return damage


def replace(name: str, content: bytes) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        (root / name).write_bytes(content)

    return damage


def halve(name: str) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        content = (root / name).read_bytes()
        (root / name).write_bytes(content[: len(content) // 2])

    return damage


def append(name: str, text: str) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return damage


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (remove(".secret"), ".secret"),
        (halve(".secret"), ".secret"),
        (replace(".secret", b"\xff\xfe"), ".secret"),
        pytest.param(remove("campaign.db"), "campaign.db", marks=pytest.mark.sqlite),
        pytest.param(halve("campaign.db"), "数据库", marks=pytest.mark.sqlite),
        pytest.param(replace("campaign.db", b""), "数据库", marks=pytest.mark.sqlite),
        pytest.param(replace("campaign.db", b"no database" * 100), "数据库", marks=pytest.mark.sqlite),
        (remove("单位名单.xlsx"), "单位名单.xlsx"),
        (halve("单位名单.xlsx"), "单位名单.xlsx"),
        (replace("单位名单.xlsx", b""), "单位名单.xlsx"),
        (remove("campaign.toml"), "campaign.toml"),
        (halve("campaign.toml"), "campaign.toml"),
        (replace("campaign.toml", b""), "campaign.toml"),
        (replace("campaign.toml", "版本".encode("gbk")), "UTF-8"),
        (append("campaign.toml", "另外 = 1\n"), "campaign.toml"),
        (remove("rules"), "rules/2023"),
        (remove("rules/2023/items.yaml"), "items.yaml"),
        (append("rules/2023/items.yaml", "  - {"), "items.yaml:"),
        (append("rules/2023/checks.yaml", "- 3\n"), "checks.yaml:"),
    ],
)
def test_a_damaged_folder_is_one_line_and_nothing_is_written(
    root: Path, damage: Callable[[Path], None], said: str
) -> None:
    damage(root)
    before = {str(path): path.stat().st_size for path in root.rglob("*")}
    for command in (["status", "--json"], ["ingest", str(root / "outbox"), "--json"]):
        answer = xltool(*command, folder=root)
        assert answer.code == 2
        assert said in answer.fault
    assert {str(path): path.stat().st_size for path in root.rglob("*")} == before


def test_folders_that_hold_nothing_yet_may_be_missing(root: Path, tmp_path: Path) -> None:
    for name in ("archive", "inbox", "reports", "outbox"):
        shutil.rmtree(root / name)
    assert xltool("ingest", rounds.returned(tmp_path / "返回.xlsx"), folder=root).code == 0
    assert xltool("generate", *CHOSEN, folder=root).code == 0
    assert len(list((root / "archive").rglob("*.bin"))) == 1


def test_the_secret_never_shows(root: Path, tmp_path: Path) -> None:
    secret = (root / ".secret").read_text()
    key = secret.split('"')[3].encode()
    assert len(key) == 64
    xltool("ingest", rounds.returned(tmp_path / "返回.xlsx"), folder=root)
    for path in root.rglob("*"):
        if path.is_file() and path.name != ".secret":
            assert key not in path.read_bytes()
            assert bytes.fromhex(key.decode()) not in path.read_bytes()
    assert (root / ".secret").stat().st_mode & 0o077 == 0


def test_a_killed_ingest_leaves_whole_files_and_goes_on(tmp_path: Path) -> None:
    root, files = tmp_path / "监测", tmp_path / "返回"
    rounds.new(root)
    xltool("generate", "--district", DISTRICT, folder=root)
    shutil.copytree(root / "outbox" / DISTRICT / "成员单位", files)
    whole = rounds.copied(root, tmp_path / "不中断")
    killed_at = kill_while(root, files)
    assert 0 < killed_at < len(list(files.iterdir()))
    for file in (root / "archive").rglob("*.bin"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() == file.stem
    assert rows("status", folder=root)[0]["units_returned"] <= killed_at + 1
    again, once = (xltool("ingest", files, "--json", folder=folder).json for folder in (root, whole))
    assert {row["outcome"] for row in again} == {"accepted", "repeated"}
    assert [row["sha256"] for row in again] == [row["sha256"] for row in once]
    assert dump(root) == dump(whole)


def kill_while(root: Path, files: Path) -> int:
    """Run the command, and kill it when some files are stored; says how many were archived by then."""
    command = [sys.executable, "-m", "xltool", "-w", str(root), "ingest", str(files), "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    until = time.monotonic() + 60
    while len(list((root / "archive").rglob("*.bin"))) < 3 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return len(list((root / "archive").rglob("*.bin")))
