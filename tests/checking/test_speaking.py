"""Pace, pauses and fillers of an answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.delivery import Delivery, Filler, FillerKind, LongPause, PaceExcursion
from pmrehearse.checking.fillers import count_fillers
from pmrehearse.checking.speaking import (
    BAND,
    LONG_PAUSE_S,
    PAUSE_S,
    WINDOW_S,
    measure,
    spans_of_speech,
)
from pmrehearse.speech.segments import (
    Segment,
    Span,
    Transcript,
    TranscriptSource,
    Word,
    typed_transcript,
    words_of_text,
)


def _spoken(text: str, start_s: float = 0.0, word_s: float = 0.5, *, unsure: bool = False) -> Segment:
    """Words of one length that follow one another."""
    words = tuple(
        Word(word, start_s + i * word_s, start_s + (i + 1) * word_s, 0.9) for i, word in enumerate(text.split())
    )
    end_s = start_s + len(words) * word_s
    return Segment(start_s, end_s, words, (Span(start_s, end_s),), "base.en", unsure)


def _heard(*segments: Segment) -> Transcript:
    return Transcript(segments, TranscriptSource.HEARD, complete=True)


def test_pace_is_words_over_elapsed_time_and_articulation_over_speech() -> None:
    """Twenty words in ten seconds of speech within twenty seconds: 60 and 120 words a minute."""
    delivery = measure(_heard(_spoken("word " * 20, 4.0)), 20.0)
    assert (delivery.n_words, delivery.duration_s, delivery.speech_s, delivery.first_word_s) == (20, 20.0, 10.0, 4.0)
    assert (delivery.words_per_minute, delivery.articulation_per_minute) == (60.0, 120.0)


def test_a_typed_text_has_words_and_fillers_and_no_times() -> None:
    """Without times there is no pace, no first word, no pause and no excursion."""
    assert measure(typed_transcript("Um, we split them"), 0.0) == Delivery(
        0.0, 0.0, 4, None, None, None, 0, (), (), (Filler("um", 1),)
    )


def test_nothing_said_is_nothing_measured() -> None:
    """An empty transcript of a silent minute has no pace."""
    assert measure(_heard(), 60.0) == Delivery(60.0, 0.0, 0, None, None, None, 0, (), (), ())


def test_pauses_lie_between_speech_and_not_around_it() -> None:
    """Silence before the first and after the last speech is no pause; short ones count, long ones are listed."""
    parts = [_spoken("a b", 9.0), _spoken("c d e f g", 10.4), _spoken("h", 13.0), _spoken("i j k l m", 17.0)]
    delivery = measure(_heard(*parts), 90.0)
    assert delivery.n_pauses == 1
    assert delivery.long_pauses == (LongPause(13.5, 17.0, "e f g h", "i j k l"),)


def test_pauses_come_from_voice_activity() -> None:
    """A gap between words in which speech was heard is no pause; a silence that words were laid over is one."""
    words = (Word("um", 0.0, 0.2), Word("we", 5.0, 5.2), Word("split", 5.2, 9.0))
    segment = Segment(0.0, 9.0, words, (Span(0.0, 5.5), Span(8.0, 9.0)))
    delivery = measure(_heard(segment), 9.0)
    assert [(pause.start_s, pause.end_s) for pause in delivery.long_pauses] == [(5.5, 8.0)]


def test_missing_sound_is_no_pause_of_the_speaker() -> None:
    """A silence that touches a gap of the recording is not counted."""
    transcript = _heard(_spoken("a b"), _spoken("c d", 6.0))
    assert measure(transcript, 8.0).n_pauses == 1
    assert measure(transcript, 8.0, [Span(2.0, 5.0)]).n_pauses == 0


def test_words_heard_badly_count_on_neither_side() -> None:
    """A segment that was not understood adds neither words nor the speech under them to the articulation."""
    delivery = measure(_heard(_spoken("a b c d"), _spoken("x " * 40, 10.0, unsure=True)), 60.0)
    assert (delivery.n_words, delivery.words_per_minute, delivery.articulation_per_minute) == (4, 4.0, 120.0)
    assert delivery.speech_s == 22.0


def test_text_from_subtitles_has_its_words_as_speech() -> None:
    """Where no voice activity is known, the words say where speech was."""
    segment = replace(_spoken("a b c"), speech=())
    assert spans_of_speech([segment]) == (Span(0.0, 1.5),)


def test_a_fast_stretch_and_a_slow_one_are_told() -> None:
    """A minute at 240 words a minute, then one at 60: two excursions, each with its pace; 150 is none."""
    fast, even, slow = _spoken("a " * 240, 0.0, 0.25), _spoken("b " * 150, 60.0, 0.4), _spoken("c " * 60, 120.0, 1.0)
    fast_one, slow_one = measure(_heard(fast, even, slow), 180.0).excursions
    assert fast_one.start_s < 1
    assert 55 < fast_one.end_s < 90
    assert fast_one.words_per_minute == pytest.approx(230, abs=20)
    assert 100 < slow_one.start_s < 125
    assert slow_one.words_per_minute == pytest.approx(65, abs=20)
    assert measure(_heard(even), 120.0).excursions == ()


def test_a_long_silence_is_a_pause_and_no_pace() -> None:
    """Two minutes of silence at a whiteboard are one long pause and no slow stretch."""
    delivery = measure(_heard(_spoken("a " * 75, 0.0, 0.4), _spoken("b " * 75, 150.0, 0.4)), 180.0)
    assert ([pause.start_s for pause in delivery.long_pauses], delivery.excursions) == ([30.0], ())


def _fillers(text: str) -> dict[str, int]:
    return {filler.text: filler.count for filler in count_fillers(words_of_text(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Um, uh, erm, hmm, ah, ummm, uhhh.", {"um": 3, "uh": 2, "ah": 1, "hmm": 1}),
        ("I would like ten users like you", {}),
        ("It is, like, ten users", {"like": 1}),
        ("It is um like uh ten users", {"like": 1, "um": 1, "uh": 1}),
        ("Do you know what I mean", {}),
        ("We split, you know, the users. I mean, half of them.", {"you know": 1, "i mean": 1}),
        ("Right, so that is the right metric", {"right": 1}),
        ("What sort of users and this kind of test", {}),
        ("It sort of works, kind of", {"sort of": 1, "kind of": 1}),
        ("Maybe I think probably", {"maybe": 1, "i think": 1, "probably": 1}),
        ("Basically we ship it", {"basically": 1}),
        ("the summer hummus errs", {}),
        ("“Um,” she said", {"um": 1}),
        ("you’d like, well, that", {"well": 1}),
        ("", {}),
    ],
)
def test_what_counts_as_a_filler(text: str, expected: dict[str, int]) -> None:
    """Hesitations always, words that can mean something only where they stand by themselves."""
    assert _fillers(text) == expected


def test_a_pause_bounds_an_ambiguous_word() -> None:
    """Without punctuation a pause on each side tells a filler from a word."""
    words = words_of_text("it is like ten users")
    assert count_fillers(words) == ()
    assert count_fillers(words, after_pause=(2, 3)) == (Filler("like", 1, FillerKind.DISCOURSE),)


def test_pauses_of_the_transcript_bound_fillers() -> None:
    """The same from a transcript with times."""
    transcript = _heard(_spoken("it is"), _spoken("like", 2.0), _spoken("ten users", 4.0))
    assert measure(transcript, 6.0).fillers == (Filler("like", 1, FillerKind.DISCOURSE),)


def test_fillers_stand_most_frequent_first() -> None:
    """Then by the alphabet, each with what it does."""
    assert count_fillers(words_of_text("uh maybe, um, you know, uh, um perhaps")) == (
        Filler("uh", 2, FillerKind.HESITATION),
        Filler("um", 2, FillerKind.HESITATION),
        Filler("maybe", 1, FillerKind.HEDGE),
        Filler("perhaps", 1, FillerKind.HEDGE),
        Filler("you know", 1, FillerKind.DISCOURSE),
    )


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Whatever a recogniser may have heard in about ten minutes."""
    segments, at_s = [], 0.0
    words = ("um", "like,", "you", "know", "we", "split", "users.", "sort", "of")
    for texts in draw(st.lists(st.lists(st.sampled_from(words), max_size=30), max_size=15)):
        at_s += draw(st.floats(0, 30))
        part = _spoken(" ".join(texts), at_s, draw(st.sampled_from([0.12, 0.3, 0.5, 1.4])), unsure=draw(st.booleans()))
        segments.append(part)
        at_s = part.end_s
    return _heard(*segments)


