"""How much longer can be recorded before the disk is full?"""

from __future__ import annotations

import math
import shutil
from pathlib import Path

from pmrehearse.audio.events import SAMPLE_RATE_HZ

BYTES_PER_S = SAMPLE_RATE_HZ * 2
"""32 kB a second, 1.92 MB a minute, 173 MB in 90 minutes."""
LOW_ROOM_S = 600.0
"""With less than ten minutes' room the speaker is warned."""


def room_s(folder: Path) -> float:
    """Seconds of recording that the disk of `folder` has room for; infinite when it does not say."""
    try:
        return shutil.disk_usage(folder).free / BYTES_PER_S
    except OSError:
        return math.inf
