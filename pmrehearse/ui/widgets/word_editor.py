"""A field that stands over words of the transcript while they are put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from pmrehearse.cleaning import clean
from pmrehearse.ui.keymap import Keyed
from pmrehearse.ui.widgets.fields import LineField

if TYPE_CHECKING:
    from textual.events import Blur
    from textual.geometry import Region

ROOM = 12
"""Cells that are left for a longer text."""


class WordEditor(Keyed, LineField):
    """Enter keeps what is typed, Escape and leaving it do not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Keep it", key_display="enter"),
        Binding("escape", "leave", "Leave it", key_display="esc"),
    ]

    DEFAULT_CSS = """
    WordEditor {
        position: absolute;
        overlay: screen;
        height: 1;
        border: none;
        padding: 0;
        background: $panel;
        color: $foreground;
        text-style: bold;
        &:focus { border: none; background-tint: transparent; }
    }
    """

    class Edited(Message):
        """Other words are to stand there."""

        def __init__(self, first: int, last: int, text: str) -> None:
            """Carry them.

            Args:
                first: The first word that is replaced.
                last: The last one, inclusive.
                text: What was said; "" for nothing.
            """
            super().__init__()
            self.first = first
            self.last = last
            self.text = text

    def __init__(self, first: int, last: int, text: str, over: Region, width: int) -> None:
        """Stand over some words.

        Args:
            first: The first word.
            last: The last one, inclusive.
            text: The words as they stand.
            over: Where the first of them stand on the screen.
            width: Cells of the screen.
        """
        super().__init__(text, select_on_focus=False, compact=True)
        self._first = first
        self._last = last
        self._before = text
        cells = min(max(len(text) + ROOM, 2 * ROOM), width - 2)
        self.styles.width = cells
        self.styles.offset = (min(over.x, width - cells - 1), over.y)

    def on_mount(self) -> None:
        """Ready for typing, at the end."""
        self.focus()
        self.cursor_position = len(self.value)

    def on_blur(self, event: Blur) -> None:
        """Somebody went elsewhere."""
        del event
        self.remove()

    async def action_submit(self) -> None:
        """Keep it; what is the same changes nothing."""
        text = " ".join(clean(self.value).split())
        if text != self._before:
            self.post_message(self.Edited(self._first, self._last, text))
        self.remove()

    def action_leave(self) -> None:
        """Let it stand."""
        self.remove()
