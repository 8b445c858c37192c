"""Real classes that stand in for the program behind the screens: they keep what they were asked, and answer at once."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse import places
from pmrehearse.audio.sending import SoundCopy
from pmrehearse.errors import CheckpointError, RehearsalError, UsageError
from pmrehearse.library.backup import BackedUp
from pmrehearse.library.corrections import corrected
from pmrehearse.library.imports.reading import read_foreign_file
from pmrehearse.library.overruling import overrule
from pmrehearse.library.packing import Packed
from pmrehearse.library.recovery import Trouble
from pmrehearse.library.rows import EVERY, SnippetPart, TakeFilter, TakeRow
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.scenario.ids import scenario_and_element
from pmrehearse.session.correcting import Corrector
from pmrehearse.session.events import PhaseView, SessionView, Stage
from pmrehearse.session.exporting import Exporter
from pmrehearse.session.planning import Planning
from pmrehearse.session.practising import Practice
from pmrehearse.session.sound_check import CheckStage, CheckView
from pmrehearse.session.upkeep import Tidied, Upkeep
from pmrehearse.settings.chosen import ChosenSettings
from pmrehearse.settings.file import NAME
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.speed import Cost, Speed
from tests.rigs.marked import marked_takes
from tests.ui import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.checking.findings import Findings
    from pmrehearse.library.corrections import Corrections
    from pmrehearse.library.recovery import Trouble
    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import MarkedTake, VerdictRow
    from pmrehearse.scenario.model import Loop, Scenario
    from pmrehearse.scenario.packs import Listed
    from pmrehearse.session.events import SessionEvent
    from pmrehearse.speech.segments import Transcript

_REVISIONS = count()


@dataclass
class FakeClock:
    """Time that stands until it is moved."""

    at_s: float = 100.0

    def now_s(self) -> float:
        """The time."""
        return self.at_s


@dataclass(frozen=True)
class FakeDevice:
    """A microphone."""

    name: str
    is_default: bool = False


@dataclass(frozen=True)
class FakeRow(TakeRow):
    """A take in a list, of the usual kind."""

    scenario_id: str = samples.LENS
    title: str = "Three-Phase Impact Lens"
    started_at: datetime = samples.WHEN
    status: TakeStatus = TakeStatus.TRANSCRIBED
    duration_s: float = 82.0
    planned_s: float = 180.0
    n_met: int | None = 2
    n_elements: int = 7
    n_raised: int | None = 0
    words_per_minute: float | None = 134.0
    n_fillers: int | None = 2


@dataclass(frozen=True)
class FakeHit:
    """A take that a search found."""

    row: FakeRow
    snippet: tuple[SnippetPart, ...]
    at_s: float | None


class FakePacks:
    """Scenarios in memory."""

    def __init__(self) -> None:
        self.listed: tuple[Listed, ...] = samples.SCENARIOS
        self.scenarios = {each.id: each for each in (samples.LENS_SCENARIO, samples.WHITEBOARD_SCENARIO)}

    def all_scenarios(self) -> Sequence[Listed]:
        """What is listed."""
        return self.listed

    def find(self, scenario_id: str) -> Scenario:
        """One of them."""
        if ":" in scenario_id:
            return self.drill(scenario_id)
        if scenario_id not in self.scenarios:
            raise UsageError(f"There is no scenario '{scenario_id}'.", "`pmrehearse scenario list` names them.")
        return self.scenarios[scenario_id]

    def drill(self, wanted: str, seconds: float | None = None) -> Scenario:
        """One element of one of them."""
        scenario_id, element_id = scenario_and_element(wanted)
        return samples.drill_of(self.find(scenario_id), element_id, seconds or 45.0)

    def loops(self) -> Sequence[Loop]:
        """One loop of three rounds."""
        return (samples.LOOP,)


class FakeLibrary:
    """Takes in memory."""

    def __init__(self) -> None:
        self.takes: list[FakeRow] = [FakeRow(samples.TAKE), FakeRow("older", n_met=7, duration_s=171.0)]
        self.audio: Path | None = Path("audio.wav")
        self.root = Path("recordings")
        self.troubles: tuple[Trouble, ...] = ()
        self.packed = Packed((samples.TAKE,), 4_000_000, 1_500_000)
        self.backups: list[Path] = []
        self.error: RehearsalError | None = None
        self.may_end = threading.Event()
        self.may_end.set()
        self.said: list[VerdictRow] = []
        self.reports: Callable[[str], Report] = lambda _take_id: samples.report()

    def count(self) -> int:
        """How many."""
        return len(self.takes)

    def verdicts(self, wanted: TakeFilter = EVERY) -> tuple[VerdictRow, ...]:
        """What the test says that takes say."""
        del wanted
        return tuple(self.said)

    def sound_to_send(self, take_id: str) -> SoundCopy | None:
        """A short sound, where there is sound."""
        return SoundCopy("audio/mpeg", b"ID3", (0.5,) * 10) if self.audio_path(take_id) else None

    def _tended(self, on_progress: Callable[[int, int], None]) -> None:
        """Tell progress until it may end."""
        on_progress(1, 2)
        while not self.may_end.wait(0.01):
            on_progress(1, 2)
        if self.error is not None:
            raise self.error

    def verify(self, on_progress: Callable[[int, int], None]) -> tuple[Trouble, ...]:
        """What the test says is wrong."""
        self._tended(on_progress)
        return self.troubles

    def rebuild(self, on_progress: Callable[[int, int], None]) -> int:
        """All are read."""
        self._tended(on_progress)
        return len(self.takes)

    def pack(self, on_progress: Callable[[int, int], None]) -> Packed:
        """What the test says."""
        self._tended(on_progress)
        return self.packed

    def backup(self, target: Path, on_progress: Callable[[int, int], None]) -> BackedUp:
        """Note it."""
        self._tended(on_progress)
        self.backups.append(target)
        return BackedUp(target, len(self.takes), 3, 4_200_000)

    def marked(self) -> tuple[MarkedTake, ...]:
        """What the test says that takes say."""
        return marked_takes(self.takes, self.said)

    def revision(self) -> tuple[int, ...]:
        """Never the same: nothing is kept."""
        return (next(_REVISIONS),)

    @property
    def is_recording(self) -> bool:
        """Nothing is."""
        return False

    def catch_up(self, on_progress: Callable[[int, int], None]) -> int:
        """Every take is marked."""
        on_progress(0, 0)
        return 0

    def report(self, take_id: str) -> Report:
        """The reviewer's."""
        return self.reports(take_id)

    def rows(self, wanted: TakeFilter = EVERY, limit: int | None = None, offset: int = 0) -> Sequence[FakeRow]:
        """Those of the scenario, with the tag, that wait."""
        found = tuple(
            row
            for row in self.takes
            if wanted.scenario_id in ("", row.scenario_id)
            and (not wanted.tag or wanted.tag in row.tags)
            and (not wanted.is_waiting or (row.status is not TakeStatus.TRANSCRIBED and not row.problem))
        )
        return found[offset:][:limit]

    def search(self, text: str, wanted: TakeFilter = EVERY, limit: int = 20) -> Sequence[FakeHit]:
        """Takes of which the transcript of the samples says this."""
        before, found, after = samples.HEARD.text.partition(text)
        if not found:
            return ()
        start_s = samples.HEARD.words[len(before.split())].start_s
        parts = (
            SnippetPart("… " + " ".join(before.split()[-5:]), is_match=False),
            SnippetPart(text, is_match=True),
            SnippetPart(" ".join(after.split()[:6]) + " …", is_match=False),
        )
        return tuple(FakeHit(row, parts, start_s) for row in self.rows(wanted)[:limit])

    def rename(self, take_id: str, name: str) -> Take:
        """Keep the name."""
        self._change(take_id, name=name)
        return samples.take(take_id)

    def tag(self, take_id: str, tags: Iterable[str]) -> Take:
        """Keep the tags."""
        self._change(take_id, tags=tuple(tags))
        return samples.take(take_id)

    def _change(self, take_id: str, **changes: object) -> None:
        self.takes = [replace(row, **changes) if row.take_id == take_id else row for row in self.takes]  # type: ignore[arg-type]  # names and types are those of the row

    def audio_path(self, take_id: str) -> Path | None:
        """The sound of every take."""
        del take_id
        return self.audio

    def delete(self, take_id: str) -> None:
        """Forget a take."""
        self.takes = [row for row in self.takes if row.take_id != take_id]


