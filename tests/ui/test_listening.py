"""Is a take heard in step with its words?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmrehearse.speech.segments import Segment, Word
from pmrehearse.ui.playback import next_of, passage_of
from pmrehearse.ui.requests import AtReport
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.widgets.player_line import PlayerLine
from pmrehearse.ui.widgets.transcript import TranscriptPane
from pmrehearse.ui.wordlines import lay_out, word_at
from tests.ui import samples
from tests.ui.conftest import walking

if TYPE_CHECKING:
    from tests.ui.conftest import Walk
    from tests.ui.fakes import FakeProgram

REPORT = AtReport(samples.TAKE)
AUDIO = Path("audio.wav")
WORDS = samples.HEARD.words


def _pane(walk: Walk) -> TranscriptPane:
    return walk.screen.query_one(TranscriptPane)


def _start_s(number: int) -> float:
    start_s = WORDS[number].start_s
    assert start_s is not None
    return start_s


async def test_the_spoken_word_is_marked(program: FakeProgram) -> None:
    """As the sound goes on, another word is marked; in silence none is, and the cursor stands where it ended."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab", "home", "enter")
        await walk.until(lambda: _pane(walk).spoken == 0)
        program.the_player.move_to(_start_s(40) + 0.01)
        await walk.until(lambda: _pane(walk).spoken == 40)
        program.the_player.move_to(None)
        await walk.until(lambda: _pane(walk).spoken is None)
        assert _pane(walk).cursor == 40


async def test_the_words_that_are_heard_stay_in_sight(program: FakeProgram) -> None:
    """The transcript follows, unless somebody has scrolled elsewhere."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab", "home", "enter")
        await walk.until(lambda: _pane(walk).spoken == 0)
        program.the_player.move_to(81.0)
        await walk.until_shown("this one is a winner.")
        await walk.press("home")
        await walk.until_shown("Okay, so,")
        program.the_player.move_to(81.1)
        await walk.pilot.pause(0.3)
        assert "Okay, so," in walk.text()


async def test_keys_go_from_word_to_word(program: FakeProgram) -> None:
    """Left and right by words, up and down by lines, to both ends; never outside."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab", "home", "left")
        assert _pane(walk).cursor == 0
        await walk.press("right", "w", "b")
        assert _pane(walk).cursor == 1
        await walk.press("down", "j", "k")
        below = _pane(walk).cursor
        assert below > 5
        await walk.press("end", "right", "down")
        assert _pane(walk).cursor == len(WORDS) - 1
        await walk.press("pageup", "g")
        assert _pane(walk).cursor == 0


async def test_a_click_plays_from_its_word(program: FakeProgram) -> None:
    """The word under the mouse is where it begins; dragging only chooses a run."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab", "home")
        await walk.until_shown("Okay, so,")
        region = _pane(walk).region_of(2, 2)
        await walk.pilot.click(offset=(region.x + 1, region.y))
        await walk.until(lambda: program.the_player.played == [(AUDIO, _start_s(2), None)])
        other = _pane(walk).region_of(5, 5)
        await walk.pilot.mouse_down(offset=(region.x, region.y))
        await walk.pilot.hover(offset=(other.x, other.y))
        await walk.pilot.mouse_up(offset=(other.x, other.y))
        await walk.until(lambda: _pane(walk).run == (2, 5))
        assert len(program.the_player.played) == 1


async def test_space_pauses_and_goes_on(program: FakeProgram) -> None:
    """It goes on where it paused; another day it goes on where it was left off."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("space")
        await walk.until_shown("▶  0:00")
        program.the_player.move_to(41.6)
        await walk.until_shown("▶  0:41")
        await walk.press("space")
        await walk.until_shown("‖  0:41")
        assert program.remembered.places == {samples.TAKE: 41.6}
        await walk.press("space")
        await walk.until(lambda: program.the_player.played[-1] == (AUDIO, 41.6, None))
        program.the_player.move_to(50.0)
        await walk.press("escape")
        await walk.until_on(Home)
        await walk.until(lambda: program.remembered.places == {samples.TAKE: 50.0})
    async with walking(program, REPORT) as walk:
        await walk.until_shown("‖  0:50")
        await walk.press("space")
        await walk.until(lambda: program.the_player.played[-1] == (AUDIO, 50.0, None))
        program.the_player.move_to(None)
        await walk.until(lambda: program.remembered.places == {})


