"""Builds the Word templates: `python templates/build.py [FOLDER]`. Same script, same bytes.

Staff may edit the built files in Word; this script makes them anew, each from the outline in its own module. Tags are
docxtpl's (`{{ report.field }}`, `{%p for ... %}` for paragraphs, `{%tr for ... %}` for table rows).
"""

from __future__ import annotations

import sys
from pathlib import Path

import analysis
import city
import confirmation
import district
import notice

FOLDER = Path(__file__).parent
TEMPLATES = {
    "analysis": analysis,
    "city": city,
    "confirmation": confirmation,
    "district": district,
    "notice": notice,
}

if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for name, template in TEMPLATES.items():
        (target / f"{name}.docx").write_bytes(template.build())