class FakeReviewer:
    """Reports that were written beforehand; transcriptions that end when they are told to."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {samples.TAKE: samples.report(), samples.WAITING: samples.waiting_report()}
        self.texts: list[tuple[str, str]] = []
        self.imported: list[tuple[Path, str, Path | None]] = []
        self.import_error: RehearsalError | None = None
        self.heard: dict[str, Transcript] = {}
        self.checked: dict[str, Findings] = {}
        self.may_end = threading.Event()
        self.may_end.set()
        self.progress: tuple[float, float] = (41.0, 82.0)
        self.error: Exception | None = None

    def report(self, take_id: str) -> Report:
        """The report of this take."""
        if self.error is not None:
            raise self.error
        if take_id not in self.reports:
            raise UsageError(f"There is no take '{take_id}'.", "`pmrehearse takes` lists them.")
        return self.reports[take_id]

    def transcribe_take(
        self, take_id: str, options: SpeechOptions, on_progress: Callable[[float, float], None]
    ) -> Take:
        """Tell progress until it may end."""
        del options
        if self.error is not None:
            raise self.error
        while not self.may_end.wait(0.01):
            on_progress(*self.progress)
        self.reports[take_id] = samples.report()
        return samples.take(take_id)

    def load(self, take_id: str) -> Take:
        """The take of the report."""
        return self.reports[take_id].take

    def recognised(self, take_id: str) -> Transcript:
        """What was heard, before corrections."""
        return self.heard.setdefault(take_id, self.reports[take_id].transcript)

    def corrections(self, take_id: str) -> Corrections:
        """Those of the report."""
        return self.reports[take_id].corrections

    def keep(self, take_id: str, corrections: Corrections) -> Report:
        """The report with other corrections; words are put right, and verdicts are overruled."""
        before = self.reports[take_id]
        transcript = corrected(self.recognised(take_id), corrections.words)
        checked = self.checked.setdefault(take_id, before.findings)
        findings, overruled = overrule(checked, corrections.verdicts, transcript.words)
        self.reports[take_id] = replace(
            before, transcript=transcript, findings=findings, corrections=corrections, overruled=overruled
        )
        return self.reports[take_id]

    def import_sound(self, audio: Path, scenario: Scenario, on_progress: Callable[[float, float], None]) -> Take:
        """A take that waits, unless the file holds no sound."""
        on_progress(1.0, 2.0)
        if self.import_error is not None:
            raise self.import_error
        self.imported.append((audio, scenario.id, None))
        self.reports[samples.WAITING] = samples.waiting_report()
        return samples.take(samples.WAITING)

    def import_transcript(self, file: Path, scenario: Scenario, audio: Path | None) -> Take:
        """A take of the words in it."""
        said = read_foreign_file(file)
        self.imported.append((file, scenario.id, audio))
        self.reports["typed"] = samples.typed_report(said.text)
        return samples.take("typed")

    def add_text(self, scenario: Scenario, text: str) -> Take:
        """A take of this text."""
        self.texts.append((scenario.id, text))
        self.reports["typed"] = samples.typed_report(text)
        return samples.take("typed")

    def set_text(self, take_id: str, text: str) -> Take:
        """The text of this take."""
        self.texts.append((take_id, text))
        self.reports[take_id] = samples.typed_report(text)
        return samples.take(take_id)


def view_of(scenario: Scenario, stage: Stage = Stage.LISTENING, clock_s: float = 0.0, phase: int = 0) -> SessionView:
    """What a session shows at this time, in this phase."""
    starts = [sum(each.seconds for each in scenario.phases[:number]) for number in range(len(scenario.phases))]
    recorded = stage not in (Stage.LISTENING, Stage.IDLE, Stage.STARTING)
    phases = tuple(
        PhaseView(
            each.id,
            each.title,
            each.prompt,
            each.seconds,
            elapsed_s=0.0 if number > phase else each.seconds if number < phase else max(0.0, clock_s - starts[phase]),
            is_current=recorded and number == phase,
            is_over=number < phase,
        )
        for number, each in enumerate(scenario.phases)
    )
    return SessionView(
        stage=stage,
        take_id=samples.TAKE if recorded else "",
        clock_s=clock_s,
        total_s=scenario.seconds,
        remaining_s=scenario.seconds - clock_s,
        phases=phases,
        level_dbfs=-20.0,
        peak_dbfs=-9.0,
        device="Built-in microphone",
        recogniser="base.en",
    )


class FakeConductor:
    """A run whose view is set by the test; what it is asked for moves the stage as the real one would."""

    def __init__(self, scenario: Scenario, tell: Callable[[SessionEvent], None]) -> None:
        self.scenario = scenario
        self.tell = tell
        self.asked: list[str] = []
        self.source: SoundSource | None = None
        self.shown = view_of(scenario)
        self.starts_late = False

    def _stage(self, asked: str, stage: Stage) -> None:
        self.asked.append(asked)
        self.shown = replace(self.shown, stage=stage)

    def listen(self, source: SoundSource) -> None:
        """Keep the source."""
        self.source = source
        self.asked.append("listen")

    def warm(self) -> None:
        """Keep that it was asked."""
        self.asked.append("warm")

    def begin(self) -> None:
        """Record, or wait for a microphone that is late."""
        self.asked.append("begin")
        stage = Stage.STARTING if self.starts_late else Stage.RECORDING
        self.shown = view_of(self.scenario, stage)

    def pause(self) -> None:
        """Stand."""
        self._stage("pause", Stage.PAUSED)

    def resume(self) -> None:
        """Run."""
        self._stage("resume", Stage.RECORDING)

    def next_phase(self) -> None:
        """Keep that it was asked."""
        self.asked.append("next_phase")

    def mark(self) -> None:
        """Count it."""
        self.asked.append("mark")
        self.shown = replace(self.shown, n_marks=self.shown.n_marks + 1)

    def finish(self) -> None:
        """Transcribe."""
        self._stage("finish", Stage.TRANSCRIBING)

    def end(self, take_id: str) -> None:
        """The transcript of this take stands."""
        self.shown = replace(self.shown, stage=Stage.DONE, take_id=take_id)

    def leave(self) -> None:
        """Wait."""
        self._stage("leave", Stage.WAITING)

    def discard(self) -> None:
        """Be idle."""
        self._stage("discard", Stage.IDLE)

    def close(self) -> None:
        """Keep that it was asked."""
        self.asked.append("close")

    def view(self) -> SessionView:
        """What the test has set."""
        return self.shown


class FakePlayer:
    """Silent; keeps what it was asked to play."""

    def __init__(self) -> None:
        self.played: list[tuple[Path, float, float | None]] = []
        self.speeds: list[tuple[float, bool]] = []
        self.stops = 0
        self.closed = False
        self.failure: RehearsalError | None = None
        self._position_s: float | None = None

    @property
    def position_s(self) -> float | None:
        """Where the last request began."""
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        return self._position_s

    def play(
        self, audio: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0, again: bool = False
    ) -> None:
        """Keep it."""
        self.played.append((audio, start_s, end_s))
        self.speeds.append((speed, again))
        self._position_s = start_s

    def move_to(self, at_s: float | None) -> None:
        """The sound is heard there now; None at its end."""
        self._position_s = at_s

    def stop(self) -> None:
        """Keep it."""
        self.stops += 1
        self._position_s = None

    def close(self) -> None:
        """Keep it."""
        self.closed = True


class FakeCheckpoints:
    """Checkpoints that come when they are allowed to."""

    def __init__(self) -> None:
        self.names: list[str] = ["base.en"]
        self.error: RehearsalError | None = None

    def available(self) -> Sequence[Checkpoint]:
        """Those that have come."""
        return tuple(Checkpoint(name) for name in self.names)

    def fetch(self, name: str, on_progress: Callable[[int, int], None]) -> Checkpoint:
        """It comes at once."""
        if self.error is not None:
            raise self.error
        on_progress(70_000_000, 145_000_000)
        self.names.append(name)
        return Checkpoint(name)


class FakeRemembered:
    """A dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.places: dict[str, float] = {}

    def get(self, name: str) -> str | None:
        """What was kept."""
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep it."""
        self.kept[name] = value

    def forget(self, name: str) -> None:
        """Keep it no longer."""
        self.kept.pop(name, None)

    def place(self, take_id: str) -> float | None:
        """Where listening left off."""
        return self.places.get(take_id)

    def set_place(self, take_id: str, at_s: float | None) -> None:
        """Keep it."""
        self.places.pop(take_id, None)
        if at_s is not None:
            self.places[take_id] = at_s


class FakeSoundCheck:
    """A microphone whose view is set by the test; it keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.shown = CheckView(CheckStage.LISTENING, "Built-in microphone", -20.0, -9.0)

    def listen(self, device: str | None = None) -> None:
        """Keep the microphone."""
        self.asked.append(f"listen:{device}")

    def hear_yourself(self) -> None:
        """Record."""
        self.asked.append("hear")
        self.shown = replace(self.shown, stage=CheckStage.RECORDING)

    def view(self) -> CheckView:
        """What the test has set."""
        return self.shown

    def close(self) -> None:
        """Keep that it was asked."""
        self.asked.append("close")


