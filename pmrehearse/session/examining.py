"""What is there on this computer that a rehearsal needs? Looks and listens; `diagnosis` judges."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from importlib import metadata
from typing import TYPE_CHECKING, Protocol

from pmrehearse.audio.diskroom import room_s
from pmrehearse.audio.events import MicrophoneSource
from pmrehearse.session.diagnosis import NEEDED, Listened, Terminal
from pmrehearse.session.events import SessionFailed, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.session.events import SessionEvent, SessionView
    from pmrehearse.session.ports import Clock

LISTEN_S = 2.0
"""How long the microphone is listened to: long enough for a few words."""
OPEN_WITHIN_S = 10.0
"""How long a microphone may take to open: a virtual one took 1.7 s, a Bluetooth one some seconds."""
POLL_S = 0.05
"""How often its level is looked at: oftener than blocks come."""


class Listener(Protocol):
    """The part of the conductor that listens without recording."""

    def listen(self, source: SoundSource) -> None:
        """Open a source, so that its level shows."""

    def view(self) -> SessionView:
        """The session at this moment."""

    def close(self) -> None:
        """End everything."""


class Failures:
    """Hears a session's events and keeps why it failed."""

    def __init__(self) -> None:
        """Nothing failed yet."""
        self.first: SessionFailed | None = None

    def tell(self, event: SessionEvent) -> None:
        """Take in one event; called on the conductor's thread."""
        if self.first is None and isinstance(event, SessionFailed):
            self.first = event


def listened(listener: Listener, failures: Failures, clock: Clock, device: str | None = None) -> Listened:
    """The loudest moment of a microphone within two seconds.

    Args:
        listener: A new conductor, closed here.
        failures: What that conductor tells.
        clock: Monotonic time.
        device: The microphone; None for the system's default.
    """
    between = threading.Event()
    begun_s, peak_dbfs = clock.now_s(), -120.0
    opened_s: float | None = None
    try:
        listener.listen(MicrophoneSource(device))
        while failures.first is None:
            now_s, view = clock.now_s(), listener.view()
            if opened_s is None and view.stage is Stage.LISTENING:
                opened_s = now_s
            peak_dbfs = max(peak_dbfs, view.peak_dbfs)
            if opened_s is not None and now_s - opened_s >= LISTEN_S:
                return Listened(view.device, peak_dbfs)
            if opened_s is None and now_s - begun_s >= OPEN_WITHIN_S:
                return Listened(
                    "", -120.0, "The microphone does not open.", "Choose another one: `pmrehearse devices`."
                )
            between.wait(POLL_S)
        return Listened("", -120.0, failures.first.message, failures.first.hint)
    finally:
        listener.close()


def versions() -> dict[str, str | None]:
    """The versions of the packages that matter, without importing them; None for one that is not installed."""
    return {name: _version(name) for name in NEEDED}


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def room_for_s(folder: Path) -> float:
    """Seconds of recording that the disk has room for on which `folder` stands, or would stand."""
    return room_s(_standing(folder))


def writing_problem(folder: Path) -> str:
    """Why nothing can be written into a folder, or into the one in which it would be made; "" when it can."""
    standing = _standing(folder)
    if not standing.is_dir():
        return f"{standing} is no folder"
    return "" if os.access(standing, os.W_OK | os.X_OK) else f"{standing} is not writable"


def _standing(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)


def terminal() -> Terminal:
    """The terminal that the program was started in: any of its three streams may lead to it."""
    size = shutil.get_terminal_size()
    return Terminal(
        is_there=any(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)),
        columns=size.columns,
        lines=size.lines,
        kind=os.environ.get("TERM", ""),
        encoding=sys.stdout.encoding or "",
    )
