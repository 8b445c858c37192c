"""What do screens ask the app for, and where can the program start?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from pmrehearse.ui.practice_requests import AtDrill, AtProgress, AtRound, DrillAt, RoundAt

if TYPE_CHECKING:
    from pmrehearse.audio.events import FileSource
    from pmrehearse.session.events import SessionEvent
    from pmrehearse.session.upkeep import Tended
    from pmrehearse.ui.jobs import Job, JobResult
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.screens.preparing import Preparing


@dataclass(frozen=True, slots=True)
class AtHome:
    """Begin with everything that can be rehearsed."""


@dataclass(frozen=True, slots=True)
class Within:
    """Where in a report to begin.

    Attributes:
        moment_s: The moment of the sound that is shown first; None for the elements.
        is_new: True for a take that has just been made: its results were not seen yet.
    """

    moment_s: float | None = None
    is_new: bool = False


FIRST = Within()


@dataclass(frozen=True, slots=True)
class AtReport:
    """Begin with the report of a take.

    Attributes:
        take_id: The take.
    """

    take_id: str


@dataclass(frozen=True, slots=True)
class AtBriefing:
    """Begin with the briefing of a scenario.

    Attributes:
        scenario_id: What is rehearsed.
        source: A file that stands in for the microphone; None for a microphone that the user chooses.
        checkpoint: The checkpoint that recognises; None for the usual one.
        phases_at_s: When the phases after the first begin by themselves, in seconds of the sound: nobody presses keys
            for a recorded answer. Empty for a speaker.
        live: What is shown of recognition while speaking; None for what is remembered.
        drill: The drill that this is a try of, or None.
        round: The round that this is a scenario of, or None.
        is_demo: True for a bundled answer: nobody rehearses, and practice does not count it.
    """

    scenario_id: str
    source: FileSource | None = None
    checkpoint: str | None = None
    phases_at_s: tuple[float, ...] = ()
    live: str | None = None
    drill: DrillAt | None = None
    round: RoundAt | None = None
    is_demo: bool = False


StartAt = AtHome | AtReport | AtBriefing | AtDrill | AtRound | AtProgress
HOME = AtHome()


class OpenBriefing(Message):
    """Rehearse this."""

    def __init__(self, at: AtBriefing, *, replace: bool = False) -> None:
        """Ask for a briefing.

        Args:
            at: What is rehearsed, and how.
            replace: True to leave the screen that asks.
        """
        super().__init__()
        self.at = at
        self.replace = replace


class LiveReady(Message):
    """A run has been prepared and can be briefed."""

    def __init__(self, live: LiveRun, asked_by: Preparing) -> None:
        """Carry it.

        Args:
            live: The run.
            asked_by: The screen that waits for it, if it still does.
        """
        super().__init__()
        self.live = live
        self.asked_by = asked_by


class OpenReport(Message):
    """Show this take."""

    def __init__(self, take_id: str, *, replace: bool = False, at: Within = FIRST) -> None:
        """Ask for a report.

        Args:
            take_id: The take.
            replace: True to leave the screen that asks.
            at: Where in it to begin.
        """
        super().__init__()
        self.take_id = take_id
        self.replace = replace
        self.at = at


class OpenComparison(Message):
    """Show two takes beside one another."""

    def __init__(self, before: str, after: str) -> None:
        """Ask for it.

        Args:
            before: The first take.
            after: The second.
        """
        super().__init__()
        self.before = before
        self.after = after


class OpenHistory(Message):
    """Show all takes."""


class OpenDemo(Message):
    """Brief the bundled answer."""


class OpenFirstStart(Message):
    """Show what is worth a look before the first rehearsal."""


class OpenSettings(Message):
    """Show what is set."""


class SettingChanged(Message):
    """A setting was written into the file."""

    def __init__(self, name: str) -> None:
        """Carry its name.

        Args:
            name: The setting, or "keys." with the name of an action.
        """
        super().__init__()
        self.name = name


class RunJob(Message):
    """Do something that takes a while, with its progress on the screen."""

    def __init__(self, job: Job, *, replace: bool = False) -> None:
        """Ask for it.

        Args:
            job: What is done.
            replace: True to leave the screen that asks.
        """
        super().__init__()
        self.job = job
        self.replace = replace


class JobEnded(Message):
    """A job came to its end."""

    def __init__(self, result: JobResult, *, was_left: bool, ends_the_run: bool) -> None:
        """Carry its result.

        Args:
            result: What came of it.
            was_left: True when the user had asked to leave it.
            ends_the_run: True when it was the last piece of the run that is live.
        """
        super().__init__()
        self.result = result
        self.was_left = was_left
        self.ends_the_run = ends_the_run


class CheckpointFetched(Message):
    """A checkpoint has come: the screen that lacked it can go on."""

    def __init__(self, name: str) -> None:
        """Carry its name.

        Args:
            name: The checkpoint.
        """
        super().__init__()
        self.name = name


class Came(Message):
    """Something was done to the library as a whole: the screen that asked for it can show what came of it."""

    def __init__(self, tended: Tended) -> None:
        """Carry it.

        Args:
            tended: What came of it.
        """
        super().__init__()
        self.tended = tended


class SessionTold(Message):
    """The conductor told something, on its own thread."""

    def __init__(self, event: SessionEvent) -> None:
        """Carry the event.

        Args:
            event: What it told.
        """
        super().__init__()
        self.event = event
