"""Which formats can a report be exported in?

A format is a name, the suffix of its files and a pure function from a report, and from its sound where the format holds
sound, to text. A new one is one module under `exports/` and one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import UsageError
from pmrehearse.library.exports.as_json import report_json
from pmrehearse.library.exports.markdown import report_markdown
from pmrehearse.library.exports.page.page import report_page
from pmrehearse.library.exports.plaintext import report_text
from pmrehearse.library.exports.subtitles import report_srt, report_vtt
from pmrehearse.library.report import Report

if TYPE_CHECKING:
    from pmrehearse.audio.sending import SoundCopy


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format.

    Attributes:
        name: How it is asked for ("md").
        suffix: What its files end in (".md").
        title: What people call it ("Markdown").
        says: What it holds, in less than a line.
        render: The report as text, its last newline included. Raises UsageError when the format cannot hold the take
            (subtitles of a typed text). The sound is None where it is left out, or the format holds none.
        plays: True when it holds the take's sound.
    """

    name: str
    suffix: str
    title: str
    says: str
    render: Callable[[Report, SoundCopy | None], str]
    plays: bool = False


def _silent(write: Callable[[Report], str]) -> Callable[[Report, SoundCopy | None], str]:
    """A format without sound."""
    return lambda report, _: write(report)


FORMATS = (
    ExportFormat(
        "md", ".md", "Markdown", "elements, flags, phases, delivery, transcript with times", _silent(report_markdown)
    ),
    ExportFormat("json", ".json", "JSON", "the whole report with every word", _silent(report_json)),
    ExportFormat("srt", ".srt", "SRT", "subtitles in SubRip's format", _silent(report_srt)),
    ExportFormat("vtt", ".vtt", "WebVTT", "subtitles for web pages", _silent(report_vtt)),
    ExportFormat("txt", ".txt", "Text", "the transcript with times", _silent(report_text)),
    ExportFormat(
        "html", ".html", "Web page", "one file with the sound in it, to send to a coach", report_page, plays=True
    ),
)
"""Every format, in the order in which they are offered."""


def format_named(name: str) -> ExportFormat:
    """The format of a name.

    Raises:
        UsageError: There is none.
    """
    found = next((one for one in FORMATS if one.name == name.lower().lstrip(".")), None)
    if found is None:
        raise UsageError(
            f"There is no format '{clean_line(name, 40)}'.", f"Choose {', '.join(one.name for one in FORMATS)}."
        )
    return found
