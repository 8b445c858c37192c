"""The words of a transcript on the screen: the spoken one marked, evidence underlined, a run of them chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from pmrehearse.ui.widgets.drawn_lines import DrawnLines
from pmrehearse.ui.wordlines import LEAD_CELLS, WordLayout, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.events import Resize

    from pmrehearse.library.report import Report
    from pmrehearse.ui.wordlines import PlacedWord, WordLine

_EMPTY = WordLayout((), ())
_GLYPH = Style(bold=True, underline=False)
NOTE = "✎"
"""Stands after a word on which a note hangs."""


class Words(DrawnLines):
    """Laid out at the width there is; the places of the cursor are the words."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"drawn--cursor", "drawn--spoken"}

    DEFAULT_CSS = """
    Words {
        & > .drawn--success, & > .drawn--warning, & > .drawn--error { text-style: underline; }
        & > .drawn--cursor { text-style: reverse; }
        & > .drawn--spoken { color: $primary; text-style: bold reverse; }
    }
    """

    spoken: reactive[int | None] = reactive(None)
    """The word that is heard just now; None in silence."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(id="transcript")
        self._report: Report | None = None
        self._layout_now = _EMPTY
        self._other_end: int | None = None

    # ------------------------------------------------------------------ what is shown

    def show(self, report: Report) -> None:
        """Show the transcript of a report; the cursor stays where it was."""
        self._report = report
        self._other_end = None
        self._lay_out()
        self.cursor = max(0, min(self.cursor, self.n_places - 1))

    def go_to(self, word: int) -> None:
        """Move the cursor to a word, and show it with the lines around it."""
        self._other_end = None
        self.cursor = word
        self.call_after_refresh(self.reveal, word, around=2)  # the height may change with what stands above

    @property
    def n_places(self) -> int:
        """How many words there are."""
        return len(self._layout_now.line_of)

    @property
    def run(self) -> tuple[int, int] | None:
        """The first and last word that are chosen; the cursor's when no run is; None without words."""
        if not self.n_places:
            return None
        other = self.cursor if self._other_end is None else self._other_end
        return min(self.cursor, other), max(self.cursor, other)

    @property
    def has_run(self) -> bool:
        """True when a run of words was chosen on purpose."""
        return self._other_end is not None

    @property
    def chosen_start_s(self) -> float | None:
        """When the word under the cursor begins; None without times."""
        words = self._report.transcript.words if self._report else ()
        return words[self.cursor].start_s if self.cursor < len(words) else None

    def region_of(self, first: int, last: int) -> Region:
        """Where words of one line stand on the screen; those of `first`'s line when the run goes on.

        Args:
            first: The first word.
            last: The last word, inclusive.
        """
        y = self._layout_now.line_of[first]
        words = [word for word in self._layout_now.lines[y].words if first <= word.number <= last]
        at = self.content_region.offset + Offset(words[0].x, y - self.scroll_offset.y)
        return Region(at.x, at.y, words[-1].end_x - words[0].x, 1)

    def on_resize(self, event: Resize) -> None:
        """Lay the words out anew."""
        del event
        self._lay_out()
        self.call_after_refresh(self.reveal, self.cursor if self.spoken is None else self.spoken, around=2)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if self._report is None or not width:
            return
        self._layout_now = lay_out(self._report, width - 1)  # a cell before the scrollbar
        self.virtual_size = Size(width, max(1, len(self._layout_now.lines)))
        self.refresh()

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number = y + self.scroll_offset.y
        width, base = self.scrollable_content_region.width, self.rich_style
        if not self._layout_now.lines:
            text = "Nothing was heard." if self._report is not None and y == 0 else ""
            return self.line_of([Segment(text, base + self.style_of("muted"))], base)
        if number >= len(self._layout_now.lines):
            return Strip.blank(width, base)
        return self.line_of(self._segments(self._layout_now.lines[number], base), base)

    def _segments(self, line: WordLine, base: Style) -> Iterator[Segment]:
        if line.title:
            yield Segment(line.title, base + self.style_of("muted"))
            return
        yield Segment(line.lead.ljust(LEAD_CELLS) + line.badly, base + self.style_of("muted"))
        for place, word in enumerate(line.words):
            yield from self._word(word, base)
            if place + 1 < len(line.words):
                yield Segment(" ", self._between(word.number, base))

    def _word(self, word: PlacedWord, base: Style) -> Iterator[Segment]:
        style = base if word.line is None else base + self.style_of(word.line.style.removeprefix("$"))
        yield Segment(word.text, style + self._on_top(word.number))
        for mark in word.ends:
            yield Segment(f" {mark.glyph}", base + self.style_of(mark.style.removeprefix("$")) + _GLYPH)
        if word.is_noted:
            yield Segment(f" {NOTE}", base + self.style_of("primary"))

    def _on_top(self, number: int) -> Style:
        """How a word is shown that is heard, chosen or under the cursor."""
        if number == self.spoken:
            return self.style_of("spoken")
        if self._is_in_run(number):
            return self.style_of("chosen")
        return self.style_of("cursor") if number == self.cursor and self.has_focus else Style.null()

    def _between(self, number: int, base: Style) -> Style:
        both = self._is_in_run(number) and self._is_in_run(number + 1)
        return base + self.style_of("chosen") if both else base

    def _is_in_run(self, number: int) -> bool:
        run = self.run if self.has_run else None
        return run is not None and run[0] <= number <= run[1]

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two words anew, and show the one under the cursor."""
        self._redraw(before, now)
        self.reveal(now)

    def watch_spoken(self, before: int | None, now: int | None) -> None:
        """Draw the two words anew; follow what is heard as long as it was in sight. In silence the cursor is there."""
        was_in_sight = before is None or self._is_in_sight(before)
        self._redraw(before, now)
        if now is not None and was_in_sight:
            self._follow(now)
        if now is None and before is not None and before < self.n_places and not self.has_run:
            self.cursor = before

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001  Textual's signature
        """The cursor shows while keys act on it."""
        super().watch_has_focus(_has_focus)
        self._redraw(self.cursor, None)

    def _redraw(self, *numbers: int | None) -> None:
        if self.has_run:
            self.refresh()
            return
        for y in {self._layout_now.line_of[one] for one in numbers if one is not None and one < self.n_places}:
            self.refresh(Region(0, y - self.scroll_offset.y + self.gutter.top, self.size.width + 2, 1))

    def _is_in_sight(self, number: int) -> bool:
        if number >= self.n_places:
            return False
        return 0 <= self._layout_now.line_of[number] - self.scroll_offset.y < self.n_in_sight

    def _follow(self, number: int) -> None:
        """Show what is heard; it runs down to the last line but one, then the page turns."""
        height = self.n_in_sight
        if number < self.n_places and height:
            y = self._layout_now.line_of[number] - self.scroll_offset.y
            if not 0 <= y < max(1, height - 1):
                self.scroll_to(y=self._layout_now.line_of[number] - height // 4, animate=False, force=True)

    def reveal(self, place: int, around: int = 0) -> None:
        """Scroll to a word.

        Args:
            place: The word.
            around: Lines above and below that are shown, too.
        """
        if place < self.n_places:
            y = self._layout_now.line_of[place]
            if y == 1:
                y, around = 0, max(around, 1)  # with the title over the first line
            around = min(around, max(0, (self.n_in_sight - 1) // 2))
            self.scroll_to_region(Region(0, max(0, y - around), 1, 2 * around + 1), animate=False, force=True)
