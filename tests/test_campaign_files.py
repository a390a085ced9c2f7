"""Files that are written whole or not at all, and what is said where they can't be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from xltool.campaign.files import remove, table_format, write_atomically
from xltool.errors import CampaignError, UsageError
from xltool.messages import reason


@pytest.mark.parametrize("act", [lambda path: write_atomically(path, b"new"), remove])
def test_a_place_that_is_no_folder_is_said_in_chinese(tmp_path: Path, act: Callable[[Path], None]) -> None:
    (tmp_path / "文件").write_bytes(b"old")
    with pytest.raises(CampaignError) as caught:
        act(tmp_path / "文件" / "新.xlsx")
    assert caught.value.context["reason"] == reason("os_no_folder")


def test_what_is_not_there_is_removed_without_a_word(tmp_path: Path) -> None:
    remove(tmp_path / "没有")
    (tmp_path / "空").mkdir()
    remove(tmp_path / "空")
    assert list(tmp_path.iterdir()) == []


def test_a_table_is_for_people_or_for_programs(tmp_path: Path) -> None:
    assert (table_format(tmp_path / "甲.XLSX"), table_format(tmp_path / "甲.csv")) == (".xlsx", ".csv")
    with pytest.raises(UsageError):
        table_format(tmp_path / "甲.docx")
