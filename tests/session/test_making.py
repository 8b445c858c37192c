"""What each thing that happens makes of a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pmrehearse.audio.events import (
    GapMarked,
    MicrophoneSource,
    RecorderEvent,
    RecorderFailed,
    SourceEnded,
    TroubleBegan,
    TroubleEnded,
    TroubleKind,
)
from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, Judge, Verdict
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.session.events import (
    CueRaised,
    FindingsChanged,
    PhaseBegan,
    SegmentAdded,
    SessionEvent,
    SessionFailed,
    Stage,
    StageReached,
    TakeReady,
    TakeWaits,
    TicksChanged,
    TroubleTold,
)
from pmrehearse.session.making import TakeMaking
from pmrehearse.speech.events import (
    FellBehind,
    RecognisedTo,
    SegmentHeard,
    SpeechEvent,
    SpeechOptions,
    TranscriptFinished,
    WordsAhead,
    WorkerFailed,
    WorkerReady,
    WorkerRestarted,
)
from tests.session.fakes import RATE, SCENARIO, FakeChecking, World, segment

OPTIONS = SpeechOptions("demo-voice")


@dataclass
class Session:
    """A session on one thread, with the fakes around it and what it told."""

    options: SpeechOptions | None = OPTIONS
    world: World = field(default_factory=World)
    told: list[SessionEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the session; the fakes' news reach it at once."""
        self.making = TakeMaking(
            SCENARIO,
            self.world.ports(),
            self.options,
            self.told.append,
            self._hear_sound,
            self._hear_speech,
            self._hear_judge,
        )

    def _hear_sound(self, event: RecorderEvent) -> None:
        self.making.hear_sound(event)

    def _hear_speech(self, event: SpeechEvent) -> None:
        self.making.hear_speech(event)

    def _hear_judge(self, read: Findings) -> None:
        self.making.hear_judge(read)

    def recording(self) -> Session:
        """Carry it to its first second of sound."""
        self.making.listen(MicrophoneSource())
        self.making.begin()
        self.hear(1.0)
        return self

    def hear(self, seconds: float) -> None:
        """Let sound come up to this second."""
        self.world.recorder.hear(seconds)
        self.making.tick()

    def stages(self) -> list[Stage]:
        """The stages it told, in order."""
        return [event.stage for event in self.told if isinstance(event, StageReached)]

    def of(self, kind: type[SessionEvent]) -> list[SessionEvent]:
        """What it told of one kind."""
        return [event for event in self.told if isinstance(event, kind)]

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return self.making.state.stage

    @property
    def kept(self) -> Take:
        """The take as it was last written."""
        return self.world.store.saved[-1]


def test_whole_way() -> None:
    """A take goes from listening to a whole transcript, and each state of it is on the disk."""
    session = Session().recording()
    session.hear(10.0)
    session.making.next_phase()
    session.hear(30.0)
    session.making.finish()
    session.making.hear_speech(SegmentHeard(segment("our metric is this")))
    session.making.hear_speech(TranscriptFinished(30.0, 20.0))
    assert session.stages() == [
        Stage.LISTENING,
        Stage.STARTING,
        Stage.RECORDING,
        Stage.SAVING,
        Stage.TRANSCRIBING,
        Stage.DONE,
    ]
    assert session.kept.status is TakeStatus.TRANSCRIBED
    assert session.kept.ended == "finished"
    assert session.kept.n_samples == 30 * RATE
    assert session.told[-1] == TakeReady("take-1")
    assert session.world.transcriber.asked == ["start demo-voice", "follow audio.wav from 0", f"finish {30 * RATE}"]


def test_a_clock_on_the_wall_that_jumps_changes_no_time_of_a_take() -> None:
    """The system's date is set back by hours while a take is recorded: lengths and phases are those of the sound."""
    session = Session()
    session.world.wall_jumps_h = -3.0
    session.recording()
    session.hear(12.0)
    session.making.next_phase()
    session.hear(30.0)
    session.making.finish()
    assert session.kept.n_samples == 30 * RATE
    assert [phase.at_sample for phase in session.kept.log.phases] == [0, 12 * RATE]
    assert session.of(PhaseBegan) == [PhaseBegan("one", 0.0), PhaseBegan("two", 12.0)]


