"""How long after the stop is the full report there?

    python -m benchmarks.stop_to_report [--quick]

Three sides in one run, on the costs of base.en (random weights of its form, the number of tokens of speech at 150 words
a minute): following the take in a worker process, in real time, up to the stop key; and transcribing the same speech
after the stop, with openai-whisper and with CTranslate2 in 8 bits, a whole file in full windows.

What is simulated: of each take only the last stretch is played in real time; what came before it stands in its files as
it does in a take that was followed (the transcript of all of it is loaded, checked and reported after the stop). The
other sides decode some windows of the same speech, and their time for the whole take is reckoned from these, because
every window costs the same. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import queue
import statistics
import tempfile
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import costs, machine, talking
from benchmarks.engines import ENGINES
from pmrehearse.bootstrap import program
from pmrehearse.library.take import TakeStatus
from pmrehearse.speech.events import SegmentHeard, SpeechEvent, SpeechOptions, TranscriptFinished, WorkerReady
from pmrehearse.speech.segments import Segment, Span, Word
from pmrehearse.speech.transcriber import WorkerTranscriber
from pmrehearse.speech.windows import Window

if TYPE_CHECKING:
    from pmrehearse.bootstrap import Program
    from pmrehearse.speech.engine import Engine

SCENARIO = "writer/whiteboard"
MINUTES = (3, 90)
STOPS_S = (0.8, 0.2, 1.6, 0.5, 1.0, 3.0)
"""The stop key, so long after the last word."""
BLOCK_S = 0.1


def follow(behind: Program, engine: str, minutes: int, stop_s: float, tail_s: float) -> float:
    """Seconds from the stop to the report of a take of so many minutes, its last `tail_s` in real time."""
    tail = talking.talk(tail_s)
    last_word = round(tail.ends_s[-1] * talking.RATE_HZ)
    tail_sound = tail.sound[: last_word + round(0.01 * talking.RATE_HZ)]
    before_s = minutes * 60.0 - tail_sound.size / talking.RATE_HZ - stop_s
    store, scenario = behind.library.store, behind.packs.find(SCENARIO)
    take = store.create(scenario, "benchmark", SpeechOptions("base-form", engine), datetime.now(UTC))
    for segment in _said_before(before_s):
        store.append_segment(take.id, segment)
    audio = store.audio_path(take.id)
    talking.write(audio, tail.sound[:0])
    n_before = round(before_s * talking.RATE_HZ)
    with audio.open("ab") as file:  # the sound before the last stretch: zeros
        file.truncate(44 + 2 * n_before)
    events: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
    found = costs.checkpoint("base", _models(behind))
    worker = WorkerTranscriber(events.put, lambda _name: found, costs.open_costly)
    checks = behind.checking(scenario)
    words = [word for segment in _said_before(before_s) for word in segment.words]
    try:
        worker.start(SpeechOptions("base-form", engine))
        while not isinstance(events.get(), WorkerReady):
            pass
        worker.follow(audio, before_s)
        growing = threading.Thread(target=_grow, args=(audio, tail_sound, stop_s))
        growing.start()
        stopped_s, took_s = None, 0.0
        n_samples = n_before + tail_sound.size + round(stop_s * talking.RATE_HZ)
        while True:
            if stopped_s is None and not growing.is_alive():
                stopped_s = time.perf_counter()
                worker.finish(n_samples)
            try:
                event = events.get(timeout=0.01)
            except queue.Empty:
                continue
            if isinstance(event, SegmentHeard):
                store.append_segment(take.id, event.segment)
                words += event.segment.words
                checks.check(words)
            elif isinstance(event, TranscriptFinished):
                break
        store.save(replace(take, status=TakeStatus.TRANSCRIBED, n_samples=n_samples, ended="finished"))
        behind.library.report(take.id)
        took_s = time.perf_counter() - (stopped_s or time.perf_counter())
    finally:
        worker.close()
        behind.library.delete(take.id)
    return took_s


def afterwards(engine_name: str, models: Path, n_windows: int) -> float:
    """Seconds that a whole file takes after the stop, for a second of its speech, in windows of 30 s."""
    found = costs.checkpoint("base", models)
    engine: Engine = costs.open_costly(SpeechOptions("base-form", engine_name), found)
    engine.warm()
    sound = talking.talk(31.0).sound[: 30 * talking.RATE_HZ]
    window = Window(0.0, 30.0, (Span(0.2, 29.8),))
    took = []
    for _ in range(n_windows):
        began_s = time.perf_counter()
        engine.decode(sound, window, _nothing)
        took.append((time.perf_counter() - began_s) / 30.0)
    return statistics.median(took)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one stop of a short stretch for each length")
    quick = parser.parse_args().quick
    stops, tail_s = (STOPS_S[:1], 6.0) if quick else (STOPS_S, 24.0)
    engine = "whisper-int8"
    figures: dict[str, object] = {"machine": machine.name(), "engine": engine}
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        costs.use_cache(Path(folder))
        behind = program(Path(folder) / "takes")
        sides = {name: afterwards(name, _models(behind), 1 if quick else 4) for name in ENGINES if name != engine}
        for minutes in MINUTES:
            measure = partial(follow, behind, engine, minutes, tail_s=tail_s)
            took = [measure(stop_s=stop_s) for stop_s in stops]
            median_s, worst_s = statistics.median(took), max(took)
            after = {name: factor * minutes * 60.0 for name, factor in sides.items()}
            rows.append((minutes, median_s, worst_s, *after.values(), *(each / median_s for each in after.values())))
            figures[f"{minutes} min"] = {
                "median_s": round(median_s, 2),
                "worst_s": round(worst_s, 2),
                "after_the_stop_s": {name: round(each, 1) for name, each in after.items()},
                "times_sooner": {name: round(each / median_s, 1) for name, each in after.items()},
            }
        behind.close()
    names = [f"{name} afterwards s" for name in sides] + [f"times sooner than {name}" for name in sides]
    print(f"{machine.name()}; load {machine.load()}")
    print(machine.table(("minutes", "stop to report, median s", "worst s", *names), rows))
    print(json.dumps(figures | {"load": machine.load()}))


def _models(behind: Program) -> Path:
    return behind.library.root.parent


def _said_before(seconds: float) -> list[Segment]:
    """What was heard before, at 150 words a minute, in segments of 10 s."""
    texts = [json.loads(line) for line in talking.ANSWERS.read_text(encoding="utf-8").splitlines()]
    pool = [word for text in texts if text["scenario"] == SCENARIO for word in text["text"].split()]
    segments = []
    for number in range(int(seconds // 10)):
        start_s = number * 10.0
        said = [pool[(number * 25 + place) % len(pool)] for place in range(25)]
        words = tuple(Word(text, start_s + at * 0.4, start_s + at * 0.4 + 0.35, 0.9) for at, text in enumerate(said))
        segments.append(Segment(start_s, start_s + 10.0, words, (Span(start_s, start_s + 10.0),), "base-form"))
    return segments


def _grow(audio: Path, sound: object, stop_s: float) -> None:
    """The take grows in real time, a tenth of a second at a time; silence at the end."""
    import numpy as np  # noqa: PLC0415  only here

    whole = np.concatenate([np.asarray(sound, np.float32), np.zeros(round(stop_s * talking.RATE_HZ), np.float32)])
    block = round(BLOCK_S * talking.RATE_HZ)
    began_s = time.monotonic()
    for number, at in enumerate(range(0, whole.size, block)):
        time.sleep(max(0.0, began_s + number * BLOCK_S - time.monotonic()))
        talking.append(audio, whole[at : at + block])


def _nothing() -> None:
    pass


if __name__ == "__main__":
    main()
