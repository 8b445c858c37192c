"""Transcripts made elsewhere become ours, whatever wrote them."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmrehearse.cleaning import clean, clean_line
from pmrehearse.errors import BadFileError
from pmrehearse.library.imports.captions import read_captions
from pmrehearse.library.imports.reading import SUFFIXES, read_foreign
from pmrehearse.library.imports.timed import spread
from pmrehearse.library.reporting import make_report
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.scenario.model import Scenario
from pmrehearse.speech.segments import Transcript, TranscriptSource
from tests.library.making import NOW, RATE, HandChecks, heard, render, spoken

SRT = """1
00:00:01,500 --> 00:00:04,000
Our <i>metric</i> is
retention, you know.

2
00:01:00,000 --> 00:01:02,000 X1:40 X2:600
{\\an8}- And half get it &amp; wait
"""
VTT = """WEBVTT - made by hand

NOTE Nothing of this --> is said

intro
00:01.500 --> 00:04.000 align:start
<v Ann>Our <00:00:02.000><c>metric</c> is
retention, you know.

1:00:00.000 --> 1:00:02.000
And half get it & wait
"""


def _said(transcript: Transcript) -> list[tuple[float, float, str]]:
    return [(segment.start_s, segment.end_s, segment.text) for segment in transcript.segments]


def test_srt_is_read_with_its_times_and_without_its_marks() -> None:
    """Tags, positions, entities and dashes of speakers are not said."""
    transcript = read_foreign(SRT, ".srt", "a.srt")
    assert _said(transcript) == [
        (1.5, 4.0, "Our metric is retention, you know."),
        (60.0, 62.0, "And half get it & wait"),
    ]
    assert (transcript.source, transcript.complete) == (TranscriptSource.IMPORTED, True)


def test_vtt_is_read_likewise() -> None:
    """Notes, names of cues and settings are left out; hours may be."""
    assert _said(read_foreign(VTT, ".vtt", "a.vtt")) == [
        (1.5, 4.0, "Our metric is retention, you know."),
        (3600.0, 3602.0, "And half get it & wait"),
    ]


def test_rolling_captions_say_each_line_once() -> None:
    """Services repeat the line before in each caption; people do not."""
    rolling = "\n\n".join(
        f"00:0{at}.000 --> 00:0{at + 2}.000\n{lines}"
        for at, lines in ((1, "we begin"), (3, "we begin\nand go on"), (5, "and go on\nto the end"))
    )
    assert " ".join(text for _, _, text in _said(read_captions(rolling))) == "we begin and go on to the end"


def test_words_share_a_caption_by_their_letters() -> None:
    """They begin and end with it, one after another without a gap."""
    words = spread(("a", "bcd", "ef"), 10.0, 16.0)
    assert [(word.text, word.start_s, word.end_s) for word in words] == [
        ("a", 10.0, 11.0), ("bcd", 11.0, 14.0), ("ef", 14.0, 16.0),
    ]  # fmt: skip


_SEGMENT = {"start": 1.5, "end": 2.5, "text": " Our metric"}
_OUR, _METRIC = (
    {"word": " Our", "start": 1.5, "end": 1.9, "probability": 0.8},
    {"word": " metric", "start": 2, "end": 2.5},
)


@pytest.mark.parametrize(
    "document",
    [
        {"text": " Our metric", "segments": [{"id": 0, "tokens": [1], **_SEGMENT}]},
        {"transcription": [{"timestamps": {}, "offsets": {"from": 1500, "to": 2500}, "text": " Our metric"}]},
        {"segments": [{**_SEGMENT, "text": "?", "words": [_OUR, _METRIC]}]},
    ],
)
def test_the_json_of_whisper_programs_is_read(document: dict[str, Any]) -> None:
    """openai-whisper's with and without words, whisper.cpp's."""
    transcript = read_foreign(json.dumps(document), ".json", "a.json")
    assert _said(transcript) == [(1.5, 2.5, "Our metric")]
    assert all(word.start_s is not None for word in transcript.words)


def test_words_with_impossible_times_get_others() -> None:
    """Times that go back are not believed; the words are kept."""
    words = [{"word": "one", "start": 9.0, "end": 3.0}, {"word": "two", "start": None, "end": 4}]
    document = {"segments": [{"start": 1.0, "end": 4.0, "text": "one two", "words": words}]}
    transcript = read_foreign(json.dumps(document), ".json", "a.json")
    assert [(word.text, word.start_s, word.end_s) for word in transcript.words] == [
        ("one", 1.0, 2.5),
        ("two", 2.5, 4.0),
    ]


def test_a_text_with_times_keeps_them() -> None:
    """A line that begins with a time begins there; a text without times has none."""
    text = "[00:00:04] Our metric is this.\nIt decides.\n**[1:10]** Half get it.\n"
    assert _said(read_foreign(text, ".txt", "a.txt")) == [
        (4.0, 70.0, "Our metric is this. It decides."),
        (70.0, 75.0, "Half get it."),
    ]
    plain = read_foreign("At 4:30 we meet, all of us.", ".txt", "a.txt")
    assert plain.source is TranscriptSource.TYPED


@pytest.mark.parametrize("name", ["srt", "vtt", "json", "txt"])
def test_what_this_program_exports_it_reads_again(scenario: Scenario, name: str) -> None:
    """The same words at about the same seconds."""
    transcript = heard(
        spoken("Our metric is weekly retention of writers.", 1.5), spoken("And half of them wait.", 30.0)
    )
    take = Take("id", scenario, NOW, TakeStatus.TRANSCRIBED, "mic", 100 * RATE)
    checks = HandChecks(scenario)
    report = make_report(take, transcript, checks.check(transcript.words), checks.check)
    again = read_foreign(render(report, name), f".{name}", "again")
    assert [word.text for word in again.words] == [word.text for word in transcript.words]
    starts = [word.start_s or 0.0 for word in again.words]
    assert max(abs(a - (b.start_s or 0.0)) for a, b in zip(starts, transcript.words, strict=True)) < (
        30 if name == "txt" else 1.0
    )


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("", ".srt"),
        ("no times at all", ".vtt"),
        ("{", ".json"),
        ("[1, 2]", ".json"),
        ('{"segments": []}', ".json"),
        (" \n", ".txt"),
        ("[" * 100_000, ".json"),
    ],
)
def test_what_holds_no_speech_is_refused(text: str, suffix: str) -> None:
    """An error that names the file and says what can be given."""
    with pytest.raises(BadFileError, match="hostile"):
        read_foreign(text, suffix, f"hostile{suffix}")


_LINES = ("00:01.000 --> 00:02.000", "", "words here", "99:99:99,999 --> 00:00:00,000", "-->", "[0:04] words")
_KEYS = ("segments", "start", "end", "text", "words", "word", "offsets", "from", "to")
_INSIDE = st.none() | st.floats() | st.text(max_size=5)
_DOCUMENTS = st.recursive(
    _INSIDE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    max_leaves=12,
)
_TEXTS = (
    st.text(max_size=200) | st.lists(st.sampled_from(_LINES), max_size=12).map("\n".join) | _DOCUMENTS.map(json.dumps)
)


@settings(max_examples=150, deadline=None)
@given(text=_TEXTS, suffix=st.sampled_from(SUFFIXES))
def test_no_file_breaks_the_reader(text: str, suffix: str) -> None:
    """Whatever stands in it, it is a transcript in the order of time without control characters, or a told error."""
    try:
        transcript = read_foreign(clean(text), suffix, "any")
    except BadFileError:
        return
    moments = [at_s for segment in transcript.segments for at_s in (segment.start_s, segment.end_s)]
    assert all(a <= b for a, b in pairwise(moments))
    assert all(word.text and clean_line(word.text) == word.text for word in transcript.words)
