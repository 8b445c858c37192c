"""What can be done from the command palette: every action of the screen, the themes, and leaving."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.command import DiscoveryHit
from textual.system_commands import SystemCommandsProvider

from pmrehearse.ui.keymap import in_order
from pmrehearse.ui.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from textual.app import App
    from textual.binding import ActiveBinding
    from textual.command import Hits
    from textual.screen import Screen


class Commands(SystemCommandsProvider):
    """Lists the commands in their own order; Textual's provider sorts them by the alphabet."""

    async def discover(self) -> Hits:
        """All of them."""
        for title, about, run, _ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(title, run, help=about)


def _bindings(screen: Screen[Any]) -> list[ActiveBinding]:
    """The keys of a screen: its own and the app's, and the visible ones of the widget in focus.

    In the order of use: what the last line shows, the other keys of the page, those of every page, Textual's own.
    """
    ours = (screen, screen.app)
    found = [
        active
        for active in in_order(screen.active_bindings)
        if active.binding.description and (active.binding.show or active.node in ours)
    ]
    return sorted(found, key=_rank)


def _rank(active: ActiveBinding) -> int:
    if active.binding.show:
        return 0
    scope = (active.binding.id or "").partition(".")[0]
    return {"": 3, "page": 2, "app": 2}.get(scope, 1)


def keys_of(screen: Screen[Any]) -> tuple[tuple[str, str], ...]:
    """Key and meaning of everything that can ever be done on a screen, in the order of use."""
    by_meaning: dict[str, list[str]] = {}
    for active in _bindings(screen):
        by_meaning.setdefault(active.binding.description, []).append(screen.app.get_key_display(active.binding))
    return tuple((", ".join(dict.fromkeys(keys)), meaning) for meaning, keys in by_meaning.items())


def commands_of(app: App[Any], screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Everything that can be done on a screen at the moment."""
    by_meaning: dict[str, ActiveBinding] = {}
    for active in filter(attrgetter("enabled"), _bindings(screen)):
        by_meaning.setdefault(active.binding.description, active)
    for meaning, active in by_meaning.items():
        run = partial(app.run_action, active.binding.action, active.node)
        yield SystemCommand(meaning, f"on this screen: {app.get_key_display(active.binding)}", run)
    for theme in THEMES:
        yield SystemCommand(
            f"Theme: {theme.name}", "colours of the screens", partial(setattr, app, "theme", theme.name)
        )
