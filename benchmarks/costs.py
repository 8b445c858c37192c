"""What has the costs of a real checkpoint without being one? Random weights in the true form.

Costs depend on the form of a model, not on its weights; the number of tokens is that of speech at 150 words a minute.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.speech.attempts import DecodeLimits
from pmrehearse.speech.engine import Engine, Heard, Tick
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.measuring import BASE_EN
from pmrehearse.speech.speed import TOKENS_A_SECOND, Cost
from pmrehearse.speech.windows import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

LIMITS = DecodeLimits(1e9, -1e9, -1.0, TOKENS_A_SECOND, 0)
"""Texts end at so many tokens, and none is ever doubted."""
CHANGED_TOKENS = 6
"""So many last tokens of a draft are thrown away: random weights would not show that the end of a window that has grown
is heard anew."""
_WIDTHS = {"tiny": (384, 6, 4), "base": (512, 8, 6), "small": (768, 12, 12)}
"""Width, heads, layers of openai-whisper's English checkpoints."""


def checkpoint(size: str, folder: Path) -> Checkpoint:
    """A checkpoint of this size in a folder, made when it is not there yet."""
    from whisper import _ALIGNMENT_HEADS  # noqa: PLC0415  imports torch

    from pmrehearse.speech.random_checkpoint import save_random  # noqa: PLC0415  the same

    path = folder / f"{size}-form.pt"
    if not path.is_file():
        width, heads, layers = _WIDTHS[size]
        wide = {f"n_{part}_state": width for part in ("audio", "text")}
        many = {f"n_{part}_{what}": n for part in ("audio", "text") for what, n in (("head", heads), ("layer", layers))}
        save_random(path, BASE_EN | wide | many, alignment_heads=_ALIGNMENT_HEADS[f"{size}.en"])
    return Checkpoint(path.stem, path)


def open_costly(options: SpeechOptions, found: Checkpoint) -> Engine:
    """An engine on such a checkpoint; a function of a module, for the worker."""
    if options.engine == "ctranslate2":
        from pmrehearse.speech.ct2_engine import Ct2Engine  # noqa: PLC0415  imports torch

        return Costly(Ct2Engine(options, found, LIMITS))
    from pmrehearse.speech.whisper_engine import WhisperEngine  # noqa: PLC0415  the same

    return Costly(WhisperEngine(options, found, LIMITS))


class Costly:
    """An engine whose drafts lose their last tokens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def options(self) -> SpeechOptions:
        """What is loaded."""
        return self._engine.options

    def warm(self) -> Cost:
        """Warm it."""
        return self._engine.warm()

    def decode(self, samples: NDArray[np.float32], window: Window, tick: Tick, draft: Sequence[int] = ()) -> Heard:
        """Recognise one window."""
        return self._engine.decode(samples, window, tick, draft[: max(0, len(draft) - CHANGED_TOKENS)])


def use_cache(folder: Path) -> None:
    """Let this process and its workers convert checkpoints there, and write their logs there."""
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # as in the worker: waiting threads use no processor time
    for name in ("CACHE", "STATE", "CONFIG"):
        os.environ[f"PMREHEARSE_{name}_DIR"] = str(folder / name.lower())