async def test_skipping_goes_on_and_back(program: FakeProgram) -> None:
    """1.5 s each, inside the take; in a pause only the place moves."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("space", "full_stop", "full_stop", "comma")
        assert [played[1] for played in program.the_player.played] == [0.0, 1.5, 3.0, 1.5]
        await walk.press("space", "comma", "comma", "full_stop")
        await walk.until_shown("‖  0:01")
        assert len(program.the_player.played) == 4


async def test_a_skip_stays_in_the_stretch(program: FakeProgram) -> None:
    """Evidence that is skipped in still ends where it ends; out of it, the take goes on."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("enter", "full_stop")
        (_, start_s, end_s), skipped = program.the_player.played
        assert skipped == (AUDIO, start_s + 1.5, end_s)
        await walk.press("comma", "comma")
        assert program.the_player.played[-1] == (AUDIO, start_s - 1.5, None)


async def test_the_speed_changes_while_it_plays(program: FakeProgram) -> None:
    """From 0.5 to 2, going on at the same place, shown, and remembered for other takes."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("plus")
        assert program.the_player.played == []
        await walk.press("space")
        program.the_player.move_to(12.0)
        await walk.press("plus")
        await walk.until_shown("1.5×")
        assert program.the_player.played[-1] == (AUDIO, 12.0, None)
        assert [speed for speed, _ in program.the_player.speeds] == [1.25, 1.5]
        await walk.press(*["minus"] * 12)
        await walk.until_shown("0.5×")
        await walk.press(*["plus"] * 12)
        await walk.until_shown("2×")
    assert program.remembered.kept["speed"] == "2.0"


async def test_a_passage_plays_again_and_again(program: FakeProgram) -> None:
    """`r` repeats the evidence, or the chosen words, and again lets it go on."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("r")
        await walk.until_shown("↻ again")
        assert program.the_player.played[-1][1:] == pytest.approx((12.5, 21.5))
        assert program.the_player.speeds[-1] == (1.0, True)
        await walk.press("r")
        assert program.the_player.speeds[-1] == (1.0, False)
        await walk.press("tab", "home", "v", "right", "right", "r")
        end_s = WORDS[2].end_s
        assert end_s is not None
        assert program.the_player.played[-1][1:] == pytest.approx((0.3, end_s + 0.5))


