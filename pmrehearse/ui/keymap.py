"""By which name is each key changed, and which keys can a user's keymap give?

Every binding of a page, of a widget and of the app has a name: that of what it belongs to, and of its action
("home.drill"). `[keys]` in the settings gives keys by these names.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import App
from textual.binding import Binding, BindingType
from textual.keys import Keys, _character_to_key
from textual.screen import Screen

from pmrehearse.scenario.mistakes import nearest
from pmrehearse.ui.offering import Offering

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IN_TEXT = re.compile(r"\{([a-z_]+\.[a-z_0-9]+)\}")
_MET = ("base", "home", "briefing", "countdown", "rehearse", "report")
"""The modules of the pages that one meets first, in that order."""
_MODIFIERS = ("ctrl", "shift", "alt", "super", "hyper", "meta")
_KNOWN = frozenset(key.value for key in Keys if key.value.islower() or key.value[-1:].isdigit()) | {
    _character_to_key(chr(code)) for code in range(33, 127)
}


class Keyed(Offering):
    """Gives the bindings that a class declares their names; it stands before Textual's class among the bases."""

    BINDINGS: ClassVar[list[BindingType]] = []
    SCOPE: ClassVar[str] = ""
    """What the names begin with; "" for the name of the class without "Page" or "Pane"."""

    def __init_subclass__(cls, **settings: Any) -> None:
        """Name the bindings that have no name yet, before Textual reads them."""
        if "BINDINGS" in cls.__dict__:
            cls.BINDINGS = [
                _named(cls.__dict__.get("SCOPE") or _scope(cls.__name__), binding)
                for binding in cls.__dict__["BINDINGS"]
            ]
        super().__init_subclass__(**settings)


def _scope(owner: str) -> str:
    return _CAPITAL.sub("_", owner.removesuffix("Page").removesuffix("Pane") or owner).lower()


def _named(scope: str, binding: BindingType) -> BindingType:
    if not isinstance(binding, Binding) or binding.id is not None:
        return binding
    action, _, argument = binding.action.rpartition(".")[2].rstrip(")").partition("(")
    words = (action, *(part.replace("-", "back_") for part in re.findall(r"-?\w+", argument)))
    return replace(binding, id=f"{scope}.{'_'.join(words)}")


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a key does.

    Attributes:
        name: By which its key is changed.
        keys: Its usual keys, as Textual calls them, with commas between.
        meaning: What it does.
        binding: Textual's value of it.
    """

    name: str
    keys: str
    meaning: str
    binding: Binding


@cache
def actions() -> dict[str, Action]:
    """Everything that a key does, by name: on the pages, on their parts, everywhere; each in the order of its class."""
    from pmrehearse.ui import pages, shell  # noqa: F401, PLC0415  they name every page, which all name this module

    pages.load_all()
    found: dict[str, Action] = {}
    for owner in sorted(_owners(Keyed), key=place_of):
        for binding in owner.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id:
                found.setdefault(binding.id, Action(binding.id, binding.key, binding.description, binding))
    return found


def _owners(base: type) -> Iterator[type]:
    below: list[type] = base.__subclasses__()
    for each in below:
        yield each
        yield from _owners(each)


def place_of(owner: type) -> tuple[int, int, str, int]:
    """Where a class stands among all, in whatever order they were loaded: pages as one meets them, parts, the app."""
    kind = 0 if issubclass(owner, Screen) else 2 if issubclass(owner, App) else 1
    module = owner.__module__.rpartition(".")[2]
    met = _MET.index(module) if module in _MET else len(_MET)
    return kind, met, owner.__module__, list(vars(sys.modules[owner.__module__])).index(owner.__name__)


@cache
def binding_of(name: str) -> Binding:
    """What a key does, by its name; looks through the pages that are loaded first.

    Raises:
        KeyError: Nothing has this name.
    """
    for owner in _owners(Keyed):
        for binding in owner.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id == name:
                return binding
    return actions()[name].binding


def normal(keys: str) -> str:
    """Keys as Textual calls them, without blanks: "?, f1" is "question_mark,f1".

    Args:
        keys: With commas between them.
    """
    return ",".join(_normal_key(key.strip()) for key in keys.split(","))


def _normal_key(key: str) -> str:
    if len(key) == 1:
        return _character_to_key(key)
    *modifiers, last = key.split("+")
    return "+".join([*modifiers, _character_to_key(last) if len(last) == 1 else last])


def problem_with_keys(keys: str) -> str:
    """Why these are no keys, or ""."""
    for key in normal(keys).split(","):
        *modifiers, last = key.split("+")
        wrong = next((part for part in modifiers if part not in _MODIFIERS), None)
        if wrong is not None:
            return f"'{wrong}' is none of {', '.join(_MODIFIERS)}{nearest(wrong, _MODIFIERS)}"
        if key not in _KNOWN and last not in _KNOWN:
            return f"there is no key '{last}'{nearest(last, _KNOWN)}; write a comma as comma, a plus as plus"
    return ""


def usable(keys: Mapping[str, str]) -> dict[str, str]:
    """Of a user's keys those that can be given, as Textual calls them."""
    known = actions() if keys else {}
    return {name: normal(text) for name, text in keys.items() if name in known and not problem_with_keys(text)}


