"""Which microphone?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from pmrehearse.ui.background import WorkFailed, in_background
from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu, choice
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList
    from textual.widgets.option_list import Option

    from pmrehearse.session.controls import Device
    from pmrehearse.ui.ports import ProgramPort

TAKES, LEAVES = "enter takes it · r looks again · esc leaves", "r looks again · esc leaves"
"""The keys, with and without a microphone to take."""
_DEFAULT = "default"
_DEVICE = "device:"


class DevicesFound(Message):
    """The system has listed its microphones."""

    def __init__(self, devices: tuple[Device, ...]) -> None:
        """Carry them.

        Args:
            devices: The microphones.
        """
        super().__init__()
        self.devices = devices


class Microphones(Dialog[str | None]):
    """Gives back a microphone's name, "" for the system's default, None when nothing was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("r", "refresh", "Look again", show=False),
    ]

    def __init__(self, program: ProgramPort, current: str) -> None:
        """List them.

        Args:
            program: What stands behind the screens.
            current: The one in use, "" for the system's default.
        """
        super().__init__()
        self._program = program
        self._current = current

    def content(self) -> ComposeResult:
        """A list."""
        yield Plain(shown(("Microphone", "bold")))
        yield Plain("Looking …", id="said")
        yield Menu()
        yield Plain(LEAVES, id="keys", classes="dialog-keys")

    def on_mount(self) -> None:
        """Look for microphones."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Look again: one may have been plugged in."""
        in_background(self, lambda: tuple(self._program.devices()), DevicesFound)

    def on_devices_found(self, message: DevicesFound) -> None:
        """Show them."""
        self.query_one("#said", Plain).show("" if message.devices else "The system lists no microphone.")
        self.query_one("#said").display = not message.devices
        menu = self.query_one(Menu)
        options = [self._device(device) for device in message.devices]
        if options or self._current:  # without any, the system's default may still be wanted instead of one by name
            options.insert(0, self._default())
        menu.fill(options)
        menu.display = bool(options)
        menu.focus()
        self.query_one("#keys", Plain).show(TAKES if options else LEAVES)

    def on_work_failed(self, message: WorkFailed) -> None:
        """The system could not be asked: say so here."""
        message.stop()
        self.query_one(Menu).display = False
        self.query_one("#said", Plain).show(f"{message.message} {message.hint}")

    def _default(self) -> Option:
        return choice(_DEFAULT, "Whatever the system uses", lead=_dot(chosen=not self._current))

    def _device(self, device: Device) -> Option:
        tail = shown(("system default", "$muted")) if device.is_default else ""
        return choice(_DEVICE + device.name, device.name, lead=_dot(chosen=device.name == self._current), tail=tail)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One was chosen."""
        event.stop()
        self.dismiss((event.option_id or "").removeprefix(_DEVICE) if event.option_id != _DEFAULT else "")

    def action_leave(self) -> None:
        """Keep the one in use."""
        self.dismiss(None)


def _dot(*, chosen: bool) -> str:
    return "● " if chosen else "  "
