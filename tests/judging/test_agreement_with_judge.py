"""Does the learned judge bring the checks nearer to human markers?

On answers by people who knew neither the rules nor the passages that taught the judge.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pmrehearse.checking.agreement import Confusion, Subject, confusion, measure
from pmrehearse.checking.answers import parse_answers
from pmrehearse.checking.checker import Checker
from pmrehearse.checking.judging import PassageJudge
from pmrehearse.judging.onnx_judge import OnnxJudge
from pmrehearse.scenario import packs

UNSEEN = Path(__file__).parent.parent / "answers" / "unseen-writer.jsonl"
EVERY = 2
"""Every so many answers are marked here; `docs/agreement.md` has the figures on all of them."""
FLOOR = 0.85
"""Kappa with the judge: 0.90 on all of these answers, and 0.64 by the rules alone."""


def _agreement(judge: PassageJudge | None) -> Confusion:
    answers = parse_answers(UNSEEN.read_text(encoding="utf-8").splitlines())[::EVERY]
    checker = cache(lambda scenario_id: Checker(packs.find(scenario_id), packs.lexicons(), judge))
    return confusion(measure(answers, checker).of(Subject.ELEMENT))


def test_the_judge_brings_the_checks_nearer_to_people() -> None:
    """With the judge no less of what is met is found than by the rules alone, and the agreement is higher."""
    rules, both = _agreement(None), _agreement(OnnxJudge())
    assert (both.recall or 0) >= (rules.recall or 1)
    assert (both.kappa or 0) > (rules.kappa or 1)
    assert (both.kappa or 0) >= FLOOR
