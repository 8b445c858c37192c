"""How is a transcript cut into paragraphs, with the evidence marked in them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.checking.findings import Verdict
from pmrehearse.ui import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmrehearse.checking.findings import Evidence
    from pmrehearse.library.report import Report
    from pmrehearse.speech.segments import Transcript, Word

SOFT_END = 30
"""From this many words on a paragraph ends with its sentence: some twelve seconds of speech."""
HARD_END = 80
"""A paragraph ends after this many words even inside a sentence."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some words of a transcript.

    Attributes:
        first_word: Index of its first word in `Transcript.words`.
        n_words: How many there are; 0 where all that was heard was heard badly.
        start_s: When it begins in the take's sound; None in a typed text.
        badly: What was heard badly: it is no evidence, so its words stand in no `Transcript.words`. Else "".
    """

    first_word: int
    n_words: int
    start_s: float | None
    badly: str = ""

    def holds(self, word: int) -> bool:
        """True when the word of this index is one of its words."""
        return self.first_word <= word < self.first_word + self.n_words


@dataclass(frozen=True, slots=True)
class Underlining:
    """Words that a verdict or a flag rests on.

    Attributes:
        first_word: Index of the first.
        last_word: Index of the last, inclusive.
        mark: How they are shown.
    """

    first_word: int
    last_word: int
    mark: marks.Mark


def paragraphs(transcript: Transcript) -> tuple[Paragraph, ...]:
    """The paragraphs of a transcript: every word is in one; none reaches over the end of a segment."""
    cut: list[Paragraph] = []
    first = 0
    for segment in transcript.segments:
        if segment.unsure:
            cut += [Paragraph(first, 0, segment.start_s, segment.text)] if segment.words else []
            continue
        for words in _pieces(segment.words):
            cut.append(Paragraph(first, len(words), words[0].start_s))
            first += len(words)
    return tuple(cut)


def _pieces(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    start = 0
    for end in range(1, len(words) + 1):
        n_words = end - start
        sentence_ends = words[end - 1].text.endswith((".", "!", "?"))
        if n_words >= HARD_END or (n_words >= SOFT_END and sentence_ends) or end == len(words):
            yield words[start:end]
            start = end


def underlinings(report: Report) -> tuple[Underlining, ...]:
    """What the verdicts met and near and the raised flags rest on."""
    found = [
        _underlining(finding.evidence, marks.of_verdict(finding.verdict))
        for finding in report.findings.elements
        if finding.evidence and finding.verdict in (Verdict.MET, Verdict.NEAR)
    ]
    found.extend(_underlining(flag.evidence, marks.of_flag(flag)) for flag in report.findings.raised if flag.evidence)
    return tuple(found)


def _underlining(evidence: Evidence, mark: marks.Mark) -> Underlining:
    return Underlining(evidence.first_word, evidence.last_word, mark)
