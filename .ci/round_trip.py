"""Fill issued workbooks with other people's programs, ingest them, and compare what was read with what was typed.

Usage: round_trip.py CLIENTS_FOLDER [CLIENT ...]
Exits 1 where a value differs, a finding accuses an untouched re-save, or an issued file doesn't validate.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

DISTRICT = "黄浦区"
UNIT = "区文化旅游局"
ROWS_FILLED = 3
"""Rows typed into each table."""
VALIDATOR = "node_modules/.bin/ooxml-validator"
ACCUSING = {"content", "identity", "container"}


def xltool(*args: str, cwd: Path) -> list[dict[str, object]]:
    """Run a command with `--json`; exit code 1 (findings) is fine here."""
    done = subprocess.run(
        [sys.executable, "-m", "xltool", *args, "--json"], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(f"xltool {' '.join(args)}: {done.stderr}")
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


def typed(cell: dict[str, object]) -> object:
    """What a person would put into an input cell; None leaves it blank."""
    row, column, kind = cell["row"], cell["column"], cell["type"]
    unanswered = column in ("none", "remark", "explanation", "previous", "change")
    if unanswered or (isinstance(row, int) and row > ROWS_FILLED):
        return None
    if kind == "choice":
        return first_choice(cell["choices"])
    number = 11 + sum(map(ord, str(cell["item"]))) % 50 + (row if isinstance(row, int) else 0)
    return {
        "integer": number,
        "number": number + 0.25,
        "date": {"date": f"2022-03-{number % 28 + 1:02d}"},
        "text": "001" if column == "title" else f"文字{number}",
    }[str(kind)]


def first_choice(choices: object) -> str | None:
    """The first entry of a dropdown, or of the first list of a dependent one."""
    if isinstance(choices, dict):
        choices = next(iter(choices.values()), [])
    return str(choices[0]) if isinstance(choices, list) and choices else None


def expected(cells: list[dict[str, object]]) -> list[dict[str, object]]:
    """The fill list of `fill.py` for the inputs of a workbook."""
    return [
        {"sheet": cell["sheet"], "cell": cell["cell"], "value": value}
        for cell in cells
        if cell["kind"] == "input" and (value := typed(cell)) is not None
    ]


def as_read(entry: object) -> object:
    """How a typed value comes out of `values --json`."""
    return entry["date"] if isinstance(entry, dict) else entry


def compare(fill: list[dict[str, object]], values: list[dict[str, object]], client: str) -> int:
    """Count typed values that were not read back the same, saying each."""
    read = {(row["sheet"], row["cell"]): row["value"] for row in values if row["cell"]}
    wrong = [
        (entry, read.get((entry["sheet"], entry["cell"])))
        for entry in fill
        if read.get((entry["sheet"], entry["cell"])) != as_read(entry["value"])
    ]
    for entry, got in wrong[:10]:
        print(f"{client}: {entry} was read as {got!r}")
    return len(wrong)


def round_trip(clients: Path, client: str, campaign: Path) -> int:
    """Generate, fill with one program, ingest; the number of faults."""
    faults = 0
    issued = xltool("generate", "--district", DISTRICT, cwd=campaign)
    files = [row for row in issued if row["kind"] == "district" or row["unit"] == UNIT]
    (campaign / "filled").mkdir()
    fills = {}
    for row in files:
        source = campaign / str(row["file"])
        fill = expected(xltool("cells", str(source), cwd=campaign))
        fills[row["unit"]] = fill
        plan = campaign / "fill.json"
        plan.write_text(json.dumps(fill, ensure_ascii=False), encoding="utf-8")
        target = campaign / "filled" / source.name
        command = [sys.executable, str(clients / "fill.py"), "--client", client, "--in", str(source)]
        subprocess.run([*command, "--fill", str(plan), "--out", str(target)], check=True)
    for row in xltool("ingest", "filled", cwd=campaign):
        if row["outcome"] != "accepted":
            print(f"{client}: {row['file']} {row['outcome']} {row['reason']}")
            faults += 1
    values = xltool("values", cwd=campaign)
    for unit, fill in fills.items():
        own = [row for row in values if row["unit"] == unit and row["district"] == DISTRICT]
        faults += compare(fill, own, client)
        print(f"{client}: {unit or DISTRICT}: {len(fill)} values typed")
    accusing = [row for row in xltool("findings", cwd=campaign) if row["about"] in ACCUSING]
    for row in accusing[:10]:
        print(f"{client}: accuses an untouched re-save: {row['message']}")
    return faults + len(accusing)


def validate(clients: Path, campaign: Path) -> int:
    """Every issued workbook against the Open XML SDK and the repair lint; the number of bad files."""
    root = Path(os.environ.get("NPM_ROOT", Path.home() / ".xltool-clients" / "npm"))
    files = sorted(map(str, (campaign / "outbox").rglob("*.xlsx")))
    bad = subprocess.run(
        [sys.executable, str(clients / "excel_lint.py"), *files], capture_output=True, text=True, check=False
    )
    if bad.returncode:
        print("\n".join(line for line in bad.stdout.splitlines() if not line.endswith(" OK")))
    faults = int(bad.returncode != 0)
    for file in files:
        done = subprocess.run([str(root / VALIDATOR), file], capture_output=True, text=True, check=False)
        if done.returncode:
            print(file, done.stdout[:500])
            faults += 1
    print(f"validated {len(files)} workbooks")
    return faults


def main() -> int:
    """Run the round trip through each client, in a campaign of its own."""
    clients = Path(sys.argv[1]).resolve()
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for client in sys.argv[2:] or ["lo", "exceljs", "openpyxl"]:
            campaign = Path(folder) / client
            subprocess.run([sys.executable, "-m", "xltool", "init", str(campaign), "--edition", "2023"], check=True)
            faults += round_trip(clients, client, campaign)
        faults += validate(clients, campaign)
    print("round trip: no difference" if not faults else f"round trip: {faults} faults")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
