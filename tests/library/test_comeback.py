"""How long the speaker took to recover after the interviewer's interruption."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding, Verdict
from pmrehearse.library.comeback import Comeback, comeback
from pmrehearse.speech.segments import Word


def said(*texts: str) -> tuple[Word, ...]:
    """A word a second."""
    return tuple(Word(text, float(at), at + 1.0, 0.9) for at, text in enumerate(texts))


class Checks:
    """The flag holds from "idea" until "settled"; "metric" meets the element; counts how often it is asked."""

    def __init__(self) -> None:
        self.n_asked = 0

    def check(self, words: Sequence[Word]) -> Findings:
        """The findings on these words."""
        self.n_asked += 1
        texts = [word.text for word in words]
        element = ElementFinding("metric", Verdict.MISSING)
        if "metric" in texts:
            at = texts.index("metric")
            element = ElementFinding("metric", Verdict.MET, Evidence("metric", at, at, at, at + 1.0))
        return Findings("a/b", (element,), (FlagFinding("list", "idea" in texts and "settled" not in texts),))


def found(words: tuple[Word, ...], at_s: float) -> Comeback | None:
    """What the comeback is on these words."""
    checks = Checks()
    return comeback("list", at_s, words, checks.check(words), checks.check)


def test_the_flag_falls() -> None:
    """From the card to the end of the word on which the flag no longer holds."""
    words = said(*["idea"] * 5, "well", "so", "settled", "then", "on", "it")
    assert found(words, 5.5) == Comeback(2.5)


def test_a_flag_that_stands_is_answered_by_an_element() -> None:
    """The first element met behind the card; one met before it is no answer."""
    assert found(said("idea", "idea", "so", "our", "metric"), 2.0) == Comeback(3.0, "metric")
    assert found(said("metric", "idea", "idea", "so"), 3.0) is None


def test_nothing_came() -> None:
    """The flag stands, and nothing new was met."""
    assert found(said("idea", "idea", "so"), 2.0) is None


def test_a_corrected_transcript_may_know_of_no_flag() -> None:
    """Where the flag did not hold when the card came, there is nothing to recover from."""
    assert found(said("plan", "settled", "then"), 1.0) is None


def test_silence_after_the_card_is_no_comeback() -> None:
    """No word behind the card."""
    assert found(said("idea", "idea"), 2.0) is None


@given(n_before=st.integers(1, 40), n_between=st.integers(0, 3000), n_behind=st.integers(0, 300))
def test_it_is_found_exactly_and_in_few_questions(n_before: int, n_between: int, n_behind: int) -> None:
    """Wherever the flag falls, in a take of any length: with some thirty questions."""
    words = said(*["idea"] * n_before, *["so"] * n_between, "settled", *["then"] * n_behind)
    checks = Checks()
    findings = checks.check(words)
    assert comeback("list", float(n_before), words, findings, checks.check) == Comeback(n_between + 1.0)
    assert checks.n_asked <= 32
