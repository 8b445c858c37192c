"""How much of a recording does a kill with -9 cost?

    python -m tests.soak.kills [--rounds 1000]

The recorder's process is killed at a random moment of a take; the file is then read by Python's `wave`, soundfile and,
where they are installed, ffmpeg and SoX. Lost are samples that the recorder had told of and that some program does not
find.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.rigs.killing import Killed, kill_at_random
from tests.rigs.sounds import numbered
from tests.soak.long_run import Outcome, main

ROUNDS = 1_000


def run(rounds: int, folder: Path) -> Outcome:
    """Kill so many; broken off by Ctrl-C, it tells of those that were killed by then."""
    sound, killed = numbered(folder / "minute.wav", 60.0), list[Killed]()
    with ThreadPoolExecutor(3) as pool:
        try:
            for each in pool.map(lambda seed: kill_at_random(folder, sound, seed), range(1_000, 1_000 + rounds)):
                killed.append(each)
        except KeyboardInterrupt:
            pool.shutdown(wait=True, cancel_futures=True)
    return _told(killed)


def _told(killed: list[Killed]) -> Outcome:
    rows: list[tuple[object, ...]] = []
    for program in killed[0].readers:
        lost = [max(0, each.told - each.readers[program]) for each in killed]
        short = [each.found - each.readers[program] for each in killed]
        rows.append((program, f"{len(lost)} of {len(killed)}", max(lost), max(short)))
    faults = [fault for each in killed for fault in each.faults()]
    figures: dict[str, object] = {
        "kills": len(killed),
        "worst_samples_lost": max(each.lost for each in killed),
        "readers": list(killed[0].readers),
        "shortest_take_samples": min(each.found for each in killed),
        "longest_take_samples": max(each.found for each in killed),
    }
    head = ("program", "files read", "most told samples not read", "most samples behind the header")
    return Outcome(head, rows, figures, faults)


if __name__ == "__main__":
    main("kills", __doc__, run, ROUNDS)
