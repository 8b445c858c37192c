"""What does the first-start page need of the program behind it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pmrehearse.session.sound_check import CheckView
    from pmrehearse.speech.speed import Speed


class SoundCheckPort(Protocol):
    """A microphone on trial; no method but `close` waits."""

    def listen(self, device: str | None = None) -> None:
        """Open a microphone (None: the system's default), so that its level shows."""

    def hear_yourself(self) -> None:
        """Record three seconds and play them back; nothing happens unless it listens."""

    def view(self) -> CheckView:
        """The check at this moment."""

    def close(self) -> None:
        """End it and delete what was recorded; waits some seconds at most."""


class SpeedsPort(Protocol):
    """How fast this computer recognises, as far as it is remembered."""

    def known(self) -> Speed | None:
        """As it was measured once; None while it was not."""
