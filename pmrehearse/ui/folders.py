"""What stands in a folder, while somebody types a path into it?"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.places import whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MOST = 500
"""So many entries are listed; more letters find the rest."""
_SEPARATORS = ("/", os.sep)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a folder.

    Attributes:
        name: Its name.
        is_folder: True for a folder.
        n_bytes: The size of a file; 0 for a folder.
    """

    name: str
    is_folder: bool
    n_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """What a path that is being typed can go on to.

    Attributes:
        text: The path as it was typed.
        entries: What begins with its last part, folders first.
        problem: Why the folder cannot be listed, or "".
    """

    text: str
    entries: tuple[Entry, ...] = ()
    problem: str = ""

    @property
    def folder_text(self) -> str:
        """The folder as it was typed, with its separator; "" where none was."""
        return self.text[: len(self.text) - len(self._begun)]

    @property
    def _begun(self) -> str:
        return _parts(self.text)[1]

    def text_of(self, entry: Entry) -> str:
        """The path with an entry as its last part; a folder's ends in a separator."""
        return f"{self.folder_text}{entry.name}{'/' if entry.is_folder else ''}"

    @property
    def completed(self) -> str:
        """The path with as many letters more as all entries share."""
        if not self.entries:
            return self.text
        if len(self.entries) == 1:
            return self.text_of(self.entries[0])
        names = [entry.name for entry in self.entries]
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(min(names), max(names), strict=False))
        shared = "".join(letter for letter, _ in alike)
        return self.folder_text + shared if len(shared) > len(self._begun) else self.text


def listing(text: str, suffixes: Collection[str] = ()) -> Listing:
    """List what a path can go on to; reads a folder.

    Args:
        text: The path as far as it is typed; "~" is the user's home.
        suffixes: What names of files end in, lower case, with their dots; none for all. Folders are listed always.
    """
    folder, begun = _parts(text)
    try:
        found = sorted(_matching(Path(whole(folder or ".")), begun, suffixes), key=_order)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no path"
        return Listing(text, problem=f"This folder cannot be read: {reason}.")
    return Listing(text, tuple(found[:MOST]))


def _parts(text: str) -> tuple[str, str]:
    """The folder of a path with its separator, and what is begun in it."""
    end = max((text.rfind(one) for one in _SEPARATORS), default=-1) + 1
    return ("~/", "") if text == "~" else (text[:end], text[end:])


def _matching(folder: Path, begun: str, suffixes: Collection[str]) -> Iterator[Entry]:
    with os.scandir(folder) as found:
        for each in found:
            is_hidden = each.name.startswith(".") and not begun.startswith(".")
            if is_hidden or not each.name.casefold().startswith(begun.casefold()):
                continue
            if each.is_dir():
                yield Entry(each.name, is_folder=True)
            elif each.is_file() and (not suffixes or Path(each.name).suffix.lower() in suffixes):
                yield Entry(each.name, is_folder=False, n_bytes=each.stat().st_size)


def _order(entry: Entry) -> tuple[bool, str]:
    return not entry.is_folder, entry.name.casefold()
