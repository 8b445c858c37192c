"""What is known of a window before it is certain that it ends there? Pure.

Whoever stops speaking and then ends the take finds the transcript done: what stood at the pause was decoded then, and
is the window if only silence followed. What was decoded inside speech is no window, but the draft of the next decode.
"""

from __future__ import annotations

from dataclasses import dataclass

from pmrehearse.speech.effort import Passes
from pmrehearse.speech.engine import Heard
from pmrehearse.speech.windows import Window


@dataclass(frozen=True, slots=True)
class Decode:
    """A window, decoded.

    Attributes:
        window: The window.
        heard: What was heard in it.
        decode_s: How long that took.
    """

    window: Window
    heard: Heard
    decode_s: float


@dataclass(slots=True)
class Ahead:
    """The last decode ahead of time, and what it is good for.

    Attributes:
        last: That decode; None before the first, and when its window was told.
    """

    last: Decode | None = None

    def next(self, pending: Window | None, so_far: Window | None, passes: Passes, every_s: float) -> Window | None:
        """What to decode now, with nothing else to do; None when there is nothing worth it.

        Args:
            pending: The window if only silence follows; None while somebody speaks.
            so_far: What stands, speech that goes on included.
            passes: What may be decoded.
            every_s: New speech after which what stands is decoded again; half of it will do where a pause seems to
                begin, because what stands there may be all that was said.
        """
        if pending is not None:
            return pending if passes >= Passes.PAUSES and self.known(pending) is None else None
        if so_far is None or passes < Passes.SPEECH:
            return None
        enough_s = every_s / 2 if so_far.seems_over else every_s
        return so_far if so_far.end_s - self._to_s(so_far) >= enough_s else None

    def known(self, window: Window) -> Decode | None:
        """What was heard in this window, when it was decoded with the same speech in it; else None."""
        last = self.last
        return last if last is not None and last.window.covers(window) else None

    def draft(self, window: Window) -> tuple[int, ...]:
        """The text with which a decode of this window may begin."""
        last = self.last
        if last is None or last.window.start_s != window.start_s or last.heard.unsure:
            return ()
        return last.heard.tokens

    def _to_s(self, window: Window) -> float:
        """How far what stands has been decoded: to its beginning, when not at all."""
        last = self.last
        return window.start_s if last is None or last.window.start_s != window.start_s else last.window.end_s
