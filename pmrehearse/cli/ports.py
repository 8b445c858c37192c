"""What do the commands need of the program behind them?

The real one is built in `pmrehearse.bootstrap`; tests give fakes. Every method may wait, but those of the conductor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pmrehearse.cli.practice_ports import PlanningPort, PracticePort
    from pmrehearse.cli.run_ports import CheckpointsPort, JudgingPort, SpeedsPort
    from pmrehearse.cli.take_ports import ExporterPort, LibraryPort, ReviewerPort, UpkeepPort
    from pmrehearse.library.recovery import Recovery
    from pmrehearse.scenario.lexicon import Lexicons
    from pmrehearse.scenario.model import Loop, Scenario
    from pmrehearse.scenario.packs import Listed
    from pmrehearse.scenario.shelf import BrokenFile
    from pmrehearse.session.controls import Conducting, Device, Playing
    from pmrehearse.session.correcting import Corrector
    from pmrehearse.session.events import SessionEvent
    from pmrehearse.session.ports import Clock
    from pmrehearse.speech.events import SpeechOptions
    from pmrehearse.speech.speed import Speed


class PacksPort(Protocol):
    """What can be rehearsed."""

    def all_scenarios(self) -> Sequence[Listed]:
        """Every scenario as lists show it, those with mistakes too."""

    def broken(self) -> Sequence[BrokenFile]:
        """The files that cannot be used, with every mistake."""

    def load(self, path: Path) -> Scenario:
        """The scenario of a file.

        Raises:
            ScenarioError: It cannot be read, or has mistakes.
        """

    def find(self, scenario_id: str) -> Scenario:
        """One scenario.

        Raises:
            UsageError: There is none of this id.
        """

    def drill(self, wanted: str, seconds: float | None = None) -> Scenario:
        """One element as a scenario of its own: "SCENARIO:ELEMENT", or an id that no other element has.

        Raises:
            UsageError: None is meant, or several are.
        """

    def lexicons(self) -> Lexicons:
        """What the checks of all scenarios share."""

    def loops(self) -> Sequence[Loop]:
        """All loops."""


class Program(Protocol):
    """Everything behind the commands."""

    @property
    def judging(self) -> JudgingPort:
        """The learned judge, where there is one."""

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
        """Takes as texts and files."""

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
    def checkpoints(self) -> CheckpointsPort:
        """Whisper checkpoints."""

    @property
    def recovery(self) -> Recovery:
        """What was found cut short when the library was opened."""

    @property
    def clock(self) -> Clock:
        """Monotonic time."""

    def close(self) -> None:
        """Close what was opened."""

    def devices(self) -> Sequence[Device]:
        """The microphones.

        Raises:
            MachineError: There is no sound system.
        """

    def player(self) -> Playing:
        """A player."""

    def speech_options(self, checkpoint: str | None) -> SpeechOptions | None:
        """How to recognise: with this checkpoint, or the usual one; None when there is none on this computer."""

    @property
    def speeds(self) -> SpeedsPort:
        """How fast this machine recognises, as far as it is remembered."""

    def measured_speed(self) -> Speed | None:
        """How fast this machine recognises, measured now and remembered; waits some ten seconds.

        Raises:
            SpeechWorkerError: The speech process failed.
        """

    def conductor(
        self, scenario: Scenario, options: SpeechOptions | None, tell: Callable[[SessionEvent], None]
    ) -> Conducting:
        """A new run; `tell` is called on its thread."""
