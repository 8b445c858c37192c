"""What the speaker corrects, beside what was recognised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.findings import Verdict
from pmrehearse.errors import LibraryError
from pmrehearse.library.corrections import Corrections, Note, Overruling, WordEdit, corrected, stale_edits
from pmrehearse.library.store import TakeStore
from pmrehearse.scenario.model import Scenario
from pmrehearse.speech.segments import Transcript, Word, typed_transcript
from tests.library.making import NOW, heard, spoken

SAID = heard(spoken("one two three four", 2.0, 1.0), spoken("five six", 10.0, 1.0))


def _words(transcript: Transcript) -> list[tuple[str, float | None, float | None]]:
    return [(word.text, word.start_s, word.end_s) for word in transcript.words]


def test_a_word_for_a_word_keeps_its_time() -> None:
    """The new word stands where the old one stood, and nobody doubts it."""
    after = corrected(SAID, (WordEdit(0, 1, 1, "two", "too,"),))
    assert after.segments[0].words[1] == Word("too,", 3.0, 4.0)
    assert (after.text, after.segments[1]) == ("one too, three four five six", SAID.segments[1])


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (WordEdit(0, 1, 2, "two three", "RACI"), [("RACI", 3.0, 5.0)]),
        (WordEdit(0, 1, 1, "two", "a b"), [("a", 3.0, 3.5), ("b", 3.5, 4.0), ("three", 4.0, 5.0)]),
        (WordEdit(0, 1, 1, "two", ""), [("three", 4.0, 5.0)]),
        (WordEdit(0, 1, 0, "", "new"), [("new", 3.0, 3.0), ("two", 3.0, 4.0)]),
        (WordEdit(0, 0, 3, "one two three four", "  "), []),
        (WordEdit(1, 2, 1, "", "seven"), []),
    ],
)
def test_edits_of_other_lengths(edit: WordEdit, expected: list[tuple[str, float, float]]) -> None:
    """Fewer, more or no words share the time of the old ones; insertions stand between their neighbours."""
    after = _words(corrected(SAID, (edit,)))
    assert [word for word in after if word in expected] == expected
    assert len(after) == 6 + len(edit.text.split()) - (edit.last - edit.first + 1)


def test_several_edits_of_one_segment_do_not_shift_one_another() -> None:
    """Edits name the words as recognised, so any order gives the same text."""
    edits = (WordEdit(0, 0, 0, "one", "a b c"), WordEdit(0, 3, 3, "four", "d"), WordEdit(0, 2, 1, "", "x"))
    texts = {corrected(SAID, order).text for order in (edits, edits[::-1])}
    assert texts == {"a b c two x three d five six"}


def test_of_two_edits_of_one_word_the_last_counts() -> None:
    """Changing one's mind is no conflict."""
    edits = (WordEdit(0, 1, 1, "two", "too"), WordEdit(0, 1, 2, "two three", "to free"))
    assert corrected(SAID, edits).text == "one to free four five six"


@pytest.mark.parametrize(
    "edit",
    [
        WordEdit(0, 1, 1, "three", "x"),
        WordEdit(7, 0, 0, "one", "x"),
        WordEdit(-1, 0, 0, "five", "x"),
        WordEdit(0, 9, 9, "", "x"),
        WordEdit(0, 2, 0, "", "x"),
    ],
)
def test_an_edit_that_does_not_fit_is_left_alone(edit: WordEdit) -> None:
    """After the take was recognised again, old edits change nothing and can be listed."""
    assert corrected(SAID, (edit,)) == SAID
    assert stale_edits(SAID, (edit,)) == (edit,)


def test_a_typed_text_can_be_edited() -> None:
    """Words without times get words without times."""
    after = corrected(typed_transcript("one two"), (WordEdit(0, 2, 1, "", "three"), WordEdit(0, 0, 0, "one", "1 1")))
    assert after.words == (Word("1"), Word("1"), Word("two"), Word("three"))


@given(
    first=st.integers(0, 4),
    length=st.integers(0, 3),
    text=st.lists(st.text("ab", min_size=1, max_size=3), max_size=4).map(" ".join),
)
def test_edited_words_stay_in_their_place(first: int, length: int, text: str) -> None:
    """Whatever is put in stands between what was before and after it, in the order of time."""
    words = SAID.segments[0].words
    last = min(first + length - 1, len(words) - 1)
    said = " ".join(word.text for word in words[first : last + 1])
    after = corrected(SAID, (WordEdit(0, first, last, said, text),))
    times = [moment for word in after.words for moment in (word.start_s, word.end_s)]
    assert times == sorted(moment for moment in times if moment is not None)
    assert after.segments[0].text.split() == [
        *(word.text for word in words[:first]),
        *text.split(),
        *(word.text for word in words[last + 1 :]),
    ]


FULL = Corrections(
    words=(WordEdit(0, 1, 1, "two", "too"), WordEdit(0, 1, 0, "", "well")),
    verdicts=(Overruling("metric", Verdict.MET, "our metric", "I did say it", NOW),),
    notes=(Note("slower here", 12.5), Note("good")),
    guess=("metric",),
)


def test_corrections_come_back_as_they_were_kept(store: TakeStore, scenario: Scenario) -> None:
    """Every field survives the disk; a take without corrections has none."""
    take = store.create(scenario, "", None, NOW)
    assert store.corrections(take.id) == Corrections()
    store.set_corrections(take.id, FULL)
    assert store.corrections(take.id) == FULL


def test_the_transcript_is_read_with_its_corrections(store: TakeStore, scenario: Scenario) -> None:
    """What was recognised can still be seen."""
    take = store.create(scenario, "", None, NOW)
    store.set_transcript(take.id, SAID)
    store.set_corrections(take.id, FULL)
    assert store.transcript(take.id).text == "one well too three four five six"
    assert store.recognised(take.id) == SAID


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "damaged"),
        (b'{"format": 1, "mood": 2}', "damaged"),
        (b'{"format": 9}', "later version"),
        (b"[[", "damaged"),
    ],
)
def test_damaged_corrections_are_an_error(store: TakeStore, scenario: Scenario, content: bytes, complaint: str) -> None:
    """They are never silently dropped: what was corrected would look uncorrected."""
    take = store.create(scenario, "", None, NOW)
    store.set_transcript(take.id, SAID)
    (store.folder(take.id) / "corrections.json").write_bytes(content)
    with pytest.raises(LibraryError, match=complaint):
        store.transcript(take.id)
