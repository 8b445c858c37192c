"""How are thousands of values at hand that are made only when somebody looks at them?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

Raw = TypeVar("Raw")
Made = TypeVar("Made")


class Lazily(Sequence[Made], Generic[Raw, Made]):
    """A sequence whose values are made of others, each when it is asked for; equal to every sequence of the same."""

    __slots__ = ("_make", "_raw")

    def __init__(self, raw: Sequence[Raw], make: Callable[[Raw], Made]) -> None:
        """Make nothing yet.

        Args:
            raw: What values are made of; never changed after.
            make: Makes one; the same of the same.
        """
        self._raw = raw
        self._make = make

    @overload
    def __getitem__(self, at: int) -> Made: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Made, ...]: ...
    def __getitem__(self, at: int | slice) -> Made | tuple[Made, ...]:
        """One value, or a tuple of some."""
        return tuple(map(self._make, self._raw[at])) if isinstance(at, slice) else self._make(self._raw[at])

    def __len__(self) -> int:
        return len(self._raw)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_same, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))


def _same(one: object, other: object) -> bool:
    return one == other
