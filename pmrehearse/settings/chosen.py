"""What holds for this run, and how is it changed: for now, for the next start, or in the file?"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from pmrehearse import places
from pmrehearse.cleaning import clean_line
from pmrehearse.errors import SettingsError
from pmrehearse.remembered import Remembered
from pmrehearse.scenario.mistakes import told
from pmrehearse.settings.file import NAME, SettingsFound, read_settings
from pmrehearse.settings.sources import Held, Origin, Source, held, remembered, variables
from pmrehearse.settings.values import Settings, Value, action_of, in_words, setting
from pmrehearse.settings.writing import write_setting

if TYPE_CHECKING:
    from collections.abc import Mapping

REMEDY = "What is wrong is left out, and what is usual holds there. `pmrehearse config validate` looks again."
"""What is said below the mistakes of a settings file."""


class RememberedPort(Protocol):
    """What the program remembers between runs."""

    def get(self, name: str) -> str | None:
        """What is remembered under this name, or None."""

    def set(self, name: str, value: str) -> None:
        """Remember it."""

    def forget(self, name: str) -> None:
        """Remember it no longer."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the settings that the user should know.

    Attributes:
        message: What is wrong, one mistake a line.
        hint: What to do.
    """

    message: str
    hint: str


class ChosenSettings:
    """The settings of this run; the file is read when they are first asked for."""

    def __init__(self, path: Path, memory: RememberedPort, environ: Mapping[str, str]) -> None:
        """Read nothing yet.

        Args:
            path: The settings file, which need not exist.
            memory: What the program remembers between runs.
            environ: The environment.
        """
        self.path = path
        self._memory = memory
        self._environ = environ
        self._options: dict[str, tuple[str, Value]] = {}
        self._now: dict[str, Value] = {}
        self._found: SettingsFound | None = None

    @property
    def file(self) -> SettingsFound:
        """What the file says."""
        if self._found is None:
            self._found = read_settings(self.path)
        return self._found

    def held(self) -> tuple[Held, ...]:
        """Every setting but the keys, and where it comes from."""
        options = Source(
            Origin.OPTION,
            {name: value for name, (_, value) in self._options.items()},
            {name: option for name, (option, _) in self._options.items()},
        )
        lines = {name: f"line {line}" for name, line in self.file.lines.items()}
        return held(
            (
                Source(Origin.NOW, self._now, {}),
                options,
                variables(self._environ, places.whole)[0],
                Source(Origin.FILE, self.file.values, lines),
                remembered(self._memory.get),
            )
        )

    @property
    def values(self) -> Settings:
        """Every setting as it holds."""
        values: dict[str, Any] = {one.setting.name: one.value for one in self.held()}
        return Settings(**values, keys=MappingProxyType(dict(self.file.keys)))

    @property
    def library_dir(self) -> Path:
        """The folder of the takes."""
        named = str(self.values.library)
        return places.library_dir(Path(named) if named else None)

    def notices(self) -> tuple[Notice, ...]:
        """What cannot be used of the file and of the environment."""
        found: list[Notice] = []
        if self.file.mistakes:
            found.append(Notice(told(str(self.path), self.file.mistakes), REMEDY))
        _, wrong = variables(self._environ, places.whole)
        found += [Notice(clean_line(line), "It is passed over. Correct it, or unset it.") for line in wrong]
        values = self.values
        if values.language != "en" and values.checkpoint.endswith(".en"):
            english = f"The language is {values.language}, and the checkpoint {values.checkpoint} knows English only."
            found.append(Notice(english, f"Set the checkpoint {values.checkpoint.removesuffix('.en')}."))
        return tuple(found)

    def give(self, name: str, option: str, value: Value | None) -> None:
        """Take what an option of the command line says of a setting; None when it was not given."""
        if value is not None:
            self._options[name] = (option, value)

    def choose(self, name: str, value: Value) -> None:
        """Let a choice made on the screens hold while the program runs, and be remembered where that is done."""
        self._now[name] = value
        if setting(name).is_remembered:
            self._memory.set(name, in_words(value))

    def forget(self, name: str) -> None:
        """Take back what was chosen on the screens, in this run or an earlier one."""
        self._now.pop(name, None)
        self._memory.forget(name)

    def change(self, name: str, value: Value | None) -> Path | None:
        """Write a setting into the file, from where it holds at once; None takes it out, and takes back a choice.

        Args:
            name: The setting, or "keys." with the name of an action.
            value: What it is from now on.

        Returns:
            Where a file was put of which nothing could be read; None when there was none.

        Raises:
            SettingsError: There is no such setting, it may not be this, or the file cannot be written.
        """
        if not action_of(name) and (problem := setting(name).problem_with(value) if value is not None else ""):
            raise SettingsError(f"{name}: {problem}.")
        kept = write_setting(self.path, name, value, is_broken=self.file.is_broken)
        self._now.pop(name, None)
        if value is None and not action_of(name):  # the keys are never chosen elsewhere
            self.forget(name)
        self._found = None
        return kept


def settings_of(library: Path | None = None) -> ChosenSettings:
    """The settings of this user, with the library that the command line names, if it does."""
    settings = ChosenSettings(places.config_dir() / NAME, Remembered(places.state_dir()), os.environ)
    settings.give("library", "--library", None if library is None else str(library))
    return settings
