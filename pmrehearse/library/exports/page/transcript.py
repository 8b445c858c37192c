"""How does a transcript stand in a page: every word a place to play from, the evidence marked?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pmrehearse.library.exports.page.markup import element, inert, moment
from pmrehearse.library.report import Report
from pmrehearse.speech.segments import Segment, Word

_RANK = ("raised", "near", "met")
"""Of two marks on a word the later here is shown."""


def transcript(report: Report) -> str:
    """All that was said, a paragraph a segment."""
    marks = _marks(report)
    paragraphs = []
    at = 0
    for segment in report.transcript.segments:
        if segment.words:
            own = [""] * len(segment.words) if segment.unsure else marks[at : at + len(segment.words)]
            paragraphs.append(_paragraph(segment, own))
        at += 0 if segment.unsure else len(segment.words)
    return "\n".join(paragraphs) if paragraphs else element("p", "Nothing was heard.", kind="quiet")


def _marks(report: Report) -> list[str]:
    """For each word that can be evidence, the mark that it carries, or ""."""
    marks = [""] * len(report.transcript.words)
    found = [(finding.evidence, "met" if finding.met else "near") for finding in report.findings.elements]
    found += [(flag.evidence, "raised") for flag in report.findings.raised]
    for evidence, kind in sorted(found, key=lambda one: _RANK.index(one[1])):
        if evidence is not None:
            stop = min(evidence.last_word + 1, len(marks))
            marks[evidence.first_word : stop] = [kind] * max(stop - evidence.first_word, 0)
    return marks


def _paragraph(segment: Segment, marks: Sequence[str]) -> str:
    timed = segment.words[0].start_s is not None
    badly = ' <span class="quiet">(heard badly)</span>' if segment.unsure else ""
    return element("p", f"{moment(segment.start_s) if timed else ''} {_runs(segment.words, marks)}{badly}", kind="said")


def _runs(words: Sequence[Word], marks: Sequence[str]) -> str:
    """The words, those that carry the same mark together."""
    return " ".join(_run(kind, [word for word, _ in run]) for kind, run in _by_mark(words, marks))


def _by_mark(words: Sequence[Word], marks: Sequence[str]) -> Iterator[tuple[str, list[tuple[Word, str]]]]:
    for kind, run in groupby(zip(words, marks, strict=True), key=lambda pair: pair[1]):
        yield kind, list(run)


def _run(kind: str, words: Sequence[Word]) -> str:
    said = " ".join(map(_word, words))
    return element("mark", said, kind=kind) if kind else said


def _word(word: Word) -> str:
    if word.start_s is None or word.end_s is None:
        return inert(word.text)
    return f'<span data-t="{word.start_s:.2f}" data-e="{word.end_s:.2f}">{inert(word.text)}</span>'
