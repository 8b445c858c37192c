"""The notes on a take."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from pmrehearse.ui.keymap import with_keys
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu, choice, heading
from pmrehearse.ui.wording import clock

if TYPE_CHECKING:
    from textual.widgets import OptionList

    from pmrehearse.library.corrections import Note

_NOTE = "note:"
NONE = "No notes yet: {correcting.note} makes one at this moment, {correcting.note_on_take} one on the whole take."


class NotesPane(Menu):
    """The notes in the order of time; Enter plays from the moment of one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.play_note", "Play", key_display="enter", id="notes.select"),
        Binding("x,delete", "remove_note", "Remove", key_display="x"),
    ]

    class Wanted(Message):
        """Play from the chosen note."""

    class Removed(Message):
        """A note is to go."""

        def __init__(self, number: int) -> None:
            """Carry its place.

            Args:
                number: Its index among the notes.
            """
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(id="notes")
        self._notes: tuple[Note, ...] = ()

    def show(self, notes: tuple[Note, ...]) -> None:
        """Show these notes."""
        self._notes = notes
        options = [
            choice(f"{_NOTE}{number}", note.text, lead=shown((_lead(note), "$muted")))
            for number, note in enumerate(notes)
        ]
        self.fill(options or [heading(with_keys(self.app, NONE))])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Play from its moment."""
        event.stop()
        self.post_message(self.Wanted())

    @property
    def chosen(self) -> Note | None:
        """The note that is highlighted."""
        return None if self._number is None else self._notes[self._number]

    def why_not(self, action: str) -> str:
        """No note can be removed where none is."""
        return NONE if action == "remove_note" and self.chosen is None else super().why_not(action)

    def action_remove_note(self) -> None:
        """Ask for the note to be removed; undo brings it back."""
        number = self._number
        if number is not None:
            self.post_message(self.Removed(number))

    @property
    def _number(self) -> int | None:
        chosen = self.chosen_id
        return int(chosen.removeprefix(_NOTE)) if chosen.startswith(_NOTE) else None


def _lead(note: Note) -> str:
    return f"{clock(note.at_s) if note.at_s is not None else '':>6}  "
