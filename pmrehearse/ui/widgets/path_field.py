"""A line into which a path is typed; Tab completes it as a shell does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from pmrehearse.ui.background import in_background
from pmrehearse.ui.folders import Listing, listing
from pmrehearse.ui.keymap import Keyed
from pmrehearse.ui.widgets.fields import LineField

if TYPE_CHECKING:
    from collections.abc import Collection


class PathField(Keyed, LineField):
    """Lists, beside the screen, what the path can go on to."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False)]

    DEFAULT_CSS = """
    PathField {
        height: 1;
        border: none;
        padding: 0 1;
        background: $panel;
        &:focus { border: none; background-tint: transparent; }
    }
    """

    class Listed(Message):
        """It is known what the path can go on to."""

        def __init__(self, found: Listing) -> None:
            """Carry it.

            Args:
                found: What stands there.
            """
            super().__init__()
            self.found = found

    def __init__(self, text: str, suffixes: Collection[str] = ()) -> None:
        """Stand on a path.

        Args:
            text: The path at first.
            suffixes: What names of files end in; none for all.
        """
        super().__init__(text, select_on_focus=False, compact=True)
        self._suffixes = suffixes
        self._found: Listing | None = None
        self._completes = False

    def on_mount(self) -> None:
        """List what is there."""
        self._list()

    def on_input_changed(self) -> None:
        """List what is there now."""
        self._list()

    def put(self, text: str) -> None:
        """Let the path be this, with the cursor at its end."""
        self.value = text
        self.cursor_position = len(text)

    def _list(self) -> None:
        text = self.value
        in_background(self, lambda: listing(text, self._suffixes), self.Listed)

    def on_path_field_listed(self, message: Listed) -> None:
        """Keep it, unless more was typed meanwhile."""
        if message.found.text != self.value:
            message.stop()
            return
        self._found = message.found
        if self._completes:
            self.action_complete()

    def action_complete(self) -> None:
        """As many letters more as there is only one way to go on; else to the next part.

        What is typed faster than the folder is read is completed once it was.
        """
        found = self._found
        self._completes = found is None or found.text != self.value
        if found is None or self._completes:
            return
        if found.completed == self.value:
            self.app.action_focus_next()
        else:
            self.put(found.completed)
