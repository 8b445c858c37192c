"""What is a report as plain text? The transcript alone, a paragraph a stretch, its time before it."""

from __future__ import annotations

from pmrehearse.cleaning import clean
from pmrehearse.library.exports.times import clock
from pmrehearse.library.report import Report
from pmrehearse.speech.segments import Segment


def report_text(report: Report) -> str:
    """The transcript; "(heard badly)" stands before what is no evidence. Empty when nothing was said."""
    paragraphs = [_paragraph(segment) for segment in report.transcript.segments if segment.words]
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def _paragraph(segment: Segment) -> str:
    time = f"[{clock(segment.start_s)}] " if segment.words[0].start_s is not None else ""
    return f"{time}{'(heard badly) ' if segment.unsure else ''}{clean(' '.join(segment.text.split()))}"
