"""Printing: JSON to stdout and nothing else, tables and progress for people, one line a fault."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

from xltool.errors import XltoolError
from xltool.messages import fault

Row = dict[str, object]
Advance = Callable[[int, int], None]
"""Called with (done, total) while long work goes on."""

SEVERITY_COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}


def print_json(rows: object) -> None:
    """One JSON document on stdout; text that can't be encoded is escaped, never fatal."""
    text = json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")


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
    message, action = fault(error.code, **error.context)
    place = f"{error.place}：" if error.place else ""
    return f"{place}{message}。{action}。"


@contextmanager
def progress(label: str, *, silent: bool) -> Iterator[Advance]:
    """A progress bar on stderr; silent with `--json` and when stderr is no terminal."""
    if silent or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # No thread that refreshes: worker processes are forked meanwhile.
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, refresh=True)


def say(text: str, *, colour: str | None = None) -> None:
    """A line for people on stdout."""
    click.secho(text, fg=colour)
