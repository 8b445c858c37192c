"""Can a take be corrected on its report, and is it marked again?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmrehearse.checking.findings import Verdict
from pmrehearse.errors import LibraryError
from pmrehearse.library.corrections import Note, WordEdit
from pmrehearse.ui.requests import AtBriefing, AtReport
from pmrehearse.ui.screens.dialog import Trouble
from pmrehearse.ui.screens.guess import GuessFirst
from pmrehearse.ui.screens.line_entry import LineEntry
from pmrehearse.ui.screens.overrule import Overrule
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.widgets.transcript import TranscriptPane
from pmrehearse.ui.widgets.word_editor import WordEditor
from tests.ui import samples
from tests.ui.conftest import walking

if TYPE_CHECKING:
    import pytest

    from pmrehearse.library.corrections import Corrections
    from tests.ui.conftest import Walk
    from tests.ui.fakes import FakeProgram

REPORT = AtReport(samples.TAKE)


def _kept(program: FakeProgram) -> Corrections:
    return program.reviewer.corrections(samples.TAKE)


async def _type(walk: Walk, text: str) -> None:
    await walk.press(*("space" if letter == " " else letter for letter in text))


async def test_a_word_is_put_right_where_it_stands(program: FakeProgram) -> None:
    """`e` opens a field over the word; Enter keeps what is typed, and the transcript shows it."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab", "home", "right", "e")
        await walk.until(lambda: bool(walk.screen.query(WordEditor)))
        await walk.press("ctrl+u")
        await _type(walk, "well then")
        await walk.press("enter")
        await walk.until_shown("Okay, well then I'd like")
        assert _kept(program).words == (WordEdit(0, 1, 1, "so,", "well then"),)
        assert walk.screen.query_one(TranscriptPane).has_focus


async def test_a_run_is_put_right(program: FakeProgram) -> None:
    """`v` and the arrows choose words; all of them are replaced."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab", "home", "v", "right", "e")
        await walk.until(lambda: bool(walk.screen.query(WordEditor)))
        assert walk.screen.query_one(WordEditor).value == "Okay, so,"
        await walk.press("ctrl+u", "enter")
        await walk.until_shown("0:01  I'd like to talk")


async def test_leaving_the_field_changes_nothing(program: FakeProgram) -> None:
    """Escape, and Enter on the same words, leave the transcript as it was, and the report on the screen."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab", "home", "e")
        await walk.until(lambda: bool(walk.screen.query(WordEditor)))
        await _type(walk, "x")
        await walk.press("escape")
        await walk.until(lambda: not walk.screen.query(WordEditor))
        await walk.press("e")
        await walk.until(lambda: bool(walk.screen.query(WordEditor)))
        await walk.press("enter")
        await walk.until(lambda: not walk.screen.query(WordEditor))
        assert isinstance(walk.screen, ReportPage)
        assert _kept(program).words == ()


async def test_corrections_are_undone_and_done_again(program: FakeProgram) -> None:
    """Each `u` takes one back, each `U` does one again; a new correction forgets what was undone."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("j", "o", "s")
        await walk.until_shown("3 of 7 met")
        await walk.press("a")
        await walk.until_on(LineEntry)
        await _type(walk, "hm")
        await walk.press("enter")
        await walk.until(lambda: len(_kept(program).notes) == 1)
        await walk.until_shown("Kept. Marked again: 3 of 7 met.")
        await walk.press("u")
        await walk.until(lambda: _kept(program).notes == ())
        await walk.until(lambda: not walk.screen._is_marking)  # type: ignore[attr-defined]
        await walk.press("u")
        await walk.until_shown("2 of 7 met")
        await walk.press("U")
        await walk.until_shown("3 of 7 met")
        await walk.press("U")
        await walk.until(lambda: len(_kept(program).notes) == 1)
        await walk.until(lambda: not walk.screen._is_marking)  # type: ignore[attr-defined]
        await walk.press("U")
        await walk.until_shown("Nothing to do again.")


async def test_i_did_say_this(program: FakeProgram) -> None:
    """`o` asks; the verdict counts, is shown as the speaker's with the reason, and can be taken back."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("j", "j", "j", "o")
        await walk.until_on(Overrule)
        await walk.until_shown("It counts from now on. The checks' verdict is kept beside it.")
        await walk.until_shown("“We have 2,000 users who asked for early access,”")
        assert "I did not say this" not in walk.text()
        await walk.press("tab")
        await _type(walk, "per arm")
        await walk.press("enter")
        await walk.until_shown("3 of 7 met")
        await walk.until_shown("overruled: the checks say near")
        assert "Because  per arm" in walk.text()
        assert "you · 0:47" in walk.text()
        (ruling,) = _kept(program).verdicts
        assert (ruling.element_id, ruling.verdict, ruling.note) == ("sample-size", Verdict.MET, "per arm")
        await walk.press("o", "b")
        await walk.until_shown("2 of 7 met")
        assert _kept(program).verdicts == ()


