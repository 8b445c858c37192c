"""What does the recorder process do from moment to moment?

One loop: take commands, take a block, hand it to the take, tell its level. It knows no process and no pipe.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pmrehearse.audio.awake import KeepAwake
from pmrehearse.audio.commands import Close, Command, Open, Pause, Record, Resume, ScreenGone, Stop
from pmrehearse.audio.events import (
    LevelHeard,
    MicrophoneSource,
    RecorderEvent,
    RecorderFailed,
    SourceEnded,
    TroubleKind,
)
from pmrehearse.audio.keeper import SourceKeeper
from pmrehearse.audio.levels import level_of
from pmrehearse.audio.levelwatch import LevelWatch
from pmrehearse.audio.recording import Recording
from pmrehearse.audio.sources import Block, Finished, Source
from pmrehearse.audio.takefile import TakeFile
from pmrehearse.audio.troubles import Troubles
from pmrehearse.audio.wavfile import WavWriter
from pmrehearse.errors import AudioFileError

TICK_S = 0.05
"""Longest wait for a block: how late a command may be heard."""
LEVEL_EVERY_S = 0.066
"""Levels are told at most 15 times a second."""
ABANDON_S = 30.0
"""How long a disk may take to the last sound when the process has to go."""
OVERFLOW_SHOWN_S = 10.0
"""How long an overflow is shown."""
_LOAD_HINT = "Close other programs that use much of the computer; the lost part is marked when it is long."
_FILE_HINT = "Choose another folder with --library."


class Engine:
    """The recorder's loop."""

    def __init__(
        self,
        keeper: SourceKeeper,
        tell: Callable[[RecorderEvent], None],
        troubles: Troubles,
        spare_dirs: Sequence[Path] = (),
        now: Callable[[], float] = time.monotonic,
        awake: KeepAwake | None = None,
    ) -> None:
        """Nothing is open, nothing is recorded.

        Args:
            keeper: Keeps the source.
            tell: Takes events.
            troubles: Takes troubles.
            spare_dirs: Folders for a take whose own disk fails to the end.
            now: Monotonic clock in seconds.
            awake: Keeps the machine awake during a take; None lets it sleep.
        """
        self.commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._keeper = keeper
        self._tell = tell
        self._troubles = troubles
        self._spare_dirs = spare_dirs
        self._now = now
        self._levels = LevelWatch(troubles)
        self._recording: Recording | None = None
        self._waiting: Record | None = None
        self._steered: tuple[Source | None, Recording | None] = (None, None)
        self._closing = False
        self._overflow_s = 0.0
        self._level_due_s = 0.0
        self._awake = awake

    @property
    def over(self) -> bool:
        """Whether it was told to end and the file is safe."""
        return self._closing and self._recording is None

    def step(self) -> None:
        """One turn of the loop; waits at most `TICK_S`.

        Raises:
            HungDriverError: The sound system hangs; the file is whole as it stands.
        """
        self._obey()
        self._begin()
        self._steer()
        item = self._keeper.read(TICK_S)
        if isinstance(item, Block):
            self._hear(item)
        elif isinstance(item, Finished):
            self._source_ended()
        if self._recording is not None and self._recording.look(self._now()):
            self._recording = None
            self._let_sleep()

    def _obey(self) -> None:
        while True:
            try:
                command = self.commands.get_nowait()
            except queue.Empty:
                return
            self._do(command)

    def _do(self, command: Command) -> None:
        recording = self._recording
        match command:
            case Open():
                self._levels.begin()
                self._keeper.open(command.source)
            case Record():
                self._waiting = command
            case Pause() if recording:
                recording.pause(command.at_s)
            case Resume() if recording:
                recording.resume()
            case Stop():
                self._stop("stopped", command.at_s)
            case Close():
                self._end("stopped")
            case ScreenGone():
                self._end("screen gone")

    def _begin(self) -> None:
        """Make the file of a take that was asked for, once the one before is safe."""
        asked = self._waiting
        if asked is None or self._recording is not None:
            return
        self._waiting = None
        if self._keeper.wanted is None:
            self._tell(RecorderFailed("Nothing is open to record from.", "Open a microphone first."))
            return
        try:
            writer = WavWriter.append_to(asked.path) if asked.append else WavWriter.create(asked.path)
        except AudioFileError as error:
            self._tell(RecorderFailed(error.message, error.hint, error.exit_code))
            return
        except OSError as error:
            self._tell(RecorderFailed(f"{asked.path} cannot be made: {error.strerror or error}.", _FILE_HINT))
            return
        file = TakeFile(writer, self._spare_dirs, self._now)
        live = isinstance(self._keeper.wanted, MicrophoneSource)
        self._recording = Recording(file, self._tell, self._troubles, live, asked.since)
        if self._awake is not None:
            self._awake.begin()

    def _steer(self) -> None:
        """Let a file that stands in for the microphone begin, wait and go on with the take."""
        source, recording = self._keeper.source, self._recording
        if source is None:
            return
        before, self._steered = self._steered, (source, recording)
        if recording is not None and recording is not before[1]:
            source.play_from(recording.n_samples)
        elif recording is not None and source is not before[0]:
            recording.source_changed()
        if recording is None or recording.paused or recording.full:
            source.hold()
        else:
            source.go_on()

    def _hear(self, block: Block) -> None:
        now_s = self._now()
        level = level_of(block.samples)
        if isinstance(self._keeper.wanted, MicrophoneSource):
            self._levels.hear(level, block.samples.size)
            self._overflow(block)
        if self._recording is not None:
            self._recording.hear(block)
        if now_s >= self._level_due_s:
            self._level_due_s = now_s + LEVEL_EVERY_S
            n_samples, at_s = self._recording.clock(now_s) if self._recording is not None else (0, now_s)
            self._tell(LevelHeard(level.rms_dbfs, level.peak_dbfs, n_samples, at_s))

    def _overflow(self, block: Block) -> None:
        if block.overflowed:
            self._overflow_s = block.end_s
            self._troubles.begin(TroubleKind.OVERFLOW, "The system dropped sound before it was read.", _LOAD_HINT)
        elif block.end_s > self._overflow_s + OVERFLOW_SHOWN_S:
            self._troubles.end(TroubleKind.OVERFLOW)

    def _source_ended(self) -> None:
        if self._recording is not None and not self._recording.paused:
            self._tell(SourceEnded())
            self._stop("source ended", self._now())

    def _stop(self, reason: str, at_s: float) -> None:
        self._waiting = None
        if self._recording is not None:
            self._recording.stop(reason, at_s)

    def _end(self, reason: str) -> None:
        self._closing = True
        self._stop(reason, self._now())

    def abandon(self) -> None:
        """The sound system hangs: wait until what was heard is in the file, and tell no end, for none was wished."""
        if self._recording is not None:
            self._recording.leave(ABANDON_S)
            self._let_sleep()

    def _let_sleep(self) -> None:
        if self._awake is not None:
            self._awake.end()
