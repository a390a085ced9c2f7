"""click's own words in Chinese: faults of usage in one line, and the headings of help."""

from __future__ import annotations

from collections.abc import Iterable

import click

HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
USAGE = "用法："
WORDS = {"Show this message and exit.": "显示本说明。", "[default: ": "[默认：", "[required]": "[必填]"}


class Formatter(click.HelpFormatter):
    """Help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is written."""
        super().write_usage(
            prog, args.replace("COMMAND [ARGS]...", "命令 …").replace("[OPTIONS]", "[选项]"), prefix or USAGE
        )

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of options or commands with their meanings."""
        super().write_dl([(name, in_chinese(meaning)) for name, meaning in rows], col_max, col_spacing)

    def write_heading(self, heading: str) -> None:
        """The heading of a section."""
        super().write_heading(HEADINGS.get(heading, heading))


def in_chinese(text: str) -> str:
    """The words that click itself puts into an option's help."""
    for english, chinese in WORDS.items():
        text = text.replace(english, chinese)
    return text


def describe_usage(error: click.ClickException) -> str:
    """One Chinese line: what is wrong with the command as it was typed, and where to look."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "xltool"
    return f"{what_is_wrong(error)}。用 {command} --help 查看用法。"


def what_is_wrong(error: click.ClickException) -> str:
    """The fault itself."""
    match error:
        case click.NoSuchOption():
            text = f"没有“{error.option_name}”这个选项"
        case click.BadOptionUsage():
            text = f"选项“{error.option_name}”缺少值，或不应有值"
        case click.MissingParameter():
            text = f"缺少{named(error.param)}"
        case click.BadParameter():
            text = f"{named(error.param)}的值不对{expected(error.param)}"
        case click.UsageError(ctx=click.Context(command=click.Group())):
            text = "没有这个命令"
        case _:
            text = "参数太多"
    return text


def named(parameter: click.Parameter | None) -> str:
    """The option or argument as the user writes it."""
    if parameter is None:
        return "参数"
    return f"“{parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name}”"


def expected(parameter: click.Parameter | None) -> str:
    """What a parameter takes, where that can be said in short."""
    kind = None if parameter is None else parameter.type
    if isinstance(kind, click.DateTime):
        return "，应为2023-09-30样式的日期"
    return f"，应为{kind.min}到{kind.max}的整数" if isinstance(kind, click.IntRange) else ""
