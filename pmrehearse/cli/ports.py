"""What do the commands need of the program behind them?

The real one is built in `pmrehearse.bootstrap`; tests give fakes. Every method may wait, but those of the conductor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.checking.findings import Findings
    from pmrehearse.checking.judging import PassageJudge
    from pmrehearse.library.cases import OverruledCase
    from pmrehearse.library.corrections import Corrections
    from pmrehearse.library.recovery import Recovery
    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import Hit, TakeFilter, TakeRow
    from pmrehearse.library.take import Take
    from pmrehearse.practice.debrief import Debrief
    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.practice.plan import Plan, Wish
    from pmrehearse.practice.records import Records
    from pmrehearse.scenario.lexicon import Lexicons
    from pmrehearse.scenario.model import Loop, Scenario
    from pmrehearse.scenario.packs import Listed
    from pmrehearse.scenario.shelf import BrokenFile
    from pmrehearse.session.correcting import Said
    from pmrehearse.session.events import SessionEvent, SessionView
    from pmrehearse.session.exporting import Table, Wanted
    from pmrehearse.session.ports import Clock
    from pmrehearse.session.practising import DueElement
    from pmrehearse.session.upkeep import Tended
    from pmrehearse.speech.events import Checkpoint, SpeechOptions
    from pmrehearse.speech.speed import Speed

Progress = Callable[[float, float], None]
"""Told (done, total) in seconds of sound; what it raises ends the work and passes through."""
TakesProgress = Callable[[int, int], None]
"""The same in takes."""


class DevicePort(Protocol):
    """A microphone that can be chosen."""

    @property
    def name(self) -> str:
        """The name that `MicrophoneSource` takes, readable and cleaned."""

    @property
    def is_default(self) -> bool:
        """True for the one that the system would take."""


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


class LibraryPort(Protocol):
    """The takes."""

    @property
    def notice(self) -> str:
        """What the user should know of the index, or ""."""

    def rows(self, wanted: TakeFilter = ..., limit: int | None = None) -> Sequence[TakeRow]:
        """The wanted takes, the newest first."""

    def count(self, wanted: TakeFilter = ...) -> int:
        """How many takes are wanted."""

    def resolve(self, wanted: str) -> str:
        """The id of the take that is meant: its id, a part of it that no other has, or "last".

        Raises:
            UsageError: None is meant, or several are.
        """

    def has_unread(self) -> bool:
        """Whether there are takes whose words are not known yet."""

    def catch_up(self, on_progress: Callable[[int, int], None], *, with_marks: bool = True) -> int:
        """Read takes that were changed or copied in; how many."""

    def search(self, text: str, wanted: TakeFilter = ..., limit: int = 20) -> Sequence[Hit]:
        """The wanted takes whose transcript or name says this, the best first."""

    def count_found(self, text: str, wanted: TakeFilter = ...) -> int:
        """How many takes `search` finds in all."""

    def audio_path(self, take_id: str) -> Path | None:
        """The take's sound, or None when it has none."""

    def delete(self, take_id: str) -> None:
        """Remove the take: sound, files and index."""

    def rename(self, take_id: str, name: str) -> Take:
        """Give a take another name, "" for none."""

    def tag(self, take_id: str, tags: Iterable[str]) -> Take:
        """Give a take these tags and no others."""

    def overruled_cases(self) -> Iterator[OverruledCase]:
        """The takes in which verdicts were overruled, as labelled answers."""


class ExporterPort(Protocol):
    """Takes as texts and files."""

    def text(self, take_id: str, name: str, *, with_sound: bool = True) -> str:
        """A take in a format."""

    def write(self, take_id: str, name: str, target: Path, *, with_sound: bool = True, replace: bool = False) -> Path:
        """Write a take to a file, or into a folder; the file.

        Raises:
            FileThereError: A file is there.
        """

    def table(self, wanted: Wanted, on_progress: TakesProgress) -> Table:
        """Takes as CSV."""

    def write_table(
        self, target: Path, wanted: Wanted, on_progress: TakesProgress, *, replace: bool = False
    ) -> tuple[Path, int]:
        """Write a table to a file, or into a folder; the file, and how many takes stand in it.

        Raises:
            FileThereError: A file is there.
        """


class UpkeepPort(Protocol):
    """Looks after the library as a whole."""

    def verify(self, on_progress: TakesProgress) -> Tended:
        """Look at every take's files; nothing is changed."""

    def rebuild(self, on_progress: TakesProgress) -> Tended:
        """Make the index again from the takes' files."""

    def pack(self, on_progress: TakesProgress) -> Tended:
        """Keep the sound of every take as FLAC."""

    def backup(self, target: Path, on_progress: TakesProgress) -> Tended:
        """Copy all takes and the index to a new folder or archive."""


class PracticePort(Protocol):
    """What many takes say. Every method waits."""

    @property
    def today(self) -> date:
        """Today, in the time of this place."""

    def catch_up(self, on_progress: Callable[[int, int], None]) -> None:
        """Mark the takes that are not marked."""

    def records(self) -> Records:
        """How each scenario and element went."""

    def standings(self, known: Records | None = None) -> Sequence[DueElement]:
        """How well each element is remembered, what is due first first."""

    def due(self, known: Records | None = None) -> Sequence[DueElement]:
        """What is due today, what is due first first."""

    def drilled(self, wanted: str, take_ids: Iterable[str] = ()) -> Drilled:
        """An element with its verdicts so far, and the tries of this sitting."""

    def loop(self, loop_id: str) -> Loop:
        """A loop.

        Raises:
            UsageError: There is none of this id.
        """

    def plan(self, wish: Wish, today: date | None = None) -> Plan:
        """The plan that is wished for, as it stands today.

        Raises:
            UsageError: There is no such loop, or the interview is over.
        """

    def keep(self, wish: Wish | None) -> None:
        """Remember a plan, or none."""

    @property
    def kept(self) -> Wish | None:
        """The plan that is remembered."""

    def round(self, loop_id: str, number: int) -> tuple[str, ...]:
        """The ids of a round's scenarios.

        Raises:
            UsageError: There is no such loop or round.
        """

    def debrief(self, loop_id: str, number: int, take_ids: Sequence[str]) -> Debrief:
        """What a round says as a whole."""


