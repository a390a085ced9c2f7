from __future__ import annotations

import pickle
import zipfile
from pathlib import Path

import pytest
from builders.returns import returned, zipped

from xltool import intake
from xltool.errors import RefusedFile, UsageError
from xltool.intake import Incoming, limits
from xltool.intake.walk import is_system

GOOD = returned({})


def names(*paths: Path, below: Path) -> list[str]:
    return [one.name.removeprefix(f"{below}/") for one in intake.walk(paths)]


def test_files_folders_and_zips_are_found_in_order(tmp_path: Path) -> None:
    (tmp_path / "in" / "甲区").mkdir(parents=True)
    (tmp_path / "in" / "甲区" / "b.xlsx").write_bytes(GOOD)
    (tmp_path / "in" / "甲区" / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "in" / "c.zip").write_bytes(zipped({"z/乙区.xlsx": GOOD, "a.txt": "a"}))
    (tmp_path / "d.xlsx").write_bytes(GOOD)
    found = names(tmp_path / "in", tmp_path / "d.xlsx", below=tmp_path)
    assert found == ["in/c.zip!a.txt", "in/c.zip!z/乙区.xlsx", "in/甲区/a.pdf", "in/甲区/b.xlsx", "d.xlsx"]


def test_where_a_file_came_from_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.xlsx": GOOD}))
    (tmp_path / "c.xlsx").write_bytes(GOOD)
    member, other = intake.walk([tmp_path])
    assert (member.archive, member.root, member.given) == (str(tmp_path / "a.zip"), str(tmp_path), False)
    assert (other.archive, other.given) == (None, False)
    (given,) = intake.walk([tmp_path / "c.xlsx"])
    assert given.given
    assert member.read() == other.read() == given.read() == GOOD


def test_incoming_can_be_handed_to_another_process(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.xlsx": GOOD}))
    (member,) = intake.walk([tmp_path])
    copy: Incoming = pickle.loads(pickle.dumps(member))  # noqa: S301 - our own
    assert copy.read() == GOOD


def test_a_zip_in_a_zip_is_opened_and_no_deeper(tmp_path: Path) -> None:
    deepest = zipped({"c.xlsx": GOOD})
    inner = zipped({"b.xlsx": GOOD, "deeper.zip": deepest})
    (tmp_path / "a.zip").write_bytes(zipped({"inner.zip": inner}))
    first, second = intake.walk([tmp_path / "a.zip"])
    assert first.name.endswith("a.zip!inner.zip!b.xlsx")
    assert first.read() == GOOD
    assert (second.name.rpartition("!")[2], second.read()) == ("deeper.zip", deepest)


def test_names_written_by_chinese_windows_are_gbk(tmp_path: Path) -> None:
    data = zipped({"AAAA/BBBBBBBB.xlsx": GOOD})
    data = data.replace(b"AAAA", "甲区".encode("gbk")).replace(b"BBBBBBBB", "体育场馆".encode("gbk"))
    (tmp_path / "a.zip").write_bytes(data)
    (member,) = intake.walk([tmp_path / "a.zip"])
    assert member.name.endswith("a.zip!甲区/体育场馆.xlsx")
    assert member.read() == GOOD


def test_names_in_utf8_without_the_flag_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"AAAAAA.xlsx": GOOD}).replace(b"AAAAAA", "甲区".encode()))
    (member,) = intake.walk([tmp_path / "a.zip"])
    assert member.name.endswith("!甲区.xlsx")


def test_member_paths_are_names_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    (folder / "a.zip").write_bytes(zipped({"../../evil.xlsx": GOOD, "/etc/evil.xlsx": GOOD, "C:\\evil.xlsx": GOOD}))
    before = sorted(tmp_path.rglob("*"))
    assert [one.read() for one in intake.walk([tmp_path])] == [GOOD] * 3
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("~$甲区.xlsx", True),
        ("x/Thumbs.db", True),
        (".DS_Store", True),
        ("a.zip!__MACOSX/._甲区.xlsx", True),
        ("a.zip!__MACOSX/甲区.xlsx", True),
        (".~lock.甲区.xlsx#", True),
        ("desktop.ini", True),
        ("甲区.xlsx", False),
        ("a.zip!~甲区.xlsx", False),
    ],
)
def test_lock_and_system_files(name: str, *, system: bool) -> None:
    assert is_system(name) is system


def test_a_broken_zip_is_one_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.xlsx": GOOD})[:-100])
    (single,) = intake.walk([tmp_path / "a.zip"])
    with pytest.raises(RefusedFile, match="damaged"):
        intake.read_bytes(single.name, single.read())


def test_a_damaged_member_does_not_hide_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.xlsx": b"x" * 500, "b.xlsx": GOOD}, compress=zipfile.ZIP_STORED))
    data[100] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(bytes(data))
    first, second = intake.walk([tmp_path / "a.zip"])
    with pytest.raises(RefusedFile, match="damaged"):
        first.read()
    assert second.read() == GOOD


def test_members_over_the_limit_and_encrypted_ones_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(zipped({"a.xlsx": b"\0" * 5000, "b.xlsx": b"b"}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 8] |= 1
    data[data.rindex(b"PK\x03\x04") + 6] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(data))
    monkeypatch.setattr(limits, "FILE", 4000)
    first, second = intake.walk([tmp_path / "a.zip"])
    with pytest.raises(RefusedFile, match="too_large"):
        first.read()
    with pytest.raises(RefusedFile, match="encrypted"):
        second.read()


def test_an_archive_of_too_many_files_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", 2)
    (tmp_path / "a.zip").write_bytes(zipped({"a": "", "b": "", "c": ""}))
    assert names(tmp_path / "a.zip", below=tmp_path) == ["a.zip"]


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    zipfile.ZipFile(tmp_path / "a.zip", "w").close()
    assert list(intake.walk([tmp_path / "a.zip"])) == []


def test_a_missing_path_is_a_fault_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="path_missing"):
        list(intake.walk([tmp_path / "nothing"]))


def test_a_file_that_vanished_is_refused_alone(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(GOOD)
    (found,) = intake.walk([tmp_path])
    (tmp_path / "a.xlsx").unlink()
    with pytest.raises(RefusedFile, match="damaged"):
        found.read()
