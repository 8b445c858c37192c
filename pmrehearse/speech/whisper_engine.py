"""How does openai-whisper recognise one window? In the worker process; imports torch.

Our own loop over decoding tasks instead of `whisper.transcribe`, whose call on a whole file peaks at 3 GB on 90
minutes, whose fallback over temperatures can cost 36 s on one bad window, and whose word times run the encoder again
and compile numba code. Nothing is carried from window to window, so no loop spreads, and no prompt is given: base.en
answers 2 s of silence with its prompt, word for word (jarvix #191), which would tick what the speaker never said.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

import torch
from whisper import _ALIGNMENT_HEADS
from whisper.audio import HOP_LENGTH, N_FRAMES, N_SAMPLES, log_mel_spectrogram, pad_or_trim
from whisper.decoding import DecodingOptions
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import LANGUAGES

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.errors import SpeechWorkerError
from pmrehearse.speech.attempts import Attempt, DecodeLimits, best, is_silence
from pmrehearse.speech.checkpoint_file import read_checkpoint
from pmrehearse.speech.drafted import DraftedTask
from pmrehearse.speech.engine import WARM_TOKENS, Heard, Tick, threads_for
from pmrehearse.speech.hashing import verify_published
from pmrehearse.speech.int8 import quantize
from pmrehearse.speech.speed import Cost
from pmrehearse.speech.whisper_words import spoken_words
from pmrehearse.speech.windows import Window
from pmrehearse.speech.word_times import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pmrehearse.speech.events import Checkpoint, SpeechOptions


class WhisperEngine:
    """An openai-whisper model, in 32-bit floats or with 8-bit weights ("whisper-int8", on the CPU only)."""

    def __init__(self, options: SpeechOptions, checkpoint: Checkpoint, limits: DecodeLimits | None = None) -> None:
        """Verify and load the checkpoint.

        Raises:
            CheckpointError: The file is missing or not what its name says.
            SpeechWorkerError: The device or the language cannot be had.
        """
        if options.engine == "whisper-int8" and options.device != "cpu":
            raise SpeechWorkerError("8-bit weights work on the processor only.", "Choose the device `cpu`.")
        self._model = load_model(checkpoint, options.device)
        if options.engine == "whisper-int8":
            quantize(self._model)
        self.options = options
        self._limits = limits or DecodeLimits()
        self._threads = threads_for(options)
        if self._model.is_multilingual and options.language not in LANGUAGES:
            raise SpeechWorkerError(f"Whisper knows no language {options.language!r}.", "Use a code such as `en`.")

    @torch.no_grad()
    def warm(self) -> Cost:
        """Encode and decode a second of silence twice; the second time is measured."""
        for _ in range(2):
            began_s = time.perf_counter()
            features = self._encode(torch.zeros(SAMPLE_RATE_HZ))
            encoded_s = time.perf_counter()
            ticks: list[float] = []
            self._decode(features, WARM_TOKENS, lambda ticks=ticks: ticks.append(time.perf_counter()))  # type: ignore[misc]
            decoded_s = time.perf_counter()
        n_tokens = max(len(ticks), 1)
        return Cost(encoded_s - began_s, (decoded_s - encoded_s) / n_tokens)

    @torch.no_grad()
    def decode(self, samples: NDArray[np.float32], window: Window, tick: Tick, draft: Sequence[int] = ()) -> Heard:
        """Recognise one window (see `Engine.decode`)."""
        tick()
        features = self._encode(torch.from_numpy(samples), tick)
        # The seed makes a second try the same for the same sound.
        torch.manual_seed(round(window.start_s * 1000))
        cap = self._limits.cap(samples.size / SAMPLE_RATE_HZ)
        attempt, unsure = best(lambda heat: self._decode(features, cap, tick, draft, heat), cap, self._limits)
        if is_silence(attempt, self._limits):
            return Heard(())
        tick()
        torch.set_num_threads(self._threads)
        words = spoken_words(self._model, features, attempt.tokens, samples.size, self.options.language)
        moved = [word.later(window.start_s) for word in words]
        return Heard(place(moved, window.speech), unsure, attempt.tokens)

    def _encode(self, samples: torch.Tensor, tick: Tick = lambda: None) -> torch.Tensor:
        """The encoder's output, shape (1, 1500, n_state), for at most 30 s of sound.

        The spectrogram is made and padded as `whisper.transcribe` does it for the end of a file.
        """
        torch.set_num_threads(self._threads)
        n_frames = samples.numel() // HOP_LENGTH
        mel = log_mel_spectrogram(samples, self._model.dims.n_mels, padding=N_SAMPLES)[:, :n_frames]
        encoder = self._model.encoder
        hooks = [block.register_forward_hook(lambda *_: tick()) for block in encoder.blocks]
        try:
            features = encoder(pad_or_trim(mel, N_FRAMES).unsqueeze(0).to(self._model.device))
        finally:
            for hook in hooks:
                hook.remove()
        return cast("torch.Tensor", features)

    def _decode(
        self, features: torch.Tensor, cap: int, tick: Tick, draft: Sequence[int] = (), temperature: float = 0.0
    ) -> Attempt:
        """One pass of the decoder."""
        options = DecodingOptions(
            language=self.options.language,
            temperature=temperature,
            sample_len=cap,
            without_timestamps=temperature > 0.0,
            fp16=False,
        )
        draft = () if temperature > 0.0 else draft
        result = DraftedTask(self._model, options, tick, draft, self._threads).run(features)[0]
        return Attempt(tuple(result.tokens), result.avg_logprob, result.no_speech_prob, result.compression_ratio)


def load_model(checkpoint: Checkpoint, device: str = "cpu") -> Whisper:
    """Verify and load a checkpoint.

    Raises:
        CheckpointError: The file is missing or not what its name says.
        SpeechWorkerError: The device cannot be had.
    """
    verify_published(checkpoint)
    content = read_checkpoint(checkpoint.path)
    dims = content.dims
    model = Whisper(ModelDimensions(**{name: getattr(dims, name) for name in dims.__slots__}))
    model.load_state_dict(content.state)
    heads = _ALIGNMENT_HEADS.get(checkpoint.name, content.alignment_heads)
    if heads is not None:
        model.set_alignment_heads(heads)
    try:
        return model.to(device).eval()
    except (RuntimeError, AssertionError) as error:
        raise SpeechWorkerError(f"The device {device!r} cannot be used.", "Choose the device `cpu`.") from error
