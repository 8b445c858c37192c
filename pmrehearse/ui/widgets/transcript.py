"""The transcript, word by word: the spoken word marked, evidence underlined, a run of words chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pmrehearse.ui.keymap import Keyed
from pmrehearse.ui.wordlines import LEAD_CELLS, WordLayout, WordLine, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.events import Click, MouseDown, MouseMove, MouseUp, Resize

    from pmrehearse.library.report import Report
    from pmrehearse.ui.wordlines import PlacedWord

_EMPTY = WordLayout((), ())
_GLYPH = Style(bold=True, underline=False)
NOTE = "✎"
"""Stands after a word on which a note hangs."""


class TranscriptPane(Keyed, ScrollView, can_focus=True):
    """Arrows move from word to word, Enter plays from one; a click does both."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Play", key_display="enter"),
        Binding("left,b", "move_words(-1)", "Word before", show=False, id="transcript.word_before"),
        Binding("right,w", "move_words(1)", "Next word", show=False, id="transcript.next_word"),
        Binding("up,k", "move_lines(-1)", "Line before", show=False, id="transcript.line_before"),
        Binding("down,j", "move_lines(1)", "Next line", show=False, id="transcript.next_line"),
        Binding("pageup", "move_pages(-1)", "Page before", show=False, id="transcript.page_before"),
        Binding("pagedown", "move_pages(1)", "Next page", show=False, id="transcript.next_page"),
        Binding("home,g", "go_to_end(False)", "First word", show=False, id="transcript.first"),
        Binding("end,G", "go_to_end(True)", "Last word", show=False, id="transcript.last"),
        Binding("e", "screen.edit", "Edit words"),
        Binding("v", "mark_run", "Choose a run"),
        Binding("shift+right", "stretch_words(1)", "One word more", show=False, id="transcript.word_more"),
        Binding("shift+left", "stretch_words(-1)", "One word less", show=False, id="transcript.word_less"),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "words--lead",
        "words--title",
        "words--success",
        "words--warning",
        "words--error",
        "words--muted",
        "words--note",
        "words--cursor",
        "words--run",
        "words--spoken",
    }

    DEFAULT_CSS = """
    TranscriptPane {
        padding: 0 1;
        background: transparent;
        scrollbar-size-vertical: 1;
        & > .words--lead, & > .words--title, & > .words--muted { color: $muted; }
        & > .words--success { color: $success; text-style: underline; }
        & > .words--warning { color: $warning; text-style: underline; }
        & > .words--error { color: $error; text-style: underline; }
        & > .words--note { color: $primary; }
        & > .words--cursor { text-style: reverse; }
        & > .words--run {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        & > .words--spoken { color: $primary; text-style: bold reverse; }
    }
    """

    cursor: reactive[int] = reactive(0)
    """The word that keys act on."""
    spoken: reactive[int | None] = reactive(None)
    """The word that is heard just now; None in silence."""

    class Chosen(Message):
        """Play from a word."""

        def __init__(self, word: int) -> None:
            """Carry it.

            Args:
                word: Its index.
            """
            super().__init__()
            self.word = word

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(id="transcript")
        self._report: Report | None = None
        self._layout_now = _EMPTY
        self._other_end: int | None = None
        self._pressed_on: int | None = None

    # ------------------------------------------------------------------ what is shown

    def show(self, report: Report) -> None:
        """Show the transcript of a report; the cursor stays where it was."""
        self._report = report
        self._other_end = None
        self._lay_out()
        self.cursor = max(0, min(self.cursor, self.n_words - 1))

    def go_to(self, word: int) -> None:
        """Move the cursor to a word, and show it with the lines around it."""
        self._other_end = None
        self.cursor = word
        self.call_after_refresh(self._reveal, word, around=2)  # the height may change with what stands above

    @property
    def n_words(self) -> int:
        """How many words there are."""
        return len(self._layout_now.line_of)

    @property
    def run(self) -> tuple[int, int] | None:
        """The first and last word that are chosen; the cursor's when no run is; None without words."""
        if not self.n_words:
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
        self.call_after_refresh(self._reveal, self.cursor if self.spoken is None else self.spoken, around=2)

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
            return Strip([Segment(text, base + self._style("muted"))]).adjust_cell_length(width, base)
        if number >= len(self._layout_now.lines):
            return Strip.blank(width, base)
        strip = Strip(list(self._segments(self._layout_now.lines[number], base)))
        return strip.adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"words--{name}", partial=True)

    def _segments(self, line: WordLine, base: Style) -> Iterator[Segment]:
        if line.title:
            yield Segment(line.title, base + self._style("title"))
            return
        yield Segment(line.lead.ljust(LEAD_CELLS), base + self._style("lead"))
        for place, word in enumerate(line.words):
            yield from self._word(word, base)
            if place + 1 < len(line.words):
                yield Segment(" ", self._between(word.number, base))

    def _word(self, word: PlacedWord, base: Style) -> Iterator[Segment]:
        style = base if word.line is None else base + self._style(word.line.style.removeprefix("$"))
        yield Segment(word.text, style + self._on_top(word.number))
        for mark in word.ends:
            yield Segment(f" {mark.glyph}", base + self._style(mark.style.removeprefix("$")) + _GLYPH)
        if word.is_noted:
            yield Segment(f" {NOTE}", base + self._style("note"))

    def _on_top(self, number: int) -> Style:
        """How a word is shown that is heard, chosen or under the cursor."""
        if number == self.spoken:
            return self._style("spoken")
        if self._is_in_run(number):
            return self._style("run")
        return self._style("cursor") if number == self.cursor and self.has_focus else Style.null()

    def _between(self, number: int, base: Style) -> Style:
        both = self._is_in_run(number) and self._is_in_run(number + 1)
        return base + self._style("run") if both else base

    def _is_in_run(self, number: int) -> bool:
        run = self.run if self.has_run else None
        return run is not None and run[0] <= number <= run[1]

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two words anew, and show the one under the cursor."""
        self._redraw(before, now)
        self._reveal(now)

    def watch_spoken(self, before: int | None, now: int | None) -> None:
        """Draw the two words anew; follow what is heard as long as it was in sight. In silence the cursor is there."""
        was_in_sight = before is None or self._is_in_sight(before)
        self._redraw(before, now)
        if now is not None and was_in_sight:
            self._follow(now)
        if now is None and before is not None and before < self.n_words and not self.has_run:
            self.cursor = before

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001  Textual's signature
        """The cursor shows while keys act on it."""
        super().watch_has_focus(_has_focus)
        self._redraw(self.cursor, None)

    def _redraw(self, *numbers: int | None) -> None:
        if self.has_run:
            self.refresh()
            return
        for y in {self._layout_now.line_of[one] for one in numbers if one is not None and one < self.n_words}:
            self.refresh(Region(0, y - self.scroll_offset.y + self.gutter.top, self.size.width + 2, 1))

    def _is_in_sight(self, number: int) -> bool:
        if number >= self.n_words:
            return False
        return 0 <= self._layout_now.line_of[number] - self.scroll_offset.y < self.scrollable_content_region.height

    def _follow(self, number: int) -> None:
        """Show what is heard; it runs down to the last line but one, then the page turns."""
        height = self.scrollable_content_region.height
        if number < self.n_words and height:
            y = self._layout_now.line_of[number] - self.scroll_offset.y
            if not 0 <= y < max(1, height - 1):
                self.scroll_to(y=self._layout_now.line_of[number] - height // 4, animate=False, force=True)

    def _reveal(self, number: int, around: int = 0) -> None:
        if number < self.n_words:
            y = self._layout_now.line_of[number]
            if y == 1:
                y, around = 0, max(around, 1)  # with the title over the first line
            around = min(around, max(0, (self.scrollable_content_region.height - 1) // 2))
            self.scroll_to_region(Region(0, max(0, y - around), 1, 2 * around + 1), animate=False, force=True)

    # ------------------------------------------------------------------ keys

    def action_choose(self) -> None:
        """Play from the cursor."""
        if self.n_words:
            self.post_message(self.Chosen(self.cursor))

    def action_move_words(self, words: int) -> None:
        """Go on or back by words."""
        self._move(self.cursor + words)

    def action_move_lines(self, lines: int) -> None:
        """Go up or down."""
        if self.n_words:
            self._move(self._layout_now.beside(self.cursor, lines))

    def action_move_pages(self, pages: int) -> None:
        """Go up or down by what is in sight."""
        self.action_move_lines(pages * max(1, self.scrollable_content_region.height - 1))

    def action_go_to_end(self, is_last: bool) -> None:  # noqa: FBT001  an action's argument
        """To the first word or the last."""
        self._move(self.n_words - 1 if is_last else 0)

    def action_mark_run(self) -> None:
        """Begin a run of words at the cursor, or give it up."""
        self._other_end = self.cursor if self._other_end is None else None
        self.refresh()

    def action_stretch_words(self, words: int) -> None:
        """Make the run longer or shorter."""
        if self._other_end is None:
            self._other_end = self.cursor
        self._move(self.cursor + words)

    def _move(self, word: int) -> None:
        if self.n_words:
            self.cursor = max(0, min(word, self.n_words - 1))
            self._reveal(self.cursor)

    # ------------------------------------------------------------------ mouse

    def _under(self, event: MouseDown | MouseMove | MouseUp | Click) -> int | None:
        offset = event.get_content_offset(self)
        return self._layout_now.word_at(offset.x, offset.y + self.scroll_offset.y) if offset else None

    def on_mouse_down(self, event: MouseDown) -> None:
        """A click begins, or a run."""
        self._pressed_on = self._under(event)
        if self._pressed_on is not None:
            self._other_end = self.cursor if event.shift else None
            self.cursor = self._pressed_on
            self.capture_mouse()
            self.refresh()

    def on_mouse_move(self, event: MouseMove) -> None:
        """The run follows the mouse."""
        under = self._under(event) if self._pressed_on is not None else None
        if under is not None and self._pressed_on is not None and under != self.cursor:
            self._other_end = self._pressed_on
            self.cursor = under
            self.refresh()

    def on_mouse_up(self, event: MouseUp) -> None:
        """A click plays from its word; a run is only chosen."""
        self.release_mouse()
        if self._pressed_on is not None and not self.has_run and not event.shift:
            self.post_message(self.Chosen(self._pressed_on))
        self._pressed_on = None
