"""How is a command told that a file is there that it would replace?"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pmrehearse.errors import FileThereError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def unless_forced() -> Iterator[None]:
    """Name the option that replaces a file.

    Raises:
        UsageError: The file is there.
    """
    try:
        yield
    except FileThereError as error:
        raise UsageError(error.message, "Name another file, or say --force to replace it.") from error
