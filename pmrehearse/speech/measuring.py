"""How fast does this machine recognise? Tried in a worker process, on a checkpoint of random weights.

What recognition costs depends on the shape of a model, not on its weights, so nothing need be on this computer yet.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse import durable, places
from pmrehearse.errors import SpeechWorkerError
from pmrehearse.speech.events import Checkpoint, SpeechOptions, WorkerFailed, WorkerReady
from pmrehearse.speech.speed import REFERENCE
from pmrehearse.speech.transcriber import WorkerTranscriber

if TYPE_CHECKING:
    from pmrehearse.speech.engine import Engine
    from pmrehearse.speech.events import SpeechEvent
    from pmrehearse.speech.worker import EngineOpener

BASE_EN = {
    "n_mels": 80,
    "n_audio_ctx": 1500,
    "n_audio_state": 512,
    "n_audio_head": 8,
    "n_audio_layer": 6,
    "n_vocab": 51864,
    "n_text_ctx": 448,
    "n_text_state": 512,
    "n_text_head": 8,
    "n_text_layer": 6,
}
"""The dimensions of openai-whisper's base.en."""
LONGEST_S = 600.0
"""Nobody measures for so long: what is older was left behind."""
_SCRATCH = "measuring-"
_HINT = "Try again when less is going on: `pmrehearse doctor --measure`."


def measured(engine_opener: EngineOpener | None = None) -> WorkerReady:
    """The fastest engine and device here, and what base.en costs with them; takes some ten seconds.

    Nothing of it stays on the disk, whether it ends, the program does meanwhile, or another one was killed at it.

    Args:
        engine_opener: Opens what is measured, in the worker; None for a random model of base.en's form.

    Raises:
        SpeechWorkerError: The speech process failed.
    """
    _sweep()
    scratch = places.cache_dir() / f"{_SCRATCH}{secrets.token_hex(8)}"

    def forget() -> None:
        shutil.rmtree(scratch, ignore_errors=True)

    events: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
    transcriber = WorkerTranscriber(events.put, Checkpoint, engine_opener or RandomModel(scratch))
    atexit.register(forget)
    try:
        transcriber.start(SpeechOptions(REFERENCE, "auto", "auto"))
        while True:
            match events.get():
                case WorkerReady() as ready:
                    return ready
                case WorkerFailed(message=message):
                    raise SpeechWorkerError(f"How fast this computer is could not be measured. {message}", _HINT)
    finally:
        transcriber.close()
        forget()
        atexit.unregister(forget)


@dataclass(frozen=True, slots=True)
class RandomModel:
    """Opens the fastest engine on a random model of base.en's form; called in the worker.

    Attributes:
        scratch: A new folder for the model and what engines make of it; gone when they are loaded.
    """

    scratch: Path

    def __call__(self, options: SpeechOptions, _checkpoint: Checkpoint) -> Engine:
        """The fastest engine on it."""
        from pmrehearse.speech.fastest import open_fastest  # noqa: PLC0415  imports torch
        from pmrehearse.speech.random_checkpoint import save_random  # noqa: PLC0415  likewise

        durable.make_private_dir(self.scratch)
        path = self.scratch / f"{self.scratch.name}.pt"
        try:
            save_random(path, BASE_EN)
            with _cache_in(self.scratch):
                return open_fastest(options, Checkpoint(path.stem, path))
        finally:
            shutil.rmtree(self.scratch, ignore_errors=True)


@contextlib.contextmanager
def _cache_in(folder: Path) -> Iterator[None]:
    """Let what engines convert stand there."""
    before = os.environ.get(places.CACHE_DIR)
    os.environ[places.CACHE_DIR] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[places.CACHE_DIR]
        else:
            os.environ[places.CACHE_DIR] = before


def _sweep() -> None:
    """Delete what programs left that were killed while they measured."""
    for left in places.cache_dir().glob(f"{_SCRATCH}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > LONGEST_S:
                shutil.rmtree(left)
