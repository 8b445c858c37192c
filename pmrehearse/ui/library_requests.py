"""What do screens ask the app for when takes go out, come in or are looked after?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from pmrehearse.session.exporting import Wanted


@dataclass(frozen=True, slots=True)
class ExportedTake:
    """A take that can be written for others.

    Attributes:
        take_id: The take.
        about: What tells it from others, on one line.
        has_sound: False for a typed one.
    """

    take_id: str
    about: str
    has_sound: bool


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """Takes that can be written as a table.

    Attributes:
        wanted: Which.
        about: What they are ("All 12 takes").
    """

    wanted: Wanted
    about: str


class OpenExport(Message):
    """Write a take, or a table of takes, for others."""

    def __init__(self, take: ExportedTake | None = None, table: ExportedTable | None = None) -> None:
        """Ask for it.

        Args:
            take: The take; None when there is none to be written.
            table: The takes of a table; None when none is to be written.
        """
        super().__init__()
        self.take = take
        self.table = table


class OpenImport(Message):
    """Make a take of a file made elsewhere."""

    def __init__(self, scenario_id: str = "") -> None:
        """Ask for it.

        Args:
            scenario_id: What it answers, most likely; "" when that is not known.
        """
        super().__init__()
        self.scenario_id = scenario_id


class OpenLibrary(Message):
    """Show what can be done to the library as a whole."""
