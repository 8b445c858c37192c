"""Which pairs of criterion and passage teach the judge, and on which is it examined?

Taught: the passages in `judge_data/` and in `tests/answers/`, and windows of the answers in both. Examined: every
fourth passage of `tests/answers/` and every ninth answer of `judge_data/`, which are kept from teaching. Answers in
`judge_data/weighing-N.jsonl` neither teach nor examine: by them judge and rules are weighed. The unseen answers are
used for none of it.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.checking.cutting import next_cut
from pmrehearse.checking.windows import LONGEST_PASSAGE
from pmrehearse.scenario import packs
from pmrehearse.speech.segments import words_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ROOT / "tests" / "answers"
DATA = Path(__file__).resolve().parent / "judge_data"
ONE_IN = 9
"""Of so many answers one is kept for the examination."""
ONE_PASSAGE_IN = 4
"""Of so many development passages one is."""


@dataclass(frozen=True)
class Pair:
    """A criterion with a passage.

    Attributes:
        key: "scenario:element", or "scenario:!flag".
        criterion: What is asked.
        text: What is said.
        met: How certainly it is met, in [0, 1].
        weight: How much it counts.
        kind: What sort of passage it is.
        answer: The answer that it was cut from, or "".
    """

    key: str
    criterion: str
    text: str
    met: float
    weight: float = 1.0
    kind: str = ""
    answer: str = ""


@cache
def criteria() -> dict[str, str]:
    """The criterion of each element and flag of the catalogue, by its key."""
    catalogue = tomllib.loads((ANSWERS / "catalogue.toml").read_text(encoding="utf-8"))
    found = {}
    for scenario in catalogue["scenario"]:
        for element in scenario["element"]:
            found[f"{scenario['id']}:{element['id']}"] = element["criterion"]
        for flag in scenario.get("flag", []):
            found[f"{scenario['id']}:!{flag['id']}"] = flag["criterion"]
    return found


def read_lines(path: Path) -> list[dict[str, object]]:
    """The objects of a file with one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_passages(path: Path) -> list[Pair]:
    """The labelled passages of a file; those of keys that the catalogue does not have are left out."""
    asked = criteria()
    return [
        Pair(line["key"], asked[line["key"]], line["text"], float(line["met"]), kind=line.get("kind", ""))  # type: ignore[arg-type]
        for line in read_lines(path)
        if line["key"] in asked
    ]


def passages(*, examined: bool) -> list[Pair]:
    """The passages that teach, or those that are kept for the examination."""
    own = read_passages(ANSWERS / "passages.jsonl")
    some = [pair for number, pair in enumerate(own) if (number % ONE_PASSAGE_IN == 1) == examined]
    if examined:
        return some
    return [*some, *(pair for path in sorted(DATA.glob("passages-*.jsonl")) for pair in read_passages(path))]


def development() -> list[dict[str, object]]:
    """The development answers: all of them teach, and the rules were examined with them."""
    return read_lines(ANSWERS / "dev.jsonl")


def answers(*, examined: bool, unread: bool = False) -> list[dict[str, object]]:
    """The answers of `judge_data/`.

    Args:
        examined: Those that are kept for the examination; else those that teach.
        unread: Only every second one, by which rules are measured; the others may be read by those who write rules.
    """
    files = sorted(DATA.glob("answers-*.jsonl"), key=lambda path: int(path.stem.rpartition("-")[2]))
    lines = [line for path in files for line in read_lines(path)]
    some = [(number, line) for number, line in enumerate(lines) if (number % ONE_IN == 1) == examined]
    return [line for number, line in some if not unread or number % 2]


def weighing() -> list[dict[str, object]]:
    """The answers by which judge and rules are weighed: they taught neither."""
    return [line for path in sorted(DATA.glob("weighing-*.jsonl")) for line in read_lines(path)]


def windows(text: str) -> list[str]:
    """The passages of a text, as the program cuts them where no scope cancels anything."""
    words, blocks, at = words_of_text(text), [], 0
    while at < len(words):
        end, _, _ = next_cut(words, at)
        blocks.append((at, end))
        at = end
    found, first = [], 0
    while first < len(blocks):
        end = first + 1
        while end < len(blocks) and blocks[end][1] - blocks[first][0] <= LONGEST_PASSAGE:
            end += 1
        found.append(" ".join(word.text for word in words[blocks[first][0] : blocks[end - 1][1]]))
        if end == len(blocks):
            break
        half = (blocks[first][0] + blocks[end - 1][1]) / 2
        first = max(first + 1, next(number for number in range(first, end) if blocks[number][1] >= half) + 1)
    return found


@cache
def unless(scenario: str) -> dict[str, tuple[str, ...]]:
    """The elements that clear each flag of a scenario, by the flag."""
    return {flag.id: flag.unless for flag in packs.find(scenario).flags}


def holding(cut: Sequence[str], quote: str) -> list[str]:
    """The windows that hold a quote."""
    return [text for text in cut if _bare(quote) in _bare(text)]


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[\w%]+", text.lower()))


def neighbours(pairs: Sequence[Pair], chance: random.Random, n: int) -> Iterator[Pair]:
    """Passages that meet another criterion of the same scenario: seldom this one too, so they count for less."""
    asked = criteria()
    met = [pair for pair in pairs if pair.met == 1.0 and "!" not in pair.key]
    for pair in chance.sample(met, min(n, len(met))):
        scenario = pair.key.partition(":")[0] + ":"
        others = [key for key in asked if key.startswith(scenario) and key != pair.key and "!" not in key]
        key = chance.choice(others)
        yield replace(pair, key=key, criterion=asked[key], met=0.1, weight=0.4, kind="neighbour-criterion")


class Surroundings:
    """Sentences that can stand around a passage without meeting its criterion."""

    def __init__(self) -> None:
        self._texts: dict[str, list[list[str]]] = {}
        for answer in (*development(), *answers(examined=False)):
            sentences = re.split(r"(?<=[.?!]) ", str(answer["text"]))
            for element, met in answer["elements"].items():  # type: ignore[attr-defined]
                if not met:
                    self._texts.setdefault(f"{answer['scenario']}:{element}", []).append(sentences)

    def around(self, pair: Pair, chance: random.Random) -> str:
        """The passage with a sentence or two before or behind it, as long as a window is."""
        texts = self._texts.get(pair.key)
        if not texts or pair.answer:
            return pair.text
        sentences = chance.choice(texts)
        at = chance.randrange(len(sentences))
        before, behind = sentences[max(at - 1, 0) : at], sentences[at : at + chance.randrange(2)]
        text = " ".join([*before, pair.text, *behind])
        return text if len(text.split()) <= LONGEST_PASSAGE + 10 else pair.text


def unpunctuated(text: str) -> str:
    """The text as some recognisers write it."""
    return " ".join(re.sub(r"[^\w\s%$'-]", " ", text.lower()).split())
