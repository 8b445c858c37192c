"""How does CTranslate2 recognise one window? In the worker process; a second engine behind the same port.

It computes with 8-bit weights on a processor and with 16-bit floats on a GPU. Spectrogram, tokens, word times and the
judgement of a text are openai-whisper's and our own, so that both engines hear the same.
"""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING

import ctranslate2
import numpy as np
from whisper.audio import HOP_LENGTH, N_FRAMES, N_SAMPLES, log_mel_spectrogram, pad_or_trim
from whisper.tokenizer import LANGUAGES

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.errors import SpeechWorkerError
from pmrehearse.speech.attempts import Attempt, DecodeLimits, best, is_silence
from pmrehearse.speech.checkpoint_file import read_checkpoint
from pmrehearse.speech.ct2_conversion import converted, tokenizer_for
from pmrehearse.speech.engine import WARM_TOKENS, Heard, Tick, threads_for
from pmrehearse.speech.speed import Cost
from pmrehearse.speech.whisper_words import timings_of, words_of
from pmrehearse.speech.windows import Window
from pmrehearse.speech.word_times import TimedWord, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pmrehearse.speech.events import Checkpoint, SpeechOptions

_COMPUTE = {"cpu": "int8", "cuda": "float16"}
"""How each device computes."""


class Ct2Engine:
    """A Whisper checkpoint in CTranslate2."""

    def __init__(
        self, options: SpeechOptions, checkpoint: Checkpoint, limits: DecodeLimits | None = None, compute: str = ""
    ) -> None:
        """Convert the checkpoint, the first time, and load it.

        Args:
            options: How to recognise.
            checkpoint: What is loaded.
            limits: When a decode has failed.
            compute: CTranslate2's compute type; "" for the usual one of the device.

        Raises:
            CheckpointError: The file is missing or not what its name says.
            MachineError: The cache folder cannot be written.
            SpeechWorkerError: The device or the language cannot be had.
        """
        folder = converted(checkpoint)
        self._dims = read_checkpoint(checkpoint.path).dims
        self._tokenizer = tokenizer_for(self._dims, options.language)
        if self._tokenizer.language is not None and options.language not in LANGUAGES:
            raise SpeechWorkerError(f"Whisper knows no language {options.language!r}.", "Use a code such as `en`.")
        compute = compute or _COMPUTE.get(options.device, "default")
        try:
            self._model = ctranslate2.models.Whisper(
                str(folder), options.device, compute_type=compute, intra_threads=threads_for(options)
            )
        except (RuntimeError, ValueError) as error:
            raise SpeechWorkerError(
                f"CTranslate2 cannot use the device {options.device!r}.", "Choose the device `cpu`."
            ) from error
        self.options = options
        self._limits = limits or DecodeLimits()

    def warm(self) -> Cost:
        """Encode and decode a second of silence twice; the second time is measured."""
        for _ in range(2):
            began_s = time.perf_counter()
            features = self._encode(np.zeros(SAMPLE_RATE_HZ, np.float32))
            encoded_s = time.perf_counter()
            attempt = self._decode(features, WARM_TOKENS, 0.0)
            decoded_s = time.perf_counter()
        return Cost(encoded_s - began_s, (decoded_s - encoded_s) / (len(attempt.tokens) + 1))

    def decode(self, samples: NDArray[np.float32], window: Window, tick: Tick, draft: Sequence[int] = ()) -> Heard:
        """Recognise one window (see `Engine.decode`); a draft saves nothing here."""
        del draft
        tick()
        features = self._encode(samples)
        tick()
        ctranslate2.set_random_seed(round(window.start_s * 1000))
        cap = self._limits.cap(samples.size / SAMPLE_RATE_HZ)

        def attempt(temperature: float) -> Attempt:
            tick()
            return self._decode(features, cap, temperature)

        found, unsure = best(attempt, cap, self._limits)
        if is_silence(found, self._limits):
            return Heard(())
        tick()
        words = [word.later(window.start_s) for word in self._words(features, found.tokens, samples.size)]
        return Heard(place(words, window.speech), unsure, found.tokens)

    def _encode(self, samples: NDArray[np.float32]) -> ctranslate2.StorageView:
        """The encoder's output for at most 30 s of sound; the spectrogram is that of `whisper_engine`."""
        n_frames = samples.size // HOP_LENGTH
        mel = log_mel_spectrogram(samples, self._dims.n_mels, padding=N_SAMPLES)[:, :n_frames]
        padded = np.ascontiguousarray(pad_or_trim(mel, N_FRAMES).unsqueeze(0).numpy())
        return self._model.encode(ctranslate2.StorageView.from_array(padded))

    def _decode(self, features: ctranslate2.StorageView, cap: int, temperature: float) -> Attempt:
        """One pass of the decoder, with timestamps unless it is a second try."""
        start = [*self._tokenizer.sot_sequence]
        if temperature > 0.0:
            start.append(self._tokenizer.no_timestamps)
        [result] = self._model.generate(
            features,
            [start],
            beam_size=1,
            sampling_topk=0 if temperature > 0.0 else 1,
            sampling_temperature=temperature or 1.0,
            max_length=2 * cap,
            return_scores=True,
            return_no_speech_prob=True,
        )
        tokens = tuple(result.sequences_ids[0])
        text = self._tokenizer.decode([token for token in tokens if token < self._tokenizer.eot]).strip().encode()
        ratio = len(text) / len(zlib.compress(text)) if text else 0.0
        # CTranslate2 gives the mean over the tokens; Whisper counts the end of the text as one more.
        mean = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return Attempt(tokens, mean, result.no_speech_prob, ratio)

    def _words(self, features: ctranslate2.StorageView, tokens: Sequence[int], n_samples: int) -> tuple[TimedWord, ...]:
        """The words of a text, with times from the window's beginning."""
        text_tokens = [token for token in tokens if token < self._tokenizer.eot]
        n_frames = n_samples // HOP_LENGTH
        if not text_tokens or n_frames < 2:  # noqa: PLR2004  one frame of the encoder
            return ()
        start = [*self._tokenizer.sot_sequence]
        [found] = self._model.align(features, start, [text_tokens], n_frames)
        path = np.array(found.alignments, dtype=np.int64)
        begins = np.concatenate(([True], np.diff(path[:, 0]) > 0))
        return words_of(timings_of(self._tokenizer, text_tokens, found.text_token_probs, path[begins, 1]))
