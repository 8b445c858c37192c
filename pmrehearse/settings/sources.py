"""Which of all that was said of a setting counts? Pure.

The first that says something, in this order: a choice made while the program runs, an option of the command line, an
environment variable, the settings file, what was chosen on the screens in an earlier run, and what is usual.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pmrehearse.settings.values import SETTINGS, Setting, Value, setting


class Origin(StrEnum):
    """Where something was said, the strongest first."""

    NOW = "chosen just now"
    OPTION = "command line"
    VARIABLE = "environment"
    FILE = "settings file"
    REMEMBERED = "chosen on the screens"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Held:
    """A setting as it holds.

    Attributes:
        setting: The setting.
        value: What it is.
        origin: Where that was said.
        place: The option, the variable or the line of the file; "" where there is none to name.
    """

    setting: Setting
    value: Value
    origin: Origin
    place: str = ""

    @property
    def because(self) -> str:
        """Where that was said, in words."""
        return ", ".join(part for part in (self.origin.value, self.place) if part)


@dataclass(frozen=True, slots=True)
class Source:
    """What was said in one place.

    Attributes:
        origin: The place.
        values: Settings by name.
        places: What to call the place of each, by name.
    """

    origin: Origin
    values: Mapping[str, Value]
    places: Mapping[str, str]


def held(sources: tuple[Source, ...]) -> tuple[Held, ...]:
    """Every setting as it holds.

    Args:
        sources: The strongest first.
    """
    return tuple(_held(one, sources) for one in SETTINGS)


def _held(one: Setting, sources: tuple[Source, ...]) -> Held:
    for source in sources:
        if one.name in source.values:
            return Held(one, source.values[one.name], source.origin, source.places.get(one.name, ""))
    return Held(one, one.usual, Origin.USUAL)


def variables(environ: Mapping[str, str], whole: Callable[[str], str]) -> tuple[Source, tuple[str, ...]]:
    """What the environment says, and what is wrong with it; a variable that is empty says nothing.

    Args:
        environ: The environment.
        whole: Makes a whole path of one that begins in the folder of the caller.
    """
    values: dict[str, Value] = {}
    wrong: list[str] = []
    for one in SETTINGS:
        if text := environ.get(one.variable, ""):
            text = whole(text) if one.name == "library" else text
            try:
                values[one.name] = one.read(text)
            except ValueError as problem:
                wrong.append(f"{one.variable}: {problem}")
    return Source(Origin.VARIABLE, values, {name: setting(name).variable for name in values}), tuple(wrong)


def remembered(get: Callable[[str], str | None]) -> Source:
    """What was chosen on the screens in an earlier run; what makes no sense was not.

    Args:
        get: What is remembered under a name, or None.
    """
    values: dict[str, Value] = {}
    for one in SETTINGS:
        text = get(one.name) if one.is_remembered else None
        if text is not None:
            try:
                values[one.name] = one.read(text)
            except ValueError:
                continue
    return Source(Origin.REMEMBERED, values, {})
