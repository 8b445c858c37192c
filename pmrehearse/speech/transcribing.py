"""How is a whole sound file transcribed by a command that waits for it? By the same worker that follows takes."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING

from pmrehearse import places
from pmrehearse.audio.copying import wav_copy
from pmrehearse.errors import AudioFileError, SpeechWorkerError
from pmrehearse.speech import checkpoints
from pmrehearse.speech.engine import open_engine
from pmrehearse.speech.events import SegmentHeard, TranscriptFinished, WorkerFailed
from pmrehearse.speech.segments import Transcript, TranscriptSource
from pmrehearse.speech.transcriber import WorkerTranscriber

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.speech.events import Checkpoint, SpeechEvent, SpeechOptions
    from pmrehearse.speech.segments import Segment
    from pmrehearse.speech.worker import EngineOpener


def transcribe_file(
    path: Path,
    options: SpeechOptions,
    on_event: Callable[[SpeechEvent], None],
    find_checkpoint: Callable[[str], Checkpoint] = checkpoints.find,
    engine_opener: EngineOpener = open_engine,
) -> Transcript:
    """Transcribe a sound file of any kind that can be imported; waits until it is done.

    Args:
        path: The file; a copy at 16 kHz stands in the cache folder meanwhile.
        options: How to recognise it.
        on_event: Told each event on this thread; what it raises ends the work and passes through.
        find_checkpoint: Gives the file for a checkpoint's name.
        engine_opener: Loads it in the worker.

    Returns:
        The transcript; without segments when there was no speech.

    Raises:
        AudioFileError: The file cannot be read.
        MachineError: No copy can be written, or it is an M4A and there is no ffmpeg.
        CheckpointError: There is no such checkpoint.
        SpeechWorkerError: The speech process failed and could not be started again.
    """
    find_checkpoint(options.checkpoint)
    with wav_copy(path, places.cache_dir()) as (copy, n_samples):
        return transcribe_wav(copy, n_samples, options, on_event, find_checkpoint, engine_opener)


def transcribe_wav(
    audio: Path,
    n_samples: int,
    options: SpeechOptions,
    on_event: Callable[[SpeechEvent], None],
    find_checkpoint: Callable[[str], Checkpoint] = checkpoints.find,
    engine_opener: EngineOpener = open_engine,
    from_s: float = 0.0,
) -> Transcript:
    """Transcribe a take's WAV (16 kHz, mono, 16 bit) of a known length, from a second on; as `transcribe_file`."""
    events: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
    worker = WorkerTranscriber(events.put, find_checkpoint, engine_opener)
    segments: list[Segment] = []
    try:
        worker.start(options)
        worker.follow(audio, from_s)
        worker.finish(n_samples)
        while True:
            event = events.get()
            on_event(event)
            match event:
                case SegmentHeard(segment):
                    segments.append(segment)
                case TranscriptFinished():
                    return Transcript(tuple(segments), TranscriptSource.HEARD, complete=True)
                case WorkerFailed():
                    raise _error(event)
    finally:
        worker.close()


def _error(event: WorkerFailed) -> AudioFileError | SpeechWorkerError:
    kind = AudioFileError if event.exit_code == AudioFileError.exit_code else SpeechWorkerError
    return kind(event.message, event.hint)