def test_sound_that_went_elsewhere_is_told_with_its_place() -> None:
    """When the library's disk takes no more, the take is kept, and it is said in which folder its sound stands."""
    session = Session().recording()
    session.hear(30.0)
    session.world.recorder.path = Path("rescued/take-1-audio.wav")
    session.making.finish()
    assert session.kept.status is TakeStatus.RECORDED
    (told,) = session.of(TroubleTold)
    assert isinstance(told, TroubleTold)
    assert "rescued/take-1-audio.wav" in told.message


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_disk_that_is_full_at_the_stop_ends_the_session_all_the_same(elsewhere: bool) -> None:  # noqa: FBT001
    """A take that cannot be written waits, with the place of its sound; nothing of it is recognised on a full disk."""
    session = Session().recording()
    session.hear(30.0)
    session.world.store.failing = OSError(28, "No space left on device")
    if elsewhere:
        session.world.recorder.path = Path("rescued/take-1-audio.wav")
    session.making.finish()
    assert session.stage is Stage.WAITING
    assert ("rescued/take-1-audio.wav" if elsewhere else "No space left") in session.making.state.problem
    assert session.world.transcriber.asked[-1] == "cancel"
    assert isinstance(session.told[-1], TakeWaits)


def test_phases_are_kept_in_samples() -> None:
    """The time at which each phase began stands in the take in samples of its sound."""
    session = Session().recording()
    session.hear(12.0)
    session.making.next_phase()
    starts = [(phase.phase_id, phase.at_sample) for phase in session.kept.log.phases]
    assert starts == [("one", 0), ("two", 12 * RATE)]
    assert session.of(PhaseBegan) == [PhaseBegan("one", 0.0), PhaseBegan("two", 12.0)]


def test_cue_comes_at_its_time_once() -> None:
    """A timed card comes at its second, is shown, and does not come again."""
    session = Session().recording()
    session.hear(19.0)
    assert session.of(CueRaised) == []
    session.hear(20.2)
    session.hear(25.0)
    assert [event.cue.say for event in session.of(CueRaised) if isinstance(event, CueRaised)] == ["Halfway."]
    assert session.kept.log.cues[0].say == "Halfway."


def test_flag_brings_the_interviewer_while_speaking() -> None:
    """A flag that the words raise, and go on raising, brings its card, and only once."""
    session = Session().recording()
    session.making.hear_speech(SegmentHeard(segment("waffle")))
    session.hear(5.0)
    assert session.of(CueRaised) == []
    session.making.hear_speech(SegmentHeard(segment("waffle again", 5.0)))
    session.hear(6.5)
    session.making.hear_speech(SegmentHeard(segment("and again", 7.0)))
    session.hear(15.0)
    cards = [event for event in session.of(CueRaised) if isinstance(event, CueRaised)]
    assert [card.cue.on_flag for card in cards] == ["rambling"]
    assert session.kept.log.cues[0].on_flag == "rambling"


def test_flag_after_the_stop_brings_no_card() -> None:
    """What is recognised after the stop interrupts nobody."""
    session = Session().recording()
    session.making.finish()
    session.making.hear_speech(SegmentHeard(segment("waffle")))
    assert session.of(CueRaised) == []


def test_hard_limit_ends_the_take() -> None:
    """At the limit the recording stops by itself and the take says so."""
    session = Session().recording()
    session.hear(60.5)
    assert session.stage is Stage.TRANSCRIBING
    assert session.kept.ended == "limit"


def test_end_of_a_file_ends_the_take() -> None:
    """A file that stood in for the microphone ends the take when it is at its end."""
    session = Session().recording()
    session.making.hear_sound(SourceEnded())
    assert session.stage is Stage.TRANSCRIBING
    assert session.kept.ended == "source ended"


