"""What runs in the recorder's own process, alone with PortAudio?

Started as `python -m pmrehearse.audio.recorder_process`: commands come in on standard input, events go out on
standard output, and what PortAudio and ALSA write on descriptor 2 goes to a log. Neither a busy interpreter nor the
death of the screen touches the sound: when standard input ends, the file is finished and the process goes.
"""

from __future__ import annotations

import faulthandler
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from pmrehearse.audio.awake import KeepAwake
from pmrehearse.audio.commands import Alive, Farewell, ScreenGone
from pmrehearse.audio.engine import Engine
from pmrehearse.audio.events import FileSource, LevelHeard, RecorderFailed, SoundSource
from pmrehearse.audio.keeper import HungDriverError, SourceKeeper
from pmrehearse.audio.sources import FileReader, Source
from pmrehearse.audio.troubles import Troubles
from pmrehearse.audio.wire import Inlet, Outlet, PipeClosedError

ALIVE_EVERY_S = 0.5
"""How often the process says that it still answers."""
FLOOD = 200
"""With so many events unread (a frozen screen) levels are left out."""
CLOSE_S = 2.0
"""How long the driver may take to close before the process ends without it."""


class Mouth:
    """Tells events without ever waiting for the screen: a thread of its own writes them."""

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet
        self._events: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)
        self._thread.start()

    def tell(self, event: object) -> None:
        """Tell an event; levels and signs of life are left out when nobody reads."""
        if not isinstance(event, LevelHeard | Alive) or self._events.qsize() < FLOOD:
            self._events.put(event)

    def farewell(self, timeout_s: float) -> None:
        """Tell what is left and that no more comes."""
        self._events.put(Farewell())
        self._thread.join(timeout_s)

    def _run(self) -> None:
        event: object = None
        while not isinstance(event, Farewell):
            event = self._events.get()
            try:
                self._outlet.send(event)
            except PipeClosedError:
                return


def open_source(wanted: SoundSource) -> Source:
    """Open a microphone or a file.

    Raises:
        MachineError: No microphone, or no PortAudio.
        AudioFileError: The file is unreadable.
    """
    if isinstance(wanted, FileSource):
        return FileReader(wanted)
    from pmrehearse.audio.microphone import open_microphone  # noqa: PLC0415 - importing it starts PortAudio

    return open_microphone(wanted)


def reset_sound() -> None:
    """Start PortAudio anew, so that it sees the devices of this moment.

    Raises:
        MachineError: No PortAudio.
    """
    from pmrehearse.audio.portaudio import restart  # noqa: PLC0415 - importing it starts PortAudio

    restart()


def run(inlet: Inlet, outlet: Outlet, spare_dirs: tuple[Path, ...]) -> None:
    """Serve until told to close or until the screen is gone."""
    mouth = Mouth(outlet)
    troubles = Troubles(mouth.tell)
    keeper = SourceKeeper(open_source, reset_sound, mouth.tell, troubles)
    engine = Engine(keeper, mouth.tell, troubles, spare_dirs, awake=KeepAwake())
    signal.signal(signal.SIGTERM, lambda *_: engine.commands.put(ScreenGone()))
    threading.Thread(target=_listen, args=(inlet, engine), name="commands", daemon=True).start()
    threading.Thread(target=_live, args=(mouth.tell,), name="alive", daemon=True).start()
    try:
        while not engine.over:
            engine.step()
    except HungDriverError:
        mouth.tell(
            RecorderFailed("The sound system hangs; the recording so far is safe.", "The recorder is started again.")
        )
    else:
        keeper.close(CLOSE_S)
    finally:
        engine.abandon()
    mouth.farewell(1.0)


def _listen(inlet: Inlet, engine: Engine) -> None:
    while True:
        try:
            engine.commands.put(inlet.receive())  # type: ignore[arg-type]
        except PipeClosedError:
            engine.commands.put(ScreenGone())
            return


def _live(tell: Callable[[object], None]) -> None:
    while True:
        tell(Alive())
        time.sleep(ALIVE_EVERY_S)


def main(spare_dirs: list[str]) -> None:
    """Take the pipes over and serve; ends the process without waiting for the driver's threads."""
    os.umask(0o077)
    for name in ("SIGINT", "SIGHUP", "SIGTSTP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    inlet = Inlet(os.fdopen(os.dup(0), "rb"))
    outlet = Outlet(os.fdopen(os.dup(1), "wb"))
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    faulthandler.enable()
    status = 1
    try:
        run(inlet, outlet, tuple(Path(folder) for folder in spare_dirs))
        status = 0
    finally:
        if status:
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
