"""What is a recogniser, to the worker that feeds it?"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from pmrehearse.errors import SpeechWorkerError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pmrehearse.speech.events import Checkpoint, SpeechOptions
    from pmrehearse.speech.segments import Word
    from pmrehearse.speech.speed import Cost
    from pmrehearse.speech.windows import Window

Tick = Callable[[], None]
"""Called before each token and between the stages of a decode: a sign of life; raising from it ends the decode."""
ENGINES = ("whisper", "whisper-int8", "ctranslate2")
"""Engines for the processor, in the order in which they are tried."""
MOST_THREADS = 4
"""More threads for the encoder than this gain nothing for one window of a small checkpoint."""
WARM_TOKENS = 8
"""Tokens that an engine decodes to warm itself and to measure what it costs."""


class DecodeCancelled(Exception):  # noqa: N818 - a request, not an error
    """Raised from a `Tick` to leave a decode whose result nobody wants any more."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a recogniser made of one window.

    Attributes:
        words: With times in the take's sound, each inside a span of speech; empty when there were none.
        unsure: True when it failed (a loop, far too unlikely a text): the words are no evidence.
        tokens: The text in the recogniser's own tokens: the draft of the same window when it has grown.
    """

    words: tuple[Word, ...]
    unsure: bool = False
    tokens: tuple[int, ...] = ()


class Engine(Protocol):
    """One checkpoint, loaded. Not thread-safe: one decode at a time in one process (measured: 10 of 12 wrong)."""

    @property
    def options(self) -> SpeechOptions:
        """What is loaded; nothing in it is "auto"."""

    def warm(self) -> Cost:
        """Decode something short, so that the first real window is not slower than the others; gives what it costs."""

    def decode(self, samples: NDArray[np.float32], window: Window, tick: Tick, draft: Sequence[int] = ()) -> Heard:
        """Recognise one window.

        Args:
            samples: float32, shape (n_samples,), mono, 16 kHz, in [-1, 1]: the sound of the window, at most 30 s.
            window: Where it stands in the take, and where speech is in it.
            tick: Called before each token.
            draft: `Heard.tokens` of an earlier decode of a window that began at the same place, or nothing. It may
                save time; it never changes what is heard.

        Raises:
            DecodeCancelled: `tick` raised it; the engine can be used again.
        """


def threads_for(options: SpeechOptions) -> int:
    """Threads for the encoder: as many as the options name, or as this machine and one window can use."""
    return options.threads or min(MOST_THREADS, os.cpu_count() or 1)


def installed() -> tuple[str, ...]:
    """The engines that can be opened here, in the order of `ENGINES`."""
    return tuple(name for name in ENGINES if name != "ctranslate2" or find_spec("ctranslate2") is not None)


def open_engine(options: SpeechOptions, checkpoint: Checkpoint) -> Engine:
    """Load a checkpoint into the engine that the options name, or into the fastest one; takes seconds.

    Raises:
        CheckpointError: The file is missing or not what it should be.
        SpeechWorkerError: There is no such engine here.
    """
    if "auto" in {options.engine, options.device}:
        from pmrehearse.speech.fastest import open_fastest  # noqa: PLC0415 - imports torch: 3 s

        return open_fastest(options, checkpoint)
    if options.engine in {"whisper", "whisper-int8"}:
        from pmrehearse.speech.whisper_engine import WhisperEngine  # noqa: PLC0415 - imports torch: 3 s

        return WhisperEngine(options, checkpoint)
    if options.engine == "ctranslate2" and "ctranslate2" in installed():
        from pmrehearse.speech.ct2_engine import Ct2Engine  # noqa: PLC0415 - imports torch and CTranslate2

        return Ct2Engine(options, checkpoint)
    raise SpeechWorkerError(
        f"The speech engine {options.engine!r} is not installed.",
        "Choose `whisper`, which always is; for the other, `pip install ctranslate2` where it runs.",
    )
