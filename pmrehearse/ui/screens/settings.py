"""What is set, where does it come from, and how is it changed?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.errors import SettingsError
from pmrehearse.places import home_short, whole
from pmrehearse.settings.sources import Origin
from pmrehearse.settings.values import Setting
from pmrehearse.speech.official import PUBLISHED
from pmrehearse.ui.library_requests import OpenLibrary
from pmrehearse.ui.requests import SettingChanged
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.screens.dialog import Trouble
from pmrehearse.ui.screens.keys import KeysPage
from pmrehearse.ui.screens.line_entry import LineEntry
from pmrehearse.ui.screens.microphones import Microphones
from pmrehearse.ui.screens.pick import Pick
from pmrehearse.ui.settings_parts import KEYS_ABOUT, about, rows
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu, choice
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList
    from textual.widgets.option_list import Option

    from pmrehearse.settings.sources import Held
    from pmrehearse.settings.values import Value
    from pmrehearse.ui.ports import ProgramPort


NO_STEPS = "It has no values to go through: {settings_list.select} changes it."
NOT_SET = "It is neither set in the settings file nor chosen on the screens."
TAKEN_BACK = (Origin.NOW, Origin.FILE, Origin.REMEMBERED)
"""Where something was said that can be taken back here; options and variables are the caller's."""
AIRY_LINES = 26
"""A terminal with so many lines has room for an empty one between the groups."""


class SettingsList(Menu):
    """The settings; Enter changes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Change", key_display="enter"),
        Binding("right,l", "screen.step(1)", "Next value", show=False, id="settings_list.next_value"),
        Binding("left,h", "screen.step(-1)", "Value before", show=False, id="settings_list.value_before"),
    ]


class SettingsPage(Page):
    """Every setting with what it is and why; what is changed here is written into the settings file."""

    PURPOSE = (
        "{settings_list.select} changes a setting, {settings_list.value_before} and {settings_list.next_value} go "
        "through its values. It is written into the settings file, and everything else in that file stays as it is. "
        "At the right stands where a value comes from, unless it is usual."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "unset", "Back to usual", key_display="x"),
        Binding("u", "upkeep", "Look after the takes"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    SettingsPage {
        #settings { height: 1fr; margin: 0 1; }
        #about { height: 5; padding: 0 2; border-top: solid $line; }
        &.-tall #settings { margin: 1 1 0 1; }
        &.-tall #about { height: 7; padding: 1 2; }
        &.-wide.-tall #settings { margin: 2 11 1 11; }
        &.-wide.-tall #about { padding: 1 12; }
    }
    """

    def __init__(self, program: ProgramPort) -> None:
        """Show what is set.

        Args:
            program: What stands behind the screens.
        """
        super().__init__("Settings", home_short(program.settings.path))
        self._program = program

    def why_not(self, action: str) -> str:
        """What is not set is as usual; a text has no next value."""
        if action not in ("unset", "step"):
            return super().why_not(action)
        one = self._chosen
        if action == "unset" and (one is None or one.origin not in TAKEN_BACK):
            return NOT_SET
        has_steps = one is not None and stepped(one.setting, one.value, 1) is not None
        return NO_STEPS if action == "step" and not has_steps else ""

    def content(self) -> ComposeResult:
        """The settings, and what the chosen one does."""
        yield SettingsList(id="settings")
        yield Plain("", id="about")

    def on_mount(self) -> None:
        """Ready for the keys."""
        self.query_one(SettingsList).focus()

    def on_screen_resume(self) -> None:
        """Show them, and again after the keys were changed."""
        self._show()

    def on_resize(self) -> None:
        """Leave room between the groups, where there is some."""
        self._show()

    def _show(self) -> None:
        settings = self._program.settings
        self.query_one(SettingsList).fill(
            rows(settings.held(), len(settings.values.keys), airy=self.app.size.height >= AIRY_LINES)
        )
        self._show_about()

    def _show_about(self) -> None:
        one = self._chosen
        self.query_one("#about", Plain).show(about(one) if one is not None else KEYS_ABOUT)
        self.refresh_bindings()

    @property
    def _chosen(self) -> Held | None:
        """The setting that is highlighted; None for the keys."""
        name = self.query_one(SettingsList).chosen_id
        return next((one for one in self._program.settings.held() if one.setting.name == name), None)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another setting is looked at."""
        del event
        self._show_about()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One is to be changed."""
        event.stop()
        one = self._chosen
        if one is None:
            self.app.push_screen(KeysPage(self._program))
        elif one.setting.choices or isinstance(one.value, bool):
            self.action_step(1)
        else:
            self._ask(one)

    def action_step(self, steps: int) -> None:
        """To the next value, or the one before; a text has none."""
        one = self._chosen
        if one is not None and (value := stepped(one.setting, one.value, steps)) is not None:
            self._write(one.setting.name, value)

    def action_unset(self) -> None:
        """Take it out of the file; what only the screens remember is forgotten, and the file left alone."""
        one = self._chosen
        if one is not None and one.origin is Origin.REMEMBERED:
            self._program.settings.forget(one.setting.name)
            self._changed(one.setting.name)
        elif one is not None:
            self._write(one.setting.name, None)

    def action_upkeep(self) -> None:
        """To what can be done to the library as a whole."""
        self.post_message(OpenLibrary())

    def _ask(self, one: Held) -> None:
        name, value = one.setting.name, str(one.value)
        if name == "microphone":
            self.app.push_screen(Microphones(self._program, value), lambda chosen: self._take(one.setting, chosen))
        elif name == "checkpoint":
            pick = Pick("Which checkpoint recognises?", self._checkpoints(value))
            self.app.push_screen(pick, lambda chosen: self._take(one.setting, chosen))
        else:
            entry = LineEntry(one.setting.title, one.setting.about, value)
            self.app.push_screen(entry, lambda line: self._take(one.setting, line))

    def _checkpoints(self, current: str) -> list[Option]:
        here = [each.name for each in self._program.checkpoints.available()]
        known = [*here, *(each.name for each in PUBLISHED if each.name not in here)]
        names = known if current in known else [current, *known]
        return [
            choice(
                name,
                name,
                lead="● " if name == current else "  ",
                tail=shown(("here" if name in here else "to fetch", "$muted")),
            )
            for name in names
        ]

    def _take(self, one: Setting, text: str | None) -> None:
        """Write what was chosen or typed; None when nothing was."""
        if text is None:
            return
        try:
            value = one.read(whole(text) if one.name == "library" and text else text)
        except ValueError as problem:
            self.app.push_screen(Trouble(f"{one.title}: {problem}.", one.about))
            return
        self._write(one.name, value)

    def _write(self, name: str, value: Value | None) -> None:
        try:
            kept = self._program.settings.change(name, value)
        except SettingsError as error:
            self.app.push_screen(Trouble(error.message, error.hint))
            return
        if kept is not None:
            self.notify(f"The old file could not be read; it stands beside the new one as {kept.name}.", markup=False)
        self._changed(name)

    def _changed(self, name: str) -> None:
        """Show what holds now, and let everything follow it."""
        self._show()
        self.post_message(SettingChanged(name))


def stepped(one: Setting, value: Value, steps: int) -> Value | None:
    """The value so many steps on; None where values have no order.

    Args:
        one: The setting.
        value: What it is.
        steps: 1 or -1; choices go round, numbers end.
    """
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return min(max(value + steps, 0), one.most)
    if one.choices:
        return one.choices[(one.choices.index(value) + steps) % len(one.choices)]
    return None
