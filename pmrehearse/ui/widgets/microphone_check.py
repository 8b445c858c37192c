"""Does the microphone hear, and how does one sound?"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import var

from pmrehearse.session.sound_check import CheckStage
from pmrehearse.ui.background import REDRAW_S, in_background
from pmrehearse.ui.first_start_parts import heard, labelled, sound_source, trying
from pmrehearse.ui.widgets.level_meter import HEARD_WITHIN, LevelMeter
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from pmrehearse.ui.first_start_parts import PageKeys
    from pmrehearse.ui.first_start_ports import SoundCheckPort

_SILENCE_DBFS = -120.0


class CheckOpened(Message):
    """The microphone is being opened, or was not wanted any more."""


class MicrophoneCheck(Vertical):
    """The microphone's name, its level, what is heard, and three seconds that are played back."""

    DEFAULT_CSS = """
    MicrophoneCheck {
        height: auto;
        Horizontal { height: 1; }
        #sound-label { width: 14; color: $muted; }
        LevelMeter { max-width: 52; }
        #trying { margin-bottom: 1; }
    }
    """

    stage: var[CheckStage] = var(CheckStage.OPENING, bindings=True)
    """What the sound check does, when it was last looked at."""

    def __init__(
        self, new_check: Callable[[], SoundCheckPort], microphone: Callable[[], str], keys: Callable[[], PageKeys]
    ) -> None:
        """Show it; nothing is opened yet.

        Args:
            new_check: Makes a sound check; waits.
            microphone: The name of the one that is wanted; "" for the system's default.
            keys: The keys that do something here.
        """
        super().__init__()
        self._new_check = new_check
        self._microphone = microphone
        self._keys = keys
        self._check: SoundCheckPort | None = None
        self._is_wanted = False
        self._guard = threading.Lock()
        self._levels: deque[float] = deque([_SILENCE_DBFS], maxlen=HEARD_WITHIN)

    def compose(self) -> ComposeResult:
        """One line under another."""
        yield Plain(labelled("Microphone", "opening …"), id="source")
        with Horizontal():
            yield Plain("", id="sound-label")
            yield LevelMeter()
        yield Plain("", id="heard")
        yield Plain("", id="trying")

    def on_mount(self) -> None:
        """Follow the sound."""
        self.set_interval(REDRAW_S, self._look)

    def on_unmount(self) -> None:
        """Let the microphone go."""
        self.end()

    def listen(self) -> None:
        """Listen (again)."""
        self._is_wanted = True
        if self._check is None:
            in_background(self, self._open, lambda _: CheckOpened())

    def end(self) -> None:
        """Let the microphone go until it is wanted again."""
        with self._guard:
            self._is_wanted = False
            check, self._check = self._check, None
        if check is not None:
            _close_aside(check)

    def hear_yourself(self) -> None:
        """Record three seconds and play them back."""
        if self._check is not None:
            self._check.hear_yourself()

    def change(self) -> None:
        """Another microphone is wanted."""
        self._levels.clear()
        self._levels.append(_SILENCE_DBFS)
        if self._check is not None:
            self._check.listen(self._microphone() or None)

    def on_check_opened(self, message: CheckOpened) -> None:
        """Show it."""
        message.stop()
        self._look()

    def _open(self) -> None:
        """Open a microphone, beside the screens; one that is not wanted any more is let go."""
        check = self._new_check()
        with self._guard:
            takes_it = self._is_wanted and self._check is None
            self._check = check if takes_it else self._check
        if takes_it:
            check.listen(self._microphone() or None)
        else:
            check.close()

    def _look(self) -> None:
        if self._check is None:
            return
        view = self._check.view()
        self.stage = view.stage
        self._levels.append(view.level_dbfs)
        self.query_one("#source", Plain).show(labelled("Microphone", sound_source(view)))
        self.query_one(LevelMeter).show(view.level_dbfs, view.peak_dbfs)
        self.query_one("#heard", Plain).show(heard(view, max(self._levels)))
        self.query_one("#trying", Plain).show(trying(view, self._keys()))


def _close_aside(check: SoundCheckPort) -> None:
    """End a sound check beside the screens: that takes some seconds where a driver hangs."""
    threading.Thread(target=check.close, name="closing the sound check", daemon=True).start()
