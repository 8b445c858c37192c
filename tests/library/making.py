"""Transcripts, findings and sound, made by hand."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding, Verdict
from pmrehearse.library.export import format_named
from pmrehearse.speech.segments import Segment, Span, Transcript, TranscriptSource, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmrehearse.library.report import Report
    from pmrehearse.scenario.model import Scenario

RATE = 16_000
NOW = datetime(2026, 11, 22, 9, 31, 5, 123456, tzinfo=UTC)


def spoken(text: str, start_s: float = 0.0, word_s: float = 0.4, *, unsure: bool = False) -> Segment:
    """A segment of words that follow one another without a pause."""
    words = tuple(
        Word(word, start_s + i * word_s, start_s + (i + 1) * word_s, 0.9) for i, word in enumerate(text.split())
    )
    end_s = start_s + len(words) * word_s
    return Segment(start_s, end_s, words, (Span(start_s, end_s),), "base.en", unsure)


def heard(*segments: Segment) -> Transcript:
    """A whole transcript."""
    return Transcript(segments, TranscriptSource.HEARD, complete=True)


def render(report: Report, name: str) -> str:
    """A report in a format, without its sound."""
    return format_named(name).render(report, None)


def _element(element_id: str, wanted: str, words: Sequence[Word], texts: Sequence[str]) -> ElementFinding:
    if wanted not in texts:
        return ElementFinding(element_id, Verdict.MISSING, lacked=f"no word of {wanted}")
    at = texts.index(wanted)
    evidence = Evidence(words[at].text, at, at, words[at].start_s, words[at].end_s)
    return ElementFinding(element_id, Verdict.MET, evidence, f"{element_id}: {wanted}")


def write_wav(path: Path, n_samples: int, *, told_samples: int | None = None) -> None:
    """A 16 kHz mono 16-bit WAV of a quiet ramp; its header may tell another length."""
    n_bytes = 2 * (n_samples if told_samples is None else told_samples)
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", n_bytes + 36, b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16)
    sound = b"".join(struct.pack("<h", i % 100) for i in range(n_samples))
    path.write_bytes(head + struct.pack("<4sI", b"data", n_bytes) + sound)


class HandChecks:
    """Checks of any scenario of two elements, "metric" and "test", by one word each."""

    def __init__(self, scenario: Scenario, wanted: tuple[str, str] = ("retention", "half")) -> None:
        self._scenario_id = scenario.id
        self._wanted = wanted

    def check(self, words: Sequence[Word]) -> Findings:
        """The findings on these words."""
        texts = [word.text.strip(".,").lower() for word in words]
        named = zip(("metric", "test"), self._wanted, strict=True)
        elements = tuple(_element(element_id, word, words, texts) for element_id, word in named)
        return Findings(self._scenario_id, elements, (FlagFinding("ideas", "another" in texts),))
