"""Does every screen fit into the smallest terminal that it is made for, with nothing cut off and no layout lost?"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from textual.screen import Screen
from textual.widget import Widget

from pmrehearse.audio.events import TroubleBegan, TroubleKind
from pmrehearse.scenario import packs
from pmrehearse.session.events import Stage
from pmrehearse.ui import pages, screens
from pmrehearse.ui.requests import AtBriefing, AtReport
from pmrehearse.ui.screens.base import Page
from pmrehearse.ui.screens.countdown import Countdown
from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.screens.help import Help
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.rehearse import Rehearse
from pmrehearse.ui.widgets.keys import Keys
from tests.ui import samples
from tests.ui.conftest import Walk, walking
from tests.ui.fakes import FakeProgram, FakeRow, view_of
from tests.ui.hostile_tour import dialogs_of, pages_of, poisoned_program

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = (80, 24)


def _classes() -> Iterator[type[Widget]]:
    """Every widget and screen that is declared under `ui.screens`."""
    pages.load_all()
    for module in pkgutil.iter_modules(screens.__path__):
        name = f"{screens.__name__}.{module.name}"
        for each in vars(importlib.import_module(name)).values():
            if isinstance(each, type) and issubclass(each, Widget) and each.__module__ == name:
                yield each


def _cut_off(screen: Screen[Any]) -> list[str]:
    """What does not lie inside what holds it: at the side on any screen, and below in a box that cannot be scrolled."""
    found = []
    for widget in screen.walk_children(Widget):
        holder = widget.parent
        if not widget.region.area or not isinstance(holder, Widget) or widget.styles.overlay == "screen":
            continue
        inside, around = widget.region, holder.region
        if inside.x < around.x or inside.right > around.right:
            found.append(f"{widget!r} is wider than {holder!r}: {inside} in {around}")
        if isinstance(screen, Dialog) and not holder.allow_vertical_scroll and inside.bottom > around.bottom:
            found.append(f"{widget!r} ends below {holder!r}: {inside} in {around}")
    return found


async def _look(walk: Walk, screen: Screen[Any]) -> list[str]:
    """What is wrong with a screen: what is cut off, and keys without help or without room."""
    await walk.app.push_screen(screen)
    await walk.until_on(type(screen))
    await walk.until(lambda: bool(screen.size), "for the layout")
    await walk.pilot.pause()
    found = _cut_off(screen)
    if isinstance(screen, Page) and any(key == "question_mark" for key in screen.active_bindings):
        line = screen.query_one(Keys).render()
        found += [] if line.plain.endswith("? Help ") else [f"no help in '{line.plain}'"]
        found += [] if line.cell_length <= screen.size.width else [f"too long: '{line.plain}'"]
    await walk.app.pop_screen()
    return [f"{type(screen).__name__}: {each}" for each in found]


@pytest.mark.parametrize("size", [SMALL, (100, 30), (160, 50)])
async def test_nothing_is_cut_off(size: tuple[int, int]) -> None:
    """With long texts in every field boxes end on the screen, nothing sticks out, and last lines have help."""
    program = poisoned_program()
    async with walking(program, size=size) as walk:
        await walk.until_on(Home)
        wrong = [each for one in (*pages_of(walk.app), *dialogs_of(walk.app)) for each in await _look(walk, one)]
    assert wrong == []


@pytest.mark.parametrize("size", [SMALL, (100, 30), (160, 50)])
async def test_help_says_how_it_is_closed(program: FakeProgram, size: tuple[int, int]) -> None:
    """However many keys a page has, the last line of its help stands in the box."""
    async with walking(program, AtReport(samples.TAKE), size) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("question_mark")
        await walk.until_on(Help)
        await walk.until_shown("esc closes this")


def test_every_screen_wears_the_styles_of_all_that_it_is() -> None:
    """Textual takes styles from the first base of a class only: a screen of two bases must not lose the other's."""
    lost = {
        each.__name__: missing
        for each in _classes()
        if (missing := {base.__name__ for base in each.__mro__ if "DEFAULT_CSS" in vars(base)} - each._css_type_names)
    }
    assert lost == {}


@pytest.mark.parametrize("size", [SMALL, (100, 30), (120, 30)])
async def test_all_that_is_shown_while_one_speaks_is_in_sight(program: FakeProgram, size: tuple[int, int]) -> None:
    """Clock, phases, pace, ticks, words and the interviewer's card, with a trouble above them: none hides another."""
    program.remembered.kept["live"] = "full"
    quiet = TroubleBegan(TroubleKind.QUIET, "The sound is very quiet.", "Move closer to the microphone.")
    async with walking(program, AtBriefing(samples.LENS), size) as walk:
        await walk.until_shown("you are heard")
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.press("enter")
        await walk.until_on(Rehearse)
        view = view_of(samples.LENS_SCENARIO, Stage.RECORDING, 61.0, 1)
        cue, heard = samples.LENS_SCENARIO.cues[0], "and that's a good group"
        program.run.shown = replace(view, cue=cue, findings=samples.FINDINGS, last_words=heard, troubles=(quiet,))
        for said in ("very quiet", "1:59 left", "0:16 of 1:15", "on time", "2 of 7", heard, cue.say, "no light yet"):
            await walk.until_shown(said)


@pytest.mark.parametrize("size", [SMALL, (100, 30), (160, 50)])
async def test_home_shows_where_one_left_off(program: FakeProgram, size: tuple[int, int]) -> None:
    """With every shipped scenario in the list, the one rehearsed last is in sight, and so is each last take listed."""
    program.packs = packs  # type: ignore[assignment]  # the real ones
    program.library.takes = [FakeRow(f"take {number}") for number in range(9)]
    async with walking(program, size=size) as walk:
        await walk.until_shown("Last takes")
        await walk.until_shown("7 elements asked")
        listed, last = walk.screen.query_one("#scenarios"), walk.screen.query_one("#last")
        line = next(at for at, text in enumerate(walk.text().splitlines()) if samples.LENS_SCENARIO.title in text[:40])
        assert listed.region.y <= line < listed.region.bottom
        assert last.max_scroll_y == 0
