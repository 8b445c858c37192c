"""How does a run learn that it must end: Ctrl-C, a closed terminal, a shutdown?"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Stopped(KeyboardInterrupt):
    """The process was asked to end.

    Attributes:
        exit_code: 128 and the signal's number, as shells count.
    """

    def __init__(self, number: int) -> None:
        """Say by which signal."""
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first signal that asks this process to end into `Stopped`, raised in the main thread.

    While the end is being handled further ones are ignored: what was recorded is being saved.
    """
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]

    def stop(number: int, _frame: FrameType | None) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(number)

    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
