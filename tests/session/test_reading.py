"""The learned judge reads along without anybody waiting."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding, Judge, Verdict
from pmrehearse.scenario.model import Flag
from pmrehearse.scenario.rules import parse_rule
from pmrehearse.session.reading import ReadingAlong, joined
from pmrehearse.speech.segments import Word, words_of_text

DEADLINE_S = 20.0
WORDS = words_of_text("one two three four five six")


@dataclass
class SlowChecking:
    """Checks that wait for a sign; they find how many words they were given."""

    begun: queue.SimpleQueue[int] = field(default_factory=queue.SimpleQueue)
    go_on: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def check(self, words: Sequence[Word]) -> Findings:
        """Wait, then say how many words there are."""
        self.begun.put(len(words))
        assert self.go_on.acquire(timeout=DEADLINE_S)
        return Findings(str(len(words)), ())


def test_only_the_newest_words_are_read() -> None:
    """What comes while the judge reads is read in one go, on a thread of its own; whoever gives it does not wait."""
    checking, told = SlowChecking(), queue.SimpleQueue[tuple[str, str]]()
    reading = ReadingAlong(
        lambda: checking, lambda found: told.put((found.scenario_id, threading.current_thread().name))
    )
    reading.read(WORDS[:1])
    assert checking.begun.get(timeout=DEADLINE_S) == 1
    for end in (2, 3, 4):
        reading.read(WORDS[:end])
    checking.go_on.release(2)
    assert [told.get(timeout=DEADLINE_S) for _ in range(2)] == [("1", "judge"), ("4", "judge")]
    reading.close()


def test_without_a_judge_nothing_is_read() -> None:
    """Words go nowhere, and closing works."""
    asked = threading.Event()

    def nobody() -> None:
        asked.set()

    reading = ReadingAlong(nobody, lambda _found: None)
    reading.read(WORDS)
    assert asked.wait(DEADLINE_S)
    reading.close()


def _found(verdict: Verdict, judge: Judge, first_word: int = 0) -> Findings:
    evidence = Evidence("words", first_word, first_word)
    return Findings("t/t", (ElementFinding("e", verdict, evidence, judge=judge),))


def test_what_the_judge_said_stays_with_new_words() -> None:
    """Before the first reading the rules stand; then the judge's yes stays, its no while the words are those."""
    missing, met = _found(Verdict.MISSING, Judge.RULES), _found(Verdict.MET, Judge.RULES)
    yes, no = _found(Verdict.MET, Judge.LEARNED, 3), _found(Verdict.NEAR, Judge.LEARNED)
    assert joined(missing, None) == missing
    assert joined(missing, yes) == yes
    assert joined(met, yes) == met
    assert joined(met, no) == no
    assert joined(_found(Verdict.MET, Judge.RULES, 5), no).n_met == 1
    assert joined(missing, met) == missing


def test_what_the_judge_found_clears_a_flag_of_the_rules() -> None:
    """A flag that an element contradicts is not raised while somebody speaks either, so that no card comes for it."""
    raised = FlagFinding("only", raised=True, why="Only that.")
    rules = replace(_found(Verdict.MISSING, Judge.RULES), flags=(raised,))
    read = replace(_found(Verdict.MET, Judge.LEARNED, 3), flags=(raised,))
    flag, other = (Flag("only", "", "", "", parse_rule("stick", "check"), unless) for unless in (("e",), ("f",)))
    assert joined(rules, read, (flag,)).raised == ()
    assert joined(rules, read, (other,)).raised == (raised,)
    assert joined(rules, None, (flag,)).raised == (raised,)
