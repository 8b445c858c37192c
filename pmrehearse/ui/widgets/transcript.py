"""The transcript under keys and mouse: from word to word, a run of words, and what is played from one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from pmrehearse.ui.widgets.words import Words

if TYPE_CHECKING:
    from textual.events import Click, MouseDown, MouseMove, MouseUp

NO_WORDS = "There are no words here: nothing was heard."
"""What is said where words are wanted of an empty transcript."""


class TranscriptPane(Words):
    """Arrows move from word to word, Enter plays from one; a click does both."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.play", "Play", key_display="enter", id="transcript.choose"),
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
        super().__init__()
        self._pressed_on: int | None = None

    # ------------------------------------------------------------------ keys

    def why_not(self, action: str) -> str:
        """No word can be chosen where none was heard."""
        return NO_WORDS if action == "mark_run" and not self.n_places else ""

    def action_move_words(self, words: int) -> None:
        """Go on or back by words."""
        self.put_cursor(self.cursor + words)

    def action_move_lines(self, lines: int) -> None:
        """Go up or down."""
        if self.n_places:
            self.put_cursor(self._layout_now.beside(self.cursor, lines))

    def action_move_pages(self, pages: int) -> None:
        """Go up or down by what is in sight."""
        self.action_move_lines(pages * max(1, self.n_in_sight - 1))

    def action_mark_run(self) -> None:
        """Begin a run of words at the cursor, or give it up."""
        self._other_end = self.cursor if self._other_end is None else None
        self.refresh()

    def action_stretch_words(self, words: int) -> None:
        """Make the run longer or shorter."""
        if self._other_end is None:
            self._other_end = self.cursor
        self.put_cursor(self.cursor + words)

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
