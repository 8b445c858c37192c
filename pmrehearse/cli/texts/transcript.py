"""How does a transcript look as text, with the evidence in it marked?"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import STYLES, heading

if TYPE_CHECKING:
    from pmrehearse.checking.findings import Findings
    from pmrehearse.speech.segments import Transcript


def marked(transcript: Transcript, findings: Findings) -> RenderableType:
    """The transcript with its times; evidence stands in brackets with the number of its element: [an A/B test]3."""
    opens, closes, styles = _marks(findings)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", style="dim", no_wrap=True)
    grid.add_column()
    index = 0
    for segment in transcript.segments:
        line = Text()
        for word in segment.words:
            if segment.unsure:  # no evidence, and not counted where evidence counts words
                line.append(f"{clean_line(word.text)} ", "dim")
                continue
            style = styles.get(index, "")
            line.append("[" * opens.get(index, 0), style)
            line.append(clean_line(word.text), style)
            line.append("".join(f"]{number}" for number in closes.get(index, [])), style)
            line.append(" ", style if index + 1 in styles and index not in closes else "")
            index += 1
        line.rstrip()
        timed = any(word.start_s is not None for word in segment.words)
        grid.add_row(figures.clock(segment.start_s) if timed else "", line)
    return Group(heading("What was said"), grid)


def _marks(findings: Findings) -> tuple[dict[int, int], dict[int, list[int]], dict[int, str]]:
    """Where brackets open (how many), where they close (for which elements), and the style of each word inside."""
    opens: dict[int, int] = {}
    closes: dict[int, list[int]] = {}
    styles: dict[int, str] = {}
    for number, finding in enumerate(findings.elements, start=1):
        if finding.evidence is None or not finding.met:
            continue
        first, last = finding.evidence.first_word, finding.evidence.last_word
        opens[first] = opens.get(first, 0) + 1
        closes.setdefault(last, []).append(number)
        styles.update(dict.fromkeys(range(first, last + 1), STYLES[finding.verdict]))
    return opens, closes, styles


def paragraphs(transcript: Transcript, gap_s: float = 2.0) -> str:
    """The words alone, in paragraphs.

    Args:
        transcript: What was heard.
        gap_s: A silence between two segments of at least this length in seconds begins a paragraph; 2 s is the long
            pause of the delivery figures.
    """
    lines: list[str] = []
    segments = [segment for segment in transcript.segments if segment.words]
    for before, segment in pairwise([None, *segments]):
        text = clean_line(segment.text, 1_000_000) if segment else ""
        if before is not None and segment is not None and segment.start_s - before.end_s < gap_s:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    return "\n\n".join(lines) + "\n" if lines else ""
