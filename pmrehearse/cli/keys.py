"""How does somebody at the keyboard lead a run that has no screen? By lines, which work in every terminal."""

from __future__ import annotations

import os
import select
import sys
from enum import StrEnum

CHUNK_BYTES = 4096
"""The longest line that a terminal hands over."""


class Wish(StrEnum):
    """What a line asks for; the value is the line."""

    FINISH = ""
    NEXT_PHASE = "n"
    PAUSE = "p"
    MARK = "m"


HELP = (
    "Enter finishes; n and Enter: next phase; p: pause or go on; m: mark this moment; Ctrl-C: stop and keep the take."
)
"""What is told before the run."""


def can_lead() -> bool:
    """True when somebody may type: standard input is a terminal that can be asked without waiting."""
    return os.name == "posix" and sys.stdin.isatty()


class Keys:
    """What was typed, asked for between other work.

    No thread waits for it: one that is blocked in a read of standard input breaks the end of the interpreter.
    """

    def __init__(self) -> None:
        """Listen to the terminal, if there is one."""
        self._descriptor = sys.stdin.fileno() if can_lead() else None
        self._typed = b""

    def pressed(self) -> Wish | None:
        """The next wish; None when there is none now. A line that means nothing is passed over."""
        self._read()
        while b"\n" in self._typed:
            line, _, self._typed = self._typed.partition(b"\n")
            word = line.decode(errors="replace").strip().lower()
            if word in set(Wish):
                return Wish(word)
        return None

    def _read(self) -> None:
        if self._descriptor is None or not select.select([self._descriptor], [], [], 0)[0]:
            return
        try:
            chunk = os.read(self._descriptor, CHUNK_BYTES)
        except OSError:
            chunk = b""  # the terminal is gone; the signal that says so ends the run
        self._typed += chunk
        if not chunk:
            self._descriptor = None
