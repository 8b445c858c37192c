"""How is a file written that the user asked for?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.durable import open_private, write_durably
from pmrehearse.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def write_output(path: Path, text: str, *, force: bool) -> None:
    """Write a text to a file of mode 0600.

    Args:
        path: Where; its folder exists.
        text: What.
        force: True to replace what is there; never a folder.

    Raises:
        UsageError: Something is there, or the file cannot be written.
    """
    name = clean_line(str(path))
    try:
        if force:
            write_durably(path, text.encode())
        else:
            with os.fdopen(open_private(path), "wb") as file:
                file.write(text.encode())
    except FileExistsError as error:
        raise UsageError(f"{name} is there already.", "Name another file, or say --force to replace it.") from error
    except OSError as error:
        raise UsageError(f"{name} cannot be written: {error.strerror}.", "Name a file in a folder of yours.") from error
