"""The names of a report's parts, with the one that shows underlined, and the key that goes to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from pmrehearse.ui.keymap import key_of
from pmrehearse.ui.shown import shown

if TYPE_CHECKING:
    from textual.content import Content
    from textual.events import Click

_GAP = 3


class PartsLine(Widget):
    """One line; a click chooses a part."""

    DEFAULT_CSS = """
    PartsLine { height: 1; padding: 0 1; }
    """

    part: reactive[str] = reactive("")
    """The part that shows."""

    class Chosen(Message):
        """A part was clicked."""

        def __init__(self, part: str) -> None:
            """Carry it.

            Args:
                part: The part's name.
            """
            super().__init__()
            self.part = part

    def __init__(self, parts: tuple[str, ...]) -> None:
        """Name the parts.

        Args:
            parts: Their names, in order; the first shows.
        """
        super().__init__()
        self._parts = parts
        self.set_reactive(PartsLine.part, parts[0])

    def render(self) -> Content:
        """The names."""
        gap = " " * _GAP
        names = [
            (part.capitalize(), "bold underline $primary" if part == self.part else "$muted") for part in self._parts
        ]
        line = shown(names[0])
        for name in names[1:]:
            line = line + shown(gap, name)
        return line + shown((f"{gap}({key_of(self.app, 'report.next_part')})", "$muted"))

    def on_click(self, event: Click) -> None:
        """Choose the part under the mouse."""
        at = event.x - 2
        for part in self._parts:
            if 0 <= at < len(part):
                self.post_message(self.Chosen(part))
            at -= len(part) + _GAP
