"""How fast does this machine recognise? Tried in a worker process, on a checkpoint of random weights.

What recognition costs depends on the shape of a model, not on its weights, so nothing need be on this computer yet.
"""

from __future__ import annotations

import queue
import secrets
import shutil
from typing import TYPE_CHECKING

from pmrehearse import durable, places
from pmrehearse.errors import SpeechWorkerError
from pmrehearse.speech.events import Checkpoint, SpeechOptions, WorkerFailed, WorkerReady
from pmrehearse.speech.hashing import sha256_of
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


def measured(engine_opener: EngineOpener | None = None) -> WorkerReady:
    """The fastest engine and device here, and what base.en costs with them; takes some ten seconds.

    Args:
        engine_opener: Opens what is measured, in the worker; None for a random model of base.en's form.

    Raises:
        SpeechWorkerError: The speech process failed.
    """
    events: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
    transcriber = WorkerTranscriber(events.put, Checkpoint, engine_opener or open_random)
    try:
        transcriber.start(SpeechOptions(REFERENCE, "auto", "auto"))
        while True:
            match events.get():
                case WorkerReady() as ready:
                    return ready
                case WorkerFailed(message=message, hint=hint):
                    raise SpeechWorkerError(message, hint)
    finally:
        transcriber.close()


def open_random(options: SpeechOptions, _checkpoint: Checkpoint) -> Engine:
    """The fastest engine on a random model of base.en's form; called in the worker."""
    from pmrehearse.speech.fastest import open_fastest  # noqa: PLC0415  imports torch
    from pmrehearse.speech.random_checkpoint import save_random  # noqa: PLC0415  likewise

    durable.make_private_dir(places.cache_dir())
    path = places.cache_dir() / f"measuring-{secrets.token_hex(8)}.pt"
    try:
        save_random(path, BASE_EN)
        return open_fastest(options, Checkpoint(path.stem, path))
    finally:
        if path.is_file():
            for folder in places.cache_dir().glob(f"ct2-*-{sha256_of(path)[:16]}"):
                shutil.rmtree(folder, ignore_errors=True)
            path.unlink()
