"""Does the screen of progress lead where it should, and do its charts stand as high as the figures?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.findings import Verdict
from pmrehearse.errors import LibraryError
from pmrehearse.library.rows import VerdictRow
from pmrehearse.ui.charts import EIGHTHS, LEAST_CELLS, Chart, Column, Level, draw, sparkline
from pmrehearse.ui.practice_requests import AtProgress
from pmrehearse.ui.requests import HOME
from pmrehearse.ui.screens.briefing import Briefing
from pmrehearse.ui.screens.dialog import Trouble
from pmrehearse.ui.screens.drill import DrillPage
from pmrehearse.ui.screens.history import History
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.progress import ProgressPage
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.charts import Charts, beside
from tests.ui import samples
from tests.ui.conftest import walking
from tests.ui.fakes import FakeProgram, FakeRow
from tests.ui.progress_samples import practise

FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)
LENS = AtProgress(samples.LENS)


def _chart(*values: float | None, top: float = 1.0, levels: tuple[Level, ...] = ()) -> Chart:
    columns = tuple(Column(value, "$primary", FIRST + timedelta(days=day)) for day, value in enumerate(values))
    return Chart("Coverage", shown("now"), columns, top, levels)


def _lines(chart: Chart, cells: int = 24, lines: int = 6) -> list[str]:
    return [line.plain for line in draw(chart, cells, lines)]


# ------------------------------------------------------------------------------------------------------------ charts


def test_columns_stand_as_high_as_their_values() -> None:
    """Half the top fills half the rows; a value of none is a point; zero is seen as well."""
    assert [line.rstrip() for line in _lines(_chart(1.0, 0.5, 0.0, None))] == [
        "Coverage  now",
        " ███",
        " ███",
        " ███ ███",
        " ███ ███ ▁▁▁ ·",
        " 1 Nov      4 Nov",
    ]


def test_a_level_is_a_line_behind_the_columns() -> None:
    """Its name stands at the left edge, in the row in which its height lies."""
    chart = _chart(0.25, 1.0, levels=(Level(0.5, "half"), Level(1.0, "all", is_line=False)))
    assert [line.rstrip() for line in _lines(chart, cells=18)] == [
        "Coverage  now",
        " all     ███",
        "half ▁▁▁▁███▁▁▁▁▁▁",
        "         ███",
        "     ███ ███",
        "     1 Nov   2 Nov",
    ]


def test_more_takes_than_cells_leave_the_oldest_out() -> None:
    """A hundred takes in twenty cells: the newest nineteen, side by side, and the day of the first that is seen."""
    lines = _lines(_chart(*(number / 100 for number in range(100))), cells=20)
    assert lines[-2] == " " + "█" * 19
    assert lines[-1].split() == ["21", "Jan", "8", "Feb"]


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 10)), max_size=60),
    st.integers(LEAST_CELLS, 80),
    st.integers(3, 20),
    st.floats(0.1, 10),
)
def test_a_chart_is_as_wide_and_as_high_as_its_place(
    values: list[float | None], cells: int, lines: int, top: float
) -> None:
    """Whatever the figures are, no line is longer or shorter than the others."""
    chart = _chart(*values, top=top, levels=(Level(0.5, "50%"), Level(top, "all")))
    drawn = draw(chart, cells, lines)
    assert [line.cell_length for line in drawn] == [cells] * lines


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_a_higher_value_is_never_drawn_lower(values: list[float]) -> None:
    """The columns keep the order of the values."""
    heights = [EIGHTHS.index(glyph) for glyph in sparkline(tuple(values), len(values))]
    pairs = [(one, other) for one in range(len(values)) for other in range(len(values))]
    assert all(heights[one] <= heights[other] for one, other in pairs if values[one] <= values[other])


def test_a_chart_that_has_no_room_is_left_out() -> None:
    """The first one stays, however narrow it is."""
    charts = [_chart(1.0), _chart(0.5), _chart(0.1)]
    assert [beside(charts, cells, 5).plain.count("Coverage") for cells in (10, 38, 39, 60, 200)] == [1, 1, 2, 3, 3]


# ------------------------------------------------------------------------------------------------------------ screen


async def test_progress_is_reached_by_key_mouse_and_palette(program: FakeProgram) -> None:
    """`s` on Home, a click on its hint, and its name in the palette open it; Esc leads back."""
    practise(program)
    async with walking(program, HOME, (120, 34)) as walk:
        await walk.until_shown("Last takes")
        assert "Progress" in [command.title for command in walk.app.get_system_commands(walk.screen)]
        await walk.press("s")
        await walk.until_shown("What fails most")
        await walk.press("escape")
        await walk.until_on(Home)
        await walk.until_shown("s Progress")
        line = walk.text().splitlines()[-1]
        await walk.pilot.click(offset=(line.index("Progress"), 33))
        await walk.until_on(ProgressPage)


async def test_the_charts_tell_the_newest_take(program: FakeProgram) -> None:
    """Coverage, pace and time of the scenario's last take, with a word for each; all takes when all are looked at."""
    practise(program)
    async with walking(program, LENS) as walk:
        await walk.until_shown("Coverage  100% ✓ all")
        assert "Pace  142 a minute easy" in walk.text()
        assert "Time  2:53 in time" in walk.text()
        assert "3 min" in walk.text()
        await walk.press("k")
        await walk.until_shown("Time  2:53 of 3:00")
        await walk.press("j", "j")
        await walk.until_shown("Time  1:28:30 in time")
        await walk.until_shown("✗ ~   0 of 2")


