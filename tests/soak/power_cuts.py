"""How much of a take does a power cut cost?

    python -m tests.soak.power_cuts [--rounds 20]

The composed program records onto an ext4 of its own, whose power is cut at a random moment up to 12 s after the first
block: `EXT4_IOC_SHUTDOWN` without flushing the journal, every process killed, mounted again. Every second time openai-
whisper transcribes the bundled answer meanwhile. Lost is what the recorder had handed to the system and the disk does
not give back. Needs root and loop devices; says so where it has none.
"""

from __future__ import annotations

import random
from pathlib import Path

from pmrehearse import places
from tests.rigs.cut_take import CutTake, cut_while_recording
from tests.rigs.power_cut import CannotCutError, Disk
from tests.rigs.real_program import Home
from tests.rigs.sounds import numbered
from tests.soak.long_run import Outcome, main

ROUNDS = 20
MOST_LOST_S = 1.0


def run(rounds: int, folder: Path) -> Outcome:
    """Cut so often."""
    moments = random.Random(2)
    numbers = numbered(folder / "numbers.wav", 60.0)
    ways = {
        "recording": (numbers, ()),
        "recording and transcribing": (places.demo_dir() / "strong.ogg", ("--checkpoint", "demo-voice")),
    }
    cuts: dict[str, list[CutTake]] = {way: [] for way in ways}
    for number in range(rounds):
        way = list(ways)[number % 2]
        sound, words = ways[way]
        try:
            disk = Disk(folder / f"ext4-{number}")
        except CannotCutError as reason:
            return Outcome((), [], {}, skipped=str(reason))
        try:
            after_s = moments.uniform(0.0, 12.0)
            cuts[way].append(cut_while_recording(disk, Home(folder / f"home-{number}"), sound, after_s, *words))
        finally:
            disk.close()
    rows: list[tuple[object, ...]] = []
    for way, made in cuts.items():
        lost = sorted(cut.lost_s for cut in made)
        good = sum(not cut.faults(MOST_LOST_S) for cut in made)
        rows.append((way, f"{good} of {len(made)}", *((lost[len(lost) // 2], lost[-1]) if lost else ())))
    every = [cut for made in cuts.values() for cut in made]
    figures: dict[str, object] = {
        "worst_lost_s": round(max(cut.lost_s for cut in every), 2),
        "empty_files": sum(len(cut.empty_files) for cut in every),
        "takes_listed": sum(cut.n_listed for cut in every),
    }
    faults = [fault for cut in every for fault in cut.faults(MOST_LOST_S)]
    return Outcome(("cut while", "as it must be", "median s lost", "worst s lost"), rows, figures, faults)


if __name__ == "__main__":
    main("power_cuts", __doc__, run, ROUNDS)
