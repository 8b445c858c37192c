"""How is the program left in a terminal, and what becomes of the take, the terminal and the time?"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from pmrehearse.library.take import TakeStatus
from tests.rigs.real_program import Home, RehearsalInTerminal, n_frames
from tests.rigs.terminal import RESTORED, Terminal

ASKED = b"Keep recording"


@dataclass(frozen=True)
class Left:
    """What leaving came to.

    Attributes:
        code: The exit code.
        gone_s: From the last key or signal until the process was gone; for Ctrl-Z until it had left the terminal.
        processor_s: Processor time that the process used meanwhile, as far as it was seen 50 ms before its end: on a
            machine that is busy with other things, this says what leaving costs.
        is_restored: The screen before, the cursor and the settings of the terminal are back.
        n_lost: Samples by which the file, as the standard library reads it, differs from what the take says.
        n_samples: Samples of the take.
        status: What the take says of itself.
    """

    code: int
    gone_s: float
    processor_s: float
    is_restored: bool
    n_lost: int
    n_samples: int
    status: TakeStatus

    def faults(self, within_s: float) -> list[str]:
        """What is not as it must be, in words."""
        wrong = {
            f"gone after {self.gone_s:.2f} s": self.gone_s > within_s,
            "the terminal is not restored": not self.is_restored,
            f"{self.n_lost} samples differ": self.n_lost != 0,
            "nothing was recorded": self.n_samples == 0,
            f"the take is {self.status}": self.status not in (TakeStatus.RECORDED, TakeStatus.TRANSCRIBED),
        }
        return [text for text, holds in wrong.items() if holds]


def leave(home: Home, way: str, *, transcribing: bool, linger_s: float = 0.0) -> Left:
    """Rehearse until the take is recorded, or is being transcribed, and leave.

    Args:
        home: Places without takes.
        way: One of `WAYS`.
        transcribing: Leave after the recording, while it is transcribed.
        linger_s: So long after the recording has begun.
    """
    speed, checkpoint = (60.0, "demo-voice") if transcribing else (1.0, None)
    run = RehearsalInTerminal(home, speed, checkpoint)
    terminal = run.terminal
    try:
        (run.transcribe if transcribing else run.record)()
        until_s = time.monotonic() + linger_s
        while time.monotonic() < until_s:
            terminal.read()
        gone_s, processor_s, code = WAYS[way](terminal, not transcribing)
        restored = terminal.has_its_settings() and all(each in terminal.written for each in RESTORED)
    finally:
        terminal.kill()
    (take,) = home.takes()
    n_found = n_frames(home.sound_of(take))
    return Left(code, gone_s, processor_s, restored, abs(n_found - take.n_samples), n_found, take.status)


Leaving = Callable[[Terminal, bool], tuple[float, float, int]]
"""Leaves a terminal, which may ask first; seconds, processor seconds, exit code."""


def _signal(number: signal.Signals) -> Leaving:
    def send(terminal: Terminal, _asks: bool) -> tuple[float, float, int]:  # noqa: FBT001  one form for all ways
        used_s, began_s = terminal.processor_s(), time.monotonic()
        terminal.process.send_signal(number)
        code = terminal.ended()
        return time.monotonic() - began_s, terminal.processor_s() - used_s, code

    return send


def _key(key: bytes) -> Leaving:
    """A key that asks while a take is recorded; the answer is to finish and quit."""

    def press(terminal: Terminal, asks: bool) -> tuple[float, float, int]:  # noqa: FBT001  one form for all ways
        used_s, began_s = terminal.processor_s(), time.monotonic()
        terminal.type(key)
        if asks:
            terminal.until(ASKED)
            used_s, began_s = terminal.processor_s(), time.monotonic()
            terminal.type(b"f")
        code = terminal.ended()
        return time.monotonic() - began_s, terminal.processor_s() - used_s, code

    return press


def _suspend(terminal: Terminal, _asks: bool) -> tuple[float, float, int]:  # noqa: FBT001  one form for all ways
    """Ctrl-Z gives the terminal to the shell; `fg` brings the screens back; then it is asked to end."""
    used_s, began_s = terminal.processor_s(), time.monotonic()
    terminal.type(b"\x1a")
    terminal.stopped()
    gone_s, used_s = time.monotonic() - began_s, terminal.processor_s() - used_s
    if not (terminal.has_its_settings() and all(each in terminal.written for each in RESTORED)):
        raise AssertionError("stopped, and the terminal is not the shell's")
    so_far = len(terminal.written)
    terminal.process.send_signal(signal.SIGCONT)
    terminal.until(b"\x1b[?1049h", after=so_far)
    terminal.process.terminate()
    return gone_s, used_s, terminal.ended()


WAYS: dict[str, Leaving] = {
    "SIGHUP": _signal(signal.SIGHUP),
    "SIGTERM": _signal(signal.SIGTERM),
    "Ctrl-C": _key(b"\x03"),
    "Ctrl-Q": _key(b"\x11"),
    "Ctrl-Z": _suspend,
}
"""How a program in a terminal is left."""
CODES = {"SIGHUP": 129, "SIGTERM": 143, "Ctrl-C": 0, "Ctrl-Q": 0, "Ctrl-Z": 143}
"""The exit code of each."""
