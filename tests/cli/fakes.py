"""Real classes that stand in for the program behind the commands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.audio.sending import SoundCopy
from pmrehearse.checking.delivery import Delivery, Filler, FillerKind, LongPause
from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding, Verdict
from pmrehearse.checking.judging import Weighing
from pmrehearse.errors import CheckpointError, RehearsalError, UsageError
from pmrehearse.library.backup import BackedUp
from pmrehearse.library.corrections import UNCORRECTED, Corrections, corrected
from pmrehearse.library.imports.reading import read_foreign_file
from pmrehearse.library.overruling import overrule
from pmrehearse.library.packing import Packed
from pmrehearse.library.recovery import Recovery, Trouble
from pmrehearse.library.report import CueAnswer, MissedMoment, PhaseTime, Report
from pmrehearse.library.rows import EVERY, Hit, MarkedTake, SnippetPart, TakeFilter, TakeRow, VerdictRow
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.rehearsal.log import PhaseStart, RunLog
from pmrehearse.scenario.drills import element_of
from pmrehearse.scenario.ids import drill_id
from pmrehearse.scenario.lexicon import Lexicons
from pmrehearse.scenario.model import Cue, Element, Flag, Loop, Origin, Phase, Scenario
from pmrehearse.scenario.packs import Listed
from pmrehearse.scenario.rules import parse_rule
from pmrehearse.session import events as told
from pmrehearse.session.correcting import Corrector
from pmrehearse.session.events import PhaseView, SessionView, Stage
from pmrehearse.session.exporting import Exporter
from pmrehearse.session.planning import Planning
from pmrehearse.session.practising import Practice
from pmrehearse.session.upkeep import Upkeep
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.segments import Segment, Transcript, TranscriptSource, Word, words_of_text
from pmrehearse.speech.speed import Cost, Speed
from tests.checking.judges import WEIGHING
from tests.rigs.marked import marked_takes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.library.cases import OverruledCase
    from pmrehearse.scenario.shelf import BrokenFile
    from pmrehearse.session.events import SessionEvent

_METRIC, _SAMPLE, _REVIEW, _IDEAS = (
    parse_rule({"say": [word]}, "check") for word in ("metric", "thousand", "review", "ideas")
)
BEGUN = datetime(2026, 11, 22, 9, 31, 5, tzinfo=UTC)

SCENARIO = Scenario(
    id="writer/three-phase-lens",
    title="Three-Phase Impact Lens",
    prompt="Take one AI writing feature. State the hypothesis, the experiment and the iteration.",
    seconds=180,
    hard_limit=True,
    target_min_s=150,
    target_max_s=180,
    phases=(
        Phase("hypothesis", "Hypothesis", 45, "A change, a metric, a number."),
        Phase("experiment", "Experiment", 75, "A controlled test."),
        Phase("iteration", "Iteration", 60),
    ),
    elements=(
        Element("metric", "A primary metric", "Names the metric.", "Our metric is…", "hypothesis", _METRIC),
        Element("sample", "Sample of 10,000 or more", "A sample.", "12,000 in each group.", "experiment", _SAMPLE),
        Element("review", "Post-mortem", "Commits to a review.", "We hold a post-mortem.", "iteration", _REVIEW),
    ),
    flags=(Flag("ideas", "Lists ideas, settles on none", "Three ideas.", "Choose one.", _IDEAS),),
    cues=(Cue("What would change your mind?", at_s=120.0), Cue("Which one?", on_flag="ideas")),
    digest="d1",
)
"""What is rehearsed: a word "metric", "thousand" or "review" meets an element, "ideas" raises the flag."""

_NEITHER = (False, False)
ANSWER = "our metric decides it and we take two thousand people"


def words(text: str, start_s: float) -> tuple[Word, ...]:
    """Words of half a second each."""
    return tuple(Word(word, start_s + i / 2, start_s + i / 2 + 0.4, 0.9) for i, word in enumerate(text.split()))


def transcript(*texts: str) -> Transcript:
    """One segment a text, each 20 s after the one before."""
    segments = tuple(Segment(i * 20.0, i * 20.0 + 15.0, words(text, i * 20.0)) for i, text in enumerate(texts))
    return Transcript(segments, TranscriptSource.HEARD, complete=True)


_REVISIONS = count()


@dataclass(frozen=True)
class WordChecking:
    """Checks that look for one word an element."""

    scenario: Scenario

    def check(self, words: Sequence[Word]) -> Findings:
        """The findings on these words."""
        said = [word.text.strip(",.").lower() for word in words]
        elements = tuple(
            self._element(name, keyword, said, words)
            for name, keyword in (("metric", "metric"), ("sample", "thousand"), ("review", "review"))
        )
        raised = "ideas" in said
        flag = FlagFinding("ideas", raised, _quote(words, said, "ideas"), "ideas", "Three ideas." if raised else "")
        return Findings(self.scenario.id, elements, (flag,))

    @staticmethod
    def _element(name: str, keyword: str, said: list[str], words: Sequence[Word]) -> ElementFinding:
        if not words:
            return ElementFinding(name, Verdict.UNKNOWN)
        if keyword not in said:
            return ElementFinding(name, Verdict.MISSING, lacked=f"no {keyword} was named")
        if keyword == "thousand" and "two" in said:
            lacked = "2,000 people; at least 10,000 are asked"
            return ElementFinding(name, Verdict.NEAR, _quote(words, said, keyword), "sample", lacked)
        return ElementFinding(name, Verdict.MET, _quote(words, said, keyword), f"{name}: {keyword}")


def _quote(words: Sequence[Word], said: list[str], keyword: str) -> Evidence | None:
    if keyword not in said:
        return None
    last = said.index(keyword)
    first = max(last - 1, 0)
    text = " ".join(word.text for word in words[first : last + 1])
    return Evidence(text, first, last, words[first].start_s, words[last].end_s)


def row(take_id: str, **changes: object) -> TakeRow:
    """A take in a list."""
    whole = TakeRow(
        take_id, SCENARIO.id, SCENARIO.title, BEGUN, TakeStatus.TRANSCRIBED, duration_s=171.0, n_met=1, n_elements=3
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # names and types are those of TakeRow


def take(take_id: str, **changes: object) -> Take:
    """A take of 171 s, recognised with base.en."""
    log = RunLog((PhaseStart("hypothesis", 0), PhaseStart("experiment", 41 * 16_000)))
    whole = Take(
        take_id,
        SCENARIO,
        BEGUN,
        TakeStatus.TRANSCRIBED,
        "Built-in microphone",
        171 * 16_000,
        log,
        options=SpeechOptions(),
        ended="finished",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # names and types are those of Take


def report(of: Take, heard: Transcript, corrections: Corrections = UNCORRECTED) -> Report:
    """A report with one of everything."""
    checked = WordChecking(of.scenario).check(heard.words)
    findings, overruled = overrule(checked, corrections.verdicts, heard.words)
    pause = LongPause(62.0, 65.4, "people", "and")
    fillers = (Filler("um", 3), Filler("maybe", 1, FillerKind.HEDGE))
    delivery = Delivery(171.0, 140.0, 420, 147.4, 180.0, 1.2, 30, (pause,), (), fillers)
    missed = tuple(
        MissedMoment(finding.element_id, 116.0, "and then we look at it")
        for finding in findings.elements
        if not finding.met
    )
    phases = (
        PhaseTime("hypothesis", "Hypothesis", 45, 41, 0.0),
        PhaseTime("experiment", "Experiment", 75, 130, 41.0),
        PhaseTime("iteration", "Iteration", 60, 0, None),
    )
    cues = (
        CueAnswer("What would change your mind?", 120.0, 1.4),
        CueAnswer("Which one?", 150.0, None, "ideas"),
        CueAnswer("And what is the metric?", 155.0, 0.8, "ideas", 9.3, "metric"),
        CueAnswer("Choose one.", 160.0, 0.5, "ideas", 4.0),
    )
    return Report(of, heard, findings, delivery, phases, missed, cues, corrections, overruled)


@dataclass
class FakePacks:
    """One scenario, and the user's files with mistakes."""

    unusable: tuple[BrokenFile, ...] = ()
    n_asked: int = 0

    def all_scenarios(self) -> tuple[Listed, ...]:
        """The one."""
        one = SCENARIO
        return (
            Listed(one.id, one.title, one.prompt, one.seconds, True, 3, 1, Origin.SHIPPED, Path("lens.toml")),  # noqa: FBT003
        )

    def broken(self) -> tuple[BrokenFile, ...]:
        """Files with mistakes."""
        return self.unusable

    def find(self, scenario_id: str) -> Scenario:
        """The one, by its id, or a drill of it."""
        if scenario_id.startswith(f"{SCENARIO.id}:"):
            return self.drill(scenario_id)
        if scenario_id != SCENARIO.id:
            raise UsageError(f"There is no scenario '{scenario_id}'.", "Nearest: writer/three-phase-lens.")
        return SCENARIO

    def load(self, path: Path) -> Scenario:
        """The one with examples, whatever the file."""
        met = replace(SCENARIO.elements[0], met_by=("our metric is this",), missed_by=("the metric is what we lack",))
        return replace(SCENARIO, elements=(met, *SCENARIO.elements[1:]), notes=str(path))

    def drill(self, wanted: str, seconds: float | None = None) -> Scenario:
        """One element of the one."""
        element = element_of(SCENARIO, wanted.rpartition(":")[2])
        phase = replace(SCENARIO.phase(element.phase), seconds=seconds or 45.0)
        name = drill_id(SCENARIO.id, element.id)
        return replace(
            SCENARIO,
            id=name,
            title=f"Drill: {element.title}",
            seconds=seconds or 45.0,
            phases=(phase,),
            elements=(element,),
            flags=(),
            cues=(),
        )

    def lexicons(self) -> Lexicons:
        """None are needed."""
        self.n_asked += 1
        return Lexicons()

    def loops(self) -> tuple[Loop, ...]:
        """One loop."""
        return (Loop("writer", "Writer", 30, 1, ((SCENARIO.id,),)),)


