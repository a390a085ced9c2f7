"""What thousands of are handed from one process to another."""

from __future__ import annotations

from typing import Any


class Record:
    """A base of frozen dataclasses with slots that are pickled by their fields alone, in order.

    What dataclasses do themselves looks the fields up anew for each object, which takes several times as long.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """The class and its fields' contents."""
        names: tuple[str, ...] = type(self).__slots__
        return _restored, (type(self), *[getattr(self, name) for name in names])


def _restored(cls: type[Any], *contents: object) -> object:
    made = object.__new__(cls)
    for name, content in zip(cls.__slots__, contents, strict=True):
        object.__setattr__(made, name, content)
    return made
