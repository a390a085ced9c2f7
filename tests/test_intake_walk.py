from __future__ import annotations

import contextlib
import os
import pickle
import zipfile
from pathlib import Path

import pytest
from builders.locking import zip_with_password
from builders.returns import returned, zipped

from xltool import intake
from xltool.errors import RefusedFile, UsageError
from xltool.intake import Incoming, limits
from xltool.intake.walk import is_system

GOOD = returned({})
PASSWORD = "密码1"  # noqa: S105 - of files made here


def files(*paths: Path, password: str | None = None) -> list[Incoming]:
    """Everything under the paths, with the members of zips in their place."""
    found = intake.walk(paths)
    return [file for one in found for file in (one.members(password) if one.may_be_archive else (one,))]


def names(*paths: Path, below: Path) -> list[str]:
    return [one.name.removeprefix(f"{below}/") for one in files(*paths)]


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
    member, other = files(tmp_path)
    assert (member.archive, member.root, member.given) == (str(tmp_path / "a.zip"), str(tmp_path), False)
    assert (other.archive, other.given) == (None, False)
    (given,) = files(tmp_path / "c.xlsx")
    assert given.given
    assert member.read() == other.read() == given.read() == GOOD


def test_incoming_can_be_handed_to_another_process(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.xlsx": GOOD}))
    (member,) = files(tmp_path)
    copy: Incoming = pickle.loads(pickle.dumps(member))  # noqa: S301 - our own
    assert copy.read() == GOOD


def test_zips_in_zips_are_opened_to_a_depth_and_the_deeper_one_is_refused(tmp_path: Path) -> None:
    data = zipped({"e.xlsx": GOOD})
    for name in ("d", "c", "b", "a"):
        data = zipped({f"{name}.xlsx": GOOD, f"{name}.zip": data})
    (tmp_path / "all.zip").write_bytes(data)
    found = files(tmp_path / "all.zip")
    assert [one.name.partition("!")[2] for one in found] == [
        "a.xlsx",
        "a.zip!b.xlsx",
        "a.zip!b.zip!c.xlsx",
        "a.zip!b.zip!c.zip!d.xlsx",
        "a.zip!b.zip!c.zip!d.zip",
    ]
    assert [one.read() for one in found[:4]] == [GOOD] * 4
    with pytest.raises(RefusedFile, match="unsafe") as caught:
        found[4].read()
    assert (caught.value.said, caught.value.context["limit"]) == ("zips_too_deep", limits.NESTING)


def test_members_of_the_same_name_are_all_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.xlsx": b"one", "b.xlsx": b"two"}).replace(b"b.xlsx", b"a.xlsx"))
    found = files(tmp_path / "a.zip")
    assert [(one.name[-7:], one.read()) for one in found] == [("!a.xlsx", b"one"), ("!a.xlsx", b"two")]


def test_what_in_a_folder_is_no_file_of_it_is_said_and_never_opened(tmp_path: Path) -> None:
    inbox, outside = tmp_path / "in", tmp_path / "outside"
    deep = inbox.joinpath(*["d"] * (limits.FOLDERS + 1))
    deep.mkdir(parents=True)
    (deep / "a.xlsx").write_bytes(GOOD)
    outside.mkdir()
    (outside / "b.xlsx").write_bytes(GOOD)
    (inbox / "x.xlsx").symlink_to(outside / "b.xlsx")
    (inbox / "y").symlink_to(outside)
    (inbox / "z").symlink_to(tmp_path)  # a circle
    os.mkfifo(inbox / "pipe.xlsx")
    said = {one.path.name: one.refused.said for one in files(inbox) if one.refused}
    assert said == {"x.xlsx": "link", "y": "link", "z": "link", "pipe.xlsx": "special_file", "d": "folders_too_deep"}
    assert len(files(inbox)) == len(said)
    (given,) = files(inbox / "pipe.xlsx")
    assert (given.given, given.refused and given.refused.said) == (True, "special_file")
    (followed,) = files(inbox / "x.xlsx")  # whoever names a link means what it leads to
    assert followed.read() == GOOD


def test_names_written_by_chinese_windows_are_gbk(tmp_path: Path) -> None:
    data = zipped({"AAAA/BBBBBBBB.xlsx": GOOD})
    data = data.replace(b"AAAA", "甲区".encode("gbk")).replace(b"BBBBBBBB", "体育场馆".encode("gbk"))
    (tmp_path / "a.zip").write_bytes(data)
    (member,) = files(tmp_path / "a.zip")
    assert member.name.endswith("a.zip!甲区/体育场馆.xlsx")
    assert member.read() == GOOD


def test_names_in_utf8_without_the_flag_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"AAAAAA.xlsx": GOOD}).replace(b"AAAAAA", "甲区".encode()))
    (member,) = files(tmp_path / "a.zip")
    assert member.name.endswith("!甲区.xlsx")