class ReviewerPort(Protocol):
    """Takes after their recording."""

    def review_file(self, audio: Path, scenario: Scenario, options: SpeechOptions, on_progress: Progress) -> Take:
        """An existing recording becomes a take.

        Raises:
            AudioFileError: It cannot be read, or holds nothing.
        """

    def transcribe_take(self, take_id: str, options: SpeechOptions, on_progress: Progress) -> Take:
        """Recognise a take that waits."""

    def import_transcript(self, file: Path, scenario: Scenario, audio: Path | None) -> Take:
        """Make a take of a transcript made elsewhere, with the sound it belongs to where there is one.

        Raises:
            BadFileError: It is not what its name says, or nothing is said in it.
        """

    def add_text(self, scenario: Scenario, text: str) -> Take:
        """A text becomes a take."""

    def set_text(self, take_id: str, text: str) -> Take:
        """A text takes the place of a transcript."""

    def report(self, take_id: str) -> Report:
        """All that is shown of a take, computed anew."""

    def check_text(self, scenario: Scenario, text: str) -> Findings:
        """Marks a text; no take is made."""


class CorrectorPort(Protocol):
    """Corrects takes; each method gives the report of the take as it is then."""

    def put(self, take_id: str, corrections: Corrections) -> Report:
        """Let these be all corrections."""

    def edit_words(self, take_id: str, first: int, last: int, text: str) -> Report:
        """Put other words in the place of some, named by their indices in the corrected transcript."""

    def overrule(self, take_id: str, element_id: str, said: Said) -> Report:
        """Let the speaker's verdict on an element count."""

    def accept(self, take_id: str, element_id: str) -> Report:
        """Let the checks' verdict on an element count again."""

    def add_note(self, take_id: str, text: str, at_s: float | None = None) -> Report:
        """Note something on the take, or at a moment of its sound."""

    def remove_note(self, take_id: str, number: int) -> Report:
        """Remove a note by its index."""

    def guess(self, take_id: str, element_ids: Iterable[str]) -> Report:
        """Keep which elements the speaker thinks to have met."""


class ConductorPort(Protocol):
    """One run, live. Every method but `close` returns at once."""

    def listen(self, source: SoundSource) -> None:
        """Open a source, so that its level shows."""

    def warm(self) -> None:
        """Load the checkpoint."""

    def begin(self) -> None:
        """Record."""

    def pause(self) -> None:
        """Stop the clock."""

    def resume(self) -> None:
        """Let it run again."""

    def next_phase(self) -> None:
        """Begin the next phase."""

    def mark(self) -> None:
        """Mark this moment."""

    def finish(self) -> None:
        """End the take."""

    def leave(self) -> None:
        """Stop recognising; the take waits."""

    def close(self) -> None:
        """End everything; a take that is being recorded is kept. Waits some seconds at most."""

    def view(self) -> SessionView:
        """The session at this moment."""


class PlayerPort(Protocol):
    """Plays a take's sound."""

    def play(
        self, audio: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0, again: bool = False
    ) -> None:
        """Play from `start_s` to `end_s` (None: to the end), at a speed in [0.5, 2]; what played before stops."""

    def close(self) -> None:
        """Be silent, and end the player."""

    @property
    def position_s(self) -> float | None:
        """Where it plays, in seconds of the take's sound; None when it is silent."""


class CheckpointsPort(Protocol):
    """Whisper checkpoints on this computer, and those that can be fetched."""

    def available(self) -> Sequence[Checkpoint]:
        """Those that can be loaded now."""

    def find(self, name: str) -> Checkpoint:
        """One that can be loaded.

        Raises:
            CheckpointError: There is none of this name.
        """

    def fetch(self, name: str, on_progress: Callable[[int, int], None]) -> Checkpoint:
        """Fetch one over the network; `on_progress(done, total)` is told bytes."""

    def import_file(self, path: Path, name: str) -> Checkpoint:
        """Take a checkpoint file from this computer."""

    def remove(self, name: str) -> Checkpoint:
        """Delete one from this computer."""


class JudgeStatePort(Protocol):
    """How it stands with the learned judge."""

    @property
    def name(self) -> str:
        """The model's name; "" when it does not judge."""

    @property
    def why_not(self) -> str:
        """Why it does not judge; "" when it does."""

    @property
    def remedy(self) -> str:
        """What to do about that, or ""."""


class JudgingPort(Protocol):
    """The learned judge, where there is one."""

    def judge(self) -> PassageJudge | None:
        """The judge, loaded when it is first asked for; None where the rules decide alone."""

    def state(self) -> JudgeStatePort:
        """How it stands with it."""

    def switch_off(self) -> None:
        """Let the rules decide alone."""


class SpeedsPort(Protocol):
    """What is remembered of this machine's speed."""

    def known(self) -> Speed | None:
        """The machine's speed; None while it was not measured."""


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
    def corrector(self) -> CorrectorPort:
        """Corrects takes."""

    @property
    def practice(self) -> PracticePort:
        """What many takes say."""

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

    def devices(self) -> Sequence[DevicePort]:
        """The microphones.

        Raises:
            MachineError: There is no sound system.
        """

    def player(self) -> PlayerPort:
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
    ) -> ConductorPort:
        """A new run; `tell` is called on its thread."""
