"""How long will it take?"""

from __future__ import annotations

AFTER_S = 1.0
"""No estimate before this much time: the first pieces say little."""


class TimeLeft:
    """Estimates from the speed since the first look."""

    def __init__(self) -> None:
        self._first: tuple[float, float] | None = None

    def after(self, now_s: float, done: float, total: float) -> float | None:
        """Seconds left, or None while nothing can be said.

        Args:
            now_s: Monotonic time.
            done: How much is done, in any unit.
            total: How much there is, in the same.
        """
        if self._first is None:
            self._first = (now_s, done)
        began_s, had = self._first
        took_s = now_s - began_s
        if took_s < AFTER_S or done <= had:
            return None
        return max(0.0, (total - done) * took_s / (done - had))
