"""From a folder of YAML to an edition, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xltool.edition.build import build
from xltool.edition.faults import Fault, errors, make_fault
from xltool.edition.references import check_references
from xltool.edition.schemas import FILES, OPTIONAL
from xltool.edition.structure import check_structure
from xltool.edition.yamlfile import Source, read
from xltool.errors import EditionError
from xltool.model.edition import Edition


def load(folder: Path) -> Edition:
    """The edition in `folder`; EditionError with the first fault's file and line if it can't be used."""
    sources, faults = _examine(folder)
    for fault in errors(faults):
        raise EditionError("edition_faulty", place=f"{fault.file}:{fault.line}", reason=fault.message)
    return build(sources)


def lint(folder: Path) -> tuple[Fault, ...]:
    """Every fault of the edition, warnings included; random values are tried only where there is no error."""
    sources, faults = _examine(folder)
    if errors(faults):
        return faults
    from xltool.edition.sampling import check_samples  # noqa: PLC0415 - pandas loads only where random values are tried

    return (*faults, *check_samples(build(sources), sources["checks.yaml"]))


def _examine(folder: Path) -> tuple[Mapping[str, Source], tuple[Fault, ...]]:
    """The readable files and their faults; what refers to other files is looked at when all have their shape."""
    sources: dict[str, Source] = {}
    faults: list[Fault] = []
    for name in FILES:
        if name in OPTIONAL and not (folder / name).exists():
            continue
        source, found = read(folder / name)
        if source is None:
            faults += found
        else:
            sources[name] = source
            faults += found or check_structure(source)
    faults += [
        make_fault(path.name, 1, "file_unknown", known="、".join(FILES))
        for path in sorted(folder.glob("*.y*ml"))
        if path.name not in FILES
    ]
    if not errors(faults):
        faults += check_references(sources)
    return sources, tuple(faults)
