"""Which file? A path is typed, or walked to through the folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.places import home_short, whole
from pmrehearse.ui.folders import Entry, Listing
from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu, choice
from pmrehearse.ui.widgets.path_field import PathField
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import size

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual.app import ComposeResult
    from textual.widgets import OptionList
    from textual.widgets.option_list import Option

KEYS = "enter takes it · tab completes · ↓ to the list · esc leaves"
_UP = Entry("..", is_folder=True)


class FilePicker(Dialog[Path]):
    """Gives back a file that is there; None when none was wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("down", "to_list", "To the list", show=False),
    ]

    DEFAULT_CSS = """
    FilePicker > Vertical { width: 76; }
    FilePicker PathField { margin-top: 1; }
    FilePicker Menu { height: 8; }
    FilePicker.-tall Menu { height: 14; }
    """

    def __init__(self, heading: str, detail: str, start: str, suffixes: Collection[str]) -> None:
        """Ask.

        Args:
            heading: What is asked.
            detail: Which files are meant.
            start: The path at first.
            suffixes: What names of the files that are listed end in.
        """
        super().__init__()
        self._heading = heading
        self._detail = detail
        self._start = start
        self._suffixes = suffixes
        self._found = Listing(start)

    def content(self) -> ComposeResult:
        """The path over what stands there."""
        yield Plain(shown((self._heading, "bold")))
        yield Plain(shown((self._detail, "$muted")))
        yield PathField(self._start, self._suffixes)
        yield Menu()
        yield Plain(KEYS, id="keys", classes="dialog-keys")

    def on_mount(self) -> None:
        """Ready for typing, at the end of the path."""
        self._field.focus()
        self._field.put(self._start)

    @property
    def _field(self) -> PathField:
        return self.query_one(PathField)

    def on_path_field_listed(self, message: PathField.Listed) -> None:
        """Show what stands there."""
        self._found = message.found
        self._say(message.found.problem)
        menu = self.query_one(Menu)
        menu.clear_options()
        menu.fill([_option(_UP), *(_option(entry) for entry in self._found.entries)])
        if self._found.entries and menu.has_focus:
            menu.highlighted = 1

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Into a folder, or take a file."""
        event.stop()
        entry = next((one for one in self._found.entries if one.name == event.option_id), _UP)
        if entry is _UP:
            self._field.put(_above(self._found.folder_text))
        elif entry.is_folder:
            self._field.put(self._found.text_of(entry))
        else:
            self._take(self._found.text_of(entry))

    def on_input_submitted(self, event: PathField.Submitted) -> None:
        """Take what was typed."""
        event.stop()
        self._take(event.value)

    def _take(self, text: str) -> None:
        path = Path(whole(text))
        if path.is_dir():
            self._field.put(text if text.endswith("/") else f"{text}/")
        elif path.exists():
            self.dismiss(path)
        else:
            self._say(f"{text} cannot be found.")

    def _say(self, problem: str) -> None:
        """What is wrong stands where the keys are told."""
        said = shown(("! ", "bold $error"), (problem, "$error")) if problem else shown(KEYS)
        self.query_one("#keys", Plain).show(said)

    def action_to_list(self) -> None:
        """Walk through the folders with the arrows."""
        menu = self.query_one(Menu)
        if self._field.has_focus:
            menu.focus()
            menu.highlighted = min(1, menu.option_count - 1)

    def action_leave(self) -> None:
        """None is wanted."""
        self.dismiss(None)


def _option(entry: Entry) -> Option:
    if entry.is_folder:
        return choice(entry.name, shown((f"{entry.name}/", "$primary")), cut=True)
    return choice(entry.name, entry.name, tail=shown((size(entry.n_bytes), "$muted")), cut=True)


def _above(folder_text: str) -> str:
    """The folder above one, from its root or from the user's home."""
    return f"{home_short(Path(whole(folder_text or '.')).parent).rstrip('/')}/"
