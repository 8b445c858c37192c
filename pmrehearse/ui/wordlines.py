"""Where does each word of a transcript stand on the screen: lines of words, with times, phases, evidence and notes?"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len

from pmrehearse.cleaning import clean_line
from pmrehearse.ui.paragraphs import paragraphs, underlinings
from pmrehearse.ui.wording import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmrehearse.library.report import Report
    from pmrehearse.speech.segments import Word
    from pmrehearse.ui.marks import Mark
    from pmrehearse.ui.paragraphs import Paragraph, Underlining

LEAD_CELLS = 8
"""Cells of a paragraph's time before its words."""
NARROWEST = 12
"""Cells that words get at least, whatever the width."""
BADLY = "(heard badly)"
"""Stands before words that are no evidence."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """One word on its line.

    Attributes:
        number: Its index in `Transcript.words`.
        text: The word, cleaned.
        x: The cell in which it begins.
        line: How it is underlined, when a verdict or a flag rests on it.
        ends: The marks that stand after it: of evidence that ends with it.
        is_noted: True when a note hangs on it.
    """

    number: int
    text: str
    x: int
    line: Mark | None = None
    ends: tuple[Mark, ...] = ()
    is_noted: bool = False

    @property
    def end_x(self) -> int:
        """The cell after its last letter."""
        return self.x + cell_len(self.text)


@dataclass(frozen=True, slots=True)
class WordLine:
    """One line.

    Attributes:
        title: The title of a phase that begins here; such a line has nothing else.
        lead: The time of the paragraph that begins here, or "".
        words: The words.
        badly: What was heard badly; such a line has no words, as no verdict can rest on them.
    """

    title: str = ""
    lead: str = ""
    words: tuple[PlacedWord, ...] = ()
    badly: str = ""


@dataclass(frozen=True, slots=True)
class WordLayout:
    """A transcript, laid out at one width.

    Attributes:
        lines: From the top.
        line_of: For each word the index of its line.
    """

    lines: tuple[WordLine, ...]
    line_of: tuple[int, ...]

    def word_at(self, x: int, y: int) -> int | None:
        """The word under a cell; the nearest one of its line beside words; None on a line without any."""
        words = self.lines[y].words if 0 <= y < len(self.lines) else ()
        if not words:
            return None
        under = [word for word in words if word.x <= x]
        return (under[-1] if under else words[0]).number

    def beside(self, number: int, lines: int) -> int:
        """The word so many lines further down (up when negative), nearest to under the one given; itself at the end."""
        x = next(word.x for word in self.lines[self.line_of[number]].words if word.number == number)
        y, left, step = self.line_of[number], abs(lines), 1 if lines > 0 else -1
        best = number
        while left and 0 <= y + step < len(self.lines):
            y += step
            found = self.word_at(x, y)
            if found is not None:
                best, left = found, left - 1
        return best


@dataclass
class _Page:
    """The lines that were filled so far."""

    width: int
    lines: list[WordLine] = field(default_factory=list)
    line_of: dict[int, int] = field(default_factory=dict)
    waiting: list[PlacedWord] = field(default_factory=list)
    lead: str = ""
    x: int = LEAD_CELLS

    def add(self, word: PlacedWord, cells: int) -> None:
        if self.waiting and self.x + cells > max(self.width, LEAD_CELLS + NARROWEST):
            self.end_line()
        placed = PlacedWord(word.number, word.text, self.x, word.line, word.ends, word.is_noted)
        self.waiting.append(placed)
        self.x += cells + 1

    def add_badly(self, text: str) -> None:
        for line in _wrapped(f"{BADLY} {clean_line(text)}", max(self.width - LEAD_CELLS, NARROWEST)):
            self.lines.append(WordLine(lead=self.lead, badly=line))
            self.lead = ""

    def end_line(self) -> None:
        if self.waiting:
            self.line_of.update(dict.fromkeys((word.number for word in self.waiting), len(self.lines)))
            self.lines.append(WordLine(lead=self.lead, words=tuple(self.waiting)))
        self.waiting, self.lead, self.x = [], "", LEAD_CELLS


def lay_out(report: Report, width: int) -> WordLayout:
    """The transcript of a report at a width in cells, so that no word is cut but one wider than the line."""
    words, lines = report.transcript.words, underlinings(report)
    starts = {clean_line(phase.title): phase.start_s for phase in report.phases if phase.start_s is not None}
    noted = {word_at(words, note.at_s) for note in report.corrections.notes if note.at_s is not None}
    page = _Page(width)
    for paragraph in paragraphs(report.transcript):
        for title in _due(starts, paragraph):
            page.lines.extend([WordLine(), WordLine(title=title)] if page.lines else [WordLine(title=title)])
        page.lead = f"{clock(paragraph.start_s):>{LEAD_CELLS - 2}}" if paragraph.start_s is not None else ""
        if paragraph.badly:
            page.add_badly(paragraph.badly)
        for number in range(paragraph.first_word, paragraph.first_word + paragraph.n_words):
            word = _word(number, words[number], lines, is_noted=number in noted)
            page.add(word, cell_len(word.text) + 2 * (len(word.ends) + word.is_noted))
        page.end_line()
    return WordLayout(tuple(page.lines), tuple(page.line_of[number] for number in range(len(words))))


def _wrapped(text: str, cells: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and cell_len(longer) > cells:
            yield line
            longer = word
        line = longer
    yield line


def _word(number: int, word: Word, lines: Sequence[Underlining], *, is_noted: bool) -> PlacedWord:
    over = [line for line in lines if line.first_word <= number <= line.last_word]
    ends = tuple(line.mark for line in over if line.last_word == number)
    return PlacedWord(number, clean_line(word.text) or "·", 0, over[0].mark if over else None, ends, is_noted)


def _due(starts: dict[str, float], paragraph: Paragraph) -> Iterator[str]:
    """Titles of the phases that have begun by this paragraph and stand nowhere yet; they are taken out of `starts`."""
    if paragraph.start_s is None:
        return
    for title in [title for title, start_s in starts.items() if start_s <= paragraph.start_s]:
        del starts[title]
        yield title


def word_at(words: Sequence[Word], at_s: float) -> int | None:
    """The word that is being said at a moment: the last one that has begun; None before the first and without times."""
    if not words or words[0].start_s is None:
        return None
    number = bisect_right([word.start_s or 0.0 for word in words], at_s) - 1
    return number if number >= 0 else None