async def test_evidence_is_gone_through_in_the_order_of_the_sound(program: FakeProgram) -> None:
    """`]` plays the next evidence and highlights its element, `[` the one before."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("right_square_bracket")
        await walk.until(lambda: program.the_player.played[-1][1] == pytest.approx(21.0, abs=3))
        chosen = walk.screen.query_one("#elements").chosen_id  # type: ignore[attr-defined]
        assert chosen == "element:primary-metric"
        await walk.press("left_square_bracket")
        await walk.until(lambda: program.the_player.played[-1][1] == pytest.approx(12.5))


async def test_a_click_on_the_bar_plays_from_there(program: FakeProgram) -> None:
    """The bar is the take; its left end pauses and goes on."""
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        bar = walk.screen.query_one(PlayerLine)
        await walk.pilot.click(PlayerLine, offset=(bar.size.width // 2, 0))
        await walk.until(lambda: len(program.the_player.played) == 1)
        assert program.the_player.played[0][1] == pytest.approx(41.0, abs=5)
        await walk.pilot.click(PlayerLine, offset=(2, 0))
        await walk.until(lambda: program.the_player.stops == 1)


async def test_a_typed_take_has_no_player(program: FakeProgram) -> None:
    """No bar, and `space` says why."""
    program.reviewer.reports[samples.TAKE] = samples.typed_report("we split them in half and wait")
    program.library.audio = None
    async with walking(program, REPORT) as walk:
        await walk.until_shown("0 of 7 met")
        await walk.press("space")
        await walk.until_shown("This take was typed")
        assert not walk.screen.query_one(PlayerLine).display


@pytest.mark.parametrize("width", [10, 34, 70, 200])
def test_every_word_has_one_place(width: int) -> None:
    """Each word stands on one line, in order, inside the width where it fits; a cell leads back to its word."""
    layout = lay_out(samples.report(), width)
    words = [word for line in layout.lines for word in line.words]
    assert [word.number for word in words] == list(range(len(WORDS)))
    assert [word.text for word in words] == [word.text for word in WORDS]
    for y, line in enumerate(layout.lines):
        for word in line.words:
            assert layout.line_of[word.number] == y
            assert layout.word_at(word.x, y) == layout.word_at(word.end_x - 1, y) == word.number
        assert all(word.end_x <= max(width, 20) for word in line.words[1:])
    assert [line.title for line in layout.lines if line.title] == ["Hypothesis", "Experiment", "Iteration"]


def test_what_was_heard_badly_is_shown_and_has_no_places() -> None:
    """Words of an unsure segment are no evidence: they stand in lines of their own, and no other word moves for it."""
    badly = Segment(0.5, 0.8, (Word("mumble", 0.5, 0.6), Word("mumble", 0.6, 0.8)), unsure=True)
    heard = replace(samples.HEARD, segments=(badly, *samples.HEARD.segments))
    report = samples.report(heard)
    layout = lay_out(report, 21)
    assert [word.text for line in layout.lines for word in line.words] == [word.text for word in WORDS]
    assert [line.badly for line in layout.lines if line.badly] == ["(heard badly)", "mumble mumble"]
    assert passage_of(report, (3, 3), is_chosen=False) == passage_of(samples.report(), (3, 3), is_chosen=False)
    nothing_else = samples.report(replace(heard, segments=(badly,)))
    assert lay_out(nothing_else, 70).line_of == ()


async def test_a_report_with_what_was_heard_badly_opens(program: FakeProgram) -> None:
    """The screen shows it among the words that count."""
    badly = Segment(21.0, 21.5, (Word("mumble", 21.0, 21.4),), unsure=True)
    heard = replace(samples.HEARD, segments=(*samples.HEARD.segments[:2], badly, *samples.HEARD.segments[2:]))
    program.reviewer.reports[samples.TAKE] = samples.report(heard)
    async with walking(program, REPORT) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab")
        await walk.until_shown("0:21  (heard badly) mumble")


def test_the_word_of_a_moment_is_the_last_that_began() -> None:
    """Before the first word there is none; in a pause it is the one before; a typed text has none."""
    assert word_at(WORDS, 0.0) is None
    assert word_at(WORDS, 0.9) == 0
    assert word_at(WORDS, 1000.0) == len(WORDS) - 1
    assert word_at(samples.typed_report("a b").transcript.words, 1.0) is None


def test_the_passage_of_a_word_is_its_paragraph() -> None:
    """A single word stands for its paragraph unless it was chosen; without times there is nothing to play."""
    report = samples.report()
    whole = passage_of(report, (3, 3), is_chosen=False)
    assert whole is not None
    assert whole.start_s == pytest.approx(0.3)
    assert whole.end_s == pytest.approx(7.5)
    chosen = passage_of(report, (3, 3), is_chosen=True)
    assert chosen is not None
    assert chosen.end_s == pytest.approx((WORDS[3].end_s or 0) + 0.5)
    assert passage_of(samples.typed_report("a b"), (0, 0), is_chosen=False) is None


def test_the_last_evidence_stays_the_last() -> None:
    """Beyond the last evidence the last is given, before the first the first; without any, none."""
    report = samples.report()
    assert next_of(report, 80.0, 1) == "element:sample-size"
    assert next_of(report, 0.0, -1) == "element:lift-hypothesis"
    assert next_of(report, None, 1) == "element:lift-hypothesis"
    assert next_of(samples.typed_report("a b"), None, 1) == ""
