"""What is left of a take, and of its library, when the power goes while it is recorded?"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from pmrehearse.audio.wavfile import HEADER_BYTES, SAMPLE_BYTES
from pmrehearse.library.library import Library
from pmrehearse.library.take import TakeStatus
from pmrehearse.rehearsal.log import SAMPLE_RATE_HZ
from tests.library.making import HandChecks
from tests.rigs.power_cut import Disk
from tests.rigs.readers import lengths
from tests.rigs.real_program import LENS, Home, command

WITHIN_S = 60.0


@dataclass(frozen=True)
class CutTake:
    """What stood on the disk after the cut.

    Attributes:
        recorded_s: Seconds of sound that the recorder had handed to the system when the power went.
        lost_s: Of these, seconds that no longer stand there.
        is_exact: What stands there is the beginning of what was recorded, byte for byte.
        readers: How many samples each program reads.
        empty_files: Files without a byte, the lock apart.
        n_listed: Takes that the library lists afterwards.
        status: What the take says after it was looked after.
        notice: What the library has to say of its index.
    """

    recorded_s: float
    lost_s: float
    is_exact: bool
    readers: dict[str, int]
    empty_files: tuple[str, ...]
    n_listed: int
    status: TakeStatus
    notice: str

    def faults(self, most_lost_s: float) -> list[str]:
        """What is not as it must be, in words."""
        wrong = {
            f"{self.lost_s:.2f} s lost": self.lost_s > most_lost_s,
            "the sound is not the beginning of what was recorded": not self.is_exact,
            f"programs read different lengths: {self.readers}": len(set(self.readers.values())) != 1,
            f"empty files: {self.empty_files}": bool(self.empty_files),
            f"{self.n_listed} takes are listed": self.n_listed != 1,
            f"the take is {self.status}": self.status is not TakeStatus.RECORDED,
            self.notice: bool(self.notice),
        }
        return [text for text, holds in wrong.items() if holds]


def cut_while_recording(disk: Disk, home: Home, sound: Path, after_s: float, *words: str) -> CutTake:
    """Record with the composed program onto the disk, cut the power, mount it again and look.

    Args:
        disk: The disk; the library stands on it.
        home: The other places of the program, elsewhere.
        sound: What stands in for the microphone.
        after_s: How long after the first block the power goes.
        words: Further words of the command.
    """
    library = disk.folder / "library"
    log = home.root / "stderr"
    home.root.mkdir(parents=True, exist_ok=True)
    with (
        log.open("wb") as told,
        subprocess.Popen(
            command("--library", str(library), "rehearse", LENS, "--no-screen", "--audio", str(sound), *words),
            env=os.environ | home.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=told,
            start_new_session=True,
        ) as program,
    ):
        path = _growing(library, log)
        time.sleep(after_s)  # the moment of the cut is what is drawn at random
        recorded = path.read_bytes()[HEADER_BYTES:]
        disk.cut()
        for pid in _family(program.pid):
            os.kill(pid, signal.SIGKILL)
    disk.come_back()
    return _look(library, path, recorded)


def _growing(library: Path, log: Path) -> Path:
    """Wait until the first block of a take is in its file."""
    until_s = time.monotonic() + WITHIN_S
    while time.monotonic() < until_s:
        for path in library.glob("*/audio.wav"):
            if path.stat().st_size > HEADER_BYTES:
                return path
        time.sleep(0.02)
    raise AssertionError(f"nothing is recorded; the program says: {log.read_text(errors='replace')[-500:]}")


def _family(pid: int) -> list[int]:
    """A process and all that came of it, the newest first."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children") if children.exists() else []:
        found += [each for child in task.read_text().split() for each in _family(int(child))]
    return [*found, pid]


def _look(library: Path, path: Path, recorded: bytes) -> CutTake:
    empty = tuple(
        str(file.relative_to(library))
        for file in library.rglob("*")
        if file.is_file() and not file.stat().st_size and file.name != ".lock"
    )
    found = path.read_bytes()[HEADER_BYTES:] if path.exists() else b""
    opened = Library(library, HandChecks, "1")
    try:
        opened.recover(library.parent / "rescued")
        rows = opened.rows()
        take = opened.store.load(path.parent.name)
        sound = opened.audio_path(take.id)
        return CutTake(
            len(recorded) / SAMPLE_BYTES / SAMPLE_RATE_HZ,
            max(0, len(recorded) - len(found)) / SAMPLE_BYTES / SAMPLE_RATE_HZ,
            recorded.startswith(found[: len(recorded)]),
            lengths(sound) if sound is not None else {},
            empty,
            len(rows),
            take.status,
            opened.notice,
        )
    finally:
        opened.close()
