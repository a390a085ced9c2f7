from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from builders import campaigns, disks

from xltool.errors import CampaignError, UsageError, XltoolError
from xltool.messages import fault, reason
from xltool.store import Store
from xltool.workspace import Workspace, create, new_config


def with_database(workspace: Workspace) -> None:
    Store.open(workspace.database, workspace.archive, campaign=workspace.config.id, create=True).close()


def make(root: Path) -> Workspace:
    scheme = campaigns.edition()
    return create(root, scheme, new_config(scheme), prepare=with_database)


def said(error: XltoolError) -> str:
    return fault(error.code, **error.context)[0]


def test_a_new_campaign_opens_and_holds_everything(tmp_path: Path) -> None:
    made = make(tmp_path / "项目" / "2023")

    opened = Workspace.open(tmp_path / "项目" / "2023")
    assert opened == made
    assert {path.name for path in made.root.iterdir()} == {
        *("outbox", "inbox", "archive", "reports", "rules"),
        *("campaign.toml", "campaign.db", ".secret", "单位名单.xlsx"),
    }
    assert (made.rules / "items.yaml").read_text(encoding="utf-8") == "items: [甲]\n"
    assert made.roster(campaigns.edition()).with_workbook("东区") == ("甲局", "乙局（乙办）", "丙局")
    opened.verify(campaigns.edition())
    assert opened.secret() == made.secret()
    assert [path.name for path in (tmp_path / "项目").iterdir()] == ["2023"]


def test_two_campaigns_differ_in_id_and_secret(tmp_path: Path) -> None:
    one, other = make(tmp_path / "a"), make(tmp_path / "b")

    assert one.config.id != other.config.id
    assert one.secret() != other.secret()


def test_a_campaign_is_found_from_below(tmp_path: Path) -> None:
    made = make(tmp_path / "a")

    assert Workspace.find(made.outbox).root == made.root
    assert Workspace.find(made.root).root == made.root
    with pytest.raises(CampaignError, match="no_campaign"):
        Workspace.find(tmp_path)
    with pytest.raises(CampaignError, match="no_campaign"):
        Workspace.open(made.outbox)
    with pytest.raises(UsageError, match="path_missing"):
        Workspace.open(tmp_path / "none")


def test_a_campaign_can_be_made_in_the_empty_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    make(Path())

    assert Workspace.find(Path.cwd()).root == tmp_path
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".xltool")]


def test_a_folder_with_anything_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_text("x")

    for target in (tmp_path, tmp_path / "稿.txt"):
        with pytest.raises(UsageError, match="folder_not_empty"):
            make(target)

    assert [path.name for path in tmp_path.iterdir()] == ["稿.txt"]


@pytest.mark.parametrize("exists", [True, False])
def test_a_failed_init_leaves_nothing(tmp_path: Path, *, exists: bool) -> None:
    target = tmp_path / "a"
    if exists:
        target.mkdir()
    scheme = campaigns.edition()

    def fail(_workspace: Workspace) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create(target, scheme, new_config(scheme), prepare=fail)

    assert list(tmp_path.rglob("*")) == ([target] if exists else [])


def test_an_init_that_fails_while_moving_in_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target == tmp_path / "outbox":
            raise PermissionError(13, "denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(CampaignError) as error:
        make(tmp_path)

    assert "没有权限" in said(error.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("lost", "code"),
    [
        ([".secret"], "secret_missing"),
        (["单位名单.xlsx"], "roster_missing"),
        (["campaign.db"], "campaign_incomplete"),
        (["rules"], "campaign_incomplete"),
        (["rules/2023/edition.yaml", "rules/2023/items.yaml"], "campaign_incomplete"),
        ([".secret", "单位名单.xlsx", "campaign.db"], "campaign_incomplete"),
    ],
)
def test_a_half_written_folder_is_said_with_what_is_missing(tmp_path: Path, lost: list[str], code: str) -> None:
    root = make(tmp_path / "a").root
    for name in lost:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    with pytest.raises(CampaignError) as error:
        Workspace.open(root)

    assert error.value.code == code
    assert all(name.split("/")[0] in said(error.value) for name in lost)


def test_a_moved_campaign_goes_on(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    with_file = made.outbox / "东区" / "表.xlsx"

    shutil.move(made.root, tmp_path / "b")

    moved = Workspace.open(tmp_path / "b")
    assert moved.secret() and moved.roster(campaigns.edition()).units("东区")  # noqa: PT018 - both are read
    assert moved.relative(moved.outbox / "东区" / "表.xlsx") == made.relative(with_file) == "outbox/东区/表.xlsx"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a folder that can't be written")
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(CampaignError, match="campaign_unwritable"):
        make(tmp_path / "a")


@pytest.mark.skipif(os.name != "posix", reason="sets a limit of the system: POSIX here")
@pytest.mark.parametrize("size", [10 << 10, 50 << 10])
def test_where_nothing_can_be_written_any_more_no_folder_is_made_and_one_line_says_so(
    tmp_path: Path, size: int
) -> None:
    done = disks.limited(size, [sys.executable, "-m", "xltool", "init", str(tmp_path / "监测")])

    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert line.startswith(fault("campaign_unwritable", path=tmp_path / "监测", reason=reason("os_too_large"))[0])
    assert list(tmp_path.iterdir()) == []
