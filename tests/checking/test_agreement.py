"""How agreement with markers is counted."""

from __future__ import annotations

import pytest

from pmrehearse.checking.agreement import Agreement, Confusion, Decision, Subject, compare, confusion, measure
from pmrehearse.checking.answers import LabelledAnswer, parse_answers
from pmrehearse.checking.checker import Checker
from pmrehearse.errors import BadFileError
from pmrehearse.scenario import packs

LENS = "writer/three-phase-lens"


def _decision(name: str, *, labelled: bool, found: bool) -> Decision:
    return Decision("a", LENS, Subject.ELEMENT, name, labelled, found, "")


def test_precision_recall_and_kappa() -> None:
    """The figures are those of the textbook: Cohen's example of 20 and 15 agreements in 50 has kappa 0.4."""
    counts = Confusion(both=20, only_found=5, only_labelled=10, neither=15)
    assert (counts.n, counts.precision) == (50, 0.8)
    assert counts.recall == pytest.approx(2 / 3)
    assert counts.kappa == pytest.approx(0.4)


def test_what_cannot_be_said_is_none() -> None:
    """Figures without a ground are None; two markers who always say the same one thing agree wholly."""
    assert (Confusion().precision, Confusion().recall, Confusion().kappa) == (None, None, None)
    assert Confusion(neither=4).kappa == 1.0


def test_decisions_are_counted() -> None:
    """Each decision falls into one of four counts."""
    decisions = [
        _decision("a", labelled=True, found=True),
        _decision("b", labelled=True, found=False),
        _decision("c", labelled=False, found=True),
        _decision("d", labelled=False, found=False),
    ]
    assert confusion(decisions) == Confusion(1, 1, 1, 1)
    assert [one.name for one in Agreement(tuple(decisions)).wrong] == ["b", "c"]


def test_versions_are_compared() -> None:
    """What was mended and what was broken is told, on the decisions that both have."""
    before = Agreement((_decision("a", labelled=True, found=False), _decision("b", labelled=True, found=True)))
    after = Agreement((_decision("a", labelled=True, found=True), _decision("b", labelled=True, found=False)))
    difference = compare(before, after)
    assert [one.name for one in difference.mended] == ["a"]
    assert [one.name for one in difference.broken] == ["b"]


def test_labels_for_what_a_scenario_lacks_are_an_error() -> None:
    """An answer that labels an unknown element names it, and what there is."""
    answer = LabelledAnswer("a", LENS, "so we test", {"no-such": True}, {})
    checker = Checker(packs.find(LENS), packs.lexicons())
    with pytest.raises(BadFileError, match="no-such"):
        measure([answer], lambda _: checker)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"scenario": "x"}', '{"scenario": "x", "text": "y", "elements": {"a": 1}}']
)
def test_a_wrong_line_is_named(line: str) -> None:
    """A line that is no labelled answer is refused with its number."""
    with pytest.raises(BadFileError, match="Line 2"):
        parse_answers(['{"scenario": "x", "text": "y"}', line])
