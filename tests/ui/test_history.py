"""Are takes found, kept in order and compared?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmrehearse.checking.findings import Findings, Verdict
from pmrehearse.library.rows import SnippetPart
from pmrehearse.ui.requests import AtReport
from pmrehearse.ui.screens.compare import ComparePage
from pmrehearse.ui.screens.dialog import Ask, Trouble
from pmrehearse.ui.screens.history import History
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.line_entry import LineEntry
from pmrehearse.ui.screens.other_take import OtherTake
from pmrehearse.ui.screens.pick import Pick
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.take_lines import found_words
from pmrehearse.ui.widgets.takes_table import TakesTable
from pmrehearse.ui.widgets.transcript import TranscriptPane
from tests.ui import samples
from tests.ui.conftest import Walk, walking
from tests.ui.fakes import FakeProgram, FakeRow

if TYPE_CHECKING:
    from pmrehearse.library.report import Report

OLDER = "2026-11-20T09-31-05Z_writer_three-phase-lens_a1b2"


def earlier_report() -> Report:
    """The report of a take of two days before: another element was met, and the flag was raised."""
    report = samples.report()
    findings = report.findings
    elements = tuple(
        replace(each, verdict=Verdict.MET, lacked="")
        if each.element_id == "primary-metric"
        else replace(each, verdict=Verdict.MISSING)
        if each.element_id == "controlled-test"
        else each
        for each in findings.elements
    )
    flags = tuple(replace(flag, raised=flag.flag_id == "idea-list") for flag in findings.flags)
    when = samples.WHEN - timedelta(days=2)
    return replace(
        report,
        take=replace(report.take, id=OLDER, started_at=when),
        findings=Findings(findings.scenario_id, elements, flags),
        delivery=replace(report.delivery, duration_s=171.0, words_per_minute=121.0),
    )


@pytest.fixture
def shelf(program: FakeProgram) -> FakeProgram:
    """Three takes, two of one scenario."""
    program.library.takes = [
        FakeRow(samples.TAKE, tags=("calm",)),
        FakeRow(OLDER, started_at=samples.WHEN - timedelta(days=2), n_met=7, duration_s=171.0, name="the good one"),
        FakeRow("board", "writer/whiteboard", "Whiteboard", n_met=None, duration_s=0.0, words_per_minute=None),
    ]
    program.reviewer.reports[OLDER] = earlier_report()
    return program


async def _open(walk: Walk) -> TakesTable:
    await walk.until_shown("Last takes")
    await walk.press("h")
    await walk.until_on(History)
    await walk.until_shown("3 takes")
    return walk.screen.query_one(TakesTable)


async def test_a_take_is_a_row_of_figures(shelf: FakeProgram) -> None:
    """When, what, time against target, pace and coverage; tags and names; what a typed take lacks is left empty."""
    async with walking(shelf) as walk:
        await _open(walk)
        lines = walk.text().splitlines()
        row = next(line for line in lines if "Three-Phase" in line)
        assert row.split() == "2026-11-22 09:31 Three-Phase Impact Lens 1:22 of 3:00 134 2 of 7".split()
        assert next(line for line in lines if "good one" in line).rstrip().endswith("2:51 of 3:00  134    ✓ 7 of 7")
        assert "typed" in next(line for line in lines if "Whiteboard" in line)
        assert all(len(line) <= 80 for line in lines)


async def test_words_are_looked_for_and_opened_where_they_were_said(shelf: FakeProgram) -> None:
    """`/` searches while one types; Enter leads to the list and then to the moment in the report; Escape leads back."""
    async with walking(shelf) as walk:
        await _open(walk)
        await walk.press("slash", *"early")
        await walk.until_shown("who asked for early access, and")
        await walk.press("enter", "enter")
        await walk.until_on(ReportPage)
        await walk.until_shown("2 of 7 met")
        pane = walk.screen.query_one(TranscriptPane)
        await walk.until(lambda: samples.HEARD.words[pane.cursor].text == "early")
        assert pane.has_focus
        await walk.press("escape")
        await walk.until_on(History)
        await walk.press("escape")
        await walk.until_shown("3 takes")
        await walk.press("escape")
        await walk.until_on(Home)


@given(st.lists(st.text("ab 東")), st.integers(0, 60))
def test_what_was_found_fits_into_its_line(texts: list[str], cells: int) -> None:
    """However long the passages are that a search found."""
    found = found_words([SnippetPart(text, is_match=False) for text in texts], cells)
    assert cell_len("".join(text for text, _ in found).rstrip()) <= cells


def test_what_was_found_ends_after_a_word() -> None:
    """No word of it is cut in two."""
    snippet = (SnippetPart("… who asked for", is_match=False), SnippetPart("early", is_match=True))
    found = found_words((*snippet, SnippetPart("access, and that's a good group …", is_match=False)), 44)
    assert "".join(text for text, _ in found).rstrip() == "… who asked for early access, and that's a…"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
@pytest.mark.parametrize("n_takes", [3, 80])
async def test_columns_stand_under_their_names(program: FakeProgram, size: tuple[int, int], n_takes: int) -> None:
    """Whether the list can be scrolled or not, in every size."""
    program.library.takes = [FakeRow(f"take {number}") for number in range(n_takes)]
    async with walking(program, size=size) as walk:
        await walk.until_shown("Last takes")
        await walk.press("h")
        await walk.until_shown(f"{n_takes} takes")
        await walk.until_shown("wpm")
        await walk.until_shown("2 of 7")
        await walk.pilot.pause()
        lines = walk.text().splitlines()
        named = next(line for line in lines if "wpm" in line)
        row = next(line for line in lines if "2 of 7" in line)
        assert [named.index("take"), named.index("wpm") + 3, named.index("met") + 3] == [
            row.index("Three-Phase"),
            row.index(" 134") + 4,
            row.index("2 of 7") + 6,
        ]


async def test_what_nobody_said_is_not_found(shelf: FakeProgram) -> None:
    """An empty answer says so."""
    async with walking(shelf) as walk:
        await _open(walk)
        await walk.press("slash", *"zebra")
        await walk.until_shown("was not said in these takes")


async def test_takes_are_filtered(shelf: FakeProgram) -> None:
    """By scenario, by tag, and back; Escape takes a filter away first."""
    async with walking(shelf) as walk:
        await _open(walk)
        await walk.press("f")
        await walk.until_on(Pick)
        await walk.press("down", "down", "enter")
        await walk.until_shown("Whiteboard · 1 take")
        await walk.press("escape")
        await walk.until_shown("3 takes")
        await walk.press("f")
        await walk.until_on(Pick)
        await walk.press("G", "enter")
        await walk.until_shown("#calm · 1 take")
        await walk.press("f")
        await walk.until_on(Pick)
        await walk.press("g", "enter")
        await walk.until_shown("3 takes")


async def test_a_take_gets_a_name_and_tags(shelf: FakeProgram) -> None:
    """`r` and `t` ask with what is there; Escape changes nothing."""
    async with walking(shelf) as walk:
        await _open(walk)
        await walk.press("r")
        await walk.until_on(LineEntry)
        await walk.press(*"best", "enter")
        await walk.until_shown("2026-11-22 09:31 best")
        await walk.press("t")
        await walk.until_on(LineEntry)
        await walk.press(*", ", *"#late,", "enter")
        await walk.until_shown("best #calm #late")
        assert shelf.library.takes[0].tags == ("calm", "late")
        await walk.press("r")
        await walk.until_on(LineEntry)
        await walk.press("escape")
        await walk.until_on(History)
        assert shelf.library.takes[0].name == "best"


async def test_deleting_asks_first(shelf: FakeProgram) -> None:
    """Escape keeps the take; the letter deletes it and what is remembered of it."""
    shelf.remembered.places = {samples.TAKE: 4.0}
    async with walking(shelf) as walk:
        await _open(walk)
        await walk.press("x")
        await walk.until_on(Ask)
        await walk.press("escape")
        await walk.until_on(History)
        assert len(shelf.library.takes) == 3
        await walk.press("x", "d")
        await walk.until_shown("2 takes")
        assert shelf.remembered.places == {}


async def test_two_takes_are_compared(shelf: FakeProgram) -> None:
    """Space chooses, `c` compares: elements side by side with seconds, gained and lost, flags, phases and pace."""
    async with walking(shelf, size=(100, 30)) as walk:
        await _open(walk)
        await walk.press("c")
        await walk.until_shown("Choose two takes")
        await walk.press("space", "down", "c")
        await walk.until_on(ComparePage)
        await walk.until_shown("2 → 2 of 7 met   + 1 gained   − 1 lost")
        await walk.until_shown("The whole                       3:00    2:51    1:22")
        text = walk.text()
        assert "flag cleared: Lists ideas, settles on none" in text
        assert "2026-11-20 09:31 beside 2026-11-22 09:31" in text
        lost = next(line for line in text.splitlines() if "One primary metric" in line)
        assert lost.split()[0] == "−"
        assert lost.rstrip().endswith("✓ 0:24      ✗ missing")
        await walk.press("down", "down")
        await walk.until_shown("now   ✓ met  “I'd do an A/B test.”")
        await walk.press("w")
        await walk.until_shown("2026-11-22 09:31 beside 2026-11-20 09:31")
        await walk.press("2")
        await walk.until_on(ReportPage)


async def test_a_report_is_compared_with_another_take(shelf: FakeProgram) -> None:
    """`c` offers the other takes of the scenario that were marked."""
    async with walking(shelf, AtReport(samples.TAKE)) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("c")
        await walk.until_on(OtherTake)
        await walk.until_shown("enter chooses")
        await walk.press("enter")
        await walk.until_on(ComparePage)
        await walk.until_shown("2 → 2 of 7 met")
    shelf.library.takes = shelf.library.takes[:1]
    async with walking(shelf, AtReport(samples.TAKE)) as walk:
        await walk.until(lambda: cast("ReportPage", walk.screen).n_others == 0)
        await walk.press("c")
        await walk.until_shown("There is no other take of this")


async def test_takes_of_two_scenarios_are_not_compared(shelf: FakeProgram) -> None:
    """The reason is told, and the list stays."""
    board = replace(samples.report(), take=replace(samples.take("board"), scenario=samples.WHITEBOARD_SCENARIO))
    shelf.reviewer.reports["board"] = board
    async with walking(shelf) as walk:
        await _open(walk)
        await walk.press("space", "G", "c")
        await walk.until_on(Trouble)
        await walk.until_shown("Name two takes of one scenario.")


async def test_ten_thousand_takes_are_a_list(program: FakeProgram) -> None:
    """Both ends are one key away, and only what is in sight is drawn."""
    program.library.takes = [
        FakeRow(f"take-{number}", started_at=samples.WHEN - timedelta(hours=number)) for number in range(10_000)
    ]
    async with walking(program) as walk:
        await walk.until_shown("Last takes")
        await walk.press("h")
        await walk.until_shown("10000 takes")
        table = walk.screen.query_one(TakesTable)
        await walk.press("G")
        await walk.until(lambda: table.cursor == 9_999)
        await walk.until_shown("2025-10-")
        await walk.press("pageup", "g", "pagedown")
        assert 0 < table.cursor < 30


async def test_a_click_opens_a_take(shelf: FakeProgram) -> None:
    """At its mark it is chosen, elsewhere opened."""
    async with walking(shelf) as walk:
        table = await _open(walk)
        y = next(number for number, line in enumerate(walk.text().splitlines()) if "good one" in line)
        await walk.pilot.click(offset=(table.content_region.x, y))
        await walk.until(lambda: table.chosen == (OLDER,))
        await walk.pilot.click(offset=(30, y))
        await walk.until_on(ReportPage)