@dataclass
class FakeSpeeds:
    """What is remembered of this machine's speed."""

    speed: Speed | None = None

    def known(self) -> Speed | None:
        """What the test has set."""
        return self.speed


@dataclass(frozen=True)
class FakeDemo:
    """A bundled answer."""

    scenario_id: str = samples.LENS
    audio: Path = Path("strong.ogg")
    checkpoint: str = "demo-voice"
    phases_at_s: tuple[float, ...] = (36.0, 61.0)


@dataclass(frozen=True)
class FakeRecovery:
    """What was found cut short."""

    finished: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass
class FakeProgram:
    """Everything behind the screens, in memory."""

    packs: FakePacks = field(default_factory=FakePacks)
    library: FakeLibrary = field(default_factory=FakeLibrary)
    reviewer: FakeReviewer = field(default_factory=FakeReviewer)
    checkpoints: FakeCheckpoints = field(default_factory=FakeCheckpoints)
    remembered: FakeRemembered = field(default_factory=FakeRemembered)
    clock: FakeClock = field(default_factory=FakeClock)
    recovery: FakeRecovery = field(default_factory=FakeRecovery)
    conductors: list[FakeConductor] = field(default_factory=list)
    the_player: FakePlayer = field(default_factory=FakePlayer)
    tidied: Tidied = field(default_factory=Tidied)
    is_first_start: bool = False
    records_elsewhere: bool = False
    speeds: FakeSpeeds = field(default_factory=FakeSpeeds)
    measured: Speed | RehearsalError = field(default_factory=lambda: Speed("whisper-int8", "cpu", Cost(0.5, 0.01)))
    sound_checks: list[FakeSoundCheck] = field(default_factory=list)
    microphones: tuple[FakeDevice, ...] = (
        FakeDevice("Built-in microphone", is_default=True),
        FakeDevice("USB headset"),
    )

    @property
    def corrector(self) -> Corrector:
        """The real one, over the reports in memory."""
        return Corrector(self.reviewer, self.reviewer.keep, lambda: samples.WHEN)

    def __post_init__(self) -> None:
        """Practice and settings are the real things, over takes and choices in memory."""
        self.library.reports = self.reviewer.report
        self.settings = ChosenSettings(places.config_dir() / NAME, self.remembered, {})
        self.now = samples.WHEN
        self.practice = Practice(lambda: self.library, self.packs, lambda: self.now)
        self.planning = Planning(self.practice, lambda: self.library, self.packs, self.remembered)
        self.exporter = Exporter(lambda: self.library, self.reviewer.report, self.practice.catch_up)
        self.upkeep = Upkeep(lambda: self.library, self.remembered, lambda: self.now)

    def recover(self) -> None:
        """What was left as being recorded is whole, unless another program records it."""
        if self.records_elsewhere or self.recovery.troubles:
            return
        cut = [row for row in self.library.takes if row.status is TakeStatus.RECORDING]
        self.recovery = FakeRecovery((*self.recovery.finished, *(row.take_id for row in cut)))
        whole = [replace(row, status=TakeStatus.RECORDED) if row in cut else row for row in self.library.takes]
        self.library.takes[:] = whole

    def tidy(self) -> Tidied:
        """What the test says that there was to do, once."""
        done, self.tidied = self.tidied, Tidied()
        return done

    def measured_speed(self) -> Speed:
        """What the test says that this machine can, or why that is not known."""
        if isinstance(self.measured, RehearsalError):
            raise self.measured
        self.speeds.speed = self.measured
        return self.measured

    def sound_check(self) -> FakeSoundCheck:
        """A microphone that the test moves."""
        self.sound_checks.append(FakeSoundCheck())
        return self.sound_checks[-1]

    def devices(self) -> Sequence[FakeDevice]:
        """The microphones."""
        return self.microphones

    def player(self) -> FakePlayer:
        """The one player."""
        return self.the_player

    def demo(self) -> FakeDemo:
        """The bundled answer."""
        return FakeDemo()

    def speech_options(self, checkpoint: str | None) -> SpeechOptions | None:
        """With this checkpoint, or the first there is."""
        if checkpoint == "unheard-of":
            raise CheckpointError("There is no checkpoint 'unheard-of'.", "`pmrehearse model list` names them.")
        name = checkpoint or (self.checkpoints.names[0] if self.checkpoints.names else None)
        return SpeechOptions(name) if name else None

    def conductor(
        self, scenario: Scenario, options: SpeechOptions | None, tell: Callable[[SessionEvent], None]
    ) -> FakeConductor:
        """A run that the test moves."""
        del options
        self.conductors.append(FakeConductor(scenario, tell))
        return self.conductors[-1]

    @property
    def run(self) -> FakeConductor:
        """The last run."""
        return self.conductors[-1]