@given(transcript=transcripts(), tail_s=st.floats(0, 60))
def test_what_holds_of_every_answer(transcript: Transcript, tail_s: float) -> None:
    """Figures agree with one another and lie inside the sound, for anything that was heard."""
    end_s = transcript.segments[-1].end_s if transcript.segments else 0.0
    delivery = measure(transcript, end_s + tail_s)
    assert 0 <= delivery.speech_s <= delivery.duration_s + 1e-6
    assert len(delivery.long_pauses) <= delivery.n_pauses
    assert sum(filler.count for filler in delivery.fillers) <= delivery.n_words
    if delivery.words_per_minute is not None and delivery.articulation_per_minute is not None:
        assert delivery.words_per_minute <= delivery.articulation_per_minute + 1e-6
    speech = spans_of_speech(transcript.segments)
    assert all(one.end_s < other.start_s for one, other in pairwise(speech))
    for pause in delivery.long_pauses:
        assert speech[0].end_s <= pause.start_s <= pause.end_s - LONG_PAUSE_S + 1e-6
        assert pause.end_s <= speech[-1].start_s
    for one in delivery.excursions:
        assert one.end_s - one.start_s >= WINDOW_S - 1e-6
        assert not BAND[0] <= one.words_per_minute <= BAND[1]
        assert one.end_s <= delivery.duration_s + 1e-6
    assert all(one.start_s < other.start_s for one, other in pairwise(delivery.excursions))


