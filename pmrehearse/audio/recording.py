"""How does one take go from its first block to a file that is safe?"""

from __future__ import annotations

from collections.abc import Callable

from pmrehearse.audio.commands import ClockPoint
from pmrehearse.audio.diskroom import LOW_ROOM_S
from pmrehearse.audio.events import (
    SAMPLE_RATE_HZ,
    GapMarked,
    RecorderEvent,
    RecordingEnded,
    RecordingStarted,
    TroubleKind,
)
from pmrehearse.audio.sources import Block
from pmrehearse.audio.takefile import Progress, TakeFile
from pmrehearse.audio.timeline import Missing, Timeline
from pmrehearse.audio.troubles import Troubles

TAIL_S = 0.3
"""How long after the wish to stop the block in flight is awaited; callbacks are 80 to 125 ms apart."""
SLOW_DISK_S = 3.0
"""A disk that is behind for so long is worth a word; a good one is for 0.03 s."""
AHEAD_S = 30.0
"""A file that stands in for the microphone waits when it is so far ahead of the disk."""
DRIFT_SHOWN_S = 30.0
"""How long a loss that was found by counting is shown."""
LONGEST_GAP_S = 2 * 3600
"""No gap is filled with more silence than this: longer than a take."""
_SILENCE = bytes(2 * SAMPLE_RATE_HZ)
_DISK_HINT = "The sound is kept in memory. Make room, and it is written; else it goes to another folder at the stop."
_SLOW_HINT = "The sound is kept in memory meanwhile; nothing is lost."
_DRIFT_HINT = "Close other programs that use much of the computer; the lost part stands as silence."


