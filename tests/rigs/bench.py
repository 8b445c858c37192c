"""How is the recorder's loop run in a time that a test makes, on a microphone that fails by a script?"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pmrehearse.audio.commands import Command, Open, Record, Stop
from pmrehearse.audio.engine import Engine
from pmrehearse.audio.events import MicrophoneSource, RecorderEvent, RecordingEnded, SoundSource
from pmrehearse.audio.keeper import SourceKeeper
from pmrehearse.audio.sources import Source
from pmrehearse.audio.troubles import Troubles
from pmrehearse.errors import MicrophoneError
from tests.rigs.ears import DEADLINE_S, Ears
from tests.rigs.scripted import Fault, ScriptedMicrophone, World

Event = TypeVar("Event", bound=RecorderEvent)


class Bench:
    """An engine on a bench.

    Attributes:
        world: Its time.
        ears: What it told.
        engine: It.
        n_opened: How often the microphone was opened.
        n_resets: How often the sound library was started anew.
    """

    def __init__(
        self, faults: Iterable[Fault] = (), lost_blocks: Iterable[int] = (), spare_dirs: Sequence[Path] = ()
    ) -> None:
        self.world = World()
        self.ears = Ears()
        self.n_opened = 0
        self.n_resets = 0
        self._faults = tuple(faults)
        self._lost_blocks = frozenset(lost_blocks)
        troubles = Troubles(self.ears)
        keeper = SourceKeeper(self._open, self._reset, self.ears, troubles, self.world.now, self.world.wait)
        self.engine = Engine(keeper, self.ears, troubles, spare_dirs, self.world.now)

    def ask(self, command: Command) -> None:
        """Give it a command."""
        self.engine.commands.put(command)

    def run(self, length_s: float) -> None:
        """Let it work for so long by the world's clock."""
        end_s = self.world.now_s + length_s
        while self.world.now_s < end_s:
            self._step()

    def run_until(self, kind: type[Event]) -> Event:
        """Let it work until it tells an event of a kind that it did not tell before.

        Raises:
            AssertionError: It does not tell it in a long real time.
        """
        before = len(self.ears.events)
        end_s = time.monotonic() + DEADLINE_S
        while time.monotonic() < end_s:
            self._step()
            for event in self.ears.events[before:]:
                if isinstance(event, kind):
                    return event
        raise AssertionError(f"no {kind.__name__}; told: {self.ears.told()}")

    def record(self, path: Path, length_s: float) -> RecordingEnded:
        """Open the microphone, record for so long by the world's clock, stop."""
        self.ask(Open(MicrophoneSource()))
        self.run(0.3)
        self.ask(Record(path))
        self.run(length_s)
        return self.stop()

    def stop(self) -> RecordingEnded:
        """Stop the recording."""
        self.ask(Stop(self.world.now_s))
        return self.run_until(RecordingEnded)

    def _step(self) -> None:
        """One turn; the disk, which lives in real time, may catch up before the world goes on."""
        self.engine.step()
        recording = self.engine._recording
        end_s = time.monotonic() + DEADLINE_S
        while recording is not None and recording._file.n_behind and time.monotonic() < end_s:
            time.sleep(0.0002)

    def _open(self, _wanted: SoundSource) -> Source:
        t = self.world.now_s - 1_000.0
        self.n_opened += 1
        if any(fault.kind == "absent" and fault.start_s <= t < fault.end_s for fault in self._faults):
            raise MicrophoneError("It is not there.", "Plug it in.")
        return ScriptedMicrophone(self.world, self._faults, self._lost_blocks)

    def _reset(self) -> None:
        self.n_resets += 1
