"""What do screens ask the app for when an element is drilled or a round is rehearsed?

What a drill or a round has come to travels with each request, so that no screen has to remember it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from pmrehearse.audio.events import FileSource


@dataclass(frozen=True, slots=True)
class DrillAt:
    """A drill as far as it has come.

    Attributes:
        names: The elements still to be drilled ("SCENARIO:ELEMENT"), the one at hand first.
        take_ids: The tries of this sitting, on this element and on those before it, the oldest first.
        seconds: How long a try lasts; None for the usual length.
    """

    names: tuple[str, ...]
    take_ids: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class RoundAt:
    """A round as far as it has come.

    Attributes:
        loop_id: The loop.
        number: The round, counted from 1.
        scenario_ids: All of its scenarios, in order.
        take_ids: The takes so far, in the same order.
    """

    loop_id: str
    number: int
    scenario_ids: tuple[str, ...]
    take_ids: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Where it is: "2 of 3 in round 1"."""
        return f"{len(self.take_ids) + 1} of {len(self.scenario_ids)} in round {self.number}"


@dataclass(frozen=True, slots=True)
class AtDrill:
    """Begin with a drill.

    Attributes:
        names: The elements, one after another.
        source: A file that stands in for the microphone; None for a microphone that the user chooses.
        checkpoint: The checkpoint that recognises; None for the usual one.
        seconds: How long a try lasts; None for the usual length.
    """

    names: tuple[str, ...]
    source: FileSource | None = None
    checkpoint: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class AtRound:
    """Begin with a round.

    Attributes:
        loop_id: The loop.
        number: The round, counted from 1.
        checkpoint: The checkpoint that recognises; None for the usual one.
    """

    loop_id: str
    number: int
    checkpoint: str | None = None


@dataclass(frozen=True, slots=True)
class AtProgress:
    """Begin with how everything went over the takes.

    Attributes:
        scenario_id: The scenario that is looked at; "" for all of them.
    """

    scenario_id: str = ""


class OpenDrill(Message):
    """Drill these elements, one after another."""

    def __init__(self, at: AtDrill) -> None:
        """Ask for it.

        Args:
            at: Which, and how.
        """
        super().__init__()
        self.at = at


class OpenRound(Message):
    """Rehearse this round."""

    def __init__(self, at: AtRound) -> None:
        """Ask for it.

        Args:
            at: Which, and how.
        """
        super().__init__()
        self.at = at


class RoundFound(Message):
    """The scenarios of a round are known."""

    def __init__(self, at: AtRound, scenario_ids: tuple[str, ...]) -> None:
        """Carry them.

        Args:
            at: What was asked for.
            scenario_ids: Its scenarios, in order.
        """
        super().__init__()
        self.at = at
        self.scenario_ids = scenario_ids


class OpenDebrief(Message):
    """Show what a round came to."""

    def __init__(self, at: RoundAt) -> None:
        """Ask for it.

        Args:
            at: The round, with its takes.
        """
        super().__init__()
        self.at = at


class OpenPlan(Message):
    """Show the plan."""


class OpenProgress(Message):
    """Show how everything went over the takes."""


class DemoTagged(Message):
    """A take of the demo has its tag."""
