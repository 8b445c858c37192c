"""How likely does a passage meet a criterion, as the trained network sees it?

One pair a run, on one thread: then a score depends on the pair alone, to the last bit on one machine, and a rehearsal
that runs beside it keeps its cores.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pmrehearse.errors import JudgeError
from pmrehearse.judging.card import AGAIN, CARD, MODEL, WEIGHTS, read_card, read_model, read_weights
from pmrehearse.judging.wordpiece import WordPiece

TELEMETRY_OFF = "ORT_DISABLE_TELEMETRY"
"""The variable under which onnxruntime reports to nobody; it counts only when it is set before the first import."""
MOST_KEPT = 60_000
"""Scores that are kept: those of two 90-minute answers for thirty elements each."""


class OnnxJudge:
    """The trained network; for any thread. It remembers what it was asked.

    Attributes:
        name: The model's name.
        weighing: How its scores are weighed against the rules.
    """

    def __init__(self, model: Path = MODEL, card: Path = CARD, weights: Path = WEIGHTS) -> None:
        """Load the model.

        Raises:
            JudgeError: There is no model, it is damaged, or onnxruntime is missing.
        """
        known = read_card(card)
        self.name = known.name
        self.weighing = read_weights(weights)
        self._session = _session(read_model(known, model))
        pieces = self._session.get_modelmeta().custom_metadata_map["pieces"].split("\n")
        self._cutter = WordPiece(pieces)
        self._kept: dict[tuple[str, str], float] = {}
        self._guard = threading.Lock()

    def score(self, criterion: str, passages: Sequence[str]) -> list[float]:
        """How likely each passage meets the criterion, in [0, 1]; see `checking.judging.PassageJudge`."""
        return [self._score(criterion, passage) for passage in passages]

    def _score(self, criterion: str, passage: str) -> float:
        key = (criterion, passage)
        with self._guard:
            known = self._kept.get(key)
        if known is not None:
            return known
        found = self._run(criterion, passage)
        with self._guard:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found

    def _run(self, criterion: str, passage: str) -> float:
        import numpy as np  # noqa: PLC0415  loaded with the model, which few commands need

        with self._guard:
            ids, n_first = self._cutter.pair(criterion, passage)
        sides = np.zeros(len(ids), np.int64)
        sides[n_first:] = 1
        (scores,) = self._session.run(None, {"ids": np.array(ids, np.int64), "sides": sides})
        return float(scores[0])


def runtime() -> Any:
    """onnxruntime, which reports to nobody: the one way in which it is loaded.

    Its official builds (seen in 1.32) report to Microsoft unless told otherwise: a device id and a file of events in
    the cache, an upload. Nothing may leave this machine, so that is switched off before it is loaded.

    Raises:
        JudgeError: It is not installed.
    """
    os.environ[TELEMETRY_OFF] = "1"
    try:
        import onnxruntime  # noqa: PLC0415  0.1 s, and few commands need it
    except ImportError as error:
        raise JudgeError("onnxruntime is not installed, so the learned judge cannot run.", AGAIN) from error
    return onnxruntime


def _session(content: bytes) -> Any:
    """The network, ready to run."""
    onnxruntime = runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no common root but this
        raise JudgeError(f"The learned judge cannot be loaded: {error}", AGAIN) from error
