"""What belongs together is wired together."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pmrehearse.bootstrap import Program, program
from pmrehearse.speech.events import SpeechOptions
from pmrehearse.speech.segments import Segment, Span, Word


def test_what_was_read_while_speaking_is_not_read_again(tmp_path: Path) -> None:
    """A take that is loaded has the checks of its scenario with what they found in its first words, and those words."""
    opened: Program = program(tmp_path / "takes")
    scenario = opened.packs.find("writer/whiteboard")
    take = opened.library.store.create(scenario, "a", SpeechOptions("base.en"), datetime.now(UTC))
    words = (Word("Seven", 1 / 3, 2 / 3, 0.123456789), Word("writers,", 0.1 + 0.2, 1.0, None))
    opened.library.store.append_segment(take.id, Segment(0.0, 1.0, words, (Span(0.0, 1.0),), "base.en"))
    loaded = opened.library.open(take.id)
    assert loaded.transcript.words == words
    assert opened.checking(loaded.take.scenario) is opened.checking(scenario)
    opened.close()
