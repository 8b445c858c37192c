"""Does the report show what is true, and play what it shows?"""

from __future__ import annotations

from pathlib import Path

import pytest

from pmrehearse.errors import MachineError
from pmrehearse.ui.requests import AtReport
from pmrehearse.ui.screens.briefing import Briefing
from pmrehearse.ui.screens.dialog import Ask, Trouble
from pmrehearse.ui.screens.history import History
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.screens.text_entry import TextEntry
from pmrehearse.ui.screens.waiting import WaitingTake
from pmrehearse.ui.screens.working import Working
from tests.ui import samples
from tests.ui.conftest import walking
from tests.ui.fakes import FakeProgram

REPORT = AtReport(samples.TAKE)


async def test_verdicts_have_a_glyph_and_a_word_or_a_time(program: FakeProgram) -> None:
    """Each element stands with its glyph and its time, or the word of its verdict; flags stand under them."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        text = walk.text()
        for line in ("✓ Hypothesis with a number       0:13", "~ Sample of 10,000 or more       near"):
            assert line in text
        assert "· Lists ideas, settles on none" in text
        assert "1:22 of 3:00, under time · 134 words a minute · no flag raised" in text


async def test_a_missing_element_says_what_lacked_and_when_it_was_due(program: FakeProgram) -> None:
    """What was lacking, what came nearest, what was being said when it was due, and an example of it."""
    async with walking(program, REPORT, size=(160, 50)) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("j", "j", "j")
        await walk.until_shown("2,000 users; at least 10,000 are asked")
        text = walk.text()
        assert "By 1:01  you were saying “we can turn those on by Monday, so it's quick.”" in text
        assert "Try      “I want 24,000 writers, 12,000 in each group.”" in text


async def test_enter_plays_the_evidence_from_a_second_before(program: FakeProgram) -> None:
    """The player is asked for the quote with a second of run-up; `s` and leaving silence it."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        quote = samples.FINDINGS.elements[0].evidence
        assert quote is not None
        assert quote.start_s is not None
        assert quote.end_s is not None
        await walk.press("enter")
        await walk.until_shown("▶  0:12 ")
        assert program.the_player.played == [(Path("audio.wav"), quote.start_s - 1.0, quote.end_s + 0.5)]
        await walk.press("s")
        await walk.until_shown("‖  0:12 ")
        await walk.press("escape")
        await walk.until_on(Home)
        await walk.until(lambda: program.the_player.closed)


async def test_a_missing_element_plays_the_moment_in_which_it_was_due(program: FakeProgram) -> None:
    """Without evidence the sound before the end of its phase is played."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("j", "j", "j", "j", "enter")
        await walk.until(lambda: program.the_player.played == [(Path("audio.wav"), 76.0, 82.0)])


async def test_the_transcript_marks_the_evidence_and_plays_from_a_word(program: FakeProgram) -> None:
    """Tab leads to the transcript; quotes end in the glyph of their verdict; Enter plays from the word on."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab")
        await walk.until_shown("by about 5%. ✓")
        assert "access, ~ and" in walk.text()
        await walk.press("home", "down", "down", "enter")
        await walk.until(lambda: program.the_player.played == [(Path("audio.wav"), 8.2, None)])


async def test_the_timing_stands_on_its_own_part(program: FakeProgram) -> None:
    """Two tabs on, phases planned and spoken, pace, pauses and fillers; past the notes two more lead back."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab", "tab")
        await walk.until_shown("Experiment  0:25 of 1:15")
        text = walk.text()
        for words in ("134 words a minute, inside 110 to 170", "at least 2: okay 1, so 1", "4.2 s after"):
            assert words in text
        await walk.press("tab", "tab")
        await walk.until_shown("Hypothesis with a number")


async def test_wide_screens_show_everything_at_once(program: FakeProgram) -> None:
    """At 160x50 elements, detail, transcript and timing stand together."""
    async with walking(program, REPORT, size=(160, 50)) as walk:
        await walk.until_shown("2 of 7 met")
        for words in ("missing", "Phases, planned and spoken", "And then, at the end", "Asked"):
            assert words in walk.text()


async def test_copying_takes_the_quote_or_the_transcript(program: FakeProgram) -> None:
    """`y` copies the quote of the highlighted element; on the transcript, all of it."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("y")
        await walk.until(lambda: walk.app.clipboard.startswith("My hypothesis is"))
        await walk.press("tab", "y")
        await walk.until(lambda: walk.app.clipboard == samples.HEARD.text)


