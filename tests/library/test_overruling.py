"""Does the speaker's verdict count, beside that of the checks?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pmrehearse.checking.answers import parse_answers
from pmrehearse.checking.findings import Findings, Judge, Verdict
from pmrehearse.errors import UsageError
from pmrehearse.library.cases import case_line
from pmrehearse.library.corrections import Corrections, Note, Overruling
from pmrehearse.library.exports.markdown import report_markdown
from pmrehearse.library.exports.page.page import report_page
from pmrehearse.library.guessing import GuessCompared, compare_guess
from pmrehearse.library.jsonview import report_document
from pmrehearse.library.library import Library
from pmrehearse.library.overruling import evidence_for, overrule
from pmrehearse.library.passages import places_of
from pmrehearse.library.take import TakeStatus
from pmrehearse.session.correcting import Corrector, Said
from tests.library.making import NOW, HandChecks, heard, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmrehearse.library.take import Take
    from pmrehearse.scenario.model import Scenario

SAID = "our metric is what readers, um, keep. We cut them in two."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library that marks with two words."""
    made = Library(tmp_path / "recordings", HandChecks, "these checks")
    yield made
    made.close()


@pytest.fixture
def take(library: Library, scenario: Scenario) -> Take:
    """A take in which the checks find nothing."""
    made = library.store.create(scenario, "", None, NOW, status=TakeStatus.RECORDED)
    library.store.set_transcript(made.id, heard(spoken(SAID)))
    whole = replace(made, status=TakeStatus.TRANSCRIBED, n_samples=0)
    library.save(whole)
    return whole


@pytest.fixture
def corrector(library: Library) -> Corrector:
    """Corrects takes of the library."""
    return Corrector(library.store, library.correct, lambda: NOW)


def _checked(library: Library, take: Take) -> Findings:
    return HandChecks(take.scenario).check(library.open(take.id).transcript.words)


def test_an_overruled_verdict_counts(library: Library, take: Take, corrector: Corrector) -> None:
    """Report, list and verdicts of the index say what the speaker says; the passage carries its place and time."""
    report = corrector.overrule(take.id, "test", Said(Verdict.MET, "we cut them in two", "two halves"))
    finding = report.findings.elements[1]
    assert (finding.verdict, finding.judge, report.findings.n_met) == (Verdict.MET, Judge.SPEAKER, 1)
    assert finding.evidence is not None
    assert (finding.evidence.quote, finding.evidence.first_word) == ("We cut them in two.", 7)
    assert finding.evidence.start_s == pytest.approx(2.8)
    assert library.rows()[0].n_met == 1
    assert [(row.element_id, row.verdict) for row in library.verdicts()] == [
        ("metric", Verdict.MISSING),
        ("test", Verdict.MET),
    ]


def test_an_overruled_verdict_stays_when_the_index_is_made_again(
    library: Library, take: Take, corrector: Corrector
) -> None:
    """The files are the truth: a rebuilt index and a renamed take count the speaker's verdict."""
    corrector.overrule(take.id, "test", Said(Verdict.MET))
    library.rebuild()
    assert library.rows()[0].n_met == 1
    library.rename(take.id, "the good one")
    assert library.rows()[0].n_met == 1


def test_an_overruling_is_taken_back(library: Library, take: Take, corrector: Corrector) -> None:
    """The checks' verdict counts again, and no case is left of it."""
    corrector.overrule(take.id, "test", Said(Verdict.MET))
    report = corrector.accept(take.id, "test")
    assert (report.findings, report.overruled) == (_checked(library, take), ())
    assert list(library.overruled_cases()) == []


def test_i_did_not_say_this(library: Library, take: Take, corrector: Corrector) -> None:
    """A verdict that is met by mistake becomes missing, with the reason in the place of what was lacking."""
    corrector.edit_words(take.id, 11, 11, "half.")
    assert library.report(take.id).findings.n_met == 1
    report = corrector.overrule(take.id, "test", Said(Verdict.MISSING, "in half", "that was the cake"))
    finding = report.findings.elements[1]
    assert (finding.verdict, finding.lacked) == (Verdict.MISSING, "that was the cake")
    assert [missed.element_id for missed in report.missed] == []  # nothing is known of phases in this take


def test_a_verdict_that_the_checks_agree_with_is_not_overruled(library: Library, take: Take) -> None:
    """Agreement, and elements that are unknown, change nothing; of two rulings the last counts."""
    checked = _checked(library, take)
    rulings = [
        Overruling("metric", Verdict.MISSING, "", "", NOW),
        Overruling("gone", Verdict.MET, "", "", NOW),
        Overruling("test", Verdict.MET, "", "", NOW),
        Overruling("test", Verdict.MISSING, "", "", NOW),
    ]
    assert overrule(checked, rulings, ()) == (checked, ())


