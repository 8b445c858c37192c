"""Which formats can a report be exported in?

A format is a name, the suffix of its files and a pure function from a report to text. A new one is one module under
`exports/` and one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import UsageError
from pmrehearse.library.exports.as_json import report_json
from pmrehearse.library.exports.markdown import report_markdown
from pmrehearse.library.exports.plaintext import report_text
from pmrehearse.library.exports.subtitles import report_srt, report_vtt
from pmrehearse.library.report import Report


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format.

    Attributes:
        name: How it is asked for ("md").
        suffix: What its files end in (".md").
        says: What it is, one line.
        render: The report as text, its last newline included. Raises UsageError when the format cannot hold the take
            (subtitles of a typed text).
    """

    name: str
    suffix: str
    says: str
    render: Callable[[Report], str]


FORMATS = (
    ExportFormat("md", ".md", "Markdown: elements, flags, phases, delivery, transcript with times", report_markdown),
    ExportFormat("json", ".json", "JSON: the whole report with every word", report_json),
    ExportFormat("srt", ".srt", "subtitles in SubRip's format", report_srt),
    ExportFormat("vtt", ".vtt", "subtitles in WebVTT", report_vtt),
    ExportFormat("txt", ".txt", "plain text: the transcript with times", report_text),
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


def render(report: Report, name: str) -> str:
    """The report in a format.

    Raises:
        UsageError: There is no such format, or it cannot hold this take.
    """
    return format_named(name).render(report)
