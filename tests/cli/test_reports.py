"""How a report looks as text and what it is as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pmrehearse.audio.events import GapMarked
from pmrehearse.cli.texts import transcript as transcript_text
from pmrehearse.library.take import TakeStatus
from pmrehearse.speech.segments import Segment, Transcript, TranscriptSource
from tests.cli.fakes import ANSWER, FakeProgram, report, take, transcript, words

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from tests.cli.conftest import Caller

ALL = "our metric and ten thousand people and a review"


def test_a_report_as_text(call: Caller, snapshot: SnapshotAssertion) -> None:
    """One of everything: met, near, missing, phases over, under and never begun, pauses, fillers, cues, transcript."""
    called = call("show", "last", "--transcript")
    assert (called.code, called.err) == (0, "")
    assert called.out == snapshot
    assert max(map(len, called.out.splitlines())) <= 80


def test_a_report_with_a_flag_as_text(call: Caller, snapshot: SnapshotAssertion) -> None:
    """A raised flag stands in the heading line and in a part of its own, with what to do instead."""
    call.program = FakeProgram(transcript(f"{ALL} ideas"))
    assert call("show", "last").out == snapshot


def test_a_take_that_is_not_whole_says_so(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """A take that waits, was cut short or lost sound is marked before its verdicts."""
    gaps = (GapMarked(16_000, 8_000, "the microphone was gone"), GapMarked(48_000, 16_000, "the same"))
    broken = take("made", status=TakeStatus.RECORDED, ended="interrupted", gaps=gaps)
    monkeypatch.setattr(call.program.reviewer, "report", lambda _take_id: report(broken, transcript()))
    out = call("show", "last").out
    assert "! It waits for its transcript: `pmrehearse transcribe made`.\n" in out
    assert "! It was stopped before its end.\n! 1.5 s of its sound are missing, in 2 places.\n" in out


def test_a_report_of_the_demo_voice_says_so(call: Caller) -> None:
    """Wherever the demo's checkpoint is named, its note stands."""
    program = call.program
    program.checkpoints.here["base.en"] = replace(
        program.checkpoints.here["base.en"], note="demo voice: knows the demo answers only"
    )
    assert "demo voice: knows the demo answers only" in " ".join(call("show", "last").out.split())
    shown = json.loads(call("show", "last", "--json").out)
    assert shown["take"]["recogniser_note"] == "demo voice: knows the demo answers only"


def test_a_report_as_json(call: Caller, snapshot: SnapshotAssertion) -> None:
    """The same, for programs; words only when the transcript is asked for."""
    called = call("show", "last", "--json")
    assert json.loads(called.out) == snapshot
    assert "words" not in json.loads(called.out)["transcript"]["segments"][0]
    whole = json.loads(call("show", "last", "--json", "--transcript").out)
    first = whole["transcript"]["segments"][0]["words"][0]
    assert first == {"text": "our", "start_s": 0.0, "end_s": 0.4, "probability": 0.9}


def test_a_typed_answer_has_no_times(call: Caller) -> None:
    """A text that was marked shows no clock and no phases, and counts its words."""
    called = call("check", "writer/three-phase-lens", "--text", ANSWER)
    assert called.code == 1
    assert "a text of 10 words" in called.out
    assert "0:00" not in called.out
    assert "Phases" not in called.out


def test_words_are_shown_literally(call: Caller) -> None:
    """Terminal escapes, markup, emoji codes and direction marks in an answer stay harmless text."""
    text = "[bold]our[/bold] metric \x1b[31m :smile: \u202egnp.exe [@click=app.quit] ideas"
    called = call("check", "writer/three-phase-lens", "--transcript", "--text", text)
    assert "[bold]our[/bold] metric" in called.out
    assert ":smile:" in called.out
    assert "[@click=app.quit]" in called.out
    assert not set("\x1b\u202e") & set(called.out)


def test_a_terminal_gets_colour_and_no_color_takes_it_away(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR counts when it is present and not empty, as its standard says; the words stay the same."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "")
    coloured = call("show", "last").out
    monkeypatch.setenv("NO_COLOR", "1")
    plain = call("show", "last").out
    assert "\x1b[32m" in coloured
    assert "\x1b[32m" not in plain
    assert "✓ met" in plain


def test_an_empty_force_color_forces_nothing(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """FORCE_COLOR counts when it is present and not empty; without it, colour is for terminals."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "")
    assert "\x1b" not in call("show", "last").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("os.get_terminal_size", lambda _descriptor: (80, 24))
    assert "\x1b[32m" in call("show", "last").out


def test_a_narrow_terminal_cuts_no_words(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 50 columns every word of the report is still there."""
    wide = call("show", "last", "--transcript").out
    monkeypatch.setenv("COLUMNS", "50")
    narrow = call("show", "last", "--transcript").out
    kept = {word for word in wide.split() if word.isalpha()}
    assert kept <= set(narrow.split())


def test_an_encoding_without_our_signs_gets_ascii(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a Latin-1 locale each sign is an ASCII one of the same width, and nothing fails."""
    monkeypatch.setattr("pmrehearse.cli.streams.has_unicode", lambda _stream: False)
    called = call("show", "last")
    assert called.code == 0
    assert "+ met     1 A primary metric" in called.out
    assert called.out.isascii()
    assert json.loads(call("show", "last", "--json").out)["take"]["title"] == "Three-Phase Impact Lens"


def test_paragraphs_break_at_long_silences() -> None:
    """Segments less than two seconds apart run on; a longer silence begins a paragraph."""
    segments = (
        Segment(0, 5, words("one two", 0)),
        Segment(6, 9, words("three", 6)),
        Segment(9, 9, ()),
        Segment(12, 15, words("four", 12)),
    )
    heard = Transcript(segments, TranscriptSource.HEARD, complete=True)
    assert transcript_text.paragraphs(heard) == "one two three\n\nfour\n"
    assert transcript_text.paragraphs(Transcript()) == ""
