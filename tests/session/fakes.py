"""Real classes that stand in for the world around a session."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.audio.events import LevelHeard, RecordingEnded, RecordingStarted, SourceOpened
from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding, Verdict
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.scenario.model import Cue, Element, Flag, Phase, Scenario
from pmrehearse.scenario.rules import parse_rule
from pmrehearse.session.ports import SessionPorts
from pmrehearse.speech.segments import Segment, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pmrehearse.audio.events import RecorderEvent, SoundSource
    from pmrehearse.speech.events import SpeechEvent, SpeechOptions
    from pmrehearse.speech.segments import Transcript

RATE = 16_000
_RULE = parse_rule({"say": ["metric"]}, "check")

SCENARIO = Scenario(
    id="test/short",
    title="Short",
    prompt="Say it.",
    seconds=60,
    hard_limit=True,
    target_min_s=40,
    target_max_s=60,
    phases=(Phase("one", "One", 30), Phase("two", "Two", 30)),
    elements=(Element("metric", "A metric", "Names a metric.", "Our metric is…", "one", _RULE),),
    flags=(Flag("rambling", "Rambling", "Rambles.", "Come to the point.", _RULE),),
    cues=(Cue("Halfway.", at_s=20.0), Cue("To the point, please.", on_flag="rambling")),
)


def segment(text: str, start_s: float = 0.0, *, unsure: bool = False) -> Segment:
    """A segment of one word a second."""
    words = tuple(Word(word, start_s + i, start_s + i + 0.9, 0.9) for i, word in enumerate(text.split()))
    return Segment(start_s, start_s + len(words), words, unsure=unsure)


@dataclass
class FakeClock:
    """A clock that a test sets."""

    time_s: float = 1000.0

    def now_s(self) -> float:
        """The time that was set."""
        return self.time_s


@dataclass
class FakeReading:
    """A learned judge that notes how many words it was given; a test tells what it found."""

    tell: Callable[[Findings], None]
    n_words: list[int]

    def read(self, words: Sequence[Word]) -> None:
        """Note how many they are."""
        self.n_words.append(len(words))

    def close(self) -> None:
        """Nothing to end."""


@dataclass
class FakeRecorder:
    """A recorder that does at once what it is asked, and notes it."""

    tell: Callable[[RecorderEvent], None]
    clock: FakeClock
    asked: list[str] = field(default_factory=list)
    n_samples: int = 0
    path: Path = field(default_factory=Path)
    is_mute: bool = False

    def open(self, source: SoundSource) -> None:
        """Tell that it is open."""
        self.asked.append(f"open {source}")
        self.tell(SourceOpened("fake microphone", RATE))

    def record(self, path: Path) -> None:
        """Tell that the first block is written."""
        self.asked.append("record")
        self.path = path
        if not self.is_mute:
            self.tell(RecordingStarted(path, self.clock.time_s))

    def resume_into(self, path: Path) -> None:
        """Note it."""
        self.asked.append(f"resume into {path.name}")

    def pause(self) -> None:
        """Note it."""
        self.asked.append("pause")

    def resume(self) -> None:
        """Note it."""
        self.asked.append("resume")

    def stop(self) -> None:
        """Tell that the file is safe."""
        self.asked.append("stop")
        self.tell(RecordingEnded(self.path, self.n_samples))

    def close(self) -> None:
        """Note it."""
        self.asked.append("close")

    def hear(self, seconds: float) -> None:
        """Let blocks come up to this second of the take, the clock with them."""
        self.clock.time_s += seconds - self.n_samples / RATE
        self.n_samples = round(seconds * RATE)
        self.tell(LevelHeard(-20.0, -9.0, self.n_samples, self.clock.time_s))


@dataclass
class FakeTranscriber:
    """A transcriber that notes what it is asked; the test tells its news."""

    tell: Callable[[SpeechEvent], None]
    asked: list[str] = field(default_factory=list)

    def start(self, options: SpeechOptions) -> None:
        """Note it."""
        self.asked.append(f"start {options.checkpoint}")

    def follow(self, audio: Path, from_s: float = 0.0) -> None:
        """Note it."""
        self.asked.append(f"follow {audio.name} from {from_s:g}")

    def finish(self, n_samples: int) -> None:
        """Note it."""
        self.asked.append(f"finish {n_samples}")

    def cancel(self) -> None:
        """Note it."""
        self.asked.append("cancel")

    def close(self) -> None:
        """Note it."""
        self.asked.append("close")


@dataclass
class MemoryStore:
    """A store that keeps every version of every take in memory, and can be told to fail."""

    saved: list[Take] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    failing: OSError | None = None

    def create(
        self,
        scenario: Scenario,
        device: str,
        options: SpeechOptions | None,
        now_utc: datetime,
        *,
        status: TakeStatus = TakeStatus.RECORDING,
    ) -> Take:
        """Make a take."""
        self._fail()
        take = Take("take-1", scenario, now_utc, status, device, options=options)
        self.saved.append(take)
        return take

    def save(self, take: Take) -> None:
        """Keep this version."""
        self._fail()
        self.saved.append(take)

    def append_segment(self, take_id: str, segment: Segment) -> None:
        """Keep the segment."""
        assert take_id
        self._fail()
        self.segments.append(segment)

    def set_transcript(self, take_id: str, transcript: Transcript) -> None:
        """Keep its segments."""
        assert take_id
        self.segments = list(transcript.segments)

    def audio_path(self, take_id: str) -> Path:
        """A name."""
        return Path(take_id) / "audio.wav"

    def delete(self, take_id: str) -> None:
        """Note it."""
        self.deleted.append(take_id)

    def _fail(self) -> None:
        if self.failing is not None:
            raise self.failing


class FakeChecking:
    """Checks that look for two words."""

    def check(self, words: Sequence[Word]) -> Findings:
        """`metric` meets the element, `waffle` raises the flag and `point` clears it."""
        texts = [word.text for word in words]
        met = "metric" in texts
        evidence = Evidence("metric", texts.index("metric"), texts.index("metric")) if met else None
        element = ElementFinding("metric", Verdict.MET if met else Verdict.MISSING, evidence)
        return Findings(
            "test/short", (element,), (FlagFinding("rambling", "waffle" in texts and "point" not in texts),)
        )


@dataclass
class World:
    """All the fakes around one session."""

    clock: FakeClock = field(default_factory=FakeClock)
    store: MemoryStore = field(default_factory=MemoryStore)
    recorders: list[FakeRecorder] = field(default_factory=list)
    transcribers: list[FakeTranscriber] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    wall_jumps_h: float = 0.0
    """By so many hours the date jumps each time somebody asks for it."""
    _asked: int = 0

    @property
    def recorder(self) -> FakeRecorder:
        """The recorder in use."""
        return self.recorders[-1]

    @property
    def transcriber(self) -> FakeTranscriber:
        """The transcriber in use."""
        return self.transcribers[-1]

    def _utc_now(self) -> datetime:
        self._asked += 1
        return datetime(2026, 11, 23, 9, 31, 5, tzinfo=UTC) + timedelta(hours=(self._asked - 1) * self.wall_jumps_h)

    def ports(self) -> SessionPorts:
        """The ports that a session is given."""

        def make_recorder(tell: Callable[[RecorderEvent], None]) -> FakeRecorder:
            self.recorders.append(FakeRecorder(tell, self.clock))
            return self.recorder

        def make_transcriber(tell: Callable[[SpeechEvent], None]) -> FakeTranscriber:
            self.transcribers.append(FakeTranscriber(tell))
            return self.transcriber

        return SessionPorts(
            recorder=make_recorder,
            transcriber=make_transcriber,
            store=self.store,
            checking=lambda scenario: FakeChecking(),  # noqa: ARG005  the fake knows one scenario
            clock=self.clock,
            utc_now=self._utc_now,
            reading=lambda _scenario, tell: FakeReading(tell, self.read),
        )


def longer(scenario: Scenario, seconds: float) -> Scenario:
    """The scenario without a hard limit and with a longer first phase."""
    phases = (replace(scenario.phases[0], seconds=seconds - 30), scenario.phases[1])
    return replace(scenario, seconds=seconds, hard_limit=False, target_max_s=seconds, phases=phases)
