"""A run without a screen: how it is led, told, and how it ends."""

from __future__ import annotations

import json
import math
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmrehearse.audio.events import FileSource, MicrophoneSource
from pmrehearse.cli.headless import HeadlessRun, RunEndedError, RunPlan
from pmrehearse.cli.invocation import ScreenStart
from pmrehearse.cli.keys import Keys, Wish
from pmrehearse.cli.narration import Narrator
from pmrehearse.errors import CheckpointError
from pmrehearse.session import events as told
from pmrehearse.session.events import Stage
from pmrehearse.speech.events import SpeechOptions
from tests.cli.fakes import SCENARIO, FakeConductor, FakeProgram, WordChecking, transcript

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Caller

LENS = SCENARIO.id
MADE = "2026-11-22T09-31-05Z_made"
REHEARSE = ("rehearse", LENS, "--no-screen")


class PressedKeys(Keys):
    """A keyboard on which a test has typed."""

    def __init__(self, *wishes: Wish) -> None:
        """Press these, one a look."""
        self._left = list(wishes)

    def pressed(self) -> Wish | None:
        """The next one."""
        return self._left.pop(0) if self._left else None


def carried(plan: RunPlan, *wishes: Wish, ending: told.SessionEvent | None = None) -> FakeConductor:
    """The conductor after a run by this plan and these keys."""
    made: list[FakeConductor] = []

    def conductor(tell: Callable[[told.SessionEvent], None]) -> FakeConductor:
        made.append(FakeConductor(tell, ending or told.TakeReady(MADE)))
        return made[0]

    HeadlessRun(SCENARIO, plan, Narrator(), conductor, PressedKeys(*wishes)).carry_through()
    return made[0]


def test_a_run_is_told_on_stderr_and_answers_with_its_report(call: Caller) -> None:
    """Question, phases with their times and budgets on stderr; the report on stdout; 1, as it falls short."""
    called = call(*REHEARSE, "--audio", "answer.wav", "--speed", "2", "--phases-at", "5,10")
    assert called.code == 1
    assert called.out == call("show", "last").out
    assert [line[9:].strip() for line in called.err.splitlines() if line[4:5] == ":"] == [
        "Hypothesis (0:45): A change, a metric, a number.",
        "Experiment (1:15): A controlled test.",
        "Iteration (1:00)",
    ]
    assert "“Take one AI writing feature." in called.err
    (conductor,) = call.program.conductors
    assert conductor.source == FileSource(Path("answer.wav"), 2.0)
    assert conductor.begun_at_s[1:] == [pytest.approx(5, abs=1.5), pytest.approx(10, abs=1.5)]
    assert conductor.asked[:2] == ["warm", "begin"]
    assert conductor.asked[-1] == "close"


def test_an_answer_that_lacks_nothing_ends_with_0(call: Caller) -> None:
    """All met, no flag: 0."""
    call.program = FakeProgram(transcript("our metric and ten thousand people and a review"))
    assert call(*REHEARSE, "--audio", "a.wav").code == 0


def test_a_run_with_a_microphone_takes_the_one_named(call: Caller) -> None:
    """`--device` reaches the recorder, and `--checkpoint` the recogniser."""
    call.program.checkpoints.import_file(call.program.checkpoints.find("base.en").path, "mine")
    call(*REHEARSE, "--device", "Desk", "--checkpoint", "mine")
    assert call.program.conductors[0].source == MicrophoneSource("Desk")
    assert call.program.options == [SpeechOptions("mine")]


def test_ticks_are_told_as_they_come(call: Caller) -> None:
    """`--live full` tells each element once, with the count, and the words; `off` and saying nothing tell neither."""
    said = transcript("our metric and ten thousand people and a review")

    def hear(conductor: FakeConductor) -> None:
        if conductor.clock_s == 30.0:
            conductor.findings = WordChecking(SCENARIO).check(said.words)
            conductor.tell(told.SegmentAdded(said.segments[0]))

    call.program.on_look = hear
    err = call(*REHEARSE, "--audio", "a.wav", "--live", "full").err
    assert err.count("✓ A primary metric, Sample of 10,000 or more, Post-mortem (3 of 3)") == 1
    assert "our metric and ten thousand" in err
    for silent in ((), ("--live", "off")):
        err = call(*REHEARSE, "--audio", "a.wav", *silent).err
        assert "✓" not in err
        assert "our metric and" not in err


