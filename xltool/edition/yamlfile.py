"""Reading one YAML file: plain data, with the line of everything in it.

Nodes are composed, not constructed: they know their lines, doubled keys are seen, and only plain scalars,
lists and mappings exist.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from xltool.edition.faults import Fault, make_fault

Step = str | int

_MAX_DEPTH = 30
_TAG = "tag:yaml.org,2002:"
_SCALARS: dict[str, Callable[[str], object]] = {
    "null": lambda _text: None,
    "bool": lambda text: text.lower() == "true",
    "int": lambda text: int(text.replace("_", ""), 0),
    "float": float,
    "timestamp": dt.date.fromisoformat,
}


@dataclass(frozen=True, kw_only=True)
class Source:
    """A YAML file: its text and data, and where each part of the data stands."""

    name: str
    text: str
    data: dict[str, Any]
    root: Node = field(repr=False)

    def line(self, path: Sequence[Step] = ()) -> int:
        """The line of what `path` leads to, or of its nearest parent that is there."""
        node = self.root
        line = _line(node)
        for step in path:
            if isinstance(node, MappingNode):
                pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
                if pair is None:
                    break
                key, node = pair
                line = _line(key)
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = _line(node)
            else:
                break
        return line

    def records(self, *path: Step) -> Iterator[tuple[tuple[Step, ...], dict[str, Any]]]:
        """Each element of the list that `path` leads to, with its own path."""
        found: Any = self.data
        for step in path:
            found = found[step]
        for number, record in enumerate(found):
            yield (*path, number), record

    def fault(self, path: Sequence[Step], code: str, /, **context: object) -> Fault:
        """A fault at what `path` leads to."""
        return make_fault(self.name, self.line(path), code, **context)


def read(path: Path) -> tuple[Source | None, tuple[Fault, ...]]:
    """The file's data and the faults that keep it from being read; doubled keys are faults, too."""
    name = path.name
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError:
        return None, (make_fault(name, 1, "file_missing"),)
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        return None, (make_fault(name, before.count(b"\n") + 1, "not_utf8"),)
    return parse(name, text)


def parse(name: str, text: str) -> tuple[Source | None, tuple[Fault, ...]]:
    """As `read`, from a text."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, (make_fault(name, mark.line + 1 if mark else 1, "yaml_syntax"),)
    except (YAMLError, RecursionError):
        return None, (make_fault(name, 1, "yaml_syntax"),)
    if not isinstance(root, MappingNode):
        return None, (make_fault(name, 1, "no_mapping"),)
    faults: list[Fault] = []
    data = _plain(root, name, faults, 0)
    return Source(name=name, text=text, data=data, root=root), tuple(faults)


def digest_text(sources: Iterable[Source]) -> str:
    """What the edition's digest is taken over: names and texts, whatever the line ends on disk."""
    return "".join(f"{source.name}\x1f{source.text}\x1e" for source in sorted(sources, key=lambda each: each.name))


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _plain(node: Node, name: str, faults: list[Fault], depth: int) -> Any:  # noqa: ANN401 - whatever YAML holds
    if depth > _MAX_DEPTH:  # also ends aliases that contain themselves
        faults.append(make_fault(name, _line(node), "too_deep"))
        return None
    if isinstance(node, MappingNode):
        return _mapping(node, name, faults, depth)
    if isinstance(node, SequenceNode):
        return [_plain(each, name, faults, depth + 1) for each in node.value]
    return _scalar(node, name, faults)


def _mapping(node: MappingNode, name: str, faults: list[Fault], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            faults.append(make_fault(name, _line(key), "yaml_syntax"))
            continue
        if key.value in found:
            faults.append(make_fault(name, _line(key), "key_doubled", key=key.value))
        found[str(key.value)] = _plain(value, name, faults, depth + 1)
    return found


def _scalar(node: Node, name: str, faults: list[Fault]) -> object:
    text = str(node.value)
    convert = _SCALARS.get(str(node.tag).removeprefix(_TAG), str)
    try:
        return convert(text)
    except ValueError:
        faults.append(make_fault(name, _line(node), "bad_scalar", value=text))
        return None
