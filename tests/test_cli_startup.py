"""Help and completion come at once: they load none of the libraries that do the work."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("pandas", "numpy", "openpyxl", "xlsxwriter", "docxtpl", "sqlalchemy", "cerberus", "lxml", "scipy", "rich")
LOADED = f"""
import sys
from xltool.cli import main
sys.argv = ["xltool", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print("loaded:", *[name for name in {HEAVY} if name in sys.modules])
"""


def loaded(*arguments: str, **environment: str) -> str:
    command = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)  # noqa: S603 - ours
    return done.stdout.splitlines()[-1].removeprefix("loaded:").strip()


@pytest.mark.parametrize("arguments", [("--help",), ("generate", "--help"), ("report", "--help")])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) == ""


def test_completion_loads_nothing_heavy() -> None:
    words = {"_XLTOOL_COMPLETE": "bash_complete", "COMP_WORDS": "xltool gen", "COMP_CWORD": "1"}
    assert loaded(**words) == ""
