"""How long after the stop is the full report there?

    python -m benchmarks.stop_to_report [--quick] [--engine NAME] [--cores N]

Three sides in one run, on the costs of base.en (random weights of its form, the number of tokens of speech at 150 words
a minute): following the take up to the stop key; and transcribing the same speech after the stop, with openai-whisper
and with CTranslate2 in 8 bits, a whole file in full windows.

What is simulated: the clock (`simulated`: two cores as they are on a quiet machine, or one by its processor time, so
that a busy machine changes nothing); and of each take only the last stretch is followed: what came before stands in its
files as it does in a take that was followed, and all of it is loaded, checked and reported after the stop. The other
sides decode some windows of the same speech, and their time for the whole take is reckoned from these, because every
window costs the same. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import costs, machine, simulated, talking
from benchmarks.engines import ENGINES
from pmrehearse.audio.wavfile import HEADER_BYTES, SAMPLE_BYTES
from pmrehearse.bootstrap import program
from pmrehearse.library.take import TakeStatus
from pmrehearse.speech.events import SpeechOptions
from pmrehearse.speech.segments import Segment, Span, Word
from pmrehearse.speech.windows import Window

if TYPE_CHECKING:
    from pmrehearse.bootstrap import Program
    from pmrehearse.speech.engine import Engine

SCENARIO = "writer/whiteboard"
MINUTES = (3, 90)
STOPS_S = (0.8, 0.2, 1.6, 0.5, 1.0, 3.0)
"""The stop key, so long after the last word."""


def follow(
    behind: Program, engine: Engine, minutes: int, stop_s: float, tail_s: float, cores: int
) -> tuple[float, float]:
    """Seconds from the stop to the transcript, and on to the report, of a take whose last `tail_s` are followed."""
    tail = talking.talk(tail_s)
    sound = tail.sound[: round((tail.ends_s[-1] + 0.01) * talking.RATE_HZ)]
    before_s = minutes * 60.0 - sound.size / talking.RATE_HZ - stop_s
    n_before = round(before_s * talking.RATE_HZ)
    store, scenario = behind.library.store, behind.packs.find(SCENARIO)
    take = store.create(scenario, "benchmark", engine.options, datetime.now(UTC))
    said = _said_before(before_s)
    for segment in said:
        store.append_segment(take.id, segment)
    checks, words = behind.checking(scenario), [word for segment in said for word in segment.words]
    checks.check(words)
    audio = store.audio_path(take.id)
    talking.write(audio, sound[:0])
    with audio.open("r+b") as file:  # the sound before: zeros
        file.truncate(HEADER_BYTES + SAMPLE_BYTES * n_before)
    try:
        passed = simulated.pass_take(audio, sound, stop_s, engine, cores, n_before / talking.RATE_HZ)
        began_s = simulated.clock(cores)()
        for segment in passed.segments[-1:]:
            store.append_segment(take.id, segment)
            checks.check([*words, *(word for each in passed.segments for word in each.words)])
        n_samples = n_before + sound.size + round(stop_s * talking.RATE_HZ)
        store.save(replace(take, status=TakeStatus.TRANSCRIBED, n_samples=n_samples, ended="finished"))
        behind.library.report(take.id)
        report_s = simulated.clock(cores)() - began_s
    finally:
        behind.library.delete(take.id)
    return passed.after_stop_s, report_s


def afterwards(engine_name: str, models: Path, n_windows: int, cores: int) -> float:
    """Seconds that a whole file takes after the stop, for a second of its speech, in windows of 30 s."""
    engine, now_s = _engine(engine_name, models, cores), simulated.clock(cores)
    sound = talking.talk(31.0).sound[: 30 * talking.RATE_HZ]
    window = Window(0.0, 30.0, (Span(0.2, 29.8),))
    took = []
    for _ in range(n_windows):
        began_s = now_s()
        engine.decode(sound, window, _nothing)
        took.append((now_s() - began_s) / 30.0)
    return statistics.median(took)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one stop of a short stretch for each length")
    parser.add_argument("--engine", choices=ENGINES, help="follow with this one only; all are measured afterwards")
    parser.add_argument("--cores", type=int, default=2, help="that are free for recognition")
    chosen = parser.parse_args()
    quick, cores = chosen.quick, chosen.cores
    stops, tail_s = (STOPS_S[:1], 6.0) if quick else (STOPS_S, 24.0)
    figures: dict[str, object] = {"machine": machine.name(), "cores": cores}
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        costs.use_cache(Path(folder))
        behind = program(Path(folder) / "takes")
        models = _models(behind)
        sides = {name: afterwards(name, models, 1 if quick else 3, cores) for name in ENGINES if name != "whisper-int8"}
        for engine_name in (chosen.engine,) if chosen.engine else ENGINES:
            engine = _engine(engine_name, models, cores)
            for minutes in MINUTES:
                took = [follow(behind, engine, minutes, stop_s, tail_s, cores) for stop_s in stops]
                totals = [transcript_s + report_s for transcript_s, report_s in took]
                median_s, worst_s = statistics.median(totals), max(totals)
                report_s = statistics.median(each for _, each in took)
                sooner = {name: factor * minutes * 60.0 / median_s for name, factor in sides.items()}
                rows.append((engine_name, minutes, median_s, worst_s, report_s, *sooner.values()))
                figures[f"{engine_name} {minutes} min"] = {
                    "median_s": round(median_s, 2),
                    "worst_s": round(worst_s, 2),
                    "of_it_report_s": round(report_s, 2),
                    "times_sooner": {name: round(each, 1) for name, each in sooner.items()},
                }
        behind.close()
    after = {name: round(factor * 5400.0) for name, factor in sides.items()}
    print(f"{machine.name()}; {cores} of them used; load {machine.load()}")
    names = [f"times sooner than {name}" for name in sides]
    head = ("followed with", "minutes", "stop to report, median s", "worst s", "of it the report s", *names)
    print(machine.table(head, rows))
    print(f"90 minutes transcribed after the stop: {after} s")
    print(json.dumps(figures | {"load": machine.load(), "90 min after the stop s": after}))


def _engine(name: str, models: Path, cores: int) -> Engine:
    """One that computes on so many threads, warm."""
    engine = costs.open_costly(SpeechOptions("base-form", name, threads=cores), costs.checkpoint("base", models))
    engine.warm()
    return engine


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


def _nothing() -> None:
    pass


if __name__ == "__main__":
    main()