def test_pause_stands_the_clock() -> None:
    """In a pause the clock stands; its length on the wall is kept."""
    session = Session().recording()
    session.hear(10.0)
    session.making.pause()
    session.world.clock.time_s += 7.0
    assert session.making.state.view(session.world.clock.time_s).clock_s == 10.0
    session.making.resume()
    assert session.kept.log.pauses[0].seconds == 7.0
    assert session.kept.log.pauses[0].at_sample == 10 * RATE
    assert session.world.recorder.asked[-2:] == ["pause", "resume"]


def test_no_microphone_makes_no_take() -> None:
    """A source that cannot be opened is told with its hint, and no take is made."""
    session = Session()
    session.making.hear_sound(RecorderFailed("No microphone was found.", "Plug one in."))
    assert session.told == [SessionFailed("No microphone was found.", "Plug one in.", 3)]
    assert session.making.state.problem == "No microphone was found."
    assert session.world.store.saved == []


def test_microphone_that_fails_at_the_start_leaves_no_empty_take() -> None:
    """A recorder that fails before the first block leaves no take behind."""
    session = Session()
    session.making.listen(MicrophoneSource())
    session.world.recorder.is_mute = True
    session.making.begin()
    session.making.hear_sound(RecorderFailed("It is in use.", "Close the other program."))
    assert session.world.store.deleted == ["take-1"]
    assert isinstance(session.told[-1], SessionFailed)


def test_dead_recorder_goes_on_in_the_same_file() -> None:
    """A recorder that dies during a take is started again in the same file, three times."""
    session = Session().recording()
    for _ in range(3):
        session.making.hear_sound(RecorderFailed("The recorder died."))
    assert session.world.recorder.asked.count("resume into audio.wav") == 3
    assert session.stages()[-1] is Stage.RECORDING
    session.making.hear_sound(RecorderFailed("The recorder died."))
    assert session.stages()[-1] is Stage.TRANSCRIBING
    assert session.kept.ended == "interrupted"
    assert session.kept.n_samples == RATE


def test_dead_recogniser_does_not_touch_the_recording() -> None:
    """When the recogniser fails, the recording goes on; after the stop it is tried once more, then the take waits."""
    session = Session().recording()
    session.making.hear_speech(WorkerFailed("No checkpoint base.en.", "Fetch it.", 3))
    assert session.stages()[-1] is Stage.RECORDING
    session.hear(20.0)
    session.making.finish()
    assert session.stages()[-1] is Stage.TRANSCRIBING
    session.making.hear_speech(WorkerFailed("No checkpoint base.en.", "Fetch it.", 3))
    assert session.stages()[-1] is Stage.WAITING
    assert session.kept.status is TakeStatus.RECORDED
    assert session.told[-1] == TakeWaits("take-1", "No checkpoint base.en.", "Fetch it.", 3)


def test_what_a_lost_recogniser_missed_is_recognised_after_the_stop() -> None:
    """The second try goes on behind the last segment, and the take is whole."""
    session = Session().recording()
    session.making.hear_speech(SegmentHeard(segment("our metric is this")))
    session.making.hear_speech(WorkerFailed("The speech process was lost.", "", 3))
    session.hear(30.0)
    session.making.finish()
    assert session.world.transcriber.asked[-3:] == [
        "start demo-voice",
        "follow audio.wav from 4",
        f"finish {30 * RATE}",
    ]
    session.making.hear_speech(SegmentHeard(segment("and that", 20.0)))
    session.making.hear_speech(TranscriptFinished(30.0, 6.0))
    assert session.stage is Stage.DONE
    assert [one.text for one in session.world.store.segments] == ["our metric is this", "and that"]


def test_what_stands_for_now_ticks_and_is_not_kept() -> None:
    """Words ahead of their segment move the ticks and the live text, and are gone when they are heard otherwise."""
    session = Session().recording()
    session.making.hear_speech(SegmentHeard(segment("this is")))
    session.making.hear_speech(WordsAhead(segment("our metric", 2.0).words, 4.0))
    view = session.making.state.view(session.world.clock.time_s)
    assert view.findings is not None
    assert (view.findings.n_met, view.last_words) == (1, "this is our metric")
    assert session.of(FindingsChanged)[-1] == FindingsChanged(FakeChecking().check(segment("this is").words))
    assert len(session.world.store.segments) == 1
    session.making.hear_speech(WordsAhead(segment("our metal", 2.0).words, 4.0))
    ticks = [event.findings.n_met for event in session.of(TicksChanged) if isinstance(event, TicksChanged)]
    assert ticks == [0, 1, 0]


