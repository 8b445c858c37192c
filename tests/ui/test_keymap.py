"""Every key can be changed by the name of its action, and the screens say which keys hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding

from pmrehearse.ui.clashes import parts_of, problems
from pmrehearse.ui.keymap import Keyed, _owners, actions, normal, problem_with_keys, usable
from pmrehearse.ui.requests import HOME, AtBriefing, AtReport
from pmrehearse.ui.screens.base import Page
from pmrehearse.ui.screens.help import Help
from pmrehearse.ui.screens.history import History
from pmrehearse.ui.screens.plan import PlanPage
from tests.ui import samples
from tests.ui.conftest import walking

if TYPE_CHECKING:
    from pmrehearse.ui.requests import StartAt
    from tests.ui.fakes import FakeProgram


def _set(program: FakeProgram, **keys: str) -> None:
    for name, pressed in keys.items():
        program.settings.change(f"keys.{name.replace('__', '.')}", pressed)


def test_every_binding_has_a_name_of_its_own() -> None:
    """No page, widget or the app has a key that cannot be named, and no name stands for two actions."""
    known = actions()
    for owner in _owners(Keyed):
        for binding in owner.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            assert binding.id, f"{owner.__name__}: {binding}"
            assert known[binding.id].binding == binding, binding.id
    assert {"home.drill", "rehearse.next_phase", "report.again", "page.back", "listening.skip_back"} <= set(known)


def test_usual_keys_can_all_be_written() -> None:
    """What `config keys` lists is what the file takes, and the usual keys get in nobody's way."""
    usual = {name: each.keys for name, each in actions().items()}
    assert {name: problem_with_keys(pressed) for name, pressed in usual.items() if problem_with_keys(pressed)} == {}
    assert problems({name: pressed for name, pressed in usual.items() if name.startswith("rehearse.")}) == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("x", "x"),
        ("?", "question_mark"),
        ("ctrl+d, x", "ctrl+d,x"),
        ("ctrl+.", "ctrl+full_stop"),
        ("A", "A"),
        ("f5", "f5"),
    ],
)
def test_keys_are_written_as_people_call_them(written: str, meant: str) -> None:
    """A sign for itself, words for the others, commas between several."""
    assert (normal(written), problem_with_keys(written)) == (meant, "")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("crtl+x", "'crtl' is none of ctrl, shift, alt, super, hyper, meta (did you mean 'ctrl'?)"),
        ("spce", "there is no key 'spce' (did you mean 'space'?); write a comma as comma, a plus as plus"),
        ("x,", "there is no key ''; write a comma as comma, a plus as plus"),
    ],
)
def test_what_is_no_key_is_told(written: str, problem: str) -> None:
    """With the nearest that is one."""
    assert problem_with_keys(written) == problem
    assert usable({"home.drill": written}) == {}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"home.drill": "t", "home.plan": "d"}, {}),
        ({"home.dril": "x"}, {"home.dril": "there is no such action (did you mean 'home.drill'?)"}),
        ({"rehearse.mark": "n"}, {"rehearse.mark": "'n' is the key of rehearse.next_phase, too"}),
        ({"home.history": "j"}, {"home.history": "'j' is the key of menu.cursor_down, too"}),
        ({"menu.cursor_down": "d"}, {"menu.cursor_down": "'d' is the key of home.drill, too"}),
        ({"report.again": "ctrl+q"}, {"report.again": "'ctrl+q' is the key of app.quit, too"}),
        ({"report.again": "ctrl+p"}, {"report.again": "'ctrl+p' is the key of the command palette, too"}),
        ({"page.back": "i"}, {"page.back": "'i' is the key of plan.interview, too"}),
    ],
)
def test_keys_in_each_other_s_way_are_told(keys: dict[str, str], told: dict[str, str]) -> None:
    """On one page, between a page and a widget on it, and with the app's own; keys that change places are none."""
    found = {each.name: each.message for each in problems(keys)}
    assert {name: found.get(name) for name in told} == told
    assert bool(found) is bool(told)


async def test_a_changed_key_acts_and_is_shown(program: FakeProgram) -> None:
    """The new key does it and the old one no longer; footer and help say so, in the old place."""
    _set(program, home__plan="f6", home__history="z, ctrl+h", home__demo="y", page__help="f2")
    takes, program.library.takes = program.library.takes, []
    async with walking(program) as walk:
        await walk.until_shown("No take yet. Enter rehearses the chosen scenario, y shows the demo.")
    program.library.takes = takes
    async with walking(program) as walk:
        await walk.until_shown("Last takes")
        footer = walk.text().splitlines()[-1]
        assert footer.split()[:6] == ["enter", "Rehearse", "d", "Drill", "f6", "Plan"]
        assert "z History" in footer
        assert footer.rstrip().endswith("f2 Help")
        await walk.press("t", "h")
        await walk.press("f2")
        await walk.until_on(Help)
        await walk.until_shown("f6 shows the")
        await walk.until_shown("z, ^h")
        await walk.press("escape")
        await walk.press("f6")
        await walk.until_on(PlanPage)
        await walk.press("escape")
        await walk.press("ctrl+h")
        await walk.until_on(History)


async def test_wrong_keys_are_told_at_the_start(program: FakeProgram) -> None:
    """And what can be used of the others is."""
    _set(program, home__dril="x", home__plan="y")
    async with walking(program) as walk:
        await walk.until_shown("did you mean 'home.drill'?")
        await walk.press("y")
        await walk.until_on(PlanPage)


@pytest.mark.parametrize("start", [HOME, AtBriefing(samples.LENS), AtReport(samples.TAKE)])
async def test_the_parts_of_a_page_are_known(program: FakeProgram, start: StartAt) -> None:
    """Every widget with keys that stands on a page is one that clashes are looked for in."""
    async with walking(program, start) as walk:
        await walk.until(lambda: not isinstance(walk.screen, Page) or len(walk.screen.query("*")) > 5)
        await walk.pilot.pause()
        page = walk.screen
        assert isinstance(page, Page)
        there = {type(widget) for widget in page.query("*") if isinstance(widget, Keyed)}
        assert there <= set(parts_of(type(page)))