def test_live_reaches_the_screens(call: Caller) -> None:
    """With screens the option goes to the briefing."""
    call("rehearse", LENS, "--live", "sparse")
    assert call.screens == [ScreenStart(scenario_id=LENS, live="sparse")]


def test_minutes_end_a_run(call: Caller) -> None:
    """`--minutes` finishes it at that time of the take."""
    call(*REHEARSE, "--audio", "a.wav", "--minutes", "0.5")
    assert call.program.conductors[0].clock_s == pytest.approx(30, abs=1)


def test_the_screens_open_unless_they_are_not_wanted(call: Caller) -> None:
    """Without --no-screen the same words open the briefing, with the file and the checkpoint."""
    assert call("rehearse", LENS, "--audio", "a.wav", "--checkpoint", "base.en").code == 0
    (start,) = call.screens
    assert start == ScreenStart(scenario_id=LENS, source=start.source, checkpoint="base.en")
    assert start.source is not None
    assert (start.source.path.name, start.source.speed) == ("a.wav", 1.0)


def test_without_a_checkpoint_the_take_is_kept_and_the_way_on_is_told(call: Caller) -> None:
    """The take waits; the message says why, the hint how to go on; 3."""
    del call.program.checkpoints.here["base.en"]
    call.program.ending = told.TakeWaits(MADE, "No checkpoint is chosen.", "Fetch one.", 3)
    called = call(*REHEARSE, "--audio", "a.wav")
    assert (called.code, called.out) == (3, "")
    assert "pmrehearse: No checkpoint is chosen.\n            Fetch one.\n" in called.err
    assert f"`pmrehearse transcribe {MADE}`" in called.err
    assert call.program.options == [None]


def test_a_source_that_fails_ends_with_its_code(call: Caller) -> None:
    """What the session says of a bad file or a refused microphone is the command's end."""
    call.program.on_look = lambda conductor: conductor.tell(told.SessionFailed("The file is empty.", "Other one.", 2))
    called = call(*REHEARSE, "--audio", "empty.wav")
    assert (called.code, called.out) == (2, "")
    assert called.err.endswith("pmrehearse: The file is empty.\n            Other one.\n")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_stop_keeps_the_take(call: Caller, number: signal.Signals, code: int) -> None:
    """Ctrl-C, a shutdown and a closed terminal end the take and say where it is; 128 and the signal's number."""

    def stop(conductor: FakeConductor) -> None:
        if conductor.clock_s == 20.0:
            os.kill(os.getpid(), number)

    call.program.on_look = stop
    before = signal.getsignal(number)
    called = call(*REHEARSE, "--audio", "a.wav")
    assert (called.code, called.out) == (code, "")
    assert "Stopped; what was recorded is kept." in called.err
    assert f"`pmrehearse transcribe {MADE}`" in called.err
    assert call.program.conductors[0].asked[-1] == "close"
    assert signal.getsignal(number) is before


def test_a_stop_before_the_recording_keeps_nothing(call: Caller) -> None:
    """Nothing was recorded, and nothing else is said."""

    def stop(conductor: FakeConductor) -> None:
        if "leave" not in conductor.asked:
            raise KeyboardInterrupt

    call.program.on_look = stop
    called = call(*REHEARSE)
    assert called.code == 130
    assert "Stopped; nothing was recorded." in called.err


def test_keys_lead_a_run() -> None:
    """N begins the next phase, m marks, p pauses and goes on, Enter finishes."""
    keys = (Wish.NEXT_PHASE, Wish.MARK, Wish.PAUSE, Wish.PAUSE, Wish.FINISH)
    conductor = carried(RunPlan(MicrophoneSource()), *keys)
    assert conductor.asked == ["warm", "begin", "mark", "pause", "resume", "finish", "close"]
    assert len(conductor.begun_at_s) == 2


