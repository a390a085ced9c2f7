from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import campaigns
from hypothesis import given
from hypothesis import strategies as st

from xltool.errors import CampaignError
from xltool.messages import fault
from xltool.model.edition import District
from xltool.workspace import config, new_config

GOOD = """
id = "0a1b2c3d"
edition = "2023"
monitoring_year = 2023
data_year = 2022
sampled = ["东区"]
database = ""
[deadlines]
collection = 2023-09-30
"""


def read(folder: Path, text: str | bytes) -> config.Config:
    path = folder / "campaign.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return config.read(path)


def said(error: pytest.ExceptionInfo[CampaignError]) -> str:
    message, action = fault(error.value.code, **error.value.context)
    assert "\n" not in message + action
    return message


def test_settings_are_read(tmp_path: Path) -> None:
    settings = read(tmp_path, GOOD)

    assert settings.sampled == ("东区",)
    assert settings.deadlines == {"collection": dt.date(2023, 9, 30)}


def test_what_may_be_left_out_has_a_default(tmp_path: Path) -> None:
    settings = read(tmp_path, GOOD.split("sampled", maxsplit=1)[0])

    assert (settings.sampled, settings.deadlines, settings.database) == ((), {}, "")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()) == read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace("= 2023\n", "= \n"), "第4行"),
        (GOOD + "note = '''abc", "不完整"),
        (GOOD.encode("gbk"), "UTF-8"),
        (GOOD.replace("data_year", "data_jahr"), "“data_jahr”不是可用"),
        (GOOD.replace('edition = "2023"\n', ""), "缺少“edition”"),
        (GOOD.replace('"2023"', '"../2023"'), "“edition”的值不对"),
        (GOOD.replace("0a1b2c3d", "xyz"), "“id”的值不对"),
        (GOOD.replace("= 2022", '= "2022"'), "“data_year”的值不对"),
        (GOOD.replace("= 2022", "= true"), "“data_year”的值不对"),
        (GOOD.replace("= 2022", "= 22"), "“data_year”的值不对"),
        (GOOD.replace('["东区"]', '"东区"'), "“sampled”的值不对"),
        (GOOD.replace('["东区"]', '["东区", "东区"]'), "“sampled”中的“东区”重复"),
        (GOOD.replace("2023-09-30", '"2023-09-30"'), "“deadlines.collection”的值不对"),
        (GOOD.replace("2023-09-30", "2023-09-30T12:00:00"), "“deadlines.collection”的值不对"),
        (GOOD.replace("[deadlines]\ncollection = 2023-09-30", "deadlines = 3"), "“deadlines”的值不对"),
        (GOOD.replace('database = ""', 'database = "campaign.db"'), "“database”的值不对"),
    ],
)
def test_each_fault_is_one_line_that_names_its_place(tmp_path: Path, text: str | bytes, expected: str) -> None:
    with pytest.raises(CampaignError) as error:
        read(tmp_path, text)

    assert error.value.code == "campaign_faulty"
    assert expected in said(error)


def test_a_settings_file_that_is_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="campaign_faulty"):
        config.read(tmp_path)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"sampled": ("南区",)}, "“sampled”中的“南区”不存在，可用的有：东区、西区"),
        ({"deadlines": {"x": dt.date(2023, 1, 1)}}, "“deadlines”中的“x”不存在"),
        ({"edition": "2024"}, "2024"),
    ],
)
def test_settings_are_held_against_the_edition(change: dict[str, Any], expected: str) -> None:
    settings = replace(new_config(campaigns.edition()), **change)

    with pytest.raises(CampaignError) as error:
        config.verify(settings, campaigns.edition())

    assert expected in said(error)


def test_the_database_address_is_not_shown() -> None:
    settings = new_config(campaigns.edition(), database="postgresql+psycopg://clerk:hush@server/data")

    assert "hush" not in repr(settings)


@given(
    name=st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1),
    database=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])),
)
def test_what_is_written_reads_back(tmp_path_factory: pytest.TempPathFactory, name: str, database: str) -> None:
    folder = tmp_path_factory.mktemp("campaign")
    scheme = campaigns.edition(districts=(District(name=name),))
    address = f"postgresql://{database}"
    written = new_config(scheme, sampled=(name,), database=address)

    assert read(folder, config.dumps(written, scheme)) == written
