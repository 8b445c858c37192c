"""Is the take whole, the terminal restored and the program gone in 2 s, however it is left?

    python -m tests.soak.exits [--rounds 25]

The composed program in a terminal of its own, with the bundled answer in the place of the microphone, is left by each
of SIGHUP, SIGTERM, Ctrl-C, Ctrl-Q and Ctrl-Z: at a random moment of the recording, and while the take is transcribed
(openai-whisper with the demo voice). One round is all ten. Times run from the last key or signal to the end of the
process; for Ctrl-Z until the terminal is the shell's, after which `fg` and SIGTERM follow.
"""

from __future__ import annotations

import random
from pathlib import Path

from tests.rigs.leaving import CODES, WAYS, Left, leave
from tests.rigs.real_program import Home
from tests.soak.long_run import Outcome, main

ROUNDS = 25
GONE_WITHIN_S = 2.0


def run(rounds: int, folder: Path) -> Outcome:
    """Leave it, so often in each way."""
    moments = random.Random(1)
    rows: list[tuple[object, ...]] = []
    faults: list[str] = []
    worst: dict[str, float] = {}
    for transcribing in (False, True):
        for way in WAYS:
            name = f"{way}, {'transcribing' if transcribing else 'recording'}"
            left: list[Left] = []
            for number in range(rounds):
                home = Home(folder / f"{name}-{number}")
                linger_s = 0.0 if transcribing else moments.uniform(0.0, 3.0)
                try:
                    left.append(leave(home, way, transcribing=transcribing, linger_s=linger_s))
                except AssertionError as fault:
                    faults.append(f"{name}: {str(fault)[:300]}")
                    continue
                wrong = left[-1].faults(GONE_WITHIN_S)
                wrong += [] if left[-1].code == CODES[way] else [f"exit code {left[-1].code}"]
                faults += [f"{name}: {each}" for each in wrong]
            times = sorted(each.gone_s for each in left) or [float("inf")]
            good = sum(not each.faults(GONE_WITHIN_S) for each in left)
            worst[name] = round(times[-1], 2)
            used_s = max((each.processor_s for each in left), default=float("inf"))
            rows.append((name, f"{good} of {rounds}", times[len(times) // 2], times[-1], used_s))
            print(*rows[-1], sep="  ", flush=True)
    head = ("left by", "as it must be", "median s", "worst s", "processor s at most")
    return Outcome(head, rows, {"worst_gone_s": max(worst.values()), "worst_of_each_s": worst}, faults)


if __name__ == "__main__":
    main("exits", __doc__, run, ROUNDS)
