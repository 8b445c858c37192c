"""How far do the checks agree with human markers?

The development answers are the examination that the rules were written towards. The unseen ones were written and marked
by people who knew neither the rules nor those; on them the rules must not fall apart.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pmrehearse.checking.agreement import Agreement, Subject, confusion, measure
from pmrehearse.checking.answers import LabelledAnswer, parse_answers
from pmrehearse.checking.checker import Checker
from pmrehearse.checking.examples import wrong_examples
from pmrehearse.scenario import packs

ANSWERS = Path(__file__).parent.parent / "answers"
FIRST = ("writer/three-phase-lens", "writer/whiteboard")


@cache
def _checker(scenario_id: str) -> Checker:
    return Checker(packs.find(scenario_id), packs.lexicons())


@cache
def _answers(name: str) -> tuple[LabelledAnswer, ...]:
    with (ANSWERS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return tuple(parse_answers(lines))


@cache
def _agreement(name: str, scenario_id: str) -> Agreement:
    return measure([answer for answer in _answers(name) if answer.scenario == scenario_id], _checker)


def _kappa(agreement: Agreement, subject: Subject) -> float:
    kappa = confusion(agreement.of(subject)).kappa
    assert kappa is not None
    return kappa


@pytest.mark.parametrize("scenario_id", FIRST)
def test_elements_agree_on_the_development_answers(scenario_id: str) -> None:
    """On the elements of the development answers kappa is at least 0.85."""
    assert _kappa(_agreement("dev", scenario_id), Subject.ELEMENT) >= 0.85


@pytest.mark.parametrize("scenario_id", FIRST)
def test_flags_agree_on_the_development_answers(scenario_id: str) -> None:
    """Flags are raised on the development answers where the marker raises them, and nowhere else."""
    wrong = [one for one in _agreement("dev", scenario_id).of(Subject.FLAG) if not one.right]
    assert wrong == []


@pytest.mark.parametrize(("scenario_id", "at_least"), [(FIRST[0], 0.75), (FIRST[1], 0.6)])
def test_elements_agree_on_unseen_answers(scenario_id: str, at_least: float) -> None:
    """On answers that the rules were not written towards the agreement is known, and does not fall behind."""
    assert _kappa(_agreement("unseen-writer", scenario_id), Subject.ELEMENT) >= at_least


@pytest.mark.parametrize("scenario_id", packs.list_ids())
def test_every_example_comes_out_as_its_author_says(scenario_id: str) -> None:
    """Every passage that a shipped scenario names as meeting or missing a check does so."""
    assert wrong_examples(packs.find(scenario_id), _checker(scenario_id)) == ()
