"""How fast are answers marked?

    python -m benchmarks.marking [--quick]

Two sides in one run, on the same words: the checks asked anew for each sentence of a 90-minute transcript against the
same checks going on from where they stood; and a thousand answers of 300 words. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from pmrehearse.checking.checker import Checker
from pmrehearse.scenario import packs
from pmrehearse.speech.segments import Word, words_of_text

ANSWERS = Path(__file__).parent.parent / "tests" / "answers" / "dev.jsonl"
WORDS_IN_90_MINUTES = 13_500
SENTENCE = 20
"""Words that come at once while somebody speaks."""


def speech(n_words: int, scenario: str) -> tuple[Word, ...]:
    """Words of the scenario's labelled answers, again and again."""
    texts = [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines()]
    words = words_of_text(" ".join(text["text"] for text in texts if text["scenario"] == scenario))
    return (words * (n_words // len(words) + 1))[:n_words]


def grow(scenario: str, n_words: int, n_steps: int) -> tuple[list[float], list[float]]:
    """Seconds of processor time for each of the last steps: going on, and from nothing."""
    words = speech(n_words, scenario)
    growing = Checker(packs.find(scenario), packs.lexicons())
    growing.check(words[: n_words - n_steps * SENTENCE])
    going_on, from_nothing = [], []
    for step in range(n_steps):
        heard = words[: n_words - (n_steps - step - 1) * SENTENCE]
        began_s = time.process_time()
        growing.check(heard)
        going_on.append(time.process_time() - began_s)
    for _ in range(2):
        fresh = Checker(packs.find(scenario), packs.lexicons())
        began_s = time.process_time()
        fresh.check(words)
        from_nothing.append(time.process_time() - began_s)
    return going_on, from_nothing


def mark(scenario: str, n_answers: int) -> float:
    """Seconds of processor time for so many different answers of 300 words."""
    checker = Checker(packs.find(scenario), packs.lexicons())
    words = speech(WORDS_IN_90_MINUTES, scenario)
    began_s = time.process_time()
    for number in range(n_answers):
        at = number * 37 % (len(words) - 300)
        checker.check(words[at : at + 300])
    return time.process_time() - began_s


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a fifth of the words, a tenth of the answers")
    quick = parser.parse_args().quick
    n_words, n_answers = (WORDS_IN_90_MINUTES // 5, 100) if quick else (WORDS_IN_90_MINUTES, 1000)
    going_on, from_nothing = grow("writer/whiteboard", n_words, 50)
    answers_s = mark("writer/three-phase-lens", n_answers)
    figures = {
        "words": n_words,
        "step_ms_median": round(1000 * statistics.median(going_on), 2),
        "step_ms_worst": round(1000 * max(going_on), 2),
        "whole_ms": round(1000 * min(from_nothing), 1),
        "whole_over_step": round(min(from_nothing) / statistics.median(going_on), 1),
        "answers": n_answers,
        "answers_s": round(answers_s, 2),
    }
    print(f"one more sentence after {n_words:,} words: median {figures['step_ms_median']} ms,", end=" ")
    print(f"worst {figures['step_ms_worst']} ms; from nothing {figures['whole_ms']} ms", end=" ")
    print(f"({figures['whole_over_step']} times as long)")
    print(f"{n_answers:,} answers of 300 words: {figures['answers_s']} s")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