@pytest.mark.parametrize(
    ("length_s", "pace", "said"),
    [
        (96.0, 171.0, ("1:36 under time", "171 a minute fast")),
        (181.5, 109.0, ("3:01 over time", "109 a minute slow")),
        (180.5, 110.0, ("3:00 in time", "110 a minute easy")),
        (0.0, None, ("Time  typed", "Pace  typed")),
    ],
)
async def test_what_is_aimed_at_is_told_in_words(
    program: FakeProgram, length_s: float, pace: float | None, said: tuple[str, str]
) -> None:
    """The same bounds as in reports: the scenario's band, and 110 to 170 words a minute."""
    practise(program, 1)
    program.library.takes = [replace(program.library.takes[0], duration_s=length_s, words_per_minute=pace)]
    async with walking(program, LENS) as walk:
        for part in said:
            await walk.until_shown(part)


async def test_an_element_is_drilled_from_its_marks(program: FakeProgram) -> None:
    """Enter goes from the scenario to its elements, and there to a drill; with all scenarios to what fails most."""
    practise(program)
    async with walking(program, AtProgress()) as walk:
        await walk.until_shown("Model and product coupled · 90-minute")
        await walk.press("enter", "j", "enter")
        await walk.until_on(DrillPage)
        await walk.until_shown("Predicted against observed")


async def test_a_click_looks_at_a_scenario(program: FakeProgram) -> None:
    """A click on a scenario shows its charts; a click on an element drills it."""
    practise(program)
    async with walking(program, AtProgress()) as walk:
        await walk.until_shown("What fails most")
        await walk.pilot.click("#rehearsed", offset=(5, 1))
        await walk.until_shown("Time  2:53 in time")
        await walk.pilot.click("#tried", offset=(5, 3))
        await walk.until_on(DrillPage)
        await walk.until_shown("Sample of 10,000 or more")


async def test_the_scenario_is_rehearsed_with_r(program: FakeProgram) -> None:
    """`r` goes to its briefing; with all scenarios there is none to rehearse."""
    practise(program)
    async with walking(program, LENS) as walk:
        await walk.until_shown("Coverage  100%")
        await walk.press("k")
        await walk.until_shown("of 3:00")
        await walk.press("r")
        await walk.until_shown("Choose a scenario first.")
        await walk.press("j", "r")
        await walk.until_on(Briefing)


async def test_history_is_one_key_away(program: FakeProgram) -> None:
    """`h` shows the takes that the columns stand for."""
    practise(program)
    async with walking(program, LENS) as walk:
        await walk.until_shown("Coverage")
        await walk.press("h")
        await walk.until_on(History)


async def test_before_the_first_take_it_says_what_will_stand_here(program: FakeProgram) -> None:
    """No chart, no list, and a way back."""
    practise(program, 0)
    async with walking(program, AtProgress()) as walk:
        await walk.until_shown("Nothing to draw yet.")
        assert not walk.screen.query_one(Charts).display
        await walk.press("r", "enter", "j", "escape")
        await walk.until_on(Home)


async def test_a_scenario_that_was_only_drilled_has_marks_and_no_charts(program: FakeProgram) -> None:
    """What was drilled stands there; the charts wait for a whole take."""
    practise(program, 0)
    drill = f"{samples.LENS}:sample-size"
    program.library.takes = [FakeRow("drill", drill)]
    program.library.said = [VerdictRow("drill", drill, samples.WHEN, "sample-size", Verdict.NEAR, None)]
    async with walking(program, LENS) as walk:
        await walk.until_shown("Only elements of it were drilled so far.")
        await walk.until_shown("Sample of 10,000 or more")
        assert "Coverage" not in walk.text()


async def test_what_is_gone_can_be_looked_at_and_not_taken(program: FakeProgram) -> None:
    """A scenario whose file was deleted keeps its charts; neither it nor its elements can be rehearsed."""
    practise(program)
    program.packs.listed = ()
    async with walking(program, LENS) as walk:
        await walk.until_shown("Coverage  100%")
        await walk.press("r")
        await walk.until_shown("It is no longer there.")
        await walk.press("enter", "enter")
        await walk.until_shown("Its scenario asks for it no longer.")
        assert isinstance(walk.screen, ProgressPage)


async def test_a_drill_changes_the_marks(program: FakeProgram) -> None:
    """Back from a drill, the screen counts again and stays with its scenario."""
    practise(program)
    async with walking(program, LENS) as walk:
        await walk.until_shown("4 of 8")
        await walk.press("h")
        await walk.until_on(History)
        drill = f"{samples.LENS}:next-hypothesis"
        program.library.takes.append(FakeRow("new", drill, started_at=samples.WHEN))
        program.library.said.append(VerdictRow("new", drill, samples.WHEN, "next-hypothesis", Verdict.MET, None))
        await walk.press("escape")
        await walk.until_shown("5 of 9")
        assert "Time  2:53 in time" in walk.text()


async def test_text_from_outside_stays_text(program: FakeProgram) -> None:
    """Markup and control characters in titles are shown, not obeyed."""
    practise(program, 2)
    program.packs.listed = ()
    program.library.takes = [replace(each, title="[red]lens[/]\x1b[2J") for each in program.library.takes]
    async with walking(program, LENS) as walk:
        await walk.until_shown("[red]lens[/]")
        assert "\x1b" not in walk.text()


async def test_a_library_that_cannot_be_read_is_told(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed stands in a dialog; Esc leads back from there."""

    def refuse() -> None:
        raise LibraryError("The index cannot be read.", "Run `pmrehearse library rebuild`.")

    monkeypatch.setattr(program.practice, "progress", refuse)
    async with walking(program, AtProgress()) as walk:
        await walk.until_on(Trouble)
        await walk.until_shown("The index cannot be read.")
