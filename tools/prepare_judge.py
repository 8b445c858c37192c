"""Lay ready what teaches the judge, as numbers, so that training needs neither the program nor time for words.

python -m tools.prepare_judge --bases DIR --out LESSONS.pt
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch

from pmrehearse.judging.wordpiece import WordPiece
from tools import judge_pairs
from tools.judge_lessons import lessons
from tools.judge_model import read_small
from tools.judge_rows import rows_of
from tools.judge_vocabulary import needed

SEED = 20261127


def main() -> None:
    """Prepare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bases", type=Path, required=True, help="the folder with the wheels to begin with")
    parser.add_argument("--out", type=Path, required=True, help="the file that is written")
    parser.add_argument("--few", type=int, default=0, help="only so many lessons, to try whether it runs")
    options = parser.parse_args()
    chance = random.Random(SEED)  # noqa: S311  no secret
    taught = lessons(chance)
    taught = chance.sample(taught, options.few or len(taught))
    answers = (*judge_pairs.development(), *judge_pairs.answers(examined=False))
    said = [*(pair.text for pair in judge_pairs.passages(examined=False)), *(str(one["text"]) for one in answers)]
    pieces = needed(read_small(options.bases).pieces, [*judge_pairs.criteria().values(), *said])
    rows = rows_of(WordPiece(pieces), [(one.pair.criterion, one.pair.text) for one in taught])
    made = {
        "pieces": pieces,
        "rows": rows.parts(),
        "met": torch.tensor([one.pair.met for one in taught]),
        "weight": torch.tensor([one.pair.weight for one in taught]),
        "known": torch.tensor([one.known for one in taught]),
        "fold": torch.tensor([one.fold for one in taught]),
        "seed": SEED,
    }
    torch.save(made, options.out)
    print(f"{len(taught)} lessons, {sum(one.known for one in taught)} of them marked, {len(pieces)} pieces")


if __name__ == "__main__":
    main()
