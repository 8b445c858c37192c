"""How well does a judge do by itself on what it was not taught?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pmrehearse.checking.agreement import Confusion
from tools import judge_pairs

Score = Callable[[list[tuple[str, str]]], list[float]]
"""Scores pairs of criterion and passage."""
STEPS = [number / 50 for number in range(1, 50)]


@dataclass(frozen=True)
class Decided:
    """One thing that was scored.

    Attributes:
        kind: What sort of passage it is, or "answer".
        met: What the marker says.
        score: What the judge says.
    """

    kind: str
    met: bool
    score: float


def confusion(decided: Sequence[Decided], threshold: float) -> Confusion:
    """How often marker and judge said what, the judge from this score on."""
    counts = {(True, True): 0, (False, True): 0, (True, False): 0, (False, False): 0}
    for one in decided:
        counts[one.met, one.score >= threshold] += 1
    return Confusion(counts[True, True], counts[False, True], counts[True, False], counts[False, False])


def area(decided: Sequence[Decided]) -> float:
    """How often something met scores above something that is not (the area under the ROC curve)."""
    ranked = sorted(decided, key=lambda one: one.score)
    n_met = sum(one.met for one in ranked)
    ranks = sum(rank for rank, one in enumerate(ranked, start=1) if one.met)
    return (ranks - n_met * (n_met + 1) / 2) / max(n_met * (len(ranked) - n_met), 1)


def passages_decided(score: Score, *, every: int = 1) -> list[Decided]:
    """The validation passages, each for its own criterion."""
    pairs = judge_pairs.passages(examined=True)[::every]
    scores = score([(pair.criterion, pair.text) for pair in pairs])
    return [Decided(pair.kind, pair.met == 1.0, scored) for pair, scored in zip(pairs, scores, strict=True)]


def answers_decided(score: Score, *, every: int = 1) -> list[Decided]:
    """The answers that did not teach, each element by its best window."""
    asked = judge_pairs.criteria()
    questions, pairs = [], []
    for answer in judge_pairs.answers(examined=True)[::every]:
        cut = judge_pairs.windows(str(answer["text"]))
        for element, met in answer["elements"].items():  # type: ignore[attr-defined]
            questions.append((bool(met), len(cut)))
            pairs += [(asked[f"{answer['scenario']}:{element}"], text) for text in cut]
    scores, at, decided = score(pairs), 0, []
    for met, n_windows in questions:
        decided.append(Decided("answer", met, max(scores[at : at + n_windows], default=0.0)))
        at += n_windows
    return decided


def told(title: str, decided: Sequence[Decided]) -> str:
    """One line: area, and precision, recall and kappa at the best threshold."""
    best = max(STEPS, key=lambda step: confusion(decided, step).kappa or 0.0)
    counts = confusion(decided, best)
    figures = [counts.precision or 0.0, counts.recall or 0.0, counts.kappa or 0.0]
    precision, recall, kappa = figures
    return (
        f"{title:<18} n {len(decided):>4}  area {area(decided):.3f}  at {best:.2f}: "
        f"precision {precision:.2f} recall {recall:.2f} kappa {kappa:.2f}"
    )


def examine(score: Score, *, every: int = 1) -> str:
    """The figures on passages, by kind, and on whole answers; on every so many of them."""
    decided = passages_decided(score, every=every)
    lines = [told("passages", decided)]
    best = max(STEPS, key=lambda step: confusion(decided, step).kappa or 0.0)
    for kind in sorted({one.kind for one in decided}):
        some = [one for one in decided if one.kind == kind]
        right = sum((one.score >= best) == one.met for one in some) / len(some)
        lines.append(f"  {kind:<16} n {len(some):>4}  right {right:.2f}")
    return "\n".join([*lines, told("answers", answers_decided(score, every=every))])
