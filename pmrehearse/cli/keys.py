"""How does somebody at the keyboard lead a run that has no screen? By lines, which work everywhere."""

from __future__ import annotations

import queue
import sys
import threading
from enum import StrEnum


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


class Keys:
    """Reads lines on a thread of its own, which ends with the process."""

    def __init__(self) -> None:
        """Read standard input from now on, when it is a terminal."""
        self._wishes: queue.SimpleQueue[Wish] = queue.SimpleQueue()
        if sys.stdin.isatty():
            threading.Thread(target=self._read, name="keys", daemon=True).start()

    def pressed(self) -> Wish | None:
        """The next wish; None when there is none now."""
        try:
            return self._wishes.get_nowait()
        except queue.Empty:
            return None

    def _read(self) -> None:
        for line in sys.stdin:
            word = line.strip().lower()
            if word in set(Wish):
                self._wishes.put(Wish(word))
