"""Who listens to a recorder in a test?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from pmrehearse.audio.events import LevelHeard, RecorderEvent

DEADLINE_S = 30.0
"""Long enough for a busy machine; a test that reaches it fails."""

Event = TypeVar("Event", bound=RecorderEvent)


class Ears:
    """A listener that keeps what it hears and lets a test wait for it.

    Attributes:
        events: All that was heard, in order.
        heard_s: Monotonic time of each.
    """

    def __init__(self) -> None:
        self.events: list[RecorderEvent] = []
        self.heard_s: list[float] = []
        self._changed = threading.Condition()

    def __call__(self, event: RecorderEvent) -> None:
        """Hear an event."""
        with self._changed:
            self.events.append(event)
            self.heard_s.append(time.monotonic())
            self._changed.notify_all()

    @staticmethod
    def is_level(event: RecorderEvent) -> bool:
        """Whether it is one of the flood."""
        return isinstance(event, LevelHeard)

    def told(self) -> list[RecorderEvent]:
        """What was heard but the levels."""
        return [event for event in self.events if not self.is_level(event)]

    def all_of(self, kind: type[Event]) -> list[Event]:
        """Every event of a kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def wait_for(
        self,
        kind: type[Event],
        such_that: Callable[[Event], bool] = lambda _: True,
        after: int = 0,
        deadline_s: float = DEADLINE_S,
    ) -> Event:
        """The first event of a kind, from number `after` on.

        Raises:
            AssertionError: It did not come in time; says what came instead.
        """
        end_s = time.monotonic() + deadline_s
        with self._changed:
            while True:
                for event in self.events[after:]:
                    if isinstance(event, kind) and such_that(event):
                        return event
                if not self._changed.wait(end_s - time.monotonic()) and time.monotonic() >= end_s:
                    raise AssertionError(f"no such {kind.__name__}; told: {self.told()[-20:]}, then levels")
