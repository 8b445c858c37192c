"""Is every second of speech transcribed, and none twice, when the speech worker is killed again and again?

    python -m tests.soak.worker_kills [--rounds 100]

A worker with a fake recogniser (0.3 s a window) follows a take that grows in real time, and is killed with -9 at random
moments, so often as there are rounds; then the take is finished. After ten deaths without any progress the program
gives up until the stop (`speech/supervision.py`), so after five the next worker is let be until it has got on. The
spans of speech are compared, in steps of 10 ms, with those of the same take recognised without any disturbance. A
window that kills six workers in a row is given up and counts as missed.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from benchmarks import talking
from pmrehearse.speech.events import RecognisedTo, TranscriptFinished, WorkerReady, WorkerRestarted
from pmrehearse.speech.segments import Segment
from tests.soak.long_run import Outcome, main
from tests.speech.sounds import Sound, write_wav
from tests.speech.worker_rig import GrowingFile, Rig, wait_until

ROUNDS = 100
SECONDS_A_KILL = 4.0
LONGEST_GAP_S = 3.0
STEP_S = 0.01
IN_VAIN = 5
LONG_S = 3_600.0
"""How long a whole take may be recognised on a busy machine."""
EDGE_S = 0.25
"""Voice activity that begins anew after a kill may place an edge of speech so far away."""


def run(rounds: int, folder: Path) -> Outcome:
    """Kill it so often during one take."""
    sound = talking.repeated(talking.talk(60.0), max(30.0, rounds * SECONDS_A_KILL)).sound
    (folder / "calm").mkdir()
    (folder / "killed").mkdir()
    truth = _undisturbed(folder / "calm", sound)
    found, restarts = _killed(folder / "killed", sound, rounds)
    missed_s, doubled_s = _missed_s(truth, found), _doubled_s(found)
    unsure = sum(segment.unsure for segment in found)
    faults = [f"{missed_s:.2f} s of speech missed"] if missed_s else []
    faults += [f"{doubled_s:.2f} s of speech twice"] if doubled_s else []
    faults += [f"{unsure} windows given up"] if unsure else []
    faults += [f"{restarts} restarts for {rounds} kills"] if restarts != rounds else []
    speech_s = sum(span.duration_s for segment in truth for span in segment.speech)
    row = (rounds, round(sound.size / 16_000), round(speech_s), missed_s, doubled_s, unsure)
    figures: dict[str, object] = {"kills": restarts, "missed_s": missed_s, "doubled_s": doubled_s, "given_up": unsure}
    return Outcome(("kills", "take s", "speech s", "missed s", "twice s", "windows given up"), [row], figures, faults)


def _undisturbed(folder: Path, sound: Sound) -> list[Segment]:
    n_samples = write_wav(folder / "take.wav", sound)
    with Rig(folder) as rig:
        rig.start()
        rig.transcriber.follow(folder / "take.wav")
        rig.transcriber.finish(n_samples)
        rig.wait_for(TranscriptFinished, deadline_s=LONG_S)
    return rig.segments


def _killed(folder: Path, sound: Sound, kills: int) -> tuple[list[Segment], int]:
    moments = random.Random(4)
    file = GrowingFile(folder / "take.wav", sound, speed=1.0)
    with Rig(folder, decode_s=0.3) as rig:
        rig.start()
        rig.wait_for(WorkerReady)
        file.start()
        rig.transcriber.follow(file.path)
        got_to: list[float] = []
        for _ in range(kills):
            got_to.append(_done_s(rig))
            if len(got_to) > IN_VAIN and got_to[-1] == got_to[-1 - IN_VAIN]:
                wait_until(lambda: _done_s(rig) > got_to[-1], LONG_S)
            time.sleep(moments.uniform(0.0, LONGEST_GAP_S))  # the moment of the kill is what is drawn at random
            if (pid := rig.transcriber.worker_pid) is not None:
                os.kill(pid, signal.SIGKILL)
            rig.wait_for(WorkerReady)
        while file.grows():
            file.join()
        rig.transcriber.finish(file.n_samples)
        rig.wait_for(TranscriptFinished, deadline_s=LONG_S)
    return rig.segments, len(rig.of(WorkerRestarted))


def _done_s(rig: Rig) -> float:
    """How far it has come."""
    done = rig.of(RecognisedTo)
    heard = rig.segments
    return max(done[-1].done_s if done else 0.0, heard[-1].end_s if heard else 0.0)


def _steps(segments: list[Segment], *, widened_s: float = 0.0) -> Counter[int]:
    """How often each step of 10 ms is speech in a segment that was heard."""
    counted: Counter[int] = Counter()
    for segment in segments:
        heard = {
            step
            for span in segment.speech
            if segment.words
            for step in range(round((span.start_s - widened_s) / STEP_S), round((span.end_s + widened_s) / STEP_S))
        }
        counted.update(heard)
    return counted


def _missed_s(truth: list[Segment], found: list[Segment]) -> float:
    return round(len(_steps(truth).keys() - _steps(found, widened_s=EDGE_S).keys()) * STEP_S, 2)


def _doubled_s(found: list[Segment]) -> float:
    """Speech that two segments hold."""
    overlapping = sum(max(0.0, before.end_s - after.start_s) for before, after in pairwise(found))
    return round(overlapping + sum(times > 1 for times in _steps(found).values()) * STEP_S, 2)


if __name__ == "__main__":
    main("worker_kills", __doc__, run, ROUNDS)
