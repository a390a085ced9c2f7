"""Progress on a terminal."""

from __future__ import annotations

import io
import signal
import sys

import pytest

from xltool.cli.output import Advance, Bar, progress
from xltool.cli.stopping import Stopped


class Terminal(io.StringIO):
    """What says that people look at it."""

    def isatty(self) -> bool:
        return True


def adding(said: list[str]) -> Bar:
    """A bar that notes what would be shown."""

    def add(label: str) -> Advance:
        said.append(label)
        return lambda done, total: said.append(f"{label} {done}/{total}")

    return Bar("甲", add)


def test_a_second_bar_is_shown_once_its_work_has_begun() -> None:
    said: list[str] = []
    bar = adding(said)
    then = bar.then("乙")

    bar(1, 2)
    assert said == ["甲", "甲 1/2"]
    then(1, 3)
    then(2, 3)

    assert said[2:] == ["乙", "乙 1/3", "乙 2/3"]
    assert bar.seen == (1, 2)


def test_a_stop_is_told_how_far_the_first_work_was() -> None:
    def stopped() -> None:
        with progress("甲", silent=True) as bar:
            bar(3, 7)
            bar.then("乙")(1, 2)
            raise Stopped(signal.SIGINT)

    with pytest.raises(Stopped) as caught:
        stopped()
    assert (caught.value.done, caught.value.total) == (3, 7)


def test_both_bars_stand_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")

    with progress("读取返回的表格", silent=False) as bar:
        then = bar.then("核对各区数据")
        bar(457, 457)
        assert "核对各区数据" not in terminal.getvalue()
        then(16, 32)

    last = terminal.getvalue().rpartition("读取返回的表格")[2]
    assert "457/457" in last
    assert "核对各区数据" in last
    assert "16/32" in last


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("甲", silent=False) as bar:
        bar(1, 2)
    assert capsys.readouterr().err == ""
