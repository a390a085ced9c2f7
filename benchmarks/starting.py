"""How long `xltool --help` takes, against a Python that imports click and nothing else.

python benchmarks/starting.py
"""

from __future__ import annotations

import compileall
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from figures import Figure, interleaved, table

import xltool

HELP = 1.5


def run(arguments: Sequence[str]) -> None:
    """One process, from its start to its end."""
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)  # noqa: S603 - our own


def figures() -> Iterator[Figure]:
    """The help; of modules that are compiled, as an installation leaves them."""
    compileall.compile_dir(Path(xltool.__file__).parent, quiet=1)
    ours, click = interleaved(partial(run, ("-m", "xltool", "--help")), partial(run, ("-c", "import click")), rounds=15)
    against = f"python -c 'import click', {click * 1000:.0f} ms"
    yield Figure(what="xltool --help", against=against, measured=ours / click, mark=HELP)


if __name__ == "__main__":
    print(table(figures()))