def test_nobody_at_the_keyboard_ends_at_the_planned_length(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a microphone, no limit and no terminal the run is finished at the planned length."""
    open_ended = replace(SCENARIO, hard_limit=False, seconds=40)
    monkeypatch.setattr("tests.cli.fakes.SCENARIO", open_ended)
    call(*REHEARSE)
    assert call.program.conductors[0].clock_s == pytest.approx(40, abs=1)


def test_what_happens_meanwhile_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Cues, troubles, words and stages each have a line."""
    lines: list[told.SessionEvent] = [
        told.CueRaised(SCENARIO.cues[0], 120.0),
        told.TroubleTold("The sound is too loud.", "Move back."),
        told.SegmentAdded(transcript("our metric").segments[0]),
        told.StageReached(Stage.PAUSED),
    ]

    def look(conductor: FakeConductor) -> None:
        if lines:
            conductor.tell(lines.pop(0))

    plan = RunPlan(FileSource(Path("a.wav"), math.inf), tells_words=True)

    def conductor(tell: Callable[[told.SessionEvent], None]) -> FakeConductor:
        return FakeConductor(tell, told.TakeReady(MADE), on_look=look)

    HeadlessRun(SCENARIO, plan, Narrator(), conductor, PressedKeys()).carry_through()
    err = capsys.readouterr().err
    assert "   2:00  Interviewer: “What would change your mind?”" in err
    assert "Trouble: The sound is too loud. Move back." in err
    assert "   0:00  our metric" in err
    assert "Paused: the clock stands" in err


def test_an_event_that_comes_late_does_not_hold_the_end() -> None:
    """A failure while the run is led is raised with its own code."""
    with pytest.raises(RunEndedError) as caught:
        carried(RunPlan(MicrophoneSource(), stop_at_s=3.0), ending=told.SessionFailed("Gone.", "", 3))
    assert (caught.value.message, caught.value.exit_code) == ("Gone.", 3)


def test_an_existing_recording_is_reviewed(call: Caller, tmp_path: Path) -> None:
    """`review` copies it into a take and answers with the report."""
    (tmp_path / "old.mp3").touch()
    called = call("review", str(tmp_path / "old.mp3"), "--scenario", LENS, "--json")
    assert called.code == 1
    assert json.loads(called.out)["take"]["id"] == "2026-11-22T10-00-00Z_reviewed"
    assert call.program.reviewer.reviewed == [tmp_path / "old.mp3"]
    assert "Whisper listens with base.en." in called.err


def test_a_transcript_made_elsewhere_is_reviewed(call: Caller, tmp_path: Path) -> None:
    """Subtitles need no checkpoint; their sound may come along; what holds no caption is told."""
    path = tmp_path / "old.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nour metric\n", encoding="utf-8")
    called = call("review", str(path), "--scenario", LENS, "--audio", str(tmp_path / "old.mp3"), "--json")
    assert json.loads(called.out)["take"]["id"] == "2026-11-22T10-00-00Z_imported"
    ((file, said, audio),) = call.program.reviewer.imported
    assert (file, said.text, audio) == (path, "our metric", tmp_path / "old.mp3")
    path.write_text("nothing", encoding="utf-8")
    assert call("review", str(path), "--scenario", LENS).code == 2


def test_sound_has_no_sound_beside_it(call: Caller) -> None:
    """--audio goes with a transcript."""
    assert call("review", "old.mp3", "--scenario", LENS, "--audio", "other.mp3").code == 2


def test_a_recording_that_is_not_there_is_told_before_all_else(call: Caller) -> None:
    """A name that was mistyped is not answered with a download."""
    call.program.checkpoints.here.clear()
    called = call("review", "nothing.wav", "--scenario", LENS)
    assert called.code == 2
    assert "nothing.wav cannot be read" in called.err
    assert "model fetch" not in called.err


def test_reviewing_needs_a_checkpoint(call: Caller, tmp_path: Path) -> None:
    """Without one: 3 and how to get one; the recording is left alone."""
    call.program.checkpoints.here.clear()
    (tmp_path / "old.mp3").touch()
    called = call("review", str(tmp_path / "old.mp3"), "--scenario", LENS)
    assert called.code == CheckpointError.exit_code
    assert "pmrehearse model fetch base.en" in called.err
    assert call.program.reviewer.reviewed == []
