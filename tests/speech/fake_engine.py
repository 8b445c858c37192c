"""A recogniser for tests of the worker: it knows no words, says when there was speech, and dies or hangs on demand."""

from __future__ import annotations

import json
import math
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pmrehearse.errors import CheckpointError, SpeechWorkerError
from pmrehearse.speech.engine import Heard, Tick
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.segments import Word
from pmrehearse.speech.speed import Cost
from pmrehearse.speech.windows import Window


class FakeEngine:
    """One word for each span of speech; the checkpoint's note says how it misbehaves (JSON).

    Attributes:
        plan: `decode_s`: how long a decode takes, ticking, of windows that end before `until_s`; `die_at`, `hang_at`:
            a time in the take, at whose window it dies or hangs; `times`: how often; `slow`: the only checkpoint that
            takes its time; `lacks`: an engine that is not there; `no_gpu`: how a GPU fails: "aborts" or "refuses". Each
            death, hang and decode leaves a file in the folder of the checkpoint.
    """

    def __init__(self, checkpoint: Checkpoint, options: SpeechOptions | None = None) -> None:
        self.options = options or SpeechOptions("fake")
        self.plan: dict[str, Any] = json.loads(checkpoint.note or "{}")
        self.folder = checkpoint.path

    def warm(self) -> Cost:
        """Nothing to warm."""
        return Cost(0.0, 0.0)

    def decode(self, samples: np.ndarray, window: Window, tick: Tick, draft: Sequence[int] = ()) -> Heard:
        """Say "heard" in each span; the sound of the window must be there, whole."""
        del draft
        (self.folder / "decoding").touch()
        is_slow = self._is_slow() and window.end_s < self.plan.get("until_s", math.inf)
        decode_s = self.plan.get("decode_s", 0.0) if is_slow else 0.0
        until_s = time.monotonic() + decode_s
        if self._strikes("die_at", window):
            os.kill(os.getpid(), signal.SIGKILL)
        if self._strikes("hang_at", window):
            time.sleep(3600)
        if abs(samples.size - round((window.end_s - window.start_s) * 16_000)) > 1:
            raise AssertionError("the window's sound is not whole")
        tick()
        while time.monotonic() < until_s:
            time.sleep(0.01)
            tick()
        (self.folder / "decoded").touch()
        return Heard(tuple(Word("heard", span.start_s, span.end_s, 1.0) for span in window.speech))

    def _is_slow(self) -> bool:
        return bool(self.plan.get("slow", self.options.checkpoint) == self.options.checkpoint)

    def _strikes(self, what: str, window: Window) -> bool:
        at_s = self.plan.get(what)
        if at_s is None or not window.start_s <= at_s < window.end_s:
            return False
        strikes = len(list(self.folder.glob(f"{what}-*")))
        if strikes >= self.plan.get("times", 1):
            return False
        Path(self.folder / f"{what}-{strikes}").touch()
        return True


def open_fake(options: SpeechOptions, checkpoint: Checkpoint) -> FakeEngine:
    """Load one."""
    plan = json.loads(checkpoint.note or "{}")
    if plan.get("no_gpu") == "refuses" and options.device == "cuda":
        raise SpeechWorkerError("The device 'cuda' cannot be used.", "Choose the device `cpu`.")
    if options.engine == plan.get("lacks"):
        raise SpeechWorkerError("There is no such engine.", "Choose `whisper`.")
    if plan.get("no_gpu") == "aborts" and options.device != "cpu":
        os.abort()
    if plan.get("die_loading"):
        os.kill(os.getpid(), signal.SIGKILL)
    if plan.get("refuse"):
        raise CheckpointError("The fake checkpoint is broken.", "Mend it.")
    return FakeEngine(checkpoint, options)
