"""Keys of caches for what is too large to be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, eq=False, slots=True)
class ByIdentity(Generic[T]):
    """A plan or a sheet by its identity: to compare thousands of cells would take longer than to arrange them."""

    of: T

    def __hash__(self) -> int:
        """That of the object itself."""
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        """Whether it is the same object."""
        return isinstance(other, ByIdentity) and other.of is self.of
