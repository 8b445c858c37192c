"""What do passages and answers teach, window by window?

All of an answer is taught: of what it does not meet every window, nearly right ones above all; of what it meets the
windows that hold the evidence, and the evidence by itself. Whether the other windows meet it, too, nobody marked: of
these only another network says something (`train_judge`). So it is of single sentences, which the program also asks
about.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pmrehearse.checking.windows import LONGEST_PASSAGE
from tools import judge_pairs
from tools.judge_pairs import Pair, holding

N_FOLDS = 3
"""What teaches is cut into so many parts; each part is marked by networks that the others taught."""
SURROUNDED, UNPUNCTUATED = 0.45, 0.3
"""How often a passage stands among other sentences, and how often something comes without punctuation."""
ELSEWHERE = 0.35
"""How much a window counts that is nowhere near what is asked."""
DOUBTFUL = 0.5
"""How much it counts that a flag is not raised where an element may have cleared it."""
SENTENCES = 3
"""Of so many sentences of an answer each criterion is asked by themselves."""
FEWEST = 3
"""A sentence with fewer words says nothing."""
TWIN = "t"
"""What the name of an answer ends with that is another's twin: the same but for what flips some marks."""
STRANGE = 5
"""So many windows of an answer are asked about a criterion of any scenario."""


@dataclass(frozen=True)
class Lesson:
    """A pair that teaches.

    Attributes:
        pair: The pair; `met` is what the marker said.
        known: Whether the marker's word covers it; else only other networks say something.
        fold: Its part, in [0, N_FOLDS).
    """

    pair: Pair
    known: bool
    fold: int


def lessons(chance: random.Random) -> list[Lesson]:
    """All that teaches, each as it may occur."""
    found = [*of_passages(chance)]
    for answer in (*judge_pairs.development(), *judge_pairs.answers(examined=False)):
        found += of_answer(answer, chance)
    return [replace(one, pair=_as_heard(one.pair, chance)) for one in found]


def of_passages(chance: random.Random) -> Iterator[Lesson]:
    """The passages, by themselves and among other sentences, and some of them with a neighbour's criterion."""
    passages, surroundings = judge_pairs.passages(examined=False), judge_pairs.Surroundings()
    neighbours = judge_pairs.neighbours(passages, chance, len(passages) // 4)
    for pair in (*passages, *passages, *neighbours):
        text = surroundings.around(pair, chance) if chance.random() < SURROUNDED else pair.text
        yield Lesson(replace(pair, text=text), known=True, fold=fold_of(pair.text))


def of_answer(answer: dict[str, object], chance: random.Random) -> Iterator[Lesson]:
    """What one answer teaches."""
    asked, scenario, text = judge_pairs.criteria(), str(answer["scenario"]), str(answer["text"])
    cut, fold = judge_pairs.windows(text), fold_of(str(answer["id"]).removesuffix(TWIN))
    evidence: dict[str, str] = answer.get("evidence", {})  # type: ignore[assignment]
    near: dict[str, str] = answer.get("near", {})  # type: ignore[assignment]
    unless = judge_pairs.unless(scenario)
    marks = [(name, name, met, 1.0) for name, met in answer["elements"].items()]  # type: ignore[attr-defined]
    for flag, raised in answer["flags"].items():  # type: ignore[attr-defined]
        marks.append((f"!{flag}", flag, raised, DOUBTFUL if unless[flag] and not raised else 1.0))
    for name, mark, met, weight in marks:
        key = f"{scenario}:{name}"
        pair = Pair(key, asked[key], "", float(met), weight, kind="answer", answer=str(answer["id"]))
        taught = _shown(pair, cut, evidence.get(mark, "")) if met else _not_shown(pair, cut, near.get(mark, ""))
        for known, one in (*taught, *_sentences(pair, text, chance)):
            yield Lesson(one, known, fold)
    for _ in range(STRANGE):
        key = chance.choice(sorted(asked))
        yield Lesson(Pair(key, asked[key], chance.choice(cut), 0.0, kind="strange"), known=False, fold=fold)


def _shown(pair: Pair, cut: Sequence[str], quote: str) -> Iterator[tuple[bool, Pair]]:
    """What is met: its evidence, the windows that hold it, and the others, of which nobody knows."""
    held = holding(cut, quote) if quote else []
    for text in [*held, *([quote] if quote else [])]:
        yield True, replace(pair, text=text)
    for text in cut:
        if text not in held:
            yield False, replace(pair, text=text)


def _not_shown(pair: Pair, cut: Sequence[str], near: str) -> Iterator[tuple[bool, Pair]]:
    """What is not met: what comes nearest, its windows, and all others."""
    held = holding(cut, near) if near else []
    for text in [*held, *([near] if near else [])]:
        yield True, replace(pair, text=text, kind="near")
    for text in cut:
        if text not in held:
            yield True, replace(pair, text=text, weight=ELSEWHERE * pair.weight)


def _sentences(pair: Pair, text: str, chance: random.Random) -> Iterator[tuple[bool, Pair]]:
    """Some sentences by themselves; of what is not met no sentence shows it."""
    sentences = re.split(r"(?<=[.?!]) ", text)
    for sentence in chance.sample(sentences, min(SENTENCES, len(sentences))):
        if FEWEST <= len(sentence.split()) <= LONGEST_PASSAGE:
            yield not pair.met, replace(pair, text=sentence, weight=ELSEWHERE * pair.weight, kind="sentence")


def _as_heard(pair: Pair, chance: random.Random) -> Pair:
    """The same, perhaps without punctuation."""
    text = judge_pairs.unpunctuated(pair.text) if chance.random() < UNPUNCTUATED else pair.text
    return replace(pair, text=text)


def fold_of(text: str) -> int:
    """The part that something belongs to, the same at every start."""
    return zlib.crc32(text.encode()) % N_FOLDS
