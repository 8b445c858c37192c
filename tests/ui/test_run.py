"""Does a run go from the briefing to the report as the speaker and the sound demand?"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pmrehearse.audio.events import FileSource, MicrophoneSource, TroubleBegan, TroubleKind
from pmrehearse.library.rows import EVERY, TakeFilter
from pmrehearse.rehearsal.lights import Light
from pmrehearse.rehearsal.pace import Pace
from pmrehearse.session.events import CueRaised, Stage, TroubleTold
from pmrehearse.ui.requests import AtBriefing, StartAt
from pmrehearse.ui.screens import countdown
from pmrehearse.ui.screens.briefing import Briefing
from pmrehearse.ui.screens.countdown import Countdown
from pmrehearse.ui.screens.dialog import Ask, Trouble
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.microphones import Microphones
from pmrehearse.ui.screens.preparing import Preparing
from pmrehearse.ui.screens.rehearse import Rehearse
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.screens.waiting import WaitingTake
from pmrehearse.ui.screens.working import Working
from tests.ui import samples
from tests.ui.conftest import Walk, walking
from tests.ui.fakes import FakeConductor, FakeProgram, FakeRow, view_of

LENS = AtBriefing(samples.LENS)


async def _record(walk: Walk) -> None:
    await walk.until_on(Briefing)
    await walk.press("enter")
    await walk.until_on(Countdown)
    await walk.press("enter")
    await walk.until_on(Rehearse)


async def test_the_microphone_opens_and_warms_with_the_briefing(program: FakeProgram) -> None:
    """The remembered microphone is opened, the checkpoint is loaded, and nothing is recorded."""
    program.remembered.kept["microphone"] = "USB headset"
    async with walking(program, LENS) as walk:
        await walk.until_shown("✓ you are heard")
        assert program.run.source == MicrophoneSource("USB headset")
        assert program.run.asked == ["listen", "warm"]


async def test_another_microphone_is_chosen_and_remembered(program: FakeProgram) -> None:
    """The picker lists the devices; the chosen one is opened and remembered."""
    async with walking(program, LENS) as walk:
        await walk.until_on(Briefing)
        await walk.press("m")
        await walk.until_on(Microphones)
        await walk.until_shown("USB headset")
        await walk.press("G", "enter")
        await walk.until_on(Briefing)
        assert program.run.source == MicrophoneSource("USB headset")
        assert program.remembered.kept["microphone"] == "USB headset"


async def test_trouble_with_the_microphone_is_advice_on_the_briefing(program: FakeProgram) -> None:
    """What is wrong with the sound stands under the meter with what to do."""
    async with walking(program, LENS) as walk:
        await walk.until_on(Briefing)
        silent = TroubleBegan(TroubleKind.ZEROS, "The microphone sends nothing.", "Allow it in the system's settings.")
        program.run.shown = replace(program.run.shown, troubles=(silent,))
        await walk.until_shown("! The microphone sends nothing. Allow it in")


async def test_elements_are_hidden_until_they_are_asked_for(program: FakeProgram) -> None:
    """The briefing gives nothing away but the count; `e` shows the titles."""
    async with walking(program, LENS, size=(100, 30)) as walk:
        await walk.until_shown("7 elements asked, hidden")
        assert "Sample of 10,000" not in walk.text()
        await walk.press("e")
        await walk.until_shown("Sample of 10,000 or more")


async def test_a_file_can_stand_in_for_the_microphone(
    program: FakeProgram, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """With a file given, it is opened, and there is no microphone to choose."""
    path = tmp_path_factory.mktemp("sound") / "answer.ogg"
    async with walking(program, AtBriefing(samples.LENS, FileSource(path, 2.0), "demo-voice")) as walk:
        await walk.until_on(Briefing)
        assert program.run.source == FileSource(path, 2.0)
        await walk.press("m")
        await walk.until_shown("A file stands in for the microphone.")


async def test_without_a_checkpoint_the_briefing_offers_to_fetch_one(program: FakeProgram) -> None:
    """Without a checkpoint the take can be recorded all the same; one is fetched on the user's word only."""
    program.checkpoints.names = []
    async with walking(program, LENS) as walk:
        await walk.until_shown("no checkpoint here yet")
        await walk.press("f")
        await walk.until_on(Ask)
        assert program.checkpoints.names == []
        await walk.press("f")
        await walk.until_shown("Recognised   with base.en")
        assert program.checkpoints.names == ["base.en"]
        assert program.conductors[0].asked[-1] == "close"


