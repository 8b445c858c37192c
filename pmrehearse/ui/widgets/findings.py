"""The elements of a report, and the detail of one."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from pmrehearse.ui.keymap import Keyed
from pmrehearse.ui.widgets.menu import Menu


class Elements(Menu):
    """The elements and flags; Enter plays the evidence of one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.play", "Play", key_display="enter", id="elements.select")
    ]


class Detail(Keyed, VerticalScroll):
    """The detail of one element, scrolled with the keys of a list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
    ]