def test_member_paths_are_names_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    (folder / "a.zip").write_bytes(zipped({"../../evil.xlsx": GOOD, "/etc/evil.xlsx": GOOD, "C:\\evil.xlsx": GOOD}))
    before = sorted(tmp_path.rglob("*"))
    assert [one.read() for one in files(tmp_path)] == [GOOD] * 3
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
    (single,) = files(tmp_path / "a.zip")
    with pytest.raises(RefusedFile, match="damaged"):
        intake.read_bytes(single.name, single.read())


def test_a_damaged_member_does_not_hide_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.xlsx": b"x" * 500, "b.xlsx": GOOD}, compress=zipfile.ZIP_STORED))
    data[100] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(bytes(data))
    first, second = files(tmp_path / "a.zip")
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
    first, second = files(tmp_path / "a.zip")
    with pytest.raises(RefusedFile, match="too_large"):
        first.read()
    with pytest.raises(RefusedFile, match="encrypted"):
        second.read()


def test_an_archive_of_too_many_files_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", 2)
    (tmp_path / "a.zip").write_bytes(zipped({"a": "", "b": "", "c": ""}))
    with pytest.raises(RefusedFile, match="too_large"):
        files(tmp_path / "a.zip")
    (tmp_path / "b.zip").write_bytes(zipped({"in.zip": (tmp_path / "a.zip").read_bytes()}))
    (inner,) = files(tmp_path / "b.zip")
    assert inner.refused is not None
    assert inner.refused.said == "too_many_members"


def test_encrypted_members_are_read_with_the_password(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_with_password({"甲.xlsx": GOOD, "b.zip": zipped({"c.xlsx": GOOD})}, PASSWORD.encode("gbk")))
    closed = files(path)
    assert [one.name.partition("!")[2] for one in closed] == ["b.zip", "甲.xlsx"]
    for password, said in ((None, "encrypted"), ("密码2", "wrong_password")):
        with pytest.raises(RefusedFile) as caught:
            closed[1].read(password)
        assert (caught.value.code, caught.value.said) == ("encrypted", said)
    opened = files(path, password=PASSWORD)
    assert [one.name.partition("!")[2] for one in opened] == ["b.zip!c.xlsx", "甲.xlsx"]
    assert [one.read(PASSWORD) for one in opened] == [GOOD, GOOD]


def test_a_password_that_only_seems_right_in_one_spelling_does_not_hide_a_zip(tmp_path: Path) -> None:
    """One in 256 passes the check before a member's first byte; a zip in a zip is known by its beginning."""
    path = tmp_path / "a.zip"
    for _ in range(5000):  # the chance that none is found: 0.000000003
        path.write_bytes(zip_with_password({"b.zip": zipped({"c.xlsx": GOOD})}, PASSWORD.encode("gbk")))
        with zipfile.ZipFile(path) as archive, contextlib.suppress(RuntimeError):
            archive.open("b.zip", pwd=PASSWORD.encode("utf-8")).close()
            break
    else:
        pytest.fail("no such zip was found")
    (opened,) = files(path, password=PASSWORD)
    assert opened.name.partition("!")[2] == "b.zip!c.xlsx"
    assert opened.read(PASSWORD) == GOOD


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    zipfile.ZipFile(tmp_path / "a.zip", "w").close()
    assert (files(tmp_path / "a.zip")) == []


def test_a_missing_path_is_a_fault_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="path_missing"):
        files(tmp_path / "nothing")


def test_a_file_that_vanished_is_refused_alone(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(GOOD)
    (found,) = files(tmp_path)
    (tmp_path / "a.xlsx").unlink()
    with pytest.raises(RefusedFile, match="damaged"):
        found.read()
