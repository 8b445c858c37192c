"""How does the composed program rehearse in a terminal, in places of its own, and what did it leave?"""

from __future__ import annotations

import re
import sys
import wave
from dataclasses import dataclass
from pathlib import Path

from pmrehearse import places
from pmrehearse.library.store import TakeStore
from pmrehearse.library.take import Take
from tests.rigs.terminal import Terminal

LENS = "writer/three-phase-lens"
_DIRS = ("CONFIG_DIR", "STATE_DIR", "CACHE_DIR", "LIBRARY")


@dataclass(frozen=True)
class Home:
    """Places of a program of its own.

    Attributes:
        root: The folder under which they all stand.
    """

    root: Path

    @property
    def env(self) -> dict[str, str]:
        """The variables that lead the program there; the demo voice is the only checkpoint."""
        named = {f"PMREHEARSE_{name}": str(self.root / name.lower()) for name in _DIRS}
        return named | {"XDG_CACHE_HOME": str(self.root / "xdg"), "PMREHEARSE_CHECKPOINTS_DIR": str(self.root / "pt")}

    @property
    def library(self) -> Path:
        """Where its takes stand."""
        return self.root / "library"

    def takes(self) -> list[Take]:
        """All takes, as their files say."""
        store = TakeStore(self.library)
        return [store.load(take_id) for take_id in store.take_ids()]

    def sound_of(self, take: Take) -> Path:
        """A take's WAV."""
        return self.library / take.id / "audio.wav"


def command(*words: str) -> list[str]:
    """A call of the program."""
    return [sys.executable, "-m", "pmrehearse", *words]


def n_frames(path: Path) -> int:
    """Samples that the standard library reads of a WAV."""
    with wave.open(str(path)) as file:
        n_bytes = len(file.readframes(file.getnframes()))
    return n_bytes // 2


class RehearsalInTerminal:
    """The screens of the composed program, with the bundled answer in the place of the microphone.

    Attributes:
        home: Its places.
        terminal: Its terminal.
    """

    def __init__(self, home: Home, speed: float = 1.0, checkpoint: str | None = None) -> None:
        """Open the briefing.

        Args:
            home: Its places.
            speed: How fast the answer is played.
            checkpoint: What recognises; None for nothing.
        """
        self.home = home
        words = ["rehearse", LENS, "--audio", str(places.demo_dir() / "strong.ogg"), "--speed", str(speed)]
        words += [] if checkpoint is None else ["--checkpoint", checkpoint]
        self.terminal = Terminal(command(*words), env=home.env)
        self.terminal.until(b"strong.ogg")

    def record(self) -> None:
        """Go on until the take is being recorded."""
        self.terminal.type(b"\r")
        self.terminal.until(b"Get ready")
        self.terminal.type(b"\r")
        self.terminal.until(b"recording")

    def transcribe(self) -> None:
        """Go on until the file is at its end, and the transcript is not."""
        self.record()
        self.terminal.until(b"Leave it for later")

    def shows(self) -> str:
        """What was written, without the terminal's own codes."""
        return re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z$]", "", self.terminal.written.decode("utf-8", "replace"))