def test_words_that_may_change_interrupt_nobody() -> None:
    """Only what is heard for good brings a card, and not while what stands for now would clear its flag."""
    session = Session().recording()
    session.making.hear_speech(WordsAhead(segment("waffle").words, 1.0))
    session.hear(10.0)
    session.making.hear_speech(SegmentHeard(segment("waffle")))
    session.hear(15.0)
    session.making.hear_speech(WordsAhead(segment("to the point", 12.0).words, 13.0))
    session.hear(17.0)
    assert session.of(CueRaised) == []
    session.making.hear_speech(SegmentHeard(segment("waffle again", 12.0)))
    session.hear(23.5)
    cards = [event for event in session.of(CueRaised) if isinstance(event, CueRaised)]
    assert cards[-1].cue.on_flag == "rambling"


def test_a_slow_machine_is_told_once() -> None:
    """With what goes on from there; the recording is not touched."""
    session = Session().recording()
    session.making.hear_speech(FellBehind(50.0, 1.4, "tiny.en"))
    told = session.told[-1]
    assert isinstance(told, TroubleTold)
    assert "1.4 s of work" in told.message
    assert told.hint == "tiny.en goes on from here."
    assert session.stage is Stage.RECORDING


def test_a_take_keeps_what_it_was_recognised_with() -> None:
    """What was left open when it began is named when it is whole."""
    session = Session(SpeechOptions("demo-voice", "auto", "auto")).recording()
    session.making.hear_speech(WorkerReady(SpeechOptions("demo-voice", "whisper-int8", "cpu"), 0.1))
    session.making.finish()
    session.making.hear_speech(TranscriptFinished(1.0, 0.0))
    assert session.kept.options == SpeechOptions("demo-voice", "whisper-int8", "cpu")


def test_without_checkpoint_the_take_waits() -> None:
    """A session without a checkpoint records, keeps the take and says what to do."""
    session = Session(options=None).recording()
    session.making.finish()
    assert session.stage is Stage.WAITING
    assert session.world.transcriber.asked == []


def test_full_disk_does_not_end_the_take() -> None:
    """A transcript line that the disk refuses is told; recording and checking go on."""
    session = Session().recording()
    session.world.store.failing = OSError(28, "No space left on device")
    with pytest.raises(OSError, match="No space left"):
        session.making.hear_speech(SegmentHeard(segment("our metric")))
    session.making.trouble(session.world.store.failing)
    assert session.stage is Stage.RECORDING
    told = session.told[-1]
    assert isinstance(told, TroubleTold)
    assert "No space left on device" in told.message


def test_gap_is_kept_with_the_take() -> None:
    """Sound that is missing stands in the take and is told."""
    session = Session().recording()
    session.making.hear_sound(GapMarked(RATE, 4 * RATE, "the source slept"))
    assert session.kept.gaps == (GapMarked(RATE, 4 * RATE, "the source slept"),)


def test_trouble_stands_until_it_is_over() -> None:
    """A trouble is in the view until its end is told."""
    session = Session().recording()
    session.making.hear_sound(TroubleBegan(TroubleKind.ZEROS, "Only zeros come.", "Allow the microphone."))
    session.making.hear_sound(TroubleBegan(TroubleKind.ZEROS, "Only zeros come.", "Allow the microphone."))
    assert len(session.making.state.view(1001.0).troubles) == 1
    session.making.hear_sound(TroubleEnded(TroubleKind.ZEROS))
    assert session.making.state.view(1001.0).troubles == ()


def test_discard_deletes_the_take() -> None:
    """A take that is thrown away is deleted after its recorder has ended."""
    session = Session().recording()
    session.making.discard()
    assert session.world.store.deleted == ["take-1"]
    assert session.stage is Stage.IDLE


