"""From which scores on may the judge overrule the rules, criterion by criterion?

Rules are right about some things and wrong about others, and how often shows on answers that they were not written
from: the answers of `judge_data/`. What a rule says counts as much as it told met from not met there (its likelihood
ratio, drawn towards that of all rules where it was asked seldom); what the judge says counts as its score did on the
answers that it was not taught; logistic regression weighs one against the other. A bar is the score at which both
together come out even.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional

from pmrehearse.checking.findings import Verdict
from pmrehearse.checking.judging import Bars

DRAWN = 12.0
"""As many answers as a criterion was asked in, so many times its own count as much as those of all."""
LEAST, MOST = 0.02, 0.985
"""No bar is lower or higher: the judge is never believed whatever it says, and never quite deaf."""
MISSING_FLOOR, NEAR_FLOOR = 0.9, 0.8
"""What no rule found, or found in part only, is met from no lower scores on: chosen on the kept answers, where as many
verdicts were right as without floors, and fewer of them found what nobody had said."""
FLAG_PRECISION = 0.8
"""Of the flags that are raised, at least so many must be rightly raised: an interviewer interrupts because of them."""
FLAG_STEPS = [number / 100 for number in range(50, 99)]
VERDICTS = (Verdict.MET, Verdict.NEAR, Verdict.MISSING)


@dataclass(frozen=True)
class Ruled:
    """What a rule said of one element of one answer.

    Attributes:
        criterion: What was asked.
        met: What the marker says.
        verdict: What the rule says.
    """

    criterion: str
    met: bool
    verdict: Verdict


@dataclass(frozen=True)
class Judged(Ruled):
    """The same with the judge's score of the best passage.

    Attributes:
        score: In [0, 1].
    """

    score: float


@dataclass(frozen=True)
class JudgedFlag:
    """What rules and judge said of one flag of one answer.

    Attributes:
        criterion: What was asked.
        raised: What the marker says.
        ruled: Whether a rule raised it.
        score: The judge's of the best passage, in [0, 1]; 0 where an element clears the flag.
    """

    criterion: str
    raised: bool
    ruled: bool
    score: float

    def found(self, bar: float) -> bool:
        """What both say together."""
        return self.ruled or self.score >= bar


class Trust:
    """How much a rule's verdict says, for each criterion."""

    def __init__(self, ruled: Iterable[Ruled]) -> None:
        self._all: dict[bool, Counter[Verdict]] = defaultdict(Counter)
        self._own: dict[tuple[str, bool], Counter[Verdict]] = defaultdict(Counter)
        for one in ruled:
            verdict = Verdict.MISSING if one.verdict is Verdict.UNKNOWN else one.verdict
            self._all[one.met][verdict] += 1
            self._own[one.criterion, one.met][verdict] += 1
        self.criteria = tuple(sorted({criterion for criterion, _ in self._own}))

    def ratio(self, criterion: str, verdict: Verdict) -> float:
        """The logarithm of how much likelier this verdict is where the criterion is met than where it is not."""
        verdict = Verdict.MISSING if verdict is Verdict.UNKNOWN else verdict
        return math.log(self._share(criterion, verdict, met=True) / self._share(criterion, verdict, met=False))

    def _share(self, criterion: str, verdict: Verdict, *, met: bool) -> float:
        everywhere = (self._all[met][verdict] + 1) / (self._all[met].total() + len(VERDICTS))
        own = self._own[criterion, met]
        return (own[verdict] + DRAWN * everywhere) / (own.total() + DRAWN)


@dataclass(frozen=True)
class Weights:
    """What the regression found: offset, factor of the score's logit, factor of the rule's ratio."""

    offset: float
    score: float
    rule: float

    def bar(self, ratio: float) -> float:
        """The score at which rule and judge together come out even."""
        odds = -(self.offset + self.rule * ratio) / max(self.score, 1e-3)
        return min(max(1 / (1 + math.exp(-odds)), LEAST), MOST)


def weighed(judged: Sequence[Judged], trust: Trust) -> Weights:
    """Weigh judge against rules on answers that neither learned from."""
    rows = [[1.0, logit(one.score), trust.ratio(one.criterion, one.verdict)] for one in judged]
    data = torch.tensor(rows, dtype=torch.float64)
    met = torch.tensor([float(one.met) for one in judged], dtype=torch.float64)
    found = torch.tensor([0.0, 1.0, 1.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([found], max_iter=300)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = functional.binary_cross_entropy_with_logits(data @ found, met)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return Weights(*(float(value) for value in found.detach()))


def logit(score: float) -> float:
    """The logarithm of a score's odds, within reason."""
    held = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(held / (1 - held))


def bars(trust: Trust, weights: Weights) -> Mapping[str, Bars]:
    """The bars of each criterion, and under "" those of a criterion that was never asked."""
    found = {}
    for criterion in ("", *trust.criteria):
        absurd, near, missing = (weights.bar(trust.ratio(criterion, verdict)) for verdict in VERDICTS)
        missing = max(missing, MISSING_FLOOR)
        near = min(max(near, NEAR_FLOOR), missing)
        absurd, unruled = min(absurd, near), weights.bar(0.0)
        found[criterion] = Bars(*(round(bar, 3) for bar in (missing, near, absurd, unruled)))
    return found


def flag_bar(judged: Sequence[JudgedFlag]) -> float:
    """The score from which on the judge raises a flag that no rule raised: the one with the best F1.

    One for all flags: each by itself is raised too seldom to choose by.
    """
    return max(FLAG_STEPS, key=lambda step: (_worth(judged, step), step))


def _worth(judged: Sequence[JudgedFlag], bar: float) -> float:
    right = sum(one.raised and one.found(bar) for one in judged)
    found, raised = sum(one.found(bar) for one in judged), sum(one.raised for one in judged)
    return 2 * right / max(found + raised, 1) if right >= FLAG_PRECISION * found else 0.0
