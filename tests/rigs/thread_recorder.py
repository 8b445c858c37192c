"""How is the recorder's loop run in this process, on a sounddevice of the test's own?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from pmrehearse.audio.commands import Close, Open, Pause, Record, Resume, Stop
from pmrehearse.audio.devices import Found, Microphone
from pmrehearse.audio.engine import Engine
from pmrehearse.audio.events import RecorderEvent, SoundSource
from pmrehearse.audio.keeper import SourceKeeper
from pmrehearse.audio.microphone import PortAudioMicrophone
from pmrehearse.audio.troubles import Troubles
from tests.rigs.fake_sound import FakeSound


class ThreadRecorder:
    """A recorder whose loop runs on a thread; implements `session.ports.Recorder`."""

    def __init__(self, listener: Callable[[RecorderEvent], None], sound: FakeSound) -> None:
        self._sound = sound
        troubles = Troubles(listener)
        self._keeper = SourceKeeper(self._open_source, lambda: None, listener, troubles)
        self._engine = Engine(self._keeper, listener, troubles)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def open(self, source: SoundSource) -> None:
        """Open the device."""
        self._engine.commands.put(Open(source))

    def record(self, path: Path) -> None:
        """Record."""
        self._engine.commands.put(Record(path))

    def resume_into(self, path: Path) -> None:
        """Go on in a file."""
        self._engine.commands.put(Record(path, append=True))

    def pause(self) -> None:
        """Pause."""
        self._engine.commands.put(Pause(time.monotonic()))

    def resume(self) -> None:
        """Go on."""
        self._engine.commands.put(Resume())

    def stop(self) -> None:
        """Stop."""
        self._engine.commands.put(Stop(time.monotonic()))

    def close(self) -> None:
        """End."""
        self._engine.commands.put(Close())
        self._thread.join(10.0)

    def _run(self) -> None:
        while not self._engine.over:
            self._engine.step()
        self._keeper.close(2.0)

    def _open_source(self, _wanted: SoundSource) -> PortAudioMicrophone:
        script = self._sound.script
        shown = Microphone(
            "Fake", "ALSA", is_default=True, rate_hz=script.own_rate_hz, n_channels=max(script.takes_channels)
        )
        return PortAudioMicrophone(self._sound, Found(shown, 0))
