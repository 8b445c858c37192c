"""How does a network learn from lessons?"""

from __future__ import annotations

import random
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from tools.judge_model import JudgeNet
from tools.judge_rows import Rows

WARM_UP = 0.08
HEAD_FASTER = 10.0
"""The number on top, which begins with nothing, learns so much faster."""
AVERAGED = 0.995
"""The weights that are kept are a running mean of those of the last two hundred steps or so."""
TOLD_EVERY = 200


@dataclass(frozen=True)
class Course:
    """How a network is taught.

    Attributes:
        peak_rate: Of learning, at its height.
        batch: Pairs a step.
        epochs: How often each pair is seen.
        most_s: It ends after so many seconds, however far it came; the rate falls accordingly.
    """

    peak_rate: float
    batch: int
    epochs: float
    most_s: float = float("inf")


def learn(net: JudgeNet, rows: Rows, marks: tuple[Tensor, Tensor], course: Course, chance: random.Random) -> None:
    """Teach a network; it ends with the running mean of its weights.

    Args:
        net: It is changed.
        rows: The pairs, on the network's device.
        marks: How certainly each is met, and how much it counts; float32, shape (pairs,).
        course: How.
        chance: Orders the pairs.
    """
    device = net.head.weight.device
    targets, weights = (part.to(device) for part in marks)
    teaching = _Teaching(net, course, len(targets))
    begun_s, losses = time.monotonic(), []
    net.train()
    while teaching.share < 1:
        for numbers in rows.in_batches(course.batch, chance):
            on = numbers.to(device)
            with half_precision(device):
                logits = net(*rows.batch(numbers))
            each = functional.binary_cross_entropy_with_logits(logits.float(), targets[on], reduction="none")
            teaching.step((each * weights[on]).sum() / weights[on].sum())
            losses.append(each.detach().mean())
            if len(losses) % TOLD_EVERY == 0:
                told = float(torch.stack(losses[-TOLD_EVERY:]).mean())
                print(f"  {len(losses)}: {told:.3f}, {time.monotonic() - begun_s:.0f} s", flush=True)
            if teaching.share >= 1:
                break
    teaching.settle()


class _Teaching:
    """One run's optimiser, rate and running mean."""

    def __init__(self, net: JudgeNet, course: Course, n_pairs: int) -> None:
        self._net, self._course, self._begun_s = net, course, time.monotonic()
        self._n_steps, self._step = max(round(course.epochs * n_pairs / course.batch), 1), 0
        self._learned = [(name, value) for name, value in net.named_parameters() if value.requires_grad]
        self._mean = {name: value.detach().clone() for name, value in self._learned}
        head = [value for name, value in self._learned if name.startswith("head.")]
        rest = [value for name, value in self._learned if not name.startswith("head.")]
        on_card = net.head.weight.device.type == "cuda"
        self._optimiser = torch.optim.AdamW([{"params": rest}, {"params": head}], weight_decay=0.01, fused=on_card)

    @property
    def share(self) -> float:
        """How far it is, by steps or by time."""
        return max(self._step / self._n_steps, (time.monotonic() - self._begun_s) / self._course.most_s)

    def step(self, loss: Tensor) -> None:
        """One step."""
        share = self.share
        rate = self._course.peak_rate * max(min(share / WARM_UP, (1 - share) / (1 - WARM_UP)), 0.01)
        for group, faster in zip(self._optimiser.param_groups, (1.0, HEAD_FASTER), strict=True):
            group["lr"] = rate * faster
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([value for _, value in self._learned], 1.0)
        self._optimiser.step()
        self._step += 1
        kept = min(AVERAGED, (1 + self._step) / (10 + self._step))
        torch._foreach_lerp_(list(self._mean.values()), [value.detach() for _, value in self._learned], 1 - kept)

    def settle(self) -> None:
        """Give the network the running mean of its weights."""
        self._net.load_state_dict(self._net.state_dict() | self._mean)


def scores(net: JudgeNet, rows: Rows) -> Tensor:
    """The score of each pair, float32, shape (pairs,), in main memory."""
    found = torch.zeros(len(rows.lengths))
    net.eval()
    with torch.inference_mode():
        for numbers in rows.by_length():
            ids, sides, mask = rows.batch(numbers)
            with half_precision(ids.device):
                logits = net(ids, sides, mask)
            found[numbers] = torch.sigmoid(logits.float()).cpu()
    return found


def half_precision(device: torch.device) -> AbstractContextManager[object]:
    """On a graphics card, numbers of 16 bits where they are enough."""
    return torch.autocast(device.type, torch.bfloat16) if device.type == "cuda" else nullcontext()
