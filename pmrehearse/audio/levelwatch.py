"""Does the level say that something is wrong with the microphone?"""

from __future__ import annotations

from collections import deque

from pmrehearse.audio.events import SAMPLE_RATE_HZ, TroubleKind
from pmrehearse.audio.levels import SILENCE_DBFS, Level
from pmrehearse.audio.troubles import Troubles

ZEROS_S = 3.0
"""Exact zeros for so long: macOS gives them when the terminal may not use the microphone (sounddevice #267, #308)."""
CLIP_DBFS = -0.1
"""A peak above this touches the top of the range."""
CLIP_BLOCKS = 3
"""So many clipped blocks within `CLIP_WINDOW_S` are more than one thump on the table."""
CLIP_WINDOW_S = 5.0
QUIET_DBFS = -50.0
"""Speech into a microphone lies at -35 to -15 dBFS, a quiet room at -60."""
QUIET_S = 20.0
"""If nothing louder was heard since the source was opened, the gain is too low or the wrong microphone listens."""


class LevelWatch:
    """Watches the blocks of a microphone; tells zeros, clipping and a level far under speech."""

    def __init__(self, troubles: Troubles) -> None:
        self._troubles = troubles
        self.begin()

    def begin(self) -> None:
        """Another source is heard from now on."""
        self._heard_s = 0.0
        self._zeros_s = 0.0
        self._voiced = False
        self._clips_s: deque[float] = deque(maxlen=CLIP_BLOCKS)
        self._troubles.end(TroubleKind.ZEROS, TroubleKind.CLIPPING, TroubleKind.QUIET)

    def hear(self, level: Level, n_samples: int) -> None:
        """Look at a block.

        Args:
            level: Its level.
            n_samples: Its length at 16 kHz.
        """
        length_s = n_samples / SAMPLE_RATE_HZ
        self._heard_s += length_s
        self._look_for_zeros(level, length_s)
        self._look_for_clipping(level)
        self._look_for_quiet(level)

    def _look_for_zeros(self, level: Level, length_s: float) -> None:
        if level.peak_dbfs > SILENCE_DBFS:
            self._zeros_s = 0.0
            self._troubles.end(TroubleKind.ZEROS)
            return
        self._zeros_s += length_s
        if self._zeros_s >= ZEROS_S:
            self._troubles.begin(
                TroubleKind.ZEROS,
                "The system gives perfect silence instead of the microphone's sound.",
                "See whether the microphone is muted, and whether this terminal may use it (system settings, privacy).",
            )

    def _look_for_clipping(self, level: Level) -> None:
        if level.peak_dbfs >= CLIP_DBFS:
            self._clips_s.append(self._heard_s)
        while self._clips_s and self._clips_s[0] < self._heard_s - CLIP_WINDOW_S:
            self._clips_s.popleft()
        if len(self._clips_s) == CLIP_BLOCKS:
            self._troubles.begin(
                TroubleKind.CLIPPING, "The sound is too loud and is cut off.", "Turn the input level down or move back."
            )
        elif not self._clips_s:
            self._troubles.end(TroubleKind.CLIPPING)

    def _look_for_quiet(self, level: Level) -> None:
        if level.rms_dbfs > QUIET_DBFS:
            self._voiced = True
            self._troubles.end(TroubleKind.QUIET)
        elif not self._voiced and self._heard_s >= QUIET_S and self._zeros_s == 0.0:
            self._troubles.begin(
                TroubleKind.QUIET,
                "The sound is far quieter than speech.",
                "Turn the input level up, come nearer, or choose another microphone.",
            )
