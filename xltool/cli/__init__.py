"""The command line: options -> one call -> print -> exit code.

Exit codes: 0 fine; 1 for `ingest` with a rejected file or an error and `findings` with an open error; 2 for
faults of usage, edition, campaign or database.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xltool import __version__
from xltool.cli import collect, inspect, publish
from xltool.cli.output import describe_fault
from xltool.errors import XltoolError

EXIT_FAULT = 2
EXIT_INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="xltool")
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


for command in (*collect.COMMANDS, *inspect.COMMANDS, *publish.COMMANDS):
    cli.add_command(command)


def main() -> None:
    """Run the command line; every known fault is one Chinese line on stderr, never a traceback."""
    try:
        cli.main(prog_name="xltool", standalone_mode=False)
    except XltoolError as error:
        click.echo(describe_fault(error), err=True)
        sys.exit(EXIT_FAULT)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_FAULT)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。已入库的文件不受影响；再次运行同一命令可继续。", err=True)
        sys.exit(EXIT_INTERRUPTED)
