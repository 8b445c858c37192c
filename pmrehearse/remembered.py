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
        known = self._read() | {name: value}
        try:
            make_private_dir(self._path.parent)
            write_durably(self._path, json.dumps(known, indent=1, sort_keys=True).encode())
        except OSError:
            return  # a read-only home: nothing is remembered, and nothing else suffers

    def _read(self) -> dict[str, object]:
        try:
            known = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return known if isinstance(known, dict) else {}
