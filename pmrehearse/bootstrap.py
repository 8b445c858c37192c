"""Which adapter stands behind each port? The only module that names both.

Nothing is opened before it is asked for: a command that lists scenarios opens no library, one that lists takes starts
no process.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pmrehearse import __version__, places
from pmrehearse.errors import CheckpointError
from pmrehearse.judging.choosing import ChosenJudge
from pmrehearse.library.library import Library
from pmrehearse.library.naming import is_take_id
from pmrehearse.library.recovery import Recovery
from pmrehearse.remembered import FIRST_START, Remembered
from pmrehearse.scenario import packs
from pmrehearse.session.clock import MonotonicClock, utc_now
from pmrehearse.session.correcting import Corrector
from pmrehearse.session.marking import Marking
from pmrehearse.session.speeds import Speeds
from pmrehearse.session.upkeep import Tidied, Upkeep
from pmrehearse.settings.chosen import settings_of
from pmrehearse.speech.shelf import Checkpoints

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.audio.devices import Microphone
    from pmrehearse.checking.findings import Findings
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.conductor import Conductor
    from pmrehearse.session.demonstration import Demonstration
    from pmrehearse.session.events import SessionEvent
    from pmrehearse.session.exporting import Exporter
    from pmrehearse.session.planning import Planning
    from pmrehearse.session.playing import Playing
    from pmrehearse.session.ports import Checking, Reading
    from pmrehearse.session.practising import Practice
    from pmrehearse.session.reviewing import Reviewer
    from pmrehearse.session.sound_check import SoundCheck
    from pmrehearse.speech.events import SpeechEvent, SpeechOptions
    from pmrehearse.speech.speed import Speed


class Program:
    """Everything behind the commands and the screens.

    Attributes:
        packs: The scenarios: the module `scenario.packs`.
        checkpoints: Whisper checkpoints.
        remembered: What is kept between runs.
        speeds: How fast this machine recognises, as far as it is remembered.
        clock: Monotonic time.
        settings: What the user has set.
        recovery: What was found cut short, when the library was opened or since.
        judging: The learned judge, where there is one.
    """

    def __init__(self, library: Path | None = None) -> None:
        """Open nothing yet.

        Args:
            library: The library's folder; None for the usual one.
        """
        self.settings = settings_of(library)
        self.judging = ChosenJudge(wanted=self.settings.values.judge)
        self.packs = packs
        self.checkpoints = Checkpoints()
        self.remembered = Remembered(places.state_dir())
        self.speeds = Speeds(self.remembered)
        self.clock = MonotonicClock()
        self.recovery = Recovery()
        self._root = self.settings.library_dir
        self._marking = Marking(packs.lexicons, self.judging)

    @property
    def is_first_start(self) -> bool:
        """Whether nobody has used the program here: its first page was not shown, nothing is set, no take made."""
        if self.remembered.get(FIRST_START) is not None or self.settings.path.exists():
            return False
        return not (self._root.is_dir() and any(is_take_id(entry.name) for entry in self._root.iterdir()))

    @cached_property
    def library(self) -> Library:
        """The takes; those that were cut short are finished first."""
        library = Library(self._root, self._marking.shared, marked_by=f"{__version__} {self.judging.fingerprint()}")
        self._recover(library)
        return library

    def recover(self) -> None:
        """Finish takes that were cut short since the library was opened.

        Raises:
            LibraryError: The library cannot be read.
        """
        self._recover(self.library)

    def _recover(self, library: Library) -> None:
        if self._root.is_dir():
            found = library.recover(places.state_dir() / "rescued")
            self.recovery = replace(found, finished=(*self.recovery.finished, *found.finished))

    @cached_property
    def reviewer(self) -> Reviewer:
        """Takes after their recording."""
        from pmrehearse.audio.importing import convert_to_wav  # noqa: PLC0415  numpy, soxr: lists need none of it
        from pmrehearse.audio.packing import readable_wav  # noqa: PLC0415  likewise
        from pmrehearse.session.reviewing import Reviewer, ReviewPorts  # noqa: PLC0415  likewise
        from pmrehearse.speech.transcribing import transcribe_wav  # noqa: PLC0415  likewise

        def recognise(
            audio: Path, n_samples: int, from_s: float, options: SpeechOptions, tell: Callable[[SpeechEvent], None]
        ) -> None:
            with readable_wav(audio, places.cache_dir()) as wav:
                transcribe_wav(wav, n_samples, options, self.speeds.noting(tell), from_s=from_s)

        ports = ReviewPorts(
            store=self.library.store,
            report=self.library.report,
            checking=self._marking.shared,
            convert=convert_to_wav,
            recognise=recognise,
            utc_now=utc_now,
        )
        return Reviewer(ports)

    @cached_property
    def exporter(self) -> Exporter:
        """Takes as files for others."""
        from pmrehearse.session.exporting import Exporter  # noqa: PLC0415  the formats: lists need none of them

        return Exporter(lambda: self.library, self.library.report, self.practice.catch_up)

    @cached_property
    def upkeep(self) -> Upkeep:
        """Looks after the library as a whole."""
        return Upkeep(lambda: self.library, self.remembered, utc_now)

    @cached_property
    def practice(self) -> Practice:
        """What many takes say: records, what is due, how it goes, the tries of a drill."""
        from pmrehearse.session.practising import Practice  # noqa: PLC0415  only practice needs it

        return Practice(lambda: self.library, self.packs, utc_now)

    @cached_property
    def planning(self) -> Planning:
        """The plan of an interview, the rounds of its loop, and their debriefs."""
        from pmrehearse.session.planning import Planning  # noqa: PLC0415  only practice needs it

        return Planning(self.practice, lambda: self.library, self.packs, self.remembered)

    def tidy(self) -> Tidied:
        """Do a little of what can wait: mark takes, then pack their sound; nothing while a take is recorded."""
        n_marked = self.practice.catch_up_some()
        packs_sound = not n_marked and not self.settings.values.keep_wav
        return Tidied(n_marked, self.library.pack_some() if packs_sound else 0)

    @cached_property
    def corrector(self) -> Corrector:
        """Corrects takes."""
        return Corrector(self.library.store, self.library.correct, utc_now)

    def checking(self, scenario: Scenario) -> Checking:
        """The compiled checks of a scenario, which reports are made with, too; for any thread."""
        return self._marking.shared(scenario)

    def devices(self) -> tuple[Microphone, ...]:
        """The microphones; waits while the system is asked.

        Raises:
            MachineError: There is no sound system.
        """
        from pmrehearse.audio.devices import list_microphones  # noqa: PLC0415  starts a process: not for lists

        return list_microphones()

    def player(self) -> Playing:
        """A player."""
        from pmrehearse.audio.player import Player  # noqa: PLC0415  likewise
        from pmrehearse.session.playing import Playing  # noqa: PLC0415  likewise

        return Playing(Player)

    def sound_check(self) -> SoundCheck:
        """A microphone on trial."""
        from pmrehearse.audio.player import Player  # noqa: PLC0415  likewise
        from pmrehearse.audio.recorder import RecorderProcess  # noqa: PLC0415  likewise
        from pmrehearse.session.sound_check import SoundCheck  # noqa: PLC0415  likewise

        return SoundCheck(RecorderProcess, Player, places.cache_dir())

    def demo(self) -> Demonstration:
        """The bundled answer."""
        from pmrehearse.session.demonstration import demonstration  # noqa: PLC0415  only the demo needs it

        return demonstration()

    def speech_options(self, checkpoint: str | None) -> SpeechOptions | None:
        """How to recognise: with this checkpoint, or the one that is set; None when that is not on this computer.

        Raises:
            CheckpointError: One was named that is not on this computer.
        """
        wanted = self.settings.values
        try:
            found = self.checkpoints.find(checkpoint or wanted.checkpoint)
        except CheckpointError:
            if checkpoint is not None:
                raise
            return None
        return self.speeds.options(found.name, wanted.engine, wanted.language)

    def measured_speed(self) -> Speed | None:
        """How fast this machine recognises, measured now and remembered; takes some ten seconds.

        Raises:
            SpeechWorkerError: The speech process failed.
        """
        from pmrehearse.speech.measuring import measured  # noqa: PLC0415  processes: not for lists

        self.speeds.note(measured())
        return self.speeds.known()

    def conductor(
        self, scenario: Scenario, options: SpeechOptions | None, tell: Callable[[SessionEvent], None]
    ) -> Conductor:
        """A new run; `tell` is called on its thread."""
        from pmrehearse.audio.recorder import RecorderProcess  # noqa: PLC0415  processes: not for lists
        from pmrehearse.session.conductor import Conductor  # noqa: PLC0415  likewise
        from pmrehearse.session.ports import SessionPorts  # noqa: PLC0415  likewise
        from pmrehearse.speech.transcriber import WorkerTranscriber  # noqa: PLC0415  likewise

        ports = SessionPorts(
            recorder=RecorderProcess,
            transcriber=lambda listener: WorkerTranscriber(self.speeds.noting(listener)),
            store=self.library.store,
            checking=self._marking.rules,
            clock=self.clock,
            utc_now=utc_now,
            reading=self._reading,
        )
        return Conductor(scenario, ports, options, tell)

    def _reading(self, scenario: Scenario, tell: Callable[[Findings], None]) -> Reading:
        """The learned judge beside a take; what it reads here the report need not read again."""
        from pmrehearse.session.reading import ReadingAlong  # noqa: PLC0415  with the conductor

        return ReadingAlong(lambda: self._marking.shared(scenario), tell)

    def close(self) -> None:
        """Close what was opened."""
        if "library" in self.__dict__:
            self.library.close()


def program(library: Path | None = None) -> Program:
    """The program on a library folder (None: the usual one)."""
    return Program(library)
