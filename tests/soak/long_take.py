"""Is a take of 90 minutes whole while every core is busy, and does no process of the program grow?

    python -m tests.soak.long_take [--rounds 90]

One round is a minute. The composed program, with its screens in a terminal of its own, records from the virtual
microphone in real time and recognises with the demo voice, while twice as many processes as there are cores compute
without a pause. What is played are the bundled answer and a tone of 437.3 Hz in turns; the tone's phase goes on behind
the answer, so that a sample that is lost or doubled shows, wherever it was. Where the player itself is kept from its
work, silence is recorded: it is known by its zeros, which what is played never has, and what stands behind it must be
later by just as much. Memory is what each process holds (resident), looked at every 10 s; growth is what it reaches
beyond its most in the first tenth of the take.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from benchmarks import machine
from pmrehearse import places
from pmrehearse.audio.importing import read_audio
from pmrehearse.library.take import Take
from tests.rigs.real_program import Home, command, n_frames
from tests.rigs.scripted import samples_of
from tests.rigs.sounds import TONE_HZ
from tests.rigs.terminal import Terminal
from tests.rigs.virtual_mic import VirtualMic, missing
from tests.soak.long_run import Outcome, main

ROUNDS = 90
TONE_S = 60.0
LEAD_S = 300.0
"""What is played is longer than the take by so much: the program needs a while to begin."""
LOOK_EVERY_S = 10.0
GROWTH_MB = 50.0
PLAYED_HZ = 48_000
WINDOW = 320
AHEAD_MS = 30_000
"""The player is so far ahead of what is heard."""
NOISE = 3
"""What is played has a noise of so many steps of 16 bits: it is never exactly silent."""
BREAK = 160
"""So many zeros in a row are a break of the player."""
PURE = 0.98
"""From this part of a window's energy on it is the tone alone."""
LEAST_TURN = 0.008
"""A jump of the phase, in parts of a turn: a sample makes 0.027, a block of 80 ms 0.016, one of 100 ms 0.27."""
KEPT_BYTES = 200_000
BUSY = "import numpy as np\nm = np.random.rand(600, 600)\nwhile True: m = m @ m; m /= m.max()"
SCENARIO = "writer/whiteboard"


@dataclass
class Held:
    """What the program's processes held along the way.

    Attributes:
        by_process: Megabytes by the time they were seen, for each process by its name and id.
    """

    by_process: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def look(self, pid: int, at_s: float) -> None:
        """Look at a process and all that it started."""
        for each in (pid, *_descendants(pid)):
            try:
                name, held_mb = _name(each), machine.resident_mb(each)
            except (OSError, IndexError):  # it has just ended
                continue
            if held_mb:
                self.by_process[f"{name} {each}"].append((at_s, held_mb))

    def growth_mb(self, length_s: float) -> dict[str, tuple[float, float, float]]:
        """For each process that lived through most of it: the most in the first tenth, the most of all, and between."""
        grown: dict[str, tuple[float, float, float]] = {}
        for name, seen in self.by_process.items():
            early = [held for at_s, held in seen if at_s <= length_s / 10]
            if early and seen[-1][0] > length_s / 2:
                most = max(held for _, held in seen)
                grown[name] = (max(early), most, most - max(early))
        return grown