def test_interruption_keeps_the_take() -> None:
    """A program that ends during a recording keeps the take as interrupted."""
    session = Session().recording()
    session.making.interrupt()
    assert session.kept.ended == "interrupted"
    assert session.kept.status is TakeStatus.RECORDED


def test_take_left_while_transcribing_waits() -> None:
    """A take whose transcription is left stays recorded and can go on later."""
    session = Session().recording()
    session.making.finish()
    session.making.leave()
    assert session.stage is Stage.WAITING
    assert session.world.transcriber.asked[-1] == "cancel"


def _read(verdict: Verdict, evidence: Evidence | None) -> Findings:
    """What a learned judge found."""
    return Findings("test/short", (ElementFinding("metric", verdict, evidence, judge=Judge.LEARNED),))


def test_what_the_judge_reads_is_told_and_stays() -> None:
    """The judge is given the words; what it then finds is told at once and stays when more words come."""
    session = Session().recording()
    session.making.hear_speech(SegmentHeard(segment("the number that decides")))
    session.making.hear_judge(_read(Verdict.MET, Evidence("the number that decides", 0, 3)))
    session.making.hear_speech(SegmentHeard(segment("and so on", 5.0)))
    found = session.making.state.heard.findings
    assert session.world.read == [4, 7]
    assert found is not None
    assert (found.n_met, found.elements[0].judge) == (1, Judge.LEARNED)
    assert [event.findings.n_met for event in session.of(FindingsChanged) if isinstance(event, FindingsChanged)] == [
        0,
        1,
    ]


def test_what_the_judge_takes_away_comes_back_with_other_words() -> None:
    """What the judge does not believe is missing until the rules find it in other words."""
    session = Session().recording()
    session.making.hear_speech(SegmentHeard(segment("metric")))
    session.making.hear_judge(_read(Verdict.NEAR, Evidence("metric", 0, 0)))
    found = session.making.state.heard.findings
    assert found is not None
    assert found.n_met == 0
    session.making.hear_judge(_read(Verdict.NEAR, Evidence("another metric", 3, 4)))
    found = session.making.state.heard.findings
    assert found is not None
    assert found.n_met == 1


def test_words_come_with_findings() -> None:
    """Each segment is written, told and checked; unsure words are no evidence."""
    session = Session().recording()
    session.making.hear_speech(SegmentHeard(segment("metric", unsure=True)))
    session.making.hear_speech(SegmentHeard(segment("the metric", 5.0)))
    findings = [event.findings.n_met for event in session.of(FindingsChanged) if isinstance(event, FindingsChanged)]
    assert findings == [0, 1]
    assert len(session.of(SegmentAdded)) == len(session.world.store.segments) == 2


def test_view_follows_everything() -> None:
    """The view shows clock, phase, level, recogniser and progress."""
    session = Session().recording()
    session.making.hear_speech(WorkerReady(OPTIONS, 0.1))
    session.making.hear_speech(SegmentHeard(segment("our metric is this")))
    session.making.hear_speech(RecognisedTo(3.0, 5.0))
    session.hear(5.0)
    view = session.making.state.view(session.world.clock.time_s + 0.2)
    assert view.clock_s == pytest.approx(5.2)
    assert view.remaining_s == pytest.approx(54.8)
    assert view.phase is not None
    assert view.phase.id == "one"
    assert view.phase.elapsed_s == pytest.approx(5.2)
    assert (view.recogniser, view.transcribed_s, view.last_words) == ("demo-voice", 3.0, "our metric is this")


def test_clock_does_not_run_away_without_sound() -> None:
    """When blocks stop coming, the clock stops half a second later."""
    session = Session().recording()
    assert session.making.state.view(session.world.clock.time_s + 60.0).clock_s == pytest.approx(1.5)


def test_restart_of_the_worker_is_told() -> None:
    """A worker that was started again is told, and nothing else changes."""
    session = Session().recording()
    session.making.hear_speech(WorkerRestarted("The speech worker died.", 1))
    assert isinstance(session.told[-1], TroubleTold)
    assert session.stage is Stage.RECORDING
