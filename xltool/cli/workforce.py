"""The options that say who does the work of a command."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from xltool.errors import UsageError


def workforce_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--workers` and `--scheduler`; the command gets a `Workforce` as `force`."""

    @click.option("--workers", type=click.IntRange(1, 64), default=None, help="并行进程数（默认等于处理器数）。")
    @click.option("--scheduler", metavar="tcp://...", default=None, help="交给该地址的Dask计算集群处理。")
    @wraps(command)
    def working(*arguments: Any, workers: int | None, scheduler: str | None, **options: Any) -> None:  # noqa: ANN401
        from xltool.campaign import Workforce

        if workers is not None and scheduler is not None:
            raise UsageError("workers_elsewhere")
        command(*arguments, force=Workforce(workers=workers, scheduler=scheduler), **options)

    return working
