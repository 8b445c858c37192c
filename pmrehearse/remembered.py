"""What does the program remember between runs: the microphone, the theme?

A small file in the state folder. It is a convenience: one that is damaged or cannot be written changes nothing else.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.durable import make_private_dir, write_durably

if TYPE_CHECKING:
    from pathlib import Path

FILE = "remembered.json"
FIRST_START = "first-start"
"""Under which name it is remembered that the first-start page was shown."""
PLACES = "places"
MOST_PLACES = 200
"""So many takes of which it is known where listening left off, the last ones."""


class Remembered:
    """Names and short texts, kept in a file."""

    def __init__(self, folder: Path) -> None:
        """Stand over the state folder; the file is read when it is asked for."""
        self._path = folder / FILE

    def get(self, name: str) -> str | None:
        """What is remembered under this name, or None."""
        value = self._read().get(name)
        return clean_line(value) if isinstance(value, str) else None

    def set(self, name: str, value: str) -> None:
        """Remember it, where the disk lets us."""
        self._write(self._read() | {name: value})

    def forget(self, name: str) -> None:
        """Remember nothing under this name any more."""
        known = self._read()
        if name in known:
            del known[name]
            self._write(known)

    def _write(self, known: dict[str, object]) -> None:
        try:
            make_private_dir(self._path.parent)
            write_durably(self._path, json.dumps(known, indent=1).encode())
        except OSError:
            return  # a read-only home: nothing is remembered, and nothing else suffers

    def place(self, take_id: str) -> float | None:
        """Where listening to a take left off, in seconds of its sound; None when that is not known."""
        value = self._places().get(take_id)
        return float(value) if isinstance(value, int | float) and 0 <= value < float("inf") else None

    def set_place(self, take_id: str, at_s: float | None) -> None:
        """Remember where listening to a take left off; None when it was heard to its end."""
        places = {name: value for name, value in self._places().items() if name != take_id}
        if at_s is not None:
            places[take_id] = round(at_s, 2)
        elif take_id not in self._places():
            return
        self._write(self._read() | {PLACES: dict(list(places.items())[-MOST_PLACES:])})

    def _places(self) -> dict[str, object]:
        places = self._read().get(PLACES)
        return places if isinstance(places, dict) else {}

    def _read(self) -> dict[str, object]:
        try:
            known = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return known if isinstance(known, dict) else {}
