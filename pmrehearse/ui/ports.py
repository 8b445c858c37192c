"""What do the screens need of the program behind them?

The real one is built in `pmrehearse.bootstrap`; tests give fakes. Nothing here waits unless it says so: what waits is
called from a daemon thread (`pmrehearse.ui.background`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pmrehearse.scenario.model import Scenario
    from pmrehearse.scenario.packs import Listed
    from pmrehearse.session.controls import Device, Fetching
    from pmrehearse.session.correcting import Corrector
    from pmrehearse.session.events import SessionEvent
    from pmrehearse.session.ports import Clock
    from pmrehearse.session.upkeep import Tidied
    from pmrehearse.settings.sources import Held
    from pmrehearse.settings.values import Settings, Value
    from pmrehearse.speech.events import SpeechOptions
    from pmrehearse.speech.speed import Speed
    from pmrehearse.ui.first_start_ports import SoundCheckPort, SpeedsPort
    from pmrehearse.ui.practice_ports import PlanningPort, PracticePort
    from pmrehearse.ui.run_ports import ConductorPort, DemoPort, PlayerPort
    from pmrehearse.ui.take_ports import (
        ExporterPort,
        LibraryPort,
        RecoveryPort,
        ReviewerPort,
        UpkeepPort,
    )


class PacksPort(Protocol):
    """What can be rehearsed."""

    def all_scenarios(self) -> Sequence[Listed]:
        """The shipped scenarios, then the user's own; those with mistakes too. Reads files."""

    def find(self, scenario_id: str) -> Scenario:
        """One scenario.

        Raises:
            UsageError: There is none of this id.
        """

    def drill(self, wanted: str, seconds: float | None = None) -> Scenario:
        """One element ("SCENARIO:ELEMENT") as a scenario of its own.

        Raises:
            UsageError: There is no such element.
        """


class NoticePort(Protocol):
    """Something about the settings that the user should know."""

    @property
    def message(self) -> str:
        """What is wrong, one mistake a line."""

    @property
    def hint(self) -> str:
        """What to do."""


class SettingsPort(Protocol):
    """What the user has set."""

    @property
    def path(self) -> Path:
        """The settings file."""

    @property
    def values(self) -> Settings:
        """Every setting as it holds."""

    def held(self) -> Sequence[Held]:
        """Every setting but the keys, and where it comes from."""

    def notices(self) -> Sequence[NoticePort]:
        """What cannot be used of the file and of the environment."""

    def choose(self, name: str, value: Value) -> None:
        """Let a choice hold while the program runs, and be remembered where that is done."""

    def forget(self, name: str) -> None:
        """Take back what was chosen on the screens, in this run or an earlier one."""

    def change(self, name: str, value: Value | None) -> Path | None:
        """Write a setting into the file; None takes it out, and takes back a choice.

        Returns:
            Where a file was put that could not be read; None when there was none.

        Raises:
            SettingsError: It may not be this, or the file cannot be written.
        """


class RememberedPort(Protocol):
    """What the program remembers between runs."""

    def get(self, name: str) -> str | None:
        """What is remembered under this name, or None."""

    def set(self, name: str, value: str) -> None:
        """Remember it."""

    def place(self, take_id: str) -> float | None:
        """Where listening to a take left off, in seconds of its sound; None when that is not known."""

    def set_place(self, take_id: str, at_s: float | None) -> None:
        """Remember where listening to a take left off; None when it was heard to its end."""


class ProgramPort(Protocol):
    """Everything behind the screens."""

    @property
    def packs(self) -> PacksPort:
        """What can be rehearsed."""

    @property
    def library(self) -> LibraryPort:
        """The takes."""

    @property
    def reviewer(self) -> ReviewerPort:
        """Takes after their recording."""

    @property
    def exporter(self) -> ExporterPort:
        """Takes as files for others."""

    @property
    def upkeep(self) -> UpkeepPort:
        """Looks after the library as a whole."""

    @property
    def corrector(self) -> Corrector:
        """Corrects takes."""

    @property
    def practice(self) -> PracticePort:
        """What many takes say."""

    @property
    def planning(self) -> PlanningPort:
        """The plan of an interview, and the rounds of its loop."""

    @property
    def checkpoints(self) -> Fetching:
        """Whisper checkpoints."""

    @property
    def remembered(self) -> RememberedPort:
        """What is remembered between runs."""

    @property
    def settings(self) -> SettingsPort:
        """What the user has set."""

    @property
    def is_first_start(self) -> bool:
        """Whether nobody has used the program here before."""

    @property
    def speeds(self) -> SpeedsPort:
        """How fast this computer recognises, as far as it is remembered."""

    def measured_speed(self) -> Speed | None:
        """How fast it recognises, measured now and remembered; waits some ten seconds.

        Raises:
            SpeechWorkerError: The speech process failed.
        """

    def sound_check(self) -> SoundCheckPort:
        """A microphone on trial."""

    @property
    def recovery(self) -> RecoveryPort:
        """What was found cut short, when the library was opened or since."""

    def recover(self) -> None:
        """Look once more for takes that were cut short."""

    @property
    def clock(self) -> Clock:
        """Monotonic time."""

    def tidy(self) -> Tidied:
        """Do a little of what can wait: mark takes, pack their sound. Waits; does nothing while a take is recorded."""

    def devices(self) -> Sequence[Device]:
        """The microphones; waits while the system is asked.

        Raises:
            MachineError: There is no sound system.
        """

    def player(self) -> PlayerPort:
        """A player."""

    def demo(self) -> DemoPort:
        """The bundled answer."""

    def speech_options(self, checkpoint: str | None) -> SpeechOptions | None:
        """How to recognise: with this checkpoint, or the usual one; None when there is none on this computer."""

    def conductor(
        self, scenario: Scenario, options: SpeechOptions | None, tell: Callable[[SessionEvent], None]
    ) -> ConductorPort:
        """A new run; `tell` is called on its thread."""
