from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from xltool.errors import CampaignError
from xltool.messages import fault
from xltool.workspace import secret


def test_a_secret_reads_back_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    made = secret.generate()

    secret.write(tmp_path / ".secret", made)

    assert secret.read(tmp_path / ".secret") == made
    assert made != secret.generate()
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / ".secret").stat().st_mode) == 0o600


def test_a_secret_is_never_shown() -> None:
    made = secret.Secret(key=b"K" * 32, sheet_password="hush-hush")  # noqa: S106 - a test's

    assert "hush" not in repr(made)
    assert "KKK" not in repr(made)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"key": "zz", "sheet_password": "visible"}',
        '{"key": "00", "sheet_password": "visible"}',
        f'{{"key": "{"0" * 64}", "sheet_password": ""}}',
        f'{{"key": "{"0" * 64}", "sheet_password": 7}}',
        "密钥",
    ],
)
def test_a_broken_secret_is_said_without_its_content(tmp_path: Path, text: str) -> None:
    (tmp_path / ".secret").write_text(text, encoding="utf-8")

    with pytest.raises(CampaignError) as error:
        secret.read(tmp_path / ".secret")

    assert error.value.code == "secret_faulty"
    assert "visible" not in "".join(fault(error.value.code, **error.value.context))


def test_a_lost_secret_is_said(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="secret_missing"):
        secret.read(tmp_path / ".secret")


def test_a_secret_is_never_overwritten(tmp_path: Path) -> None:
    secret.write(tmp_path / ".secret", secret.generate())

    with pytest.raises(FileExistsError):
        secret.write(tmp_path / ".secret", secret.generate())