async def test_three_two_one_then_the_clock(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """The count comes to its end by itself, asks for the recording once, and gives way to the clock."""
    monkeypatch.setattr(countdown, "COUNT_S", 0.05)
    async with walking(program, LENS) as walk:
        await walk.until_on(Briefing)
        await walk.press("enter")
        await walk.until_on(Rehearse)
        assert program.run.asked.count("begin") == 1


async def test_a_late_microphone_holds_the_clock(program: FakeProgram) -> None:
    """While the first block is awaited the screen says so; the clock screen comes with the recording."""
    async with walking(program, LENS) as walk:
        await walk.until_on(Briefing)
        program.run.starts_late = True
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.press("enter")
        await walk.until_shown("Starting … wait for the clock")
        program.run.shown = view_of(samples.LENS_SCENARIO, Stage.RECORDING)
        await walk.until_on(Rehearse)


async def test_a_recording_that_cannot_start_says_why(program: FakeProgram) -> None:
    """When the microphone fails at the start the speaker is told, and is back where the run was asked for."""
    async with walking(program, LENS) as walk:
        await walk.until_on(Briefing)
        program.run.starts_late = True
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.press("enter")
        program.run.shown = replace(
            view_of(samples.LENS_SCENARIO, Stage.IDLE),
            problem="The microphone is busy.",
            hint="Close the other program.",
        )
        await walk.until_on(Trouble)
        await walk.until_shown("Close the other program.")


async def test_escape_in_the_count_drops_the_run(program: FakeProgram) -> None:
    """Escape while counting leads home and records nothing."""
    async with walking(program, LENS) as walk:
        await walk.until_on(Briefing)
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.press("escape")
        await walk.until_on(Home)
        assert "begin" not in program.run.asked
        await walk.until(lambda: program.run.asked[-1] == "close")


async def test_the_clock_the_phase_and_the_pace_are_drawn(program: FakeProgram) -> None:
    """What the view says stands on the screen in words: time left, phase, pace, light, marks."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        view = view_of(samples.LENS_SCENARIO, Stage.RECORDING, 131.0, 1)
        program.run.shown = replace(view, pace=Pace.BEHIND, pace_s=-11.0, light=Light.YELLOW, n_marks=2)
        await walk.until_shown("0:49 left of 3 min")
        for words in ("1:26 of 1:15", "0:11 behind the plan", "yellow", "2 marked", "with how many people"):
            assert words in walk.text()


async def test_past_the_end_the_clock_counts_what_is_over(program: FakeProgram) -> None:
    """Past the planned length the screen says by how much."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        program.run.shown = view_of(samples.LENS_SCENARIO, Stage.RECORDING, 192.0, 2)
        await walk.until_shown("0:12 over 3 min")


async def test_keys_of_the_run(program: FakeProgram) -> None:
    """Each key asks the conductor for its one thing."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        for key, asked in (("n", "next_phase"), ("m", "mark"), ("space", "pause"), ("enter", "finish")):
            await walk.press(key)
            await walk.until(lambda wanted=asked: program.run.asked[-1] == wanted)  # type: ignore[misc]


async def test_space_pauses_and_goes_on(program: FakeProgram) -> None:
    """A pause says that nothing is recorded, and the clock that stands steps back; the same key ends it."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        await walk.press("space")
        await walk.until_shown("paused, nothing is recorded")
        assert walk.screen.query_one("#clock").has_class("-paused")
        await walk.press("space")
        await walk.until_shown("● recording")
        assert not walk.screen.query_one("#clock").has_class("-paused")


async def test_the_interviewers_card_comes_with_a_bell(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cue shows the card and rings; without a cue there is no card."""
    rung: list[str] = []
    async with walking(program, LENS) as walk:
        await _record(walk)
        monkeypatch.setattr(walk.app, "bell", lambda: rung.append("bell"))
        assert "Interviewer" not in walk.text()
        cue = samples.LENS_SCENARIO.cues[0]
        program.run.shown = replace(view_of(samples.LENS_SCENARIO, Stage.RECORDING, 100.0, 1), cue=cue)
        await asyncio.to_thread(program.run.tell, CueRaised(cue, 100.0))
        await walk.until_shown("How are the model and the product coupled?")
        await walk.until(lambda: rung == ["bell"])
        program.run.shown = view_of(samples.LENS_SCENARIO, Stage.RECORDING, 110.0, 1)
        await walk.until(lambda: "Interviewer" not in walk.text())


async def test_trouble_stands_as_a_banner_while_it_lasts(program: FakeProgram) -> None:
    """A trouble with the sound is a banner until it ends; the clock goes on."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        view = view_of(samples.LENS_SCENARIO, Stage.RECORDING, 20.0)
        quiet = TroubleBegan(TroubleKind.QUIET, "The sound is very quiet.", "Move closer.")
        program.run.shown = replace(view, troubles=(quiet,))
        await walk.until_shown("! The sound is very quiet. Move closer.")
        program.run.shown = view
        await walk.until(lambda: "very quiet" not in walk.text())


async def test_what_is_told_is_never_read_as_markup(program: FakeProgram) -> None:
    """Markup and escapes in what the machine tells are shown as they are, or replaced."""
    async with walking(program, LENS, size=(160, 50)) as walk:
        await _record(walk)
        await asyncio.to_thread(program.run.tell, TroubleTold("[red]gone[/nope] \x1b]52;c;SEVM\x07", ""))
        await walk.until_shown("[red]gone[/nope] �]52;c;SEVM�")


async def test_a_recorded_answer_turns_its_own_pages(program: FakeProgram) -> None:
    """The phases of the demo begin at the times of its script, each once, as nobody presses keys for it."""
    at = AtBriefing(samples.LENS, FileSource(Path("strong.ogg")), "demo-voice", (36.0, 61.0))
    async with walking(program, at) as walk:
        await _record(walk)
        assert "next_phase" not in program.run.asked
        program.run.shown = view_of(samples.LENS_SCENARIO, Stage.RECORDING, 36.1)
        await walk.until(lambda: program.run.asked.count("next_phase") == 1)
        program.run.shown = view_of(samples.LENS_SCENARIO, Stage.RECORDING, 61.0, 1)
        await walk.until(lambda: program.run.asked.count("next_phase") == 2)


async def test_lights_can_be_turned_off(program: FakeProgram) -> None:
    """With lights off none is shown, and the choice is remembered."""
    async with walking(program, LENS) as walk:
        await walk.until_on(Briefing)
        await walk.press("l")
        await _record(walk)
        program.run.shown = replace(view_of(samples.LENS_SCENARIO, Stage.RECORDING, 170.0, 2), light=Light.RED)
        await walk.until_shown("0:10 left")
        assert "red" not in walk.text()
        assert program.remembered.kept["lights"] == "off"


@pytest.mark.parametrize(
    ("presses", "shows", "hides"),
    [(0, (), ("2 of 7", "an A/B test")), (1, ("2 of 7",), ("an A/B test",)), (2, ("2 of 7", "an A/B test"), ())],
    ids=["off", "sparse", "full"],
)
async def test_ticks_and_text_are_off_unless_asked_for(
    program: FakeProgram, presses: int, shows: tuple[str, ...], hides: tuple[str, ...]
) -> None:
    """Nothing of recognition shows by default; sparse shows the ticks, full the words too; the choice is remembered."""
    async with walking(program, LENS) as walk:
        await walk.until_on(Briefing)
        await walk.press(*["v"] * presses)
        await _record(walk)
        view = view_of(samples.LENS_SCENARIO, Stage.RECORDING, 60.0, 1)
        program.run.shown = replace(view, findings=samples.FINDINGS, last_words="an A/B test", n_marks=7)
        await walk.until_shown("7 marked")
        for text in shows:
            await walk.until_shown(text)
        assert not any(text in walk.text() for text in hides)
        assert program.remembered.kept.get("live", "off") == ["off", "sparse", "full"][presses]


async def test_a_command_may_say_what_is_shown_live(program: FakeProgram) -> None:
    """`rehearse --live full` opens the briefing with it."""
    async with walking(program, AtBriefing(samples.LENS, live="full")) as walk:
        await walk.until_shown("ticks and text at once while you speak")


async def test_escape_asks_and_the_default_goes_on(program: FakeProgram) -> None:
    """Escape asks what stopping means; Escape and Enter on the question keep recording, `f` finishes."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        for key in ("escape", "enter"):
            await walk.press("escape")
            await walk.until_shown("Stop here?")
            await walk.press(key)
            await walk.until_on(Rehearse)
            assert program.run.shown.stage is Stage.RECORDING
        await walk.press("escape")
        await walk.until_shown("Stop here?")
        await walk.press("f")
        await walk.until(lambda: program.run.shown.stage is Stage.TRANSCRIBING)


async def test_discarding_deletes_the_take(program: FakeProgram) -> None:
    """Discarding asks the conductor to delete and leads home."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        await walk.press("escape")
        await walk.until_on(Ask)
        await walk.press("d")
        await walk.until_on(Home)
        assert "discard" in program.run.asked


async def test_finishing_leads_over_the_transcription_to_the_report(program: FakeProgram) -> None:
    """After the end the transcription shows how far it is and how long it takes; then comes the report."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        await walk.press("enter")
        await walk.until_on(Working)
        program.run.shown = replace(program.run.shown, transcribed_s=60.0, recorded_s=120.0)
        await walk.until_shown("1:00 of 2:00")
        assert walk.text().count("Transcribing") == 1
        program.clock.at_s += 10
        program.run.shown = replace(program.run.shown, transcribed_s=90.0)
        await walk.until_shown("1:30 of 2:00 · about 10 s left")
        program.run.shown = replace(program.run.shown, stage=Stage.DONE)
        await walk.until_on(ReportPage)
        await walk.until_shown("2 of 7 met")


async def test_the_end_of_a_run_under_a_question_is_not_missed(program: FakeProgram) -> None:
    """When the run ends by itself while a question is open, answering it leads on to the transcription."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        await walk.press("escape")
        await walk.until_on(Ask)
        program.run.shown = replace(program.run.shown, stage=Stage.TRANSCRIBING)
        await walk.press("enter")
        await walk.until_on(Working)


async def test_leaving_the_transcription_lets_the_take_wait(program: FakeProgram) -> None:
    """Escape leaves the transcription; the take waits, and home comes back."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        await walk.press("enter")
        await walk.until_on(Working)
        await walk.press("escape")
        await walk.until_on(Home)
        assert "leave" in program.run.asked


async def test_a_take_that_cannot_be_transcribed_says_how_to_go_on(program: FakeProgram) -> None:
    """Without a recogniser the take's page names the reason, and a text can take the place of the transcript."""
    program.reviewer.reports[samples.TAKE] = samples.waiting_report()
    async with walking(program, LENS) as walk:
        await _record(walk)
        await walk.press("enter")
        await walk.until_on(Working)
        program.run.shown = replace(program.run.shown, stage=Stage.WAITING, problem="No checkpoint.", hint="Fetch one.")
        await walk.until_on(WaitingTake)
        await walk.until_shown("No checkpoint. Fetch one.")
        await walk.press("p")
        await walk.press(*"so", "ctrl+s")
        await walk.until_on(ReportPage)
        assert program.reviewer.texts == [(samples.WAITING, "so")]


async def test_quitting_while_recording_asks_and_keeps_recording(program: FakeProgram) -> None:
    """Ctrl+Q and Ctrl+C ask while a take is recorded; Enter keeps recording; a second press asks nothing twice."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        for key in ("ctrl+q", "ctrl+c"):
            await walk.press(key, key)
            await walk.until_shown("A take is being recorded.")
            await walk.press("enter")
            await walk.until_on(Rehearse)
        assert walk.app.is_running
        assert program.run.shown.stage is Stage.RECORDING


@pytest.mark.parametrize(
    ("key", "asked"), [("ctrl+q", "A take is being recorded."), ("escape", "Stop here?")], ids=["quitting", "stopping"]
)
async def test_a_question_over_a_take_has_its_clock(program: FakeProgram, key: str, asked: str) -> None:
    """The time goes on in the box, with the sign of what the take does; the terminal's own colours hide the page's."""
    program.remembered.kept["theme"] = "ansi-dark"
    async with walking(program, LENS) as walk:
        await _record(walk)
        await walk.press(key)
        await walk.until_on(Ask)
        for stage, clock_s, said in ((Stage.RECORDING, 131.0, "● 2:11"), (Stage.PAUSED, 132.0, "‖ 2:12")):
            program.run.shown = view_of(samples.LENS_SCENARIO, stage, clock_s, 1)
            await walk.until_shown(said)
            assert any(asked in line and said in line for line in walk.text().split("\n"))


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_a_take_that_is_being_saved_is_left_at_once(program: FakeProgram, key: str) -> None:
    """Its recording has ended, so there is nothing to ask: what is left of the work is done without the screens."""
    async with walking(program, LENS) as walk:
        await _record(walk)
        program.run.shown = replace(program.run.shown, stage=Stage.SAVING)
        await walk.press(key)
        await walk.until(lambda: not walk.app.is_running)


async def test_finish_and_quit(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other answer finishes the take, then leaves; the screen below is not drawn once more for that."""
    resumed: list[Rehearse] = []

    def resume(screen: Rehearse) -> None:  # a function, which Textual binds
        resumed.append(screen)

    monkeypatch.setattr(Rehearse, "on_screen_resume", resume, raising=False)
    async with walking(program, LENS) as walk:
        await _record(walk)
        await walk.until(lambda: bool(resumed))  # it is told that it is in sight, sooner or later
        n_resumed = len(resumed)
        await walk.press("ctrl+q")
        await walk.until_on(Ask)
        await walk.press("f")
        await walk.until(lambda: not walk.app.is_running)
    assert "finish" in program.run.asked
    assert len(resumed) == n_resumed


async def test_quitting_elsewhere_asks_nothing(program: FakeProgram) -> None:
    """Before anything is recorded quitting just quits."""
    async with walking(program, LENS) as walk:
        await walk.until_on(Briefing)
        await walk.press("ctrl+c")
        await walk.until(lambda: not walk.app.is_running)


@pytest.mark.parametrize(
    ("start", "message"),
    [
        (AtBriefing("writer/nothing"), "There is no scenario 'writer/nothing'."),
        (AtBriefing(samples.LENS, checkpoint="unheard-of"), "There is no checkpoint 'unheard-of'."),
    ],
)
async def test_a_run_that_cannot_be_prepared_says_why(program: FakeProgram, start: StartAt, message: str) -> None:
    """An unknown scenario or checkpoint is a message over the home screen."""
    async with walking(program, start) as walk:
        await walk.until_on(Trouble)
        await walk.until_shown(message)


async def test_keys_pressed_while_a_run_is_prepared_reach_no_other_screen(program: FakeProgram) -> None:
    """Pressing Enter twice prepares one run; leaving while it is prepared closes it."""
    prepared = threading.Event()
    make = program.conductor

    def slowly(*args: Any) -> FakeConductor:
        prepared.wait(10)
        return make(*args)

    program.conductor = slowly  # type: ignore[method-assign,assignment]
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("enter", "enter", "d")
        await walk.until_on(Preparing)
        await walk.press("escape")
        await walk.until_on(Home)
        prepared.set()
        await walk.until(lambda: [run.asked for run in program.conductors] == [["close"]])
        assert isinstance(walk.screen, Home)


async def test_an_unexpected_fault_beside_the_screens_ends_nothing(
    program: FakeProgram, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug in background work is told and logged with its traceback; the recording goes on."""

    def broken(wanted: TakeFilter = EVERY, limit: int | None = None, offset: int = 0) -> tuple[FakeRow, ...]:
        del wanted, limit, offset
        return (FakeRow("", duration_s=1 / 0),)

    async with walking(program, LENS) as walk:
        await _record(walk)
        program.library.rows = broken  # type: ignore[method-assign]
        home = walk.app.screen_stack[0]
        assert isinstance(home, Home)
        home.action_reload()
        await walk.until_on(Trouble)
        await walk.until_shown("Something unexpected happened")
        await walk.press("enter")
        await walk.until_on(Rehearse)
        assert "ZeroDivisionError" in caplog.text
