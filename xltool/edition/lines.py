"""In which file and line of an edition what it defines stands, for what is said about it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from xltool.edition.yamlfile import Source, read

_CHECKS = "checks.yaml"
_RECORDS = (
    (_CHECKS, "checks"),
    ("indicators.yaml", "indicators"),
    ("items.yaml", "items"),
    ("documents.yaml", "documents"),
)


class Lines:
    """The lines of an edition's files; each file is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of_record(self, name: str | None) -> tuple[str, int]:
        """File and line of the record with an id; the first line of edition.yaml where there is none."""
        for file, section in _RECORDS:
            source = self._sources[file]
            if source is not None:
                for path, record in source.records(section):
                    if record.get("id") == name:
                        return file, source.line(path)
        return "edition.yaml", 1

    def of_comparison(self, section: str, name: str) -> tuple[str, int]:
        """File and line where a section of checks.yaml compares an item or an indicator."""
        source = self._sources[_CHECKS]
        if source is not None:
            for field, records in (("item", "items"), ("indicator", "indicators")):
                for number, record in enumerate(source.data.get(section, {}).get(records, ())):
                    if record.get(field) == name:
                        return _CHECKS, source.line((section, records, number))
        return _CHECKS, 1

    @cached_property
    def _sources(self) -> dict[str, Source | None]:
        return {file: read(self._folder / file)[0] for file, _ in _RECORDS}
