"""What is a transcript as subtitles, in SRT and in VTT? The words alone; nothing that was said is markup."""

from __future__ import annotations

from pmrehearse.library.exports.captions import captions_in
from pmrehearse.library.exports.times import stamp
from pmrehearse.library.report import Report
from pmrehearse.speech.segments import Transcript

_SRT_INERT = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")", "\\": "∖"})
"""SRT has no way to write its own markup as text; players read <i>, {\\an8} and \\N."""
_VTT_INERT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""What WebVTT (W3C) asks for; with ">" no "-->" is left."""


def report_srt(report: Report) -> str:
    """The transcript of a report; as `transcript_srt`."""
    return transcript_srt(report.transcript)


def report_vtt(report: Report) -> str:
    """The transcript of a report; as `transcript_vtt`."""
    return transcript_vtt(report.transcript)


def transcript_srt(transcript: Transcript) -> str:
    """SubRip: numbered captions; empty when nothing was said.

    Raises:
        UsageError: The words have no times.
    """
    blocks = [
        f"{number}\n{stamp(caption.start_ms, ',')} --> {stamp(caption.end_ms, ',')}\n"
        + "\n".join(line.translate(_SRT_INERT) for line in caption.lines)
        for number, caption in enumerate(captions_in(transcript), start=1)
    ]
    return "".join(f"{block}\n\n" for block in blocks)


def transcript_vtt(transcript: Transcript) -> str:
    """WebVTT.

    Raises:
        UsageError: The words have no times.
    """
    blocks = [
        f"{stamp(caption.start_ms, '.')} --> {stamp(caption.end_ms, '.')}\n"
        + "\n".join(line.translate(_VTT_INERT) for line in caption.lines)
        for caption in captions_in(transcript)
    ]
    return "WEBVTT\n\n" + "".join(f"{block}\n\n" for block in blocks)
