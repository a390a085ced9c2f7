"""`python -m xltool` is the `xltool` command."""

from __future__ import annotations

from xltool.cli import main

if __name__ == "__main__":
    main()
