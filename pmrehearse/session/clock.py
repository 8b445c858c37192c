"""Which clock does a session read? The one place that reads it."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class MonotonicClock:
    """The system's monotonic clock, the same in every process of this computer."""

    def now_s(self) -> float:
        """Seconds; only differences mean something."""
        return time.monotonic()


def utc_now() -> datetime:
    """The wall's time, aware, to the second; for names only, never for durations."""
    return datetime.now(UTC).replace(microsecond=0)
