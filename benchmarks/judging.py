"""What does the learned judge cost, beside the rules alone?

    python -m benchmarks.judging [--quick]

Loading it; one passage; answers of 300 words; and one more sentence of a transcript that grows to 90 minutes, with the
judge and by the rules alone, on the same words. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time

from benchmarks.marking import SENTENCE, WORDS_IN_90_MINUTES, speech
from pmrehearse.checking.checker import Checker
from pmrehearse.judging.onnx_judge import OnnxJudge
from pmrehearse.scenario import packs
from pmrehearse.speech.segments import Word, words_of_text

LENS, WHITEBOARD = "writer/three-phase-lens", "writer/whiteboard"
ANSWER = 300
"""Words."""


def loaded() -> tuple[OnnxJudge, float]:
    """The judge, and the seconds that it took to load."""
    began_s = time.perf_counter()
    judge = OnnxJudge()
    return judge, time.perf_counter() - began_s


def passages(judge: OnnxJudge, n_passages: int) -> list[float]:
    """Seconds of processor time for each of so many different passages of fifty words."""
    words = [word.text for word in speech(WORDS_IN_90_MINUTES, LENS)]
    criterion = packs.find(LENS).elements[0].criterion
    taken = []
    for number in range(n_passages):
        text = f"{number} " + " ".join(words[number * 11 % 900 : number * 11 % 900 + 50])
        began_s = time.process_time()
        judge.score(criterion, [text])
        taken.append(time.process_time() - began_s)
    return taken


def answers(judge: OnnxJudge | None, n_answers: int) -> float:
    """Seconds of processor time for so many different answers."""
    checker = Checker(packs.find(LENS), packs.lexicons(), judge)
    words = speech(WORDS_IN_90_MINUTES, LENS)
    began_s = time.process_time()
    for number in range(n_answers):
        at = number * 37 % (len(words) - ANSWER)
        label = words_of_text(f"Number {number}.")  # no two answers share a passage
        checker.check([word for sentence in _sentences(words[at : at + ANSWER]) for word in (*label, *sentence)])
    return time.process_time() - began_s


def _sentences(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    return [words[at : at + 2 * SENTENCE] for at in range(0, len(words), 2 * SENTENCE)]


def growing(judge: OnnxJudge | None, n_words: int, n_steps: int) -> list[float]:
    """Seconds of processor time for each of the last sentences of a transcript of so many words."""
    words = speech(n_words, WHITEBOARD)
    checker = Checker(packs.find(WHITEBOARD), packs.lexicons(), judge)
    checker.check(words[: n_words - n_steps * SENTENCE])
    taken = []
    for step in range(n_steps):
        heard = words[: n_words - (n_steps - step - 1) * SENTENCE]
        began_s = time.process_time()
        checker.check(heard)
        taken.append(time.process_time() - began_s)
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a fifth of the words, a fiftieth of the answers")
    quick = parser.parse_args().quick
    n_words, n_answers, n_passages = (WORDS_IN_90_MINUTES // 5, 20, 50) if quick else (WORDS_IN_90_MINUTES, 1000, 300)
    judge, load_s = loaded()
    one_s = passages(judge, n_passages)
    with_s, without_s = answers(judge, n_answers), answers(None, n_answers)
    steps_s, rules_s = growing(judge, n_words, 30), growing(None, n_words, 30)
    figures = {
        "load_ms": round(1000 * load_s),
        "passage_ms_median": round(1000 * statistics.median(one_s), 2),
        "answers": n_answers,
        "answers_s": round(with_s, 1),
        "answers_rules_s": round(without_s, 1),
        "answer_ms": round(1000 * with_s / n_answers, 1),
        "words": n_words,
        "step_ms_median": round(1000 * statistics.median(steps_s), 2),
        "step_ms_worst": round(1000 * max(steps_s), 2),
        "step_rules_ms_median": round(1000 * statistics.median(rules_s), 2),
    }
    print(f"{'':<44}{'with the judge':>16}{'rules alone':>14}")
    print(f"{'load':<44}{figures['load_ms']:>13} ms")
    print(f"{'one passage of 50 words, median':<44}{figures['passage_ms_median']:>13} ms")
    print(f"{f'{n_answers:,} answers of 300 words':<44}{figures['answers_s']:>14} s{figures['answers_rules_s']:>12} s")
    print(
        f"{f'one more sentence after {n_words:,} words, median':<44}{figures['step_ms_median']:>13} ms"
        f"{figures['step_rules_ms_median']:>11} ms"
    )
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
