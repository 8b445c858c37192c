"""What does each key do, and how is it changed?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.errors import SettingsError
from pmrehearse.settings.values import setting_of
from pmrehearse.ui.clashes import problems
from pmrehearse.ui.keymap import actions, keys_of_action, usual_keys
from pmrehearse.ui.requests import SettingChanged
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.screens.dialog import Dialog, Trouble
from pmrehearse.ui.settings_parts import key_about, key_rows
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key
    from textual.widgets import OptionList

    from pmrehearse.ui.ports import ProgramPort


class CatchKey(Dialog[str]):
    """Gives back the key that is pressed; None for Escape."""

    def __init__(self, meaning: str) -> None:
        """Ask for a key.

        Args:
            meaning: What it will do.
        """
        super().__init__()
        self._meaning = meaning

    def content(self) -> ComposeResult:
        """The question."""
        yield Plain(shown((f"Press the key for “{self._meaning}”", "bold")))
        yield Plain("esc leaves it as it is", classes="dialog-keys")

    def on_key(self, event: Key) -> None:
        """Take it, and let it mean nothing else."""
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)


class KeyList(Menu):
    """The actions; Enter gives one another key."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Another key", key_display="enter")]


class KeysPage(Page):
    """Every action of the screens with its keys; what is changed is written into the settings file."""

    PURPOSE = (
        "{key_list.select} and then a key gives an action that key; {keys.usual} gives it the usual ones back. "
        "The name at the right is the one in the settings file, where an action may also have several keys."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "usual", "Back to usual", key_display="x"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    KeysPage {
        #keys { height: 1fr; margin: 1 1 0 1; }
        #about { height: 2; padding: 0 2; border-top: solid $line; }
        &.-wide.-tall #keys { margin: 2 11 1 11; }
        &.-wide.-tall #about { height: 3; padding: 0 12; }
    }
    """

    def __init__(self, program: ProgramPort) -> None:
        """Show the keys as they are.

        Args:
            program: What stands behind the screens.
        """
        super().__init__("Keys", "what each key does")
        self._program = program

    def why_not(self, action: str) -> str:
        """A key that nobody changed is the usual one."""
        is_usual = action == "usual" and self.query_one(KeyList).chosen_id not in self._program.settings.values.keys
        return "It has its usual keys." if is_usual else super().why_not(action)

    def content(self) -> ComposeResult:
        """The actions, and the name of the chosen one."""
        yield KeyList(id="keys")
        yield Plain("", id="about")

    def on_mount(self) -> None:
        """Ready for the keys."""
        self._show()
        self.query_one(KeyList).focus()

    def _show(self) -> None:
        changed = self._program.settings.values.keys
        self.query_one(KeyList).fill(key_rows(actions(), changed, lambda name: keys_of_action(self.app, name)))
        self._show_about()

    def _show_about(self) -> None:
        if name := self.query_one(KeyList).chosen_id:
            is_changed = name in self._program.settings.values.keys
            self.query_one("#about", Plain).show(
                key_about(actions()[name], usual_keys(self.app, name), is_changed=is_changed)
            )
        self.refresh_bindings()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another action is looked at."""
        del event
        self._show_about()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for its key."""
        event.stop()
        name = event.option_id or ""
        self.app.push_screen(CatchKey(actions()[name].meaning), lambda key: self._take(name, key))

    def _take(self, name: str, key: str | None) -> None:
        if key is None:
            return
        given = {**self._program.settings.values.keys, name: key}
        wrong = next((each.message for each in problems(given) if each.name == name), None)
        if wrong is not None:
            self.app.push_screen(Trouble(f"{actions()[name].meaning}: {wrong}.", "Choose another key."))
        else:
            self._write(name, key)

    def action_usual(self) -> None:
        """Give the action its usual keys back."""
        if name := self.query_one(KeyList).chosen_id:
            self._write(name, None)

    def _write(self, name: str, keys: str | None) -> None:
        try:
            self._program.settings.change(setting_of(name), keys)
        except SettingsError as error:
            self.app.push_screen(Trouble(error.message, error.hint))
            return
        self.app.post_message(SettingChanged(setting_of(name)))
        self.call_later(self._show)
