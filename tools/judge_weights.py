"""How is the judge weighed against the rules?

By logistic regression, for each verdict of the rules by itself, on answers from which neither learned: how likely a
careful marker calls something met, beside what the judge makes of it. Factors are not negative: whatever the judge
finds more likely is not less likely met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import torch
from torch.nn import functional

from pmrehearse.checking.findings import Verdict
from pmrehearse.checking.judging import EVEN, Signs, Weighing, Weights, logit

DRAWN = 1.0
"""How strongly the factors are drawn towards zero (the weight of their squares beside the sum of all losses)."""
PRECISION = 0.93
"""Of the elements that are called met, at least so many must be met: praise for what nobody said teaches nothing."""
FLAG_PRECISION = 0.8
"""Of the flags that are raised, at least so many must be rightly raised: a report accuses nobody lightly."""
STEPS = [number / 20 for number in range(61)]
_NEVER = Weights(offset=-100.0, best=0.0, alone=0.0, here=0.0)
READ = {Verdict.MET: ("best", "alone"), Verdict.NEAR: ("best", "alone", "here"), Verdict.MISSING: ("best", "alone")}
"""What is weighed beside each verdict."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What rules and judge say of one element or flag of one answer.

    Attributes:
        met: What the marker says.
        verdict: What the rules say; of a flag, MET when they raised it.
        signs: What the judge says beside it; None where it may not change anything.
        unruled: What it says when there is no rule; None for flags, and where it hears nothing.
        unless: Of a flag, the elements that clear it.
    """

    met: bool
    verdict: Verdict
    signs: Signs | None
    unruled: Signs | None = None
    unless: tuple[Heard, ...] = ()

    def found(self, weighing: Weighing) -> bool:
        """What rules and judge say together of an element."""
        if self.signs is None:
            return self.verdict is Verdict.MET
        return weighing.beside(self.verdict).certainty(self.signs) >= EVEN

    def is_off(self, weighing: Weighing) -> bool:
        """Whether an element clears this flag."""
        return any(one.found(weighing) for one in self.unless)

    def raised(self, weighing: Weighing) -> bool:
        """What they say together of a flag."""
        if self.is_off(weighing) or self.verdict is Verdict.MET or self.signs is None:
            return self.verdict is Verdict.MET and not self.is_off(weighing)
        return weighing.flag.certainty(self.signs) >= EVEN


def weighed(elements: Sequence[Heard], flags: Sequence[Heard]) -> Weighing:
    """The weights that explain the markers best."""
    beside = {
        verdict: _regression(((one.signs, one.met) for one in elements if one.verdict is verdict), READ[verdict])
        for verdict in READ
    }
    unruled = _regression(((one.unruled, one.met) for one in elements), READ[Verdict.MISSING])
    likeliest = Weighing(beside[Verdict.MET], beside[Verdict.NEAR], beside[Verdict.MISSING], unruled, _NEVER)
    weighing = _careful(likeliest, _lowered, lambda found: [one.met for one in elements if one.found(found)], PRECISION)
    weighing = weighing or likeliest
    silent = [one for one in flags if one.verdict is not Verdict.MET and not one.is_off(weighing)]
    flag = _regression(((one.signs, one.met) for one in silent), READ[Verdict.MISSING])
    raising = _careful(
        replace(weighing, flag=flag),
        lambda found, step: replace(found, flag=_less_sure(found.flag, step)),
        lambda found: [one.met for one in flags if one.raised(found)],
        FLAG_PRECISION,
    )
    return raising or weighing


def _regression(rows: Iterable[tuple[Signs | None, bool]], read: Sequence[str]) -> Weights:
    """Weights of the signs that are read, the others 0."""
    known = [(signs, met) for signs, met in rows if signs is not None]
    data = torch.tensor([[logit(getattr(signs, name)) for name in read] for signs, _ in known], dtype=torch.float64)
    wanted = torch.tensor([float(met) for _, met in known], dtype=torch.float64)
    offset = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    roots = torch.full((len(read),), 0.5, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([offset, roots], max_iter=500, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        found = offset + data.reshape(len(known), len(read)) @ roots**2
        value = functional.binary_cross_entropy_with_logits(found, wanted, reduction="sum") + DRAWN * (roots**4).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    factors = {name: round(float(root) ** 2, 3) for name, root in zip(read, roots.detach(), strict=True)}
    return Weights(offset=round(float(offset.detach()), 3), **{"best": 0.0, "alone": 0.0, "here": 0.0, **factors})


def _careful(
    weighing: Weighing,
    lower: Callable[[Weighing, float], Weighing],
    rightly: Callable[[Weighing], list[bool]],
    precision: float,
) -> Weighing | None:
    """The surest weights by which enough of what is found is right; None when none are so.

    Args:
        weighing: The weights that explain the markers best.
        lower: Makes weights less sure by so much.
        rightly: Of all that is found by some weights, whether it is right.
        precision: How much of it must be, as a share.
    """
    for step in STEPS:
        doubtful = lower(weighing, step)
        found = rightly(doubtful)
        if sum(found) >= precision * len(found) > 0:
            return doubtful
    return None


def _lowered(weighing: Weighing, step: float) -> Weighing:
    """Less sure about elements."""
    met, near, missing, unruled = (
        _less_sure(weights, step) for weights in (weighing.met, weighing.near, weighing.missing, weighing.unruled)
    )
    return replace(weighing, met=met, near=near, missing=missing, unruled=unruled)


def _less_sure(weights: Weights, step: float) -> Weights:
    """The same, less sure by so much."""
    return replace(weights, offset=round(weights.offset - step, 3))
