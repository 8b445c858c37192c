"""What is done to the one take under the cursor of a list: a name, tags, and away with it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.ui.screens.base import Page
from pmrehearse.ui.screens.dialog import Ask, Choice
from pmrehearse.ui.screens.line_entry import LineEntry
from pmrehearse.ui.wording import moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.widgets.takes_table import Found


class OneTakePage(Page):
    """A page with a list of takes; the keys stand where the list is, in the order of its footer."""

    def __init__(self, program: ProgramPort, heading: str) -> None:
        """List nothing yet.

        Args:
            program: What stands behind the screens.
            heading: The title.
        """
        super().__init__(heading)
        self._program = program

    @property
    def at_cursor(self) -> Found | None:
        """The take that keys act on; None in an empty list."""
        raise NotImplementedError

    def change(self, deed: Callable[[], object]) -> None:
        """Change a take beside the screen, and read the list again."""
        raise NotImplementedError

    def action_rename(self) -> None:
        """Give the take a name."""
        found = self.at_cursor
        if found is not None:
            entry = LineEntry("A name for this take", f"{found.take.title}; empty for none.", found.take.name)
            self.app.push_screen(entry, lambda name: self._renamed(found.take.take_id, name))

    def _renamed(self, take_id: str, name: str | None) -> None:
        if name is not None:
            self.change(lambda: self._program.library.rename(take_id, name))

    def action_tag(self) -> None:
        """Give the take tags."""
        found = self.at_cursor
        if found is not None:
            entry = LineEntry("Tags of this take", "With commas between them.", ", ".join(found.take.tags))
            self.app.push_screen(entry, lambda text: self._tagged(found.take.take_id, text))

    def _tagged(self, take_id: str, text: str | None) -> None:
        if text is not None:
            tags = [tag for part in text.split(",") if (tag := clean_line(part).lstrip("#"))]
            self.change(lambda: self._program.library.tag(take_id, tags))

    def action_delete(self) -> None:
        """Ask, then delete the highlighted take."""
        found = self.at_cursor
        if found is None:
            return
        question = Ask(
            f"Delete the take of {moment(found.take.started_at)}?",
            f"{found.take.title}: its sound, its transcript and its marks are gone for good.",
            (Choice("keep", "Keep it", "k"), Choice("delete", "Delete it", "d")),
        )
        self.app.push_screen(question, lambda answer: self._deleted(found.take.take_id) if answer == "delete" else None)

    def _deleted(self, take_id: str) -> None:
        self._program.remembered.set_place(take_id, None)
        self.change(lambda: self._program.library.delete(take_id))
