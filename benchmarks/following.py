"""What does recognition cost while somebody speaks, how late are its ticks, and what does following cost in words?

    python -m benchmarks.following [--quick] [--cores N]

1. Ticks: base.en's costs with a simulated clock (`simulated`); for each sentence the time from its end until words that
   reach so far are told, and the share of the time in which recognition works.
2. Words: the demo voice on the demo answers (espeak-ng); word error of the take followed as it grows, and of the whole
   file at once, with the same engine.
3. Memory: 90 minutes of speech with the demo voice, as fast as the worker takes them: what its process holds after ten
   minutes and at the end. Windows and blocks are as in a take that is followed.

The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import queue
import re
import statistics
import tempfile
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import costs, machine, simulated, talking
from benchmarks.simulated import BLOCK_S
from pmrehearse import places
from pmrehearse.audio.importing import read_audio
from pmrehearse.speech import checkpoints
from pmrehearse.speech.events import (
    RecognisedTo,
    SegmentHeard,
    SpeechEvent,
    SpeechOptions,
    TranscriptFinished,
)
from pmrehearse.speech.follower import Ears, Follower
from pmrehearse.speech.transcriber import WorkerTranscriber
from pmrehearse.speech.whisper_engine import WhisperEngine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def ticks(folder: Path, seconds: float, engine_name: str, cores: int) -> dict[str, float]:
    """Delays from the end of a sentence to the words that reach it, and the share of the time at work."""
    said = talking.talk(seconds)
    audio = folder / "ticks.wav"
    talking.write(audio, said.sound[:0])
    options = SpeechOptions("base-form", engine_name, threads=cores)
    engine = costs.open_costly(options, costs.checkpoint("base", folder))
    engine.warm()
    passed = simulated.pass_take(audio, said.sound, 0.8, engine, cores)
    delays = [next(at_s for at_s, to_s in passed.reached if to_s >= end_s - 0.05) - end_s for end_s in said.ends_s]
    return {
        "sentences": len(delays),
        "delay_median_s": round(statistics.median(delays), 2),
        "delay_worst_s": round(max(delays), 2),
        "share_of_the_time": round(passed.share, 3),
    }


def words(folder: Path, *, quick: bool) -> dict[str, float]:
    """Word error of both ways on the demo answers."""
    checkpoint = checkpoints.find("demo-voice")
    engine = WhisperEngine(SpeechOptions("demo-voice"), checkpoint)
    errors = {"following": 0, "whole": 0}
    n_words = 0
    for name in ("weak",) if quick else ("weak", "strong"):
        answer = tomllib.loads((places.demo_dir() / f"{name}.toml").read_text(encoding="utf-8"))
        truth = _plain(" ".join(each["text"] for phase in answer["phase"] for each in phase["sentence"]))
        sound = read_audio(places.demo_dir() / answer["audio"])
        n_words += len(truth)
        for way, block_s in (("following", BLOCK_S), ("whole", sound.size / talking.RATE_HZ)):
            errors[way] += _distance(truth, _plain(_heard(folder / f"{name}-{way}.wav", engine, sound, block_s)))
    return {
        "words": n_words,
        "following_wer": round(errors["following"] / n_words, 4),
        "whole_wer": round(errors["whole"] / n_words, 4),
    }


def memory(folder: Path, minutes: float) -> dict[str, float]:
    """Megabytes that the worker holds along the way."""
    answer = read_audio(places.demo_dir() / "strong.ogg")
    said = talking.repeated(talking.Talk(answer, ()), minutes * 60)
    audio = folder / "long.wav"
    n_samples = talking.write(audio, said.sound)
    events: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
    worker = WorkerTranscriber(events.put)
    held: dict[int, float] = {}
    began_s = time.monotonic()
    try:
        worker.start(SpeechOptions("demo-voice"))
        worker.follow(audio)
        worker.finish(n_samples)
        while True:
            event = events.get()
            if isinstance(event, RecognisedTo) and worker.worker_pid:
                held[int(event.done_s // 60)] = machine.resident_mb(worker.worker_pid)
            if isinstance(event, TranscriptFinished):
                break
    finally:
        worker.close()
    early = max(held[minute] for minute in held if minute <= minutes / 9)
    return {
        "minutes": minutes,
        "early_mb": round(early, 1),
        "end_mb": round(held[max(held)], 1),
        "growth_mb": round(max(held.values()) - early, 1),
        "took_s": round(time.monotonic() - began_s, 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10 s of speech, one demo answer, 3 minutes of memory")
    parser.add_argument("--cores", type=int, default=2, help="that are free for recognition, for the ticks")
    parser.add_argument("--engine", default="whisper-int8", help="for the ticks")
    chosen = parser.parse_args()
    quick = chosen.quick
    figures: dict[str, object] = {"machine": machine.name(), "engine": chosen.engine, "cores": chosen.cores}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        costs.use_cache(folder)
        figures["ticks"] = ticks(folder, 10.0 if quick else 120.0, chosen.engine, chosen.cores)
        figures["words"] = words(folder, quick=quick)
        figures["memory"] = memory(folder, 3.0 if quick else 90.0)
    figures["load"] = machine.load()
    print(f"{machine.name()}; load {machine.load()}")
    rows: list[tuple[object, ...]] = [
        (part, what, value)
        for part in ("ticks", "words", "memory")
        for what, value in dict(figures[part]).items()  # type: ignore[call-overload]
    ]
    print(machine.table(("part", "what", "figure"), rows))
    print(json.dumps(figures))


def _heard(audio: Path, engine: WhisperEngine, sound: NDArray[np.float32], block_s: float) -> str:
    """What a follower hears in a file that grows by such blocks."""
    told: list[SpeechEvent] = []
    ears = Ears(engine, "demo-voice", told.append, lambda _window: None, lambda: None)
    follower = Follower(audio, 0.0, ears)
    block = round(block_s * talking.RATE_HZ)
    talking.write(audio, sound[:block])
    for at in range(block, sound.size + block, block):
        while follower.step():
            pass
        talking.append(audio, sound[at : at + block])
    follower.finish(sound.size)
    while follower.step():
        pass
    assert follower.finished()  # noqa: S101  else the figures mean nothing
    return " ".join(event.segment.text for event in told if isinstance(event, SegmentHeard))


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z0-9%']+", text.lower())


def _distance(truth: list[str], heard: list[str]) -> int:
    """Words to be put in, taken out or changed."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(truth, start=1):
        before, row[0] = row[0], number
        for place, other in enumerate(heard, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]


if __name__ == "__main__":
    main()