@dataclass
class FakeLibrary:
    """Takes in a list."""

    takes: list[TakeRow] = field(default_factory=list)
    root: Path = Path("recordings")
    sound: Path | None = Path("audio.wav")
    notice: str = ""
    troubles: tuple[Trouble, ...] = ()
    backups: list[Path] = field(default_factory=list)
    packed: Packed = field(default_factory=Packed)
    cases: tuple[OverruledCase, ...] = ()
    said: list[VerdictRow] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)

    def verdicts(self, wanted: TakeFilter = EVERY) -> tuple[VerdictRow, ...]:
        """What the test says that takes say, of the wanted ones."""
        kept = {one.take_id for one in self.rows(wanted)}
        return tuple(one for one in self.said if wanted == EVERY or one.take_id in kept)

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

    def has_unread(self) -> bool:
        """Every word is known."""
        return False

    def catch_up(self, on_progress: Callable[[int, int], None], *, with_marks: bool = True) -> int:  # noqa: ARG002 - as the library has it
        """Every take is marked."""
        on_progress(1, 1)
        return 0

    def report(self, take_id: str) -> Report:
        """The report of a take."""
        return self.reports[take_id]

    def rows(self, wanted: TakeFilter = EVERY, limit: int | None = None) -> tuple[TakeRow, ...]:
        """Those of the scenario, newest first."""
        return tuple(
            one
            for one in self.takes
            if wanted.scenario_id in ("", one.scenario_id) and (not wanted.tag or wanted.tag in one.tags)
        )[:limit]

    def count(self, wanted: TakeFilter = EVERY) -> int:
        """How many."""
        return len(self.rows(wanted))

    def resolve(self, wanted: str) -> str:
        """A whole id, or the newest."""
        if wanted == "last" and self.takes:
            return self.takes[0].take_id
        if wanted not in [one.take_id for one in self.takes]:
            raise UsageError(f"There is no take '{wanted}'.", "`pmrehearse takes` shows all of them.")
        return wanted

    def search(self, text: str, wanted: TakeFilter = EVERY, limit: int = 20) -> tuple[Hit, ...]:
        """Every take says "metric"."""
        snippet = (SnippetPart("… our", is_match=False), SnippetPart(text, is_match=True))
        return tuple(Hit(one, snippet, 65.0) for one in self.rows(wanted, limit)) if text == "metric" else ()

    def count_found(self, text: str, wanted: TakeFilter = EVERY) -> int:
        """How many say it."""
        return len(self.search(text, wanted, 1000))

    def audio_path(self, take_id: str) -> Path | None:
        """The same sound for all."""
        return self.sound / take_id if self.sound else None

    def sound_to_send(self, take_id: str) -> SoundCopy | None:
        """A short sound, where there is sound."""
        return SoundCopy("audio/mpeg", b"ID3", (0.5,) * 10) if self.audio_path(take_id) else None

    def delete(self, take_id: str) -> None:
        """Forget it."""
        self.takes = [one for one in self.takes if one.take_id != take_id]

    def rename(self, take_id: str, name: str) -> Take:
        """Keep the name."""
        self._change(take_id, name=name)
        return take(take_id, name=name)

    def tag(self, take_id: str, tags: Iterable[str]) -> Take:
        """Keep the tags."""
        kept = tuple(dict.fromkeys(tags))
        self._change(take_id, tags=kept)
        return take(take_id, tags=kept)

    def _change(self, take_id: str, **changes: object) -> None:
        self.takes = [replace(one, **changes) if one.take_id == take_id else one for one in self.takes]  # type: ignore[arg-type]  # names and types are those of TakeRow

    def overruled_cases(self) -> Iterator[OverruledCase]:
        """What the test gives."""
        return iter(self.cases)

    def verify(self, on_progress: Callable[[int, int], None] = lambda _done, _total: None) -> tuple[Trouble, ...]:
        """What the test says is wrong."""
        on_progress(1, 2)
        return self.troubles

    def rebuild(self, on_progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
        """All are read."""
        on_progress(1, 2)
        return len(self.takes)

    def pack(self, on_progress: Callable[[int, int], None] = lambda _done, _total: None) -> Packed:
        """What the test says."""
        on_progress(1, 1)
        return self.packed

    def backup(self, target: Path, on_progress: Callable[[int, int], None] = lambda _done, _total: None) -> BackedUp:
        """Note it."""
        if target.exists():
            raise UsageError(f"{target} is there already.", "Name another place.")
        on_progress(1, 1)
        self.backups.append(target)
        return BackedUp(target, len(self.takes), 3, 1_000)


@dataclass
class FakeReviewer:
    """Makes takes and reports from a transcript that the test gives."""

    library: FakeLibrary
    heard: Transcript
    reviewed: list[Path] = field(default_factory=list)
    imported: list[tuple[Path, Transcript, Path | None]] = field(default_factory=list)
    kept: Corrections = UNCORRECTED

    def review_file(
        self, audio: Path, scenario: Scenario, options: SpeechOptions, on_progress: Callable[[float, float], None]
    ) -> Take:
        """The file becomes a take."""
        assert scenario is SCENARIO
        self.reviewed.append(audio)
        on_progress(171.0, 171.0)
        return self._kept(take("2026-11-22T10-00-00Z_reviewed", options=options))

    def import_transcript(self, file: Path, scenario: Scenario, audio: Path | None) -> Take:
        """The transcript becomes a take, if it can be read."""
        assert scenario is SCENARIO
        self.imported.append((file, read_foreign_file(file), audio))
        return self._kept(take("2026-11-22T10-00-00Z_imported"))

    def transcribe_take(
        self, take_id: str, options: SpeechOptions, on_progress: Callable[[float, float], None]
    ) -> Take:
        """The take is recognised."""
        on_progress(1.0, 2.0)
        return take(take_id, options=options)

    def add_text(self, scenario: Scenario, text: str) -> Take:
        """The text becomes a take."""
        assert scenario is SCENARIO
        self.heard = Transcript((Segment(0, 0, words_of_text(text)),), TranscriptSource.TYPED, complete=True)
        return self._kept(take("2026-11-22T11-00-00Z_typed", device="", n_samples=0, options=None))

    def set_text(self, take_id: str, text: str) -> Take:
        """The text becomes the take's."""
        self.heard = Transcript((Segment(0, 0, words_of_text(text)),), TranscriptSource.TYPED, complete=True)
        return take(take_id)

    def report(self, take_id: str) -> Report:
        """The report on the transcript, corrections applied."""
        return report(take(take_id), corrected(self.heard, self.kept.words), self.kept)

    def load(self, take_id: str) -> Take:
        """The take."""
        return take(take_id)

    def recognised(self, take_id: str) -> Transcript:
        """The transcript of every take."""
        del take_id
        return self.heard

    def corrections(self, take_id: str) -> Corrections:
        """Those of every take."""
        del take_id
        return self.kept

    def keep(self, take_id: str, corrections: Corrections) -> Report:
        """Keep them, and mark again."""
        self.kept = corrections
        return self.report(take_id)

    def check_text(self, scenario: Scenario, text: str) -> Findings:
        """The findings on a text."""
        return WordChecking(scenario).check(words_of_text(text))

    def _kept(self, made: Take) -> Take:
        self.library.takes.insert(0, row(made.id))
        return made


@dataclass
class FakeCheckpoints:
    """Checkpoints in memory."""

    here: dict[str, Checkpoint] = field(default_factory=dict)

    def available(self) -> tuple[Checkpoint, ...]:
        """Those there are."""
        return tuple(self.here.values())

    def find(self, name: str) -> Checkpoint:
        """One of them."""
        if name not in self.here:
            raise CheckpointError(f"The Whisper checkpoint '{name}' is not on this computer.", "Fetch it.")
        return self.here[name]

    def fetch(self, name: str, on_progress: Callable[[int, int], None]) -> Checkpoint:
        """It comes in two pieces."""
        for done in (50_000_000, 145_000_000):
            on_progress(done, 145_000_000)
        self.here[name] = Checkpoint(name, Path("/cache") / f"{name}.pt", "", 145_000_000)
        return self.here[name]

    def import_file(self, path: Path, name: str) -> Checkpoint:
        """It is here under the name."""
        self.here[name] = Checkpoint(name, path, "imported from a file", 1000)
        return self.here[name]

    def remove(self, name: str) -> Checkpoint:
        """It is gone."""
        return self.here.pop(self.find(name).name)


@dataclass
class FakePlayer:
    """Plays in no time."""

    played: list[tuple[Path, float, float | None]] = field(default_factory=list)
    speeds: list[tuple[float, bool]] = field(default_factory=list)
    position_s: float | None = None

    def play(
        self, audio: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0, again: bool = False
    ) -> None:
        """Note it."""
        self.played.append((audio, start_s, end_s))
        self.speeds.append((speed, again))

    def close(self) -> None:
        """It is gone."""


@dataclass(frozen=True)
class Device:
    """A microphone."""

    name: str
    is_default: bool = False


@dataclass
class FakeConductor:
    """A run whose clock moves by one second at each look, and that keeps what it was asked for.

    Attributes:
        tell: Hears its events.
        ending: What it tells when it is finished.
        length_s: Where its source ends.
        asked: The names of the methods called, in order.
        findings: What the checks have found so far.
    """

    tell: Callable[[SessionEvent], None]
    ending: SessionEvent
    findings: Findings | None = None
    length_s: float = 170.0
    peak_dbfs: float = -12.0
    stage: Stage = Stage.IDLE
    clock_s: float = 0.0
    asked: list[str] = field(default_factory=list)
    source: SoundSource | None = None
    begun_at_s: list[float] = field(default_factory=list)
    on_look: Callable[[FakeConductor], None] = lambda _conductor: None
    scenario: Scenario = SCENARIO

    def listen(self, source: SoundSource) -> None:
        """Open the source at once."""
        self.source = source
        self._reach(Stage.LISTENING)

    def warm(self) -> None:
        """Note it."""
        self.asked.append("warm")

    def begin(self) -> None:
        """Record at once."""
        self.asked.append("begin")
        self._reach(Stage.RECORDING)
        self.next_phase()

    def pause(self) -> None:
        """Pause."""
        self.asked.append("pause")
        self._reach(Stage.PAUSED)

    def resume(self) -> None:
        """Go on."""
        self.asked.append("resume")
        self._reach(Stage.RECORDING)

    def next_phase(self) -> None:
        """The next phase begins."""
        if len(self.begun_at_s) < len(self.scenario.phases):
            self.tell(told.PhaseBegan(self.scenario.phases[len(self.begun_at_s)].id, self.clock_s))
            self.begun_at_s.append(self.clock_s)

    def mark(self) -> None:
        """Note it."""
        self.asked.append("mark")

    def finish(self) -> None:
        """End the take as the test wants."""
        self.asked.append("finish")
        self._reach(Stage.TRANSCRIBING)
        self.tell(self.ending)

    def leave(self) -> None:
        """Note it."""
        self.asked.append("leave")

    def close(self) -> None:
        """Note it."""
        self.asked.append("close")

    def view(self) -> SessionView:
        """Time passes with each look."""
        self.on_look(self)
        if self.stage is Stage.RECORDING:
            self.clock_s += 1.0
            if self.clock_s >= self.length_s:
                self.finish()
        take_id = "2026-11-22T09-31-05Z_made" if self.begun_at_s else ""
        seen = [PhaseView(one.id, one.title, one.prompt, one.seconds, 0, *_NEITHER) for one in SCENARIO.phases]
        return SessionView(
            stage=self.stage,
            take_id=take_id,
            clock_s=self.clock_s,
            total_s=180,
            remaining_s=180 - self.clock_s,
            phases=tuple(seen),
            device="Microphone",
            peak_dbfs=self.peak_dbfs,
            findings=self.findings,
        )

    def _reach(self, stage: Stage) -> None:
        self.stage = stage
        self.tell(told.StageReached(stage))


@dataclass
class StepClock:
    """Time that passes by a tenth of a second a look."""

    time_s: float = 0.0

    def now_s(self) -> float:
        """A little later."""
        self.time_s += 0.1
        return self.time_s


@dataclass
class FakeJudging:
    """A learned judge that finds what is said of a yardstick to meet every criterion."""

    name: str = "a judge"
    why_not: str = ""
    remedy: str = ""

    def judge(self) -> FakeJudging | None:
        """Itself, unless it was switched off."""
        return None if self.why_not else self

    def state(self) -> FakeJudging:
        """Itself."""
        return self

    def switch_off(self) -> None:
        """Judge no more."""
        self.name, self.why_not = "", "The learned judge is switched off: the rules decide alone."

    def score(self, criterion: str, passages: Sequence[str]) -> list[float]:  # noqa: ARG002  all criteria are one to it
        """Nearly certain of a yardstick, undecided on all else."""
        return [0.99 if "yardstick" in passage else 0.5 for passage in passages]

    @property
    def weighing(self) -> Weighing:
        """Sure from nine in ten on."""
        return WEIGHING


@dataclass
class FakeSpeeds:
    """What is remembered of the machine's speed.

    Attributes:
        speed: It; None while it was not measured.
    """

    speed: Speed | None = None

    def known(self) -> Speed | None:
        """It."""
        return self.speed


class FakeMemory:
    """What is remembered, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """What was kept."""
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep it."""
        self.kept[name] = value


class FakeProgram:
    """Everything behind the commands, as a test wants it."""

    def __init__(self, heard: Transcript | None = None) -> None:
        """A library of one take, base.en, one microphone."""
        self.packs = FakePacks()
        self.library = FakeLibrary([row("2026-11-22T09-31-05Z_made"), row("2026-11-21T09-31-05Z_older", n_met=3)])
        self.now = BEGUN
        self.remembered = FakeMemory()
        self.practice = Practice(lambda: self.library, self.packs, lambda: self.now)
        self.planning = Planning(self.practice, lambda: self.library, self.packs, self.remembered)
        self.reviewer = FakeReviewer(self.library, heard or transcript(ANSWER, "and then we look at it"))
        self.exporter = Exporter(lambda: self.library, self.reviewer.report, self.practice.catch_up)
        self.upkeep = Upkeep(lambda: self.library, self.remembered, lambda: self.now)
        self.corrector = Corrector(self.reviewer, self.reviewer.keep, lambda: BEGUN)
        self.checkpoints = FakeCheckpoints(
            {
                "base.en": Checkpoint("base.en", Path("/cache/base.en.pt"), "", 145_000_000),
                "demo-voice": Checkpoint(
                    "demo-voice", Path("/demo.pt"), "demo voice: knows the demo answers only", 1_000_000
                ),
            }
        )
        self.the_player = FakePlayer()
        self.judging = FakeJudging()
        self.clock = StepClock()
        self.recovery = Recovery()
        self.microphones: tuple[Device, ...] | RehearsalError = (Device("Microphone", is_default=True),)
        self.ending: SessionEvent = told.TakeReady("2026-11-22T09-31-05Z_made")
        self.endings: list[SessionEvent] = []
        self.conductors: list[FakeConductor] = []
        self.options: list[SpeechOptions | None] = []
        self.on_look: Callable[[FakeConductor], None] = lambda _conductor: None
        self.speeds = FakeSpeeds()
        self.peak_dbfs = -12.0
        self.n_closed = 0

    def close(self) -> None:
        """Count it."""
        self.n_closed += 1

    def devices(self) -> tuple[Device, ...]:
        """The microphones, or why there are none."""
        if isinstance(self.microphones, RehearsalError):
            raise self.microphones
        return self.microphones

    def player(self) -> FakePlayer:
        """The player."""
        return self.the_player

    def measured_speed(self) -> Speed | None:
        """A machine on which all but medium keep up."""
        self.speeds.speed = Speed("whisper-int8", "cpu", Cost(0.5, 0.01))
        return self.speeds.speed

    def speech_options(self, checkpoint: str | None) -> SpeechOptions | None:
        """With the checkpoint named, or base.en when it is there."""
        if checkpoint is not None:
            return SpeechOptions(self.checkpoints.find(checkpoint).name)
        return SpeechOptions() if "base.en" in self.checkpoints.here else None

    def conductor(
        self, scenario: Scenario, options: SpeechOptions | None, tell: Callable[[SessionEvent], None]
    ) -> FakeConductor:
        """A run."""
        assert scenario.id.startswith(SCENARIO.id)
        self.options.append(options)
        ending = self.endings.pop(0) if self.endings else self.ending
        made = FakeConductor(tell, ending, peak_dbfs=self.peak_dbfs, on_look=self.on_look, scenario=scenario)
        self.conductors.append(made)
        return made
