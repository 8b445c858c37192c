"""What can be typed where a scenario, a take or a checkpoint is asked for, and what does the shell complete?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from pmrehearse import places
from pmrehearse.scenario.shelf import LEXICONS
from pmrehearse.settings.chosen import settings_of
from pmrehearse.settings.values import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

no_judge = click.option("--no-judge", is_flag=True, help="Let the rules decide alone.")
"""Leaves the learned judge out."""
LAST = "last"
"""The word for the newest take."""


class ScenarioName(click.ParamType[str]):
    """A scenario's id; completed from the names of the files, without reading them."""

    name = "scenario"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  click's signature
        param: click.Parameter,  # noqa: ARG002  click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """The ids that begin like this."""
        found = {*_ids_in(places.shipped_scenarios_dir()), *_ids_in(places.user_scenarios_dir())}
        return [CompletionItem(name) for name in sorted(found) if name.startswith(incomplete)]


class ElementOfScenario(ScenarioName):
    """An element: "SCENARIO:ELEMENT" or an element's own id; the scenario's part is completed."""

    name = "element"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The scenarios that begin like this."""
        return [CompletionItem(f"{item.value}:") for item in super().shell_complete(ctx, param, incomplete)]


class Day(click.ParamType[date]):
    """A day, written as 2026-12-24."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; a text that is none is refused with the form that is asked for."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day: write it as 2026-12-24.", param, ctx)


class RoundName(click.ParamType[tuple[str, int]]):
    """A round of a loop: "writer/2"."""

    name = "round"

    def convert(
        self, value: str | tuple[str, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """The loop's id and the round's number, counted from 1."""
        if isinstance(value, tuple):
            return value
        loop_id, _, number = value.partition("/")
        if not loop_id or not number.isdecimal():
            self.fail(f"{value!r} is no round: write the loop and the number, as in writer/2.", param, ctx)
        return loop_id, int(number)


class SettingName(click.ParamType[str]):
    """A setting's name, or "keys." with that of an action."""

    name = "setting"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  click's signature
        param: click.Parameter,  # noqa: ARG002  click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """The names that begin like this."""
        return [CompletionItem(one.name, help=one.title) for one in SETTINGS if one.name.startswith(incomplete)]


class TakeName(click.ParamType[str]):
    """A take's id, the beginning of one, or "last"; completed from the names of the folders."""

    name = "take"

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002  click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """The ids that begin like this, the newest first."""
        chosen: Path | None = ctx.find_root().params.get("library")
        folders = [path.name for path in _entries(settings_of(chosen).library_dir) if (path / "take.json").is_file()]
        names = [LAST, *sorted(folders, reverse=True)]
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


class SoundOrTake(TakeName):
    """A sound file or a take; files are completed, and takes too."""

    name = "sound or take"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The takes that begin like this, and whatever files the shell finds."""
        return [CompletionItem(incomplete, type="file"), *super().shell_complete(ctx, param, incomplete)]


def _ids_in(folder: Path) -> Iterator[str]:
    for pack in _entries(folder):
        if pack.name != LEXICONS:
            yield from (f"{pack.name}/{file.stem}" for file in _entries(pack) if file.suffix == ".toml")


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