class Recording:
    """One take: its clock, its gaps, its pauses, its file."""

    def __init__(
        self,
        file: TakeFile,
        tell: Callable[[RecorderEvent], None],
        troubles: Troubles,
        live: bool,  # noqa: FBT001 - a property of the source, passed on
        since: ClockPoint | None = None,
    ) -> None:
        """Begin; nothing is told before the first block is in the file.

        Args:
            file: The open file and its thread.
            tell: Takes events.
            troubles: Takes troubles of the disk.
            live: The source runs by its own clock, so that what it loses must be marked.
            since: Where the clock stood when the take was cut short; None for a new one.
        """
        self._file = file
        self._tell = tell
        self._troubles = troubles
        self._live = live
        self._n = self._n_first = file.progress.n_samples
        self._timeline = Timeline(self._n, since.n_samples, since.at_s) if since else Timeline(self._n)
        self._started_s: float | None = None
        self._told_start = False
        self._paused = False
        self._cut_s: float | None = None
        self._reason: str | None = None
        self._drift_until_s = 0.0
        self._heard_s = since.at_s if since else 0.0

    @property
    def paused(self) -> bool:
        """Whether nothing is written."""
        return self._paused

    @property
    def n_samples(self) -> int:
        """Samples of the take, in the file or on their way to it."""
        return self._n

    @property
    def full(self) -> bool:
        """Whether a source that can wait should: the disk works and has not taken what there is."""
        behind = self._file.n_behind > AHEAD_S * SAMPLE_RATE_HZ
        return behind and not self._live and self._file.progress.error is None

    def clock(self, now_s: float) -> tuple[int, float]:
        """Samples recorded, and the monotonic time at which that held."""
        progress = self._file.progress
        return progress.n_samples, (now_s if self._paused else progress.at_s)

    def source_changed(self) -> None:
        """The stream was opened anew."""
        self._timeline.source_changed()

    def hear(self, block: Block) -> None:
        """Take a block in."""
        if self._paused:
            return
        if self._started_s is None:
            self._started_s = block.end_s - block.samples.size / SAMPLE_RATE_HZ
        for piece in self._timeline.place(block) if self._live else (block,):
            self._put(piece)
        if self._cut_s is not None and block.end_s >= self._cut_s:
            self._cut()

    def pause(self, at_s: float) -> None:
        """Write nothing from `at_s` on."""
        if not self._paused and self._reason is None:
            self._cut_at(at_s)

    def resume(self) -> None:
        """Write again from the next block on."""
        if self._reason is None:
            self._cut_s = None
            if self._paused:
                self._paused = False
                self._timeline = Timeline(self._n)

    def stop(self, reason: str, at_s: float) -> None:
        """End the file with what was heard until `at_s`; `look` tells when it is safe."""
        if self._reason is None:
            self._reason = reason
            self._cut_at(at_s)

    def leave(self, timeout_s: float) -> None:
        """Close the file without telling an end; it is appended to later."""
        self._reason = "left"
        self._cut()
        self._file.join(timeout_s)

    def look(self, now_s: float) -> bool:
        """Tell what the disk's thread has done meanwhile; True when the take is over.

        Raises:
            RuntimeError: That thread died of a mistake of ours.
        """
        if self._cut_s is not None and now_s > self._cut_s + TAIL_S:
            self._cut()
        alive = self._file.alive  # asked before the progress: it may end in between
        progress = self._file.progress
        if not alive and not progress.ended:
            raise RuntimeError("the thread that writes the take died")
        if not self._told_start and self._started_s is not None and progress.n_samples > self._n_first:
            self._told_start = True
            self._tell(RecordingStarted(progress.path, self._started_s))
        self._look_at_disk(progress, now_s)
        if now_s > self._drift_until_s:
            self._troubles.end(TroubleKind.DRIFT)
        if not progress.ended:
            return False
        self._troubles.end(TroubleKind.DISK, TroubleKind.DISK_LOW, TroubleKind.DRIFT)
        self._tell(RecordingEnded(progress.path, progress.n_samples, self._reason or "stopped"))
        return True

    def _cut_at(self, at_s: float) -> None:
        """Pause or stop once everything heard until then is in; at once where nothing is on its way."""
        self._cut_s = at_s
        if self._paused or not self._live:
            self._cut()

    def _cut(self) -> None:
        self._cut_s = None
        if not self._paused:
            for piece in self._timeline.flush():
                self._put(piece)
        self._paused = True
        if self._reason is not None:
            self._file.finish()

    def _put(self, piece: Block | Missing) -> None:
        if isinstance(piece, Block):
            self._file.put(piece.samples.astype("<i2").tobytes(), piece.end_s)
            self._n += piece.samples.size
            self._heard_s = piece.end_s
            return
        n_samples = min(piece.n_samples, LONGEST_GAP_S * SAMPLE_RATE_HZ)
        for at in range(0, n_samples, SAMPLE_RATE_HZ):
            self._file.put(_SILENCE[: 2 * min(SAMPLE_RATE_HZ, n_samples - at)], self._heard_s)
        self._tell(GapMarked(self._n, n_samples, piece.reason))
        self._n += n_samples
        if piece.drift:
            self._drift_until_s = self._heard_s + DRIFT_SHOWN_S
            self._troubles.begin(TroubleKind.DRIFT, f"The clock says that {piece.reason}.", _DRIFT_HINT)

    def _look_at_disk(self, progress: Progress, now_s: float) -> None:
        if progress.error is not None:
            message = f"The recording cannot be written: {progress.error.strerror or progress.error}."
            self._troubles.begin(TroubleKind.DISK, message, _DISK_HINT)
        elif self._live and self._file.behind_s(now_s) > SLOW_DISK_S:
            self._troubles.begin(TroubleKind.DISK, "The disk is slow to take the recording.", _SLOW_HINT)
        else:
            self._troubles.end(TroubleKind.DISK)
        if progress.room_s < LOW_ROOM_S and progress.error is None:
            self._troubles.begin(
                TroubleKind.DISK_LOW,
                f"The disk has room for {int(progress.room_s // 60)} more minutes of recording.",
                "Make room on the disk; when it is full, sound is kept in memory.",
            )
        elif progress.error is None:
            self._troubles.end(TroubleKind.DISK_LOW)
