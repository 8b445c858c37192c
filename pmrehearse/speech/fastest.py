"""Which engine recognises a checkpoint fastest on this machine? Tried once, in the worker process; imports torch.

A GPU that torch can use comes first: what it does there is a multiple of what any processor does. On the processor
each engine that is installed decodes a second of silence, and the fastest one stays. What was found is remembered by
the program, which names it from then on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from pmrehearse.errors import SpeechWorkerError
from pmrehearse.speech.engine import Engine, installed, open_engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmrehearse.speech.events import Checkpoint, SpeechOptions

    Opener = Callable[[SpeechOptions, Checkpoint], Engine]


def open_fastest(options: SpeechOptions, checkpoint: Checkpoint, opener: Opener = open_engine) -> Engine:
    """Load a checkpoint into the fastest engine of those that the options leave open.

    Raises:
        CheckpointError: The file is missing or not what it should be.
        SpeechWorkerError: No engine can be had.
    """
    best: Engine | None = None
    best_factor, fault = float("inf"), SpeechWorkerError("There is no speech engine.", "Install pmrehearse again.")
    for choice in choices(options, device()):
        try:
            engine = opener(choice, checkpoint)
        except SpeechWorkerError as error:
            fault = error
            continue
        factor = engine.warm().real_time_factor
        if factor < best_factor:
            best, best_factor = engine, factor
    if best is None:
        raise fault
    return best


def choices(options: SpeechOptions, gpu: str) -> list[SpeechOptions]:
    """The options with everything named, in the order in which they are tried.

    Args:
        options: What the user leaves open is "auto".
        gpu: The GPU of this machine as torch names it, or "cpu".
    """
    device = gpu if options.device == "auto" else options.device
    if device != "cpu":
        return [replace(options, engine="whisper" if options.engine == "auto" else options.engine, device=device)]
    names = installed() if options.engine == "auto" else (options.engine,)
    return [replace(options, engine=name, device="cpu") for name in names]


def device() -> str:
    """The GPU that torch can use, else "cpu"."""
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