def run(rounds: int, folder: Path) -> Outcome:
    """Make a take of so many minutes."""
    if (lacking := missing()) is not None:
        return Outcome((), [], {}, skipped=lacking)
    length_s = rounds * 60.0
    _sound(folder / "played.wav", length_s + LEAD_S)
    (folder / "mic").mkdir()
    (folder / "home").mkdir(mode=0o700)
    mic, home = VirtualMic(folder / "mic"), Home(folder / "home")
    loads = [subprocess.Popen(["nice", sys.executable, "-c", BUSY]) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        mic.start()
        held, take, screen = _record(mic, home, folder / "played.wav", length_s)
    finally:
        mic.close()
        for load in loads:
            load.kill()
            load.wait()
    return _outcome(held, take, home.sound_of(take), screen, length_s)


def _record(mic: VirtualMic, home: Home, played: Path, length_s: float) -> tuple[Held, Take, int]:
    """Rehearse for so long; what was held, the take, and the exit code."""
    held = Held()
    program = command("rehearse", SCENARIO, "--checkpoint", "demo-voice")
    terminal = Terminal(program, env={**home.env, **mic.environment})
    try:
        mic.play(played, ahead_ms=AHEAD_MS)
        terminal.until(b"you are heard")
        terminal.type(b"\r")
        terminal.until(b"Get ready")
        terminal.type(b"\r")
        terminal.until(b"recording")
        began_s = time.monotonic()
        while (at_s := time.monotonic() - began_s) < length_s + 2.0:
            held.look(terminal.process.pid, at_s)
            _draw(terminal, min(LOOK_EVERY_S, max(0.1, length_s + 2.0 - at_s)))
        terminal.type(b"\r")
        _until_transcribed(terminal, home)
        terminal.type(b"\x11")
        code = terminal.ended()
    finally:
        terminal.kill()
    (take,) = home.takes()
    return held, take, code


def _draw(terminal: Terminal, seconds: float) -> None:
    """Take what the screens write, and keep the end of it."""
    until_s = time.monotonic() + seconds
    while time.monotonic() < until_s:
        assert terminal.read(), "the program has ended"
    terminal.written = terminal.written[-KEPT_BYTES:]


def _until_transcribed(terminal: Terminal, home: Home, within_s: float = 1_800.0) -> None:
    until_s = time.monotonic() + within_s
    while home.takes()[0].status.value != "transcribed":
        assert time.monotonic() < until_s, "the take is not transcribed"
        _draw(terminal, 1.0)


def _outcome(held: Held, take: Take, sound: Path, code: int, length_s: float) -> Outcome:
    samples = samples_of(sound)
    jumps, n_silent = tone_jumps(samples), int(_breaks(samples).sum())
    heard = [line for line in (sound.parent / "transcript.jsonl").read_text().splitlines() if line]
    rows: list[tuple[object, ...]] = [(name, *figures) for name, figures in held.growth_mb(length_s).items()]
    most = max((row[3] for row in rows if isinstance(row[3], float)), default=float("inf"))
    wrong = {
        f"{len(jumps)} jumps of the tone, the first at {jumps[:5]} s": bool(jumps),
        f"{len(take.gaps)} gaps are marked": bool(take.gaps),
        f"a process grew by {most:.1f} MB": most > GROWTH_MB,
        f"{n_frames(sound)} samples in the file, {take.n_samples} told": n_frames(sound) != take.n_samples,
        f"only {take.n_samples / 16_000:.0f} s were recorded": take.n_samples < length_s * 16_000,
        f"exit code {code}": code != 0,
        "nothing was recognised": len(heard) < length_s / 60,
    }
    figures: dict[str, object] = {
        "recorded_s": round(take.n_samples / 16_000, 1),
        "discontinuities": len(jumps),
        "gaps": len(take.gaps),
        "player_silent_s": round(n_silent / 16_000, 3),
        "segments": len(heard),
        "growth_mb": {str(row[0]).rsplit(" ", 1)[0]: round(float(str(row[3])), 1) for row in rows},
    }
    head = ("process", "first tenth MB", "most MB", "growth MB")
    return Outcome(head, rows, figures, [text for text, holds in wrong.items() if holds])


def tone_jumps(samples: NDArray[np.int16]) -> list[float]:
    """Seconds at which the tone's phase is another than before, with whatever was heard in between.

    A break of the player counts as time: the tone behind it is later by as much, to a sample at each of its edges.
    """
    n = samples.size // WINDOW
    windows = samples[: n * WINDOW].reshape(n, WINDOW).astype(np.float64)
    probe = np.exp(-2j * np.pi * TONE_HZ * np.arange(WINDOW) / 16_000)
    spectrum = windows @ probe
    energy = np.maximum((windows**2).sum(axis=1), 1.0)
    is_pure = 2.0 / WINDOW * np.abs(spectrum) ** 2 > PURE * energy
    numbers = np.nonzero(is_pure)[0]
    silent = np.cumsum(_breaks(samples))
    behind = silent[np.minimum(numbers * WINDOW, samples.size - 1)]
    turns = np.angle(spectrum[numbers]) / (2 * np.pi) - TONE_HZ * (numbers * WINDOW - behind) / 16_000
    moved = np.diff(turns)
    allowed = np.where(np.diff(behind) > 0, 2 * TONE_HZ / 16_000, LEAST_TURN)
    jumps = np.abs(moved - np.round(moved)) > allowed
    return [float(number) * WINDOW / 16_000 for number in numbers[1:][jumps]]


def _breaks(samples: NDArray[np.int16]) -> NDArray[np.int64]:
    """1 for each sample of a stretch in which nothing was played."""
    edges = np.diff(np.concatenate([[0], (samples == 0).astype(np.int8), [0]]))
    silent = np.zeros(samples.size, np.int64)
    for first, last in zip(np.nonzero(edges == 1)[0], np.nonzero(edges == -1)[0], strict=True):
        if last - first >= BREAK:
            silent[first:last] = 1
    return silent


def _sound(path: Path, length_s: float) -> None:
    """The tone and the bundled answer in turns; the tone's phase counts on behind the answer."""
    answer = soxr.resample(read_audio(places.demo_dir() / "strong.ogg"), 16_000, PLAYED_HZ)
    answer = np.concatenate([np.zeros(PLAYED_HZ), answer, np.zeros(PLAYED_HZ)])
    n_tone, at, noise = round(TONE_S * PLAYED_HZ), 0, np.random.default_rng(1)
    with soundfile.SoundFile(path, "w", PLAYED_HZ, 1, subtype="PCM_16") as file:
        while at < length_s * PLAYED_HZ:
            numbers = np.arange(at, at + n_tone)
            tone = 0.3 * np.sin(2 * np.pi * TONE_HZ * numbers / PLAYED_HZ)
            sound = np.concatenate([tone, answer])
            file.write(sound + noise.uniform(-NOISE, NOISE, sound.size) / 32_768)
            at += n_tone + answer.size


def _descendants(pid: int) -> list[int]:
    """Every process that it started, and those that they started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        threads = [each for each in Path(f"/proc/{pid}/task").iterdir() if each.name != str(pid)]
        for thread in threads:
            children += (thread / "children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [each for child in map(int, children) for each in (child, *_descendants(child))]


def _name(pid: int) -> str:
    """What a process of the program is: its screens, recorder, speech worker, or another."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    known = {"recorder_process": "recorder", "spawn_main": "speech worker", "resource_tracker": "resource tracker"}
    known |= {"-m pmrehearse ": "screens"}
    return next((name for part, name in known.items() if part in words), words.split(" ", 1)[0].rpartition("/")[2])


if __name__ == "__main__":
    main("long_take", __doc__, run, ROUNDS)