def test_overruled_verdicts_are_labelled_answers(library: Library, take: Take, corrector: Corrector) -> None:
    """A take is one case: its corrected text, what the speaker says, the passage; a line of it reads back the same."""
    corrector.edit_words(take.id, 3, 3, "that")
    corrector.overrule(take.id, "test", Said(Verdict.MET, "We cut them in two."))
    corrector.overrule(take.id, "metric", Said(Verdict.MISSING))
    (case,) = library.overruled_cases()
    assert case.answer.elements == {"test": True, "metric": False}
    assert case.answer.text.startswith("our metric is that readers")
    assert parse_answers([case_line(case)]) == (case.answer,)
    assert json.loads(case_line(case))["evidence"] == {"test": "We cut them in two."}


def test_a_damaged_take_is_no_case(library: Library, take: Take, corrector: Corrector) -> None:
    """What cannot be read is passed over, and the others are still cases."""
    corrector.overrule(take.id, "test", Said(Verdict.MET))
    (library.store.folder(take.id) / "corrections.json").write_bytes(b"{")
    assert list(library.overruled_cases()) == []


def test_exports_say_what_was_overruled(take: Take, corrector: Corrector) -> None:
    """Markdown, the page and JSON carry the speaker's verdict, the checks' beside it, and notes, inert."""
    corrector.add_note(take.id, "slower <b>here</b>", 2.0)
    corrector.guess(take.id, ["metric"])
    report = corrector.overrule(take.id, "test", Said(Verdict.MET, "", "two *halves*"))
    text = report_markdown(report)
    assert "overruled by the speaker; the checks say missing: two \\*halves\\*" in text
    assert "- **[00:00:02]** slower \\<b\\>here\\</b\\>" in text
    assert "by the speaker; the checks say missing: two *halves*" in report_page(report)
    document = report_document(report)
    assert document["coverage"]["met"] == 1
    one = document["elements"][1]
    assert (one["judge"], one["overruled"]["checks"], one["guessed"]) == ("speaker", "missing", False)
    assert document["notes"] == [{"text": "slower <b>here</b>", "at_s": 2.0}]
    assert document["guess"] == {"right": 0, "of": 2, "over": ["metric"], "under": ["test"]}


def test_a_guess_leaves_out_what_nobody_can_tell(library: Library, take: Take) -> None:
    """Unknown elements are not counted; who was not asked guessed nothing."""
    checked = _checked(library, take)
    unknown = replace(checked.elements[0], verdict=Verdict.UNKNOWN)
    findings = replace(checked, elements=(unknown, checked.elements[1]))
    assert compare_guess(findings, ("metric",)) == GuessCompared(1, 1, (), ())
    assert compare_guess(findings, None) is None


def test_notes_stand_in_the_order_of_time(take: Take, corrector: Corrector) -> None:
    """Those on the take come first; each is removed by its place; an empty one is refused."""
    corrector.add_note(take.id, "late", 9.0)
    corrector.add_note(take.id, "early", 1.0)
    report = corrector.add_note(take.id, "  whole ")
    assert report.corrections.notes == (Note("whole"), Note("early", 1.0), Note("late", 9.0))
    assert corrector.remove_note(take.id, 1).corrections.notes == (Note("whole"), Note("late", 9.0))
    with pytest.raises(UsageError, match="no note 3"):
        corrector.remove_note(take.id, 2)
    with pytest.raises(UsageError, match="empty"):
        corrector.add_note(take.id, " \n ")


def test_an_element_that_is_not_asked_cannot_be_overruled(take: Take, corrector: Corrector) -> None:
    """The message names those that are."""
    with pytest.raises(UsageError) as refusal:
        corrector.overrule(take.id, "sample", Said(Verdict.MET))
    assert "metric, test" in refusal.value.hint


def test_everything_can_be_undone(library: Library, take: Take, corrector: Corrector) -> None:
    """Putting the corrections of before leads back to the report of before."""
    before = library.report(take.id)
    corrector.overrule(take.id, "test", Said(Verdict.MET))
    corrector.edit_words(take.id, 0, 1, "")
    assert corrector.put(take.id, before.corrections) == before
    assert library.store.corrections(take.id) == Corrections()


@pytest.mark.parametrize(
    ("passage", "places"),
    [("WE CUT", ((7, 8),)), ("two", ((11, 11),)), ("", ()), ("...", ()), ("cut we", ()), ("um", ((5, 5),))],
)
def test_a_passage_is_found_whatever_its_case_and_punctuation(
    passage: str, places: tuple[tuple[int, int], ...]
) -> None:
    """Words that follow one another, compared without case and punctuation around them."""
    assert places_of(passage, spoken(SAID).words) == places
    assert (evidence_for(passage, spoken(SAID).words) is None) == (not places)
