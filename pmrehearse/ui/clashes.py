"""Which keys of a user's keymap cannot be as they are, and which get into each other's way?"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.widget import Widget

from pmrehearse.scenario.mistakes import nearest
from pmrehearse.ui.keymap import Keyed, actions, effective, place_of, problem_with_keys, usable
from pmrehearse.ui.screens.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_PALETTE = Binding("ctrl+p", "command_palette", "the command palette")


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """Something wrong with a key that the user gave.

    Attributes:
        name: The action, as the user wrote it.
        message: What is wrong, and what is allowed.
    """

    name: str
    message: str


class KeysOfScreens:
    """The keys of the screens, to those who show none."""

    def problems(self, keys: Mapping[str, str], /) -> tuple[KeyProblem, ...]:
        """What is wrong with keys that a user gives by the names of actions."""
        return problems(keys)

    def usual(self) -> dict[str, tuple[str, str]]:
        """Every action by its name, with its usual keys and its meaning."""
        return {each.name: (each.keys, each.meaning) for each in actions().values()}


def problems(keys: Mapping[str, str]) -> tuple[KeyProblem, ...]:
    """What is wrong with a user's keys, each once.

    Args:
        keys: Keys by the name of the action, as the user wrote them.
    """
    if not keys:
        return ()
    found: dict[str, str] = {}
    known = actions()
    for name, text in keys.items():
        if name not in known:
            found[name] = f"there is no such action{nearest(name, known)}"
        elif problem := problem_with_keys(text):
            found[name] = problem
    given = usable(keys)
    for name, key, other in _clashes(given):
        found.setdefault(name, f"'{key}' is the key of {other}, too")
    return tuple(KeyProblem(name, message) for name, message in found.items())


def _clashes(given: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """An action that was given a key, the key, and the action that has it where both can be reached."""
    if not given:
        return
    from pmrehearse.ui.shell import RehearsalApp  # noqa: PLC0415  it names every page

    app = [*_bound(RehearsalApp, given), (RehearsalApp.COMMAND_PALETTE_BINDING, _PALETTE)]
    for page in sorted(_leaves(Page), key=place_of):
        owners: tuple[type, ...] = (page, *parts_of(page))
        own, *others = [_bound(each, given) for each in owners]
        for here in (own, *others, app):
            yield from _between(here, here, given)
            yield from _between(own, here, given)


def _bound(owner: type, given: Mapping[str, str]) -> list[tuple[str, Binding]]:
    """Key and binding of everything in a class, with the user's keys in place."""
    found: list[tuple[str, Binding]] = []
    for key, binding in effective(owner).items():
        changed = given.get(binding.id or "")
        found += [(each, binding) for each in changed.split(",")] if changed else [(key, binding)]
    return found


def _between(
    these: list[tuple[str, Binding]], those: list[tuple[str, Binding]], given: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    for key, one in these:
        for other_key, other in those:
            if key == other_key and one.action != other.action:
                if one.id in given:
                    yield str(one.id), key, other.id or other.description or other.action
                elif other.id in given:
                    yield str(other.id), key, one.id or one.description or one.action


def parts_of(page: type[Page]) -> tuple[type[Widget], ...]:
    """The widgets with keys of their own that can stand on a page: those that its module names, or its bases'."""
    found: dict[type[Widget], None] = {}
    for base in page.__mro__:
        for value in vars(sys.modules[base.__module__]).values() if issubclass(base, Page) else ():
            if _is_part(value):
                found[value] = None
    return tuple(found)


def _is_part(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, Widget) and issubclass(value, Keyed) and not _is_page(value)


def _is_page(value: type) -> bool:
    return issubclass(value, Page)


def _leaves(base: type[Page]) -> Iterator[type[Page]]:
    """The pages that are no bases of others."""
    below = base.__subclasses__()
    if not below:
        yield base
    for each in below:
        yield from _leaves(each)
