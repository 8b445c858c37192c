"""A new scenario, as it is written for its author."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.examples import wrong_examples
from pmrehearse.cleaning import clean_line
from pmrehearse.scenario import packs
from pmrehearse.scenario.coherence import scarce_examples
from pmrehearse.scenario.document import parse
from pmrehearse.scenario.drafts import draft
from pmrehearse.scenario.model import Origin
from pmrehearse.scenario.reader import examine
from pmrehearse.session.marking import Marking


def test_a_draft_passes_the_check_at_once() -> None:
    """It has no mistake and no warning, and every example is judged as it says."""
    text = draft("mine/case", "My case", 3)
    reading = examine(text, Origin.USER, packs.lexicons())
    assert (reading.mistakes, reading.warnings) == ((), ())
    assert reading.scenario is not None
    assert wrong_examples(reading.scenario, Marking(packs.lexicons).checker(reading.scenario)) == ()
    assert not list(scarce_examples(parse(text).tables))


@pytest.mark.parametrize("minutes", [0.5, 0.75, 1.9, 20, 240])
def test_a_draft_of_any_length_adds_up(minutes: float) -> None:
    """Phases make the whole, the target lies inside it, the card comes in time."""
    reading = examine(draft("mine/case", "My case", minutes), Origin.USER, packs.lexicons())
    assert reading.scenario is not None
    assert reading.scenario.seconds == round(60 * minutes)


@given(st.text(min_size=1, max_size=60).map(clean_line).filter(bool))
def test_any_title_can_be_given(title: str) -> None:
    """Quotes, braces, dollars and backslashes come back as they were."""
    reading = examine(draft("mine/case", title, 3), Origin.USER)
    assert reading.scenario is not None
    assert reading.scenario.title == title
