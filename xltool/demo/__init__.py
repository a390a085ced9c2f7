"""The whole round trip on sample data: samples, the people who fill workbooks in, and the story they play.

run(folder)     everything, in a new folder
"""

from __future__ import annotations

from xltool.demo.run import run

__all__ = ["run"]
