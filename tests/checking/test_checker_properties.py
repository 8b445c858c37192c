"""What holds of findings whatever was said."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmrehearse.checking.checker import Checker
from pmrehearse.checking.findings import Findings, Verdict
from pmrehearse.scenario import packs
from pmrehearse.speech.segments import Word, words_of_text

LENS = "writer/three-phase-lens"
ANSWERS = Path(__file__).parent.parent / "answers" / "dev.jsonl"
WORDS = (
    "we our users writers metric primary lift hypothesis test control ten thousand 12k percent 3% from to not no don't "
    "um uh, maybe if would post-mortem learned next because half group. retention great teams? never: actually sorry"
).split()

spoken_words = st.lists(st.sampled_from(WORDS), max_size=120)
any_text = st.text(max_size=400)


@cache
def _answer() -> str:
    """A strong answer to the lens."""
    with ANSWERS.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return str(next(one["text"] for one in found if one["scenario"] == LENS and sum(one["elements"].values()) >= 6))


def _check(text: str) -> Findings:
    return _checker().check(words_of_text(text))


@cache
def _checker() -> Checker:
    return Checker(packs.find(LENS), packs.lexicons())


def _lies_inside(findings: Findings, words: tuple[Word, ...]) -> bool:
    found = [one.evidence for one in findings.elements] + [one.evidence for one in findings.flags]
    evidences = [evidence for evidence in found if evidence is not None]
    return all(
        0 <= evidence.first_word <= evidence.last_word < len(words)
        and evidence.quote == " ".join(word.text for word in words[evidence.first_word : evidence.last_word + 1])
        for evidence in evidences
    )


@settings(max_examples=60)
@given(spoken_words)
def test_evidence_lies_inside_what_was_said(said: list[str]) -> None:
    """Evidence is a stretch of the transcript's words, and its quote is those words."""
    words = tuple(Word(text) for text in said)
    assert _lies_inside(_checker().check(words), words)


@settings(max_examples=80)
@given(any_text)
def test_no_text_breaks_the_checks(text: str) -> None:
    """Any text has findings: one an element, one a flag, met never without evidence."""
    scenario = packs.find(LENS)
    findings = _check(text)
    assert [one.element_id for one in findings.elements] == [element.id for element in scenario.elements]
    assert [one.flag_id for one in findings.flags] == [flag.id for flag in scenario.flags]
    assert all(one.evidence is not None for one in findings.elements if one.met)


@settings(max_examples=40)
@given(spoken_words)
def test_same_words_same_findings(said: list[str]) -> None:
    """A checker that has seen other transcripts finds the same as a new one."""
    text = " ".join(said)
    _check(_answer())
    assert _check(text) == Checker(packs.find(LENS), packs.lexicons()).check(words_of_text(text))


@settings(max_examples=15)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_growing_transcript_ends_in_the_same_findings(steps: list[int]) -> None:
    """Asked again and again while an answer grows, a checker ends where one that hears it whole ends."""
    words = words_of_text(_answer())
    growing, heard = Checker(packs.find(LENS), packs.lexicons()), 0
    for step in steps:
        heard = min(heard + step, len(words))
        growing.check(words[:heard])
    assert growing.check(words) == _check(_answer())


def test_nothing_heard_is_unknown() -> None:
    """Where nothing was heard, every element is unknown and no flag is raised."""
    findings = _checker().check(())
    assert {one.verdict for one in findings.elements} == {Verdict.UNKNOWN}
    assert findings.raised == ()


def test_punctuation_and_capitals_are_not_needed() -> None:
    """A recogniser's raw text (no capitals, no punctuation) meets nearly what the written one does."""
    raw = "".join(letter for letter in _answer().lower() if letter.isalnum() or letter in " %'.")
    assert abs(_check(raw.replace(". ", " ")).n_met - _check(_answer()).n_met) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "um " * 3000,
        "we measure " * 2000,
        "ten thousand users " * 1500,
        "if we test the metric and the metric and " * 900,
        "not " * 4000,
        "from 3 to 4 percent " * 1200,
    ],
)
def test_work_grows_with_the_text_and_not_faster(text: str) -> None:
    """Twice the text costs about twice the patterns tried, on texts made to cost most."""
    words = words_of_text(text)
    counts = []
    for share in (len(words) // 2, len(words)):
        checker = Checker(packs.find(LENS), packs.lexicons())
        checker.check(words[:share])
        counts.append(checker.steps)
    assert counts[1] <= 2.5 * counts[0] + 1000
