"""The command line: options -> one call -> print -> exit code.

Exit codes: 0 fine; 1 for `ingest` with a rejected file or an error, `findings` with an open error and a failed
`verify`; 2 for faults of usage, edition, campaign or database; 130 after Ctrl-C, 143 and 129 where the system ended it.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

import click

from xltool import __version__
from xltool.cli import collect, findings, inspect, monitoring, publish, review
from xltool.cli.chinese import Formatter, describe_usage
from xltool.cli.output import describe_fault, describe_stop, describe_undone
from xltool.cli.stopping import Stopped, stoppable
from xltool.errors import CampaignError, Unfinished, XltoolError

EXIT_FAULT = 2
EXIT_INTERRUPTED = 130
EXIT_UNHEARD = 1  # as click ends where it meets this first
HELP_INSTEAD = getattr(click.exceptions, "NoArgsIsHelpError", ())  # no command at all: the help is the answer

click.Context.formatter_class = Formatter


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="xltool", message="%(prog)s %(version)s", help="显示版本号。")
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path),
    default=None,
    help="项目文件夹（默认从当前文件夹逐级向上查找）。",
)
@click.pass_context
def cli(context: click.Context, workspace: Path | None) -> None:
    """学习型城区监测数据采集：发表、收表、查错、算指标、出报告。"""
    context.obj = workspace


STAGES = (collect, findings, inspect, monitoring, review, publish)
for command in (command for stage in STAGES for command in stage.COMMANDS):
    cli.add_command(command)


def main() -> None:
    """Run the command line; every known fault is one Chinese line on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a file name or a console's encoding must not end a run
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run()
        sys.stdout.flush()
    except OSError as error:
        code = describe_unheard(error)
    sys.exit(code)


def describe_unheard(error: OSError) -> int:
    """Say that stdout or stderr takes no more; whoever has closed them (`| head`) wants no more, and hears nothing.

    Everything that writes a file says so itself: an error that names none is of these streams.
    """
    from xltool.messages import os_reason

    if error.filename is not None:
        raise error
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())  # what is left is not tried again at the end
    os.close(nowhere)
    if error.errno == errno.EPIPE:
        return EXIT_UNHEARD
    with suppress(OSError):
        click.echo(describe_fault(CampaignError("result_unwritable", reason=os_reason(error))), err=True)
    return EXIT_FAULT


def run() -> int:
    """The exit code of the command that was typed."""
    try:
        with stoppable():
            code = cli.main(prog_name="xltool", standalone_mode=False)
    except Stopped as stop:
        click.echo(describe_stop(stop.done, stop.total), err=True)
        return stop.exit_code
    except XltoolError as error:
        click.echo(describe_fault(error), err=True)
        if isinstance(error, Unfinished):
            for line in describe_undone(error):
                click.echo(line, err=True)
        return EXIT_FAULT
    except click.ClickException as error:
        if isinstance(error, HELP_INSTEAD):
            error.show()
        else:
            click.echo(describe_usage(error), err=True)
        return EXIT_FAULT
    except (click.Abort, KeyboardInterrupt):
        click.echo(describe_stop(0, 0), err=True)
        return EXIT_INTERRUPTED
    return code if isinstance(code, int) else 0  # outside its standalone mode click returns what `exit` was given
