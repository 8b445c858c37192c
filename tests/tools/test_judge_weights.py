"""The weights that labelled answers teach."""

from __future__ import annotations

import random

from pmrehearse.checking.findings import Verdict
from pmrehearse.checking.judging import Signs, Weighing
from tools.judge_weights import FLAG_PRECISION, Heard, weighed


def _heard(chance: random.Random, verdict: Verdict, *, telling: bool) -> Heard:
    """One verdict; where the judge is telling, what is met has high scores, else they say nothing."""
    met = chance.random() < (0.8 if verdict is Verdict.MET else 0.3)
    high = met if telling else chance.random() < 0.5
    signs = Signs(*(min(max(chance.gauss(0.8 if high else 0.3, 0.15), 0.01), 0.99) for _ in range(3)))
    return Heard(met, verdict, signs, signs)


def _learned(*, telling: bool) -> Weighing:
    chance = random.Random(1)  # noqa: S311  no secret
    verdicts = (Verdict.MET, Verdict.NEAR, Verdict.MISSING)
    elements = [_heard(chance, verdict, telling=telling) for verdict in verdicts for _ in range(400)]
    flags = [_heard(chance, Verdict.MISSING, telling=telling) for _ in range(400)]
    return weighed(elements, flags)


def test_a_judge_that_tells_is_believed() -> None:
    """High scores make met what the rules missed, low ones make missing what they took for it."""
    found = _learned(telling=True)
    high, low = Signs(0.9, 0.9, 0.9), Signs(0.1, 0.1, 0.1)
    for verdict in (Verdict.MET, Verdict.NEAR, Verdict.MISSING, Verdict.UNKNOWN):
        assert found.beside(verdict).certainty(high) > 0 > found.beside(verdict).certainty(low)


def test_a_judge_that_tells_nothing_changes_nothing() -> None:
    """Then the rules' verdict stands, whatever the score."""
    found = _learned(telling=False)
    for score in (0.05, 0.5, 0.95):
        signs = Signs(score, score, score)
        assert found.met.certainty(signs) > 0 > found.missing.certainty(signs)


def test_flags_are_raised_rightly_or_not_at_all() -> None:
    """Of what is raised on the answers that taught it, most is rightly raised, also where the judge tells nothing."""
    chance = random.Random(2)  # noqa: S311  no secret
    for telling in (True, False):
        found = _learned(telling=telling)
        flags = [_heard(chance, Verdict.MISSING, telling=telling) for _ in range(400)]
        raised = [one.met for one in flags if one.raised(found)]
        assert bool(raised) is telling
        assert sum(raised) >= FLAG_PRECISION * len(raised)


def test_an_element_that_is_found_clears_a_flag() -> None:
    """A flag that a rule raised is not raised when an element says the contrary, found by rule or judge."""
    found, signs = _learned(telling=True), Signs(0.9, 0.9, 0.9)
    said = Heard(met=True, verdict=Verdict.MISSING, signs=signs)
    unsaid = Heard(met=False, verdict=Verdict.MISSING, signs=None)
    assert Heard(met=True, verdict=Verdict.MET, signs=None, unless=(unsaid,)).raised(found)
    assert not Heard(met=True, verdict=Verdict.MET, signs=None, unless=(unsaid, said)).raised(found)
