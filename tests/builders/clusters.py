"""A real Dask cluster on this machine: a scheduler and workers, each a process of its own on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = 90
PATHS = os.pathsep.join(str(Path(__file__).resolve().parents[number]) for number in (1, 2))


@dataclass
class Cluster:
    """Where its scheduler answers, and the processes of its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


@contextmanager
def started(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A cluster that ends with the context; its workers have no nanny, so a killed one stays away."""
    file = folder / "scheduler.json"
    scheduler = _process("dask_scheduler", folder, "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file)
    found = Cluster("")
    try:
        found.address = _address(file)
        options = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", "--local-directory", folder)
        found.workers += [_process("dask_worker", folder, found.address, *options) for _ in range(workers)]
        yield found
    finally:
        for process in (*found.workers, scheduler):
            process.kill()
            process.wait()


def _process(name: str, folder: Path, *options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{name}", "--no-dashboard", *map(str, options)]
    environment = {**os.environ, "PYTHONPATH": PATHS}
    with (folder / f"{name}.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, env=environment)  # noqa: S603 - our own


def _address(file: Path) -> str:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            address: str = json.loads(file.read_text())["address"]
        except (OSError, ValueError):
            time.sleep(0.1)
        else:
            return address
    raise TimeoutError(file)