async def test_again_briefs_the_same_scenario(program: FakeProgram) -> None:
    """`t` takes it again."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("t")
        await walk.until_on(Briefing)
        assert program.run.scenario.id == samples.LENS


async def test_a_take_without_speech_says_so(program: FakeProgram) -> None:
    """Silence is unknown, not missing, and no pace is made up for it."""
    program.reviewer.reports[samples.TAKE] = samples.silent_report()
    async with walking(program, REPORT) as walk:
        await walk.until_shown("nothing was heard")
        text = walk.text()
        assert "? Hypothesis with a number    unknown" in text
        assert "missing" not in text
        assert "words a minute" not in text


async def test_a_player_that_fails_is_told(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a loudspeaker the report goes on, and says what to do."""

    def no_player() -> None:
        raise MachineError("There is no loudspeaker.", "Plug one in.")

    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        monkeypatch.setattr(program, "player", no_player)
        await walk.press("enter")
        await walk.until_on(Trouble)
        await walk.until_shown("Plug one in.")


async def test_a_player_that_fails_later_is_told_too(program: FakeProgram) -> None:
    """What goes wrong while it plays comes as a message, once."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("enter")
        await walk.until_shown("▶")
        program.the_player.failure = MachineError("The loudspeaker is gone.", "Plug it in again.")
        await walk.until_on(Trouble)
        await walk.press("enter")
        await walk.until_on(ReportPage)


async def test_an_unknown_take_is_a_message(program: FakeProgram) -> None:
    """A report that cannot be had is a dialog, not a crash."""
    async with walking(program, AtReport("nope")) as walk:
        await walk.until_shown("There is no take 'nope'.")


async def test_a_waiting_take_is_transcribed_with_one_key(program: FakeProgram) -> None:
    """A take without a transcript says how to go on; `f` transcribes it."""
    async with walking(program, AtReport(samples.WAITING)) as walk:
        await walk.until_shown("transcribe it with base.en")
        await walk.press("f")
        await walk.until_on(ReportPage)
        await walk.until_shown("2 of 7 met")


async def test_a_waiting_take_fetches_a_checkpoint_first(program: FakeProgram) -> None:
    """Without a checkpoint `f` asks, fetches, and goes on to transcribe."""
    program.checkpoints.names = []
    async with walking(program, AtReport(samples.WAITING)) as walk:
        await walk.until_shown("fetch the checkpoint base.en")
        await walk.press("f")
        await walk.until_on(Ask)
        await walk.press("f")
        await walk.until_on(ReportPage)
        await walk.until_shown("2 of 7 met")
        assert program.checkpoints.names == ["base.en"]


async def test_fetching_that_fails_leaves_the_take_as_it_was(program: FakeProgram) -> None:
    """A network that fails is told, and the take still waits."""
    program.checkpoints.names = []
    program.checkpoints.error = MachineError("The network cannot be reached.", "Try again later.")
    async with walking(program, AtReport(samples.WAITING)) as walk:
        await walk.until_shown("fetch the checkpoint base.en")
        await walk.press("f")
        await walk.until_on(Ask)
        await walk.press("f")
        await walk.until_on(Trouble)
        await walk.press("enter")
        await walk.until_on(WaitingTake)


async def test_leaving_a_transcription_in_the_background_stops_it(program: FakeProgram) -> None:
    """Escape stops the work at its next piece of progress."""
    program.reviewer.may_end.clear()
    async with walking(program, AtReport(samples.WAITING)) as walk:
        await walk.until_shown("transcribe it with base.en")
        await walk.press("f")
        await walk.until_on(Working)
        await walk.until_shown("0:41 of 1:22")
        await walk.press("escape")
        await walk.until_on(Home)


async def test_a_text_can_be_given_to_a_waiting_take(program: FakeProgram) -> None:
    """`p` on a waiting take sets its text and shows the report."""
    async with walking(program, AtReport(samples.WAITING)) as walk:
        await walk.until_on(WaitingTake)
        await walk.press("p")
        await walk.until_on(TextEntry)
        await walk.press(*"we test", "ctrl+s")
        await walk.until_shown("a typed text, 2 words")
        assert program.reviewer.texts == [(samples.WAITING, "we test")]


async def test_a_take_is_deleted_after_a_question(program: FakeProgram) -> None:
    """`x` asks; keeping is the default; deleting removes it from the list."""
    async with walking(program) as walk:
        await walk.press("h")
        await walk.until_on(History)
        await walk.until_shown("2 takes")
        await walk.press("x")
        await walk.until_on(Ask)
        await walk.press("enter")
        await walk.until_on(History)
        assert len(program.library.takes) == 2
        await walk.press("x")
        await walk.until_on(Ask)
        await walk.press("d")
        await walk.until_shown("1 take")
        assert [row.take_id for row in program.library.takes] == ["older"]


async def test_takes_from_a_report_leads_back_to_the_list(program: FakeProgram) -> None:
    """`h` on a report that was opened from the list returns to it rather than opening another."""
    async with walking(program) as walk:
        await walk.press("h")
        await walk.until_shown("2 takes")
        await walk.press("enter")
        await walk.until_shown("2 of 7 met")
        await walk.press("h")
        await walk.until_on(History)
        assert len(walk.app.screen_stack) == 2
