"""Does the recording stay whole while recognition works as hard as it can?

    python -m benchmarks.recording_under_load [--quick]

A tone of 437.3 Hz goes through the virtual microphone into the recorder's process, while a worker with the costs of
base.en recognises a file without a pause. A lost block shows as a jump of the tone's phase. Beside it, the same
recording with nothing else to do. The last line is one JSON object. Needs pulseaudio (`make soak` installs it).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import costs, machine, talking
from pmrehearse.audio.events import LevelHeard, MicrophoneSource, RecordingEnded, TroubleBegan
from pmrehearse.audio.recorder import RecorderProcess
from pmrehearse.speech.events import SpeechOptions, WorkerReady
from pmrehearse.speech.transcriber import WorkerTranscriber
from tests.rigs.ears import Ears
from tests.rigs.scripted import samples_of
from tests.rigs.sounds import phase_jumps, tone
from tests.rigs.virtual_mic import VirtualMic, missing


def record(mic: VirtualMic, folder: Path, seconds: float) -> dict[str, float]:
    """Record the tone; how often its phase jumps, and what the recorder had to tell."""
    ears = Ears()
    recorder = RecorderProcess(ears)
    path = folder / f"{time.monotonic_ns()}.wav"
    try:
        player = mic.play(tone(folder / "tone.wav", seconds + 30.0), steadily=True)
        recorder.open(MicrophoneSource())
        ears.wait_for(LevelHeard, lambda level: level.rms_dbfs > -40.0)
        recorder.record(path)
        ears.wait_for(LevelHeard, lambda level: level.n_samples > seconds * 16_000, deadline_s=seconds * 3 + 60)
        recorder.stop()
        ears.wait_for(RecordingEnded)
        player.kill()
        player.wait()
    finally:
        recorder.close()
    jumps = phase_jumps(samples_of(path))
    return {"seconds": seconds, "discontinuities": len(jumps), "troubles": len(ears.all_of(TroubleBegan))}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10 s instead of three minutes")
    seconds = 10.0 if parser.parse_args().quick else 180.0
    if missing() is not None:
        sys.exit(missing())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        costs.use_cache(folder)
        (folder / "mic").mkdir()
        mic = VirtualMic(folder / "mic")
        os.environ.update(mic.environment)
        try:
            mic.start()
            alone = record(mic, folder, seconds)
            worker = _recognising(folder, seconds)
            try:
                began_s, pid = time.monotonic(), worker.worker_pid or 0
                used_s = machine.processor_s(pid)
                loaded = record(mic, folder, seconds)
                share = (machine.processor_s(pid) - used_s) / (time.monotonic() - began_s)
            finally:
                worker.close()
        finally:
            mic.close()
    print(f"{machine.name()}; load {machine.load()}")
    head = ("", "seconds", "discontinuities", "troubles")
    print(machine.table(head, [("alone", *alone.values()), ("recognising", *loaded.values())]))
    print(f"the worker used {share:.2f} of a core meanwhile")
    figures = {"machine": machine.name(), "load": machine.load(), "alone": alone, "recognising": loaded}
    print(json.dumps(figures | {"worker_share_of_one_core": round(share, 2)}))


def _recognising(folder: Path, seconds: float) -> WorkerTranscriber:
    """A worker that is busy with a file for much longer than the recording lasts."""
    ears: list[object] = []
    found = costs.checkpoint("base", folder)
    worker = WorkerTranscriber(ears.append, lambda _name: found, costs.open_costly)
    audio = folder / "busy.wav"
    n_samples = talking.write(audio, talking.repeated(talking.talk(30.0), 20 * seconds + 600).sound)
    worker.start(SpeechOptions("base-form", "whisper"))
    while not any(isinstance(event, WorkerReady) for event in ears):
        time.sleep(0.05)
    worker.follow(audio)
    worker.finish(n_samples)
    return worker


if __name__ == "__main__":
    main()