@given(transcript=transcripts(), later_s=st.floats(0, 100))
def test_beginning_later_changes_only_times(transcript: Transcript, later_s: float) -> None:
    """The same answer after a longer silence has the same pauses and fillers, and begins later."""

    def shifted(segment: Segment) -> Segment:
        words = tuple(
            replace(word, start_s=(word.start_s or 0) + later_s, end_s=(word.end_s or 0) + later_s)
            for word in segment.words
        )
        speech = tuple(Span(span.start_s + later_s, span.end_s + later_s) for span in segment.speech)
        return Segment(segment.start_s + later_s, segment.end_s + later_s, words, speech, "", segment.unsure)

    moved = replace(transcript, segments=tuple(shifted(segment) for segment in transcript.segments))
    one, other = measure(transcript, 900.0), measure(moved, 900.0)
    assert (one.n_words, one.fillers) == (other.n_words, other.fillers)
    if one.first_word_s is not None and other.first_word_s is not None:
        assert other.first_word_s - one.first_word_s == pytest.approx(later_s)


@given(st.lists(st.text(max_size=15), max_size=40), st.sets(st.integers(0, 45)))
def test_no_text_breaks_the_count(texts: list[str], after_pause: set[int]) -> None:
    """Whatever stands in words, fillers are counted, never more than there are words."""
    words = [Word(text) for text in texts]
    assert sum(filler.count for filler in count_fillers(words, after_pause)) <= len(words)


def test_silences_shorter_than_half_a_second_are_none() -> None:
    """Just under the bound is no pause, at the bound is one."""
    assert measure(_heard(_spoken("a"), _spoken("b", 0.5 + PAUSE_S - 0.01)), 5.0).n_pauses == 0
    assert measure(_heard(_spoken("a"), _spoken("b", 0.5 + PAUSE_S)), 5.0).n_pauses == 1


def test_an_excursion_says_its_mean_pace() -> None:
    """Forty-five seconds of one slow pace are one stretch of that pace."""
    (only,) = measure(_heard(_spoken("a " * 45, 2.0, 1.0)), 50.0).excursions
    assert only == PaceExcursion(2.5, 42.5, 60.0)
