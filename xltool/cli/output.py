"""Printing: JSON to stdout and nothing else, tables and progress for people, one line a fault."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

from xltool.cli.stopping import Stopped
from xltool.errors import Unfinished, XltoolError

Row = dict[str, object]
Advance = Callable[[int, int], None]
"""Called with (done, total) while long work goes on."""

SEVERITY_COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}


def print_json(rows: object) -> None:
    """One JSON document on stdout; text that can't be encoded is escaped, never fatal."""
    import json

    text = json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")


def print_json_rows(rows: Iterable[Row]) -> None:
    """The same document as `print_json` of all rows, each printed once it is there; whole even where they end early."""
    import json

    begun = False
    try:
        for row in rows:
            text = json.dumps(row, ensure_ascii=False, indent=1, allow_nan=False).replace("\n", "\n ")
            _put((",\n " if begun else "[\n ") + text)
            begun = True
    finally:
        if begun:
            _put("\n]\n")
    if not begun:
        _put("[]\n")


def _put(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


def print_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for people; `None` is shown as a dash."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=title, title_justify="left", header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*("—" if value is None else escape(str(value)) for value in row))
    console = Console(highlight=False)
    Console(highlight=False, width=console.width if console.is_terminal else 160).print(table)


def describe_fault(error: XltoolError) -> str:
    """One Chinese line: where, what is wrong, what to do."""
    from xltool.messages import fault

    message, action = fault(error.code, **error.context)
    place = f"{error.place}：" if error.place else ""
    return f"{place}{message}。{action}。"


def describe_stop(done: int, total: int) -> str:
    """One Chinese line about a command that was interrupted: how far it was, and how to go on."""
    from xltool.messages import fault

    message, action = fault("stopped_within", done=done, total=total) if total else fault("stopped")
    return f"{message}。{action}。"


def describe_undone(error: Unfinished) -> Iterator[str]:
    """What a run did not do that ended before its end, and how to go on."""
    from xltool.messages import reason

    yield reason("undone")
    count = 0
    for count, name in enumerate(error.undone, start=1):  # noqa: B007 - said after the loop
        yield f"    {name}"
    yield reason("undone_count", count=count)


class Bar:
    """A progress bar: called with (done, total), it shows them. `seen` is what was said last."""

    def __init__(self, label: str, add: Callable[[str], Advance]) -> None:
        """`add` shows one more bar below the others."""
        self._add = add
        self._show = add(label)
        self.seen = (0, 0)

    def __call__(self, done: int, total: int) -> None:
        """Show how far the work is."""
        self.seen = (done, total)
        self._show(done, total)

    def then(self, label: str) -> Advance:
        """Another bar for work that follows, shown once that has begun."""
        bar: Advance | None = None

        def show(done: int, total: int) -> None:
            nonlocal bar
            bar = bar or self._add(label)
            bar(done, total)

        return show


@contextmanager
def progress(label: str, *, silent: bool) -> Iterator[Bar]:
    """A progress bar on stderr, with rate and time left; silent with `--json` and when stderr is no terminal.

    Where the command is stopped meanwhile, the stop says how far it was.
    """
    with _screen(silent=silent or not sys.stderr.isatty()) as add:
        bar = Bar(label, add)
        try:
            yield bar
        except Stopped as stop:
            stop.done, stop.total = bar.seen
            raise


@contextmanager
def _screen(*, silent: bool) -> Iterator[Callable[[str], Advance]]:
    """Gives what adds a bar by its label."""
    if silent:
        yield lambda _label: lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    # No thread that refreshes: worker processes are forked meanwhile.
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False, redirect_stdout=False) as bars:

        def add(label: str) -> Advance:
            task = bars.add_task(label, total=None, rate="")

            def show(done: int, total: int) -> None:
                speed = bars.tasks[task].speed
                rate = f"每秒{speed:.1f}个，还需" if speed else ""
                bars.update(task, completed=done, total=total, rate=rate, refresh=True)

            return show

        yield add


def say_meanwhile(text: str, *, colour: str | None = None) -> None:
    """A line for people on stdout, in place of the progress bar where both are on one screen; the bar comes again."""
    if sys.stdout.isatty() and sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)
    say(text, colour=colour)


def say(text: str, *, colour: str | None = None) -> None:
    """A line for people on stdout."""
    click.secho(text, fg=colour)
