"""How fast is each engine with each size of checkpoint?

    python -m benchmarks.engines [--quick]

All engines in one run, on random weights of the true form and the number of tokens of speech at 150 words a minute, in
processor time on one thread, so that a busy machine changes nothing. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks import costs, machine, talking
from pmrehearse.speech.engine import installed
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.segments import Span
from pmrehearse.speech.windows import Window

WINDOW_S = 26.0
ENGINES = installed()


def measure(engine_name: str, found: Checkpoint, n_windows: int) -> dict[str, float]:
    """What windows of 26 s cost: from nothing, and with the text before as a draft."""
    engine = costs.open_costly(SpeechOptions(found.name, engine_name, threads=1), found)
    engine.warm()
    sound = talking.talk(WINDOW_S + 1).sound[: round(WINDOW_S * talking.RATE_HZ)]
    window = Window(0.0, WINDOW_S, (Span(0.2, WINDOW_S),))
    whole, drafted = [], []
    for _ in range(n_windows):
        began_s = time.process_time()
        heard = engine.decode(sound, window, _nothing)
        decoded_s = time.process_time()
        engine.decode(sound, window, _nothing, heard.tokens)
        drafted.append(time.process_time() - decoded_s)
        whole.append(decoded_s - began_s)
    return {
        "window_ms": round(1000 * statistics.median(whole), 0),
        "drafted_ms": round(1000 * statistics.median(drafted), 0),
        "real_time_factor": round(statistics.median(whole) / WINDOW_S, 4),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="two sizes, one window each")
    quick = parser.parse_args().quick
    sizes, n_windows = (("tiny", "base"), 1) if quick else (("tiny", "base", "small"), 3)
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        costs.use_cache(Path(folder))
        for size in sizes:
            found = costs.checkpoint(size, Path(folder))
            for engine in ENGINES:
                figures[f"{size} {engine}"] = measure(engine, found, n_windows)
    rows: list[tuple[object, ...]] = []
    for key, values in figures.items():
        slow = figures[f"{key.split()[0]} whisper"]["real_time_factor"]
        times = round(slow / values["real_time_factor"], 2)
        rows.append((*key.split(), *values.values(), times))
        values["times_as_fast_as_whisper"] = times
    print(f"{machine.name()}; load {machine.load()}")
    head = ("size", "engine", "26 s ms", "with draft ms", "real-time factor", "times as fast")
    print(machine.table(head, rows))
    print(json.dumps({"machine": machine.name(), "load": machine.load(), "engines": figures}))


def _nothing() -> None:
    pass


if __name__ == "__main__":
    main()
