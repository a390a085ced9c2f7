"""Run the corpus of damage and print its counts; with `--docs`, write its table to `docs/damage.zh.md`.

python tests/damage.py [--docs]
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.table import counts, markdown, results

PAGE = Path(__file__).parent.parent / "docs" / "damage.zh.md"


def main() -> int:
    """Exit with 1 where anything is not as expected."""
    found = results()
    print(counts(found))
    if "--docs" in sys.argv[1:]:
        PAGE.write_text(markdown(found), "utf-8", newline="")
    return int(any(result.wrong for result in found))


if __name__ == "__main__":
    sys.exit(main())