def key_of(app: App[Any], name: str) -> str:
    """The key of an action as people call it, as it holds now.

    Args:
        app: The app, whose keymap counts.
        name: The action.
    """
    return keys_of_action(app, name).split(", ")[0]


def keys_of_action(app: App[Any], name: str) -> str:
    """All keys of an action as people call them, as they hold now, with commas between them.

    Args:
        app: The app, whose keymap counts.
        name: The action.
    """
    changed = cast("Any", app).keymap.get(name)
    if not changed:
        return usual_keys(app, name)
    binding = binding_of(name)
    return ", ".join(app.get_key_display(binding.with_key(key)) for key in changed.split(","))


def usual_keys(app: App[Any], name: str) -> str:
    """The keys that an action has unless they are changed, as people call them."""
    binding = binding_of(name)
    first, *others = normal(binding.key).split(",")
    shown = [app.get_key_display(binding.with_key(first, binding.key_display))]
    return ", ".join([*shown, *(app.get_key_display(binding.with_key(key)) for key in others)])


def with_keys(app: App[Any], text: str) -> str:
    """A text in which the names of actions in braces ("{home.drill}") are their keys.

    A key that has a word for its name begins a sentence with a capital: "Enter".
    """

    def key(found: re.Match[str]) -> str:
        shown = key_of(app, found[1])
        begins = found.start() == 0 or text[: found.start()].endswith((". ", ": "))
        return shown.capitalize() if begins and shown.isalpha() and len(shown) > 1 else shown

    return _IN_TEXT.sub(key, text)


def effective(owner: type) -> dict[str, Binding]:
    """The bindings of a class by key, those of its bases included, as Textual merges them."""
    found: dict[str, Binding] = {}
    for base in reversed(owner.__mro__):
        declared: list[BindingType] = base.__dict__.get("BINDINGS", [])
        for binding in Binding.make_bindings(declared):
            found[binding.key] = binding
    return found


def in_order(active: Mapping[str, ActiveBinding]) -> list[ActiveBinding]:
    """The bindings of a screen in the order in which they are declared, whatever their keys.

    A keymap puts the bindings that it changes behind the others.
    """
    owners = list(dict.fromkeys(type(each.node) for each in active.values()))
    ranks = {
        (owner, binding.action): (number, place)
        for number, owner in enumerate(owners)
        for place, binding in reversed(list(enumerate(effective(owner).values())))
    }
    return sorted(active.values(), key=lambda each: ranks.get((type(each.node), each.binding.action), (len(owners), 0)))