async def test_i_did_not_say_this(program: FakeProgram) -> None:
    """A met element is offered to be missing; leaving the question changes nothing."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("o")
        await walk.until_on(Overrule)
        await walk.press("escape")
        await walk.until_on(ReportPage)
        await walk.press("o", "n")
        await walk.until_shown("1 of 7 met")
        await walk.until_shown("1 overruled by you")


async def test_chosen_words_are_the_passage(program: FakeProgram) -> None:
    """A run that was chosen in the transcript is what the verdict rests on, and where it is played."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("j", "j", "j", "j", "tab", "end", "v", "left", "left", "o")
        await walk.until_shown("“is a winner.”")
        await walk.press("s")
        await walk.until(lambda: len(_kept(program).verdicts) == 1)
        assert _kept(program).verdicts[0].element_id == "post-mortem"
        await walk.until_shown("3 of 7 met")
        evidence = program.reviewer.reports[samples.TAKE].findings.elements[4].evidence
        assert evidence is not None
        assert evidence.last_word == len(samples.HEARD.words) - 1


async def test_flags_are_not_overruled(program: FakeProgram) -> None:
    """`o` on a flag says so."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("G", "o")
        await walk.until_shown("Flags cannot be overruled")


async def test_notes_hang_on_a_moment_or_on_the_take(program: FakeProgram) -> None:
    """`a` notes at the word, `A` on the take; both are listed, played from, and removed."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab", "home", "down", "down", "a")
        await walk.until_shown("A note at 0:08")
        await _type(walk, "slower")
        await walk.press("enter")
        await walk.until_shown("A ✎ lot of our users")
        await walk.press("A")
        await walk.until_shown("A note on this take")
        await _type(walk, "good")
        await walk.press("enter")
        await walk.until(lambda: _kept(program).notes == (Note("good"), Note("slower", 8.2)))
        await walk.press("tab", "tab")
        await walk.until_shown("0:08  slower")
        await walk.until(lambda: not walk.screen._is_marking)  # type: ignore[attr-defined]
        await walk.press("down", "enter")
        await walk.until(lambda: program.the_player.played[-1][1] == 8.2)
        await walk.press("x")
        await walk.until(lambda: _kept(program).notes == (Note("good"),))


async def test_a_correction_that_fails_is_told(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is a message, the report stays, and the next try is taken."""

    def full(_take_id: str, _corrections: Corrections) -> None:
        raise LibraryError("The corrections cannot be kept.", "The disk is full.")

    keep = program.reviewer.keep
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        monkeypatch.setattr(program.reviewer, "keep", full)
        await walk.press("o", "n")
        await walk.until_on(Trouble)
        await walk.press("enter")
        await walk.until_on(ReportPage)
        monkeypatch.setattr(program.reviewer, "keep", keep)
        await walk.press("o", "n")
        await walk.until_shown("1 of 7 met")


async def test_a_guess_comes_before_the_results(program: FakeProgram) -> None:
    """Asked only where it is wanted and only for a new take; then guess and verdicts stand beside one another."""
    program.remembered.kept["guess"] = "on"
    program.reviewer.reports[samples.WAITING] = replace(samples.waiting_report(), take=samples.waiting_report().take)
    async with walking(program, AtReport(samples.WAITING)) as walk:
        await walk.until_shown("transcribe it with base.en")
        await walk.press("f")
        await walk.until_on(GuessFirst)
        assert "2 of 7" not in walk.text()
        await walk.press("space", "down", "space", "enter")
        await walk.until_shown("guessed 5 of 7 right")
        await walk.until_shown("you thought you had said it: right")
        await walk.press("j")
        await walk.until_shown("you thought you had said it: wrong")
    assert program.reviewer.corrections(samples.WAITING).guess == ("lift-hypothesis", "primary-metric")


async def test_nobody_has_to_guess(program: FakeProgram) -> None:
    """Escape shows the results without a guess; a take that is only looked at again is not asked about."""
    program.remembered.kept["guess"] = "on"
    async with walking(program, AtReport(samples.WAITING)) as walk:
        await walk.until_shown("transcribe it with base.en")
        await walk.press("f")
        await walk.until_on(GuessFirst)
        await walk.press("escape")
        await walk.until_shown("2 of 7 met")
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")


async def test_the_guess_is_switched_on_at_the_briefing(program: FakeProgram) -> None:
    """`g` at the briefing turns it on and off, and it is remembered; off at first."""
    async with walking(program, AtBriefing(samples.LENS)) as walk:
        await walk.until_shown("you are heard")
        assert "guess" not in walk.text()
        await walk.press("g")
        await walk.until_shown("· guess first")
        assert program.remembered.kept["guess"] == "on"
        await walk.press("g")
        await walk.until(lambda: "guess first" not in walk.text())
        assert program.remembered.kept["guess"] == "off"
