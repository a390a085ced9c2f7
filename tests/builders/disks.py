"""Limits of the system that no privilege is needed for: files that may not grow, and a disk of its own that is full."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LIMITED = 'ulimit -f "$1"; shift; exec "$@"'
BLOCK = 512
"""What `ulimit -f` counts in, by POSIX."""

FULL = """
set -e
disk=$1; campaign=$2; left=$3; shift 3
mount -t tmpfs -o size=64m tmpfs "$disk"
cp -a "$campaign" "$disk/campaign"
free=$(df --output=avail -B1 "$disk" | tail -1)
head -c $((free - left)) /dev/zero > "$disk/ballast"
code=0; "$@" || code=$?
rm "$disk/ballast"
cp -a "$disk/campaign" "$disk.after"
exit $code
"""


def command(root: Path, *arguments: object) -> list[str]:
    """The program, as it is typed."""
    return [sys.executable, "-m", "xltool", "-w", str(root), *map(str, arguments)]


def limited(size: int, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command whose files may not grow above a size, as under a quota: writes beyond it are refused."""
    return _run(["/bin/sh", "-c", LIMITED, "sh", str(-(-size // BLOCK)), *command])


def may_mount() -> bool:
    """Whether a disk of one's own can be had here: by root, or in a name space that an ordinary user may make."""
    return sys.platform == "linux" and not _run([*_apart(), "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).returncode


def full(folder: Path, root: Path, left: int, *arguments: object) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Run the program on a copy of a campaign on a disk with so many bytes left: its end, and the campaign then."""
    folder.mkdir()
    typed = command(folder / "campaign", *arguments)
    done = _run([*_apart(), "/bin/sh", "-c", FULL, "sh", str(folder), str(root), str(left), *typed])
    return done, folder.with_suffix(".after")


def _apart() -> list[str]:
    """What gives a process mounts that nobody else sees."""
    return ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
