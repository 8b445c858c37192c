"""The Settings screen writes the settings file, and what it writes holds at once."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from pmrehearse.settings.chosen import ChosenSettings
from pmrehearse.settings.sources import Origin
from pmrehearse.settings.values import NAMES, setting
from pmrehearse.ui.screens.dialog import Trouble
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.keys import CatchKey, KeysPage
from pmrehearse.ui.screens.line_entry import LineEntry
from pmrehearse.ui.screens.microphones import Microphones
from pmrehearse.ui.screens.pick import Pick
from pmrehearse.ui.screens.plan import PlanPage
from pmrehearse.ui.screens.settings import SettingsList, SettingsPage, stepped
from pmrehearse.ui.settings_parts import GROUPS
from tests.ui.conftest import Walk, walking

if TYPE_CHECKING:
    from tests.ui.fakes import FakeProgram


def _said(program: FakeProgram) -> dict[str, Any]:
    path = program.settings.path
    return tomllib.loads(path.read_text()) if path.exists() else {}


async def _on(walk: Walk, name: str) -> None:
    """Open the settings, and go to one."""
    await walk.until_shown("7 elements")
    await walk.press("comma")
    await walk.until_on(SettingsPage)
    await walk.until_shown("Checkpoint")
    menu = walk.screen.query_one(SettingsList)
    menu.highlighted = menu.get_option_index(name)
    await walk.pilot.pause()


def test_every_setting_is_on_the_screen() -> None:
    """Each once, the keys among them."""
    shown = [name for _, names in GROUPS for name in names]
    assert sorted(shown) == sorted(NAMES)


@pytest.mark.parametrize(
    ("name", "value", "steps", "then"),
    [
        ("bell", True, 1, False),
        ("live", "full", 1, "off"),
        ("live", "off", -1, "full"),
        ("count_in", 10, 1, 10),
        ("count_in", 0, -1, 0),
        ("count_in", 3, -1, 2),
        ("microphone", "", 1, None),
    ],
)
def test_values_are_gone_through(name: str, value: Any, steps: int, then: Any) -> None:
    """Switches turn, choices go round, numbers end, texts have no order."""
    assert stepped(setting(name), value, steps) == then


async def test_a_change_is_written_and_holds_at_once(program: FakeProgram) -> None:
    """The theme is put on, the file says so, comments stay; x takes it out again."""
    program.settings.path.parent.mkdir()
    program.settings.path.write_text("# mine\nbell = true  # ding\n")
    async with walking(program) as walk:
        await _on(walk, "theme")
        await walk.press("enter")
        await walk.until_shown("settings file, line 3")
        assert (walk.app.theme, _said(program)) == ("light", {"bell": True, "theme": "light"})
        assert "# ding" in program.settings.path.read_text()
        await walk.press("left")
        await walk.until(lambda: walk.app.theme == "dark")
        await walk.press("x")
        await walk.until(lambda: "theme" not in _said(program))
        assert "theme" not in program.remembered.kept
        await walk.press("escape")
        await walk.until_on(Home)


async def test_a_choice_that_is_only_remembered_is_taken_back(program: FakeProgram) -> None:
    """The key forgets it: what is usual is shown and holds, no file is made, and nothing is left to take back."""
    program.remembered.kept["theme"] = "light"
    async with walking(program) as walk:
        await _on(walk, "theme")
        await walk.until_shown("chosen on the screens")
        assert (walk.app.theme, walk.screen.check_action("unset", ())) == ("light", True)
        await walk.press("x")
        await walk.until(lambda: walk.app.theme == "dark")
        held = next(one for one in program.settings.held() if one.setting.name == "theme")
        assert (held.value, held.origin) == ("dark", Origin.USUAL)
        assert "theme" not in program.remembered.kept
        assert "chosen on the screens" not in walk.text()
        assert not program.settings.path.exists()
        assert not walk.screen.check_action("unset", ())


async def test_texts_are_typed_and_looked_at(program: FakeProgram) -> None:
    """What cannot be is told with what can, and nothing is written."""
    async with walking(program) as walk:
        await _on(walk, "language")
        await walk.press("enter")
        await walk.until_on(LineEntry)
        await walk.press("x", "enter")
        await walk.until_on(Trouble)
        await walk.until_shown("Whisper knows no language 'enx'")
        await walk.press("enter")
        assert _said(program) == {}
        await walk.press("enter")
        await walk.until_on(LineEntry)
        await walk.press("backspace", "backspace", "d", "e", "enter")
        await walk.until(lambda: _said(program) == {"language": "de"})


async def test_microphone_and_checkpoint_are_picked(program: FakeProgram) -> None:
    """From those that there are."""
    async with walking(program) as walk:
        await _on(walk, "microphone")
        await walk.press("enter")
        await walk.until_on(Microphones)
        await walk.until_shown("USB headset")
        await walk.press("G", "enter")
        await walk.until(lambda: _said(program) == {"microphone": "USB headset"})
        await walk.press("j", "enter")
        await walk.until_on(Pick)
        await walk.press("j", "enter")
        await walk.until(lambda: _said(program).get("checkpoint") == "tiny.en")


async def test_a_variable_that_goes_before_the_file_is_told(program: FakeProgram) -> None:
    """A line under the list says so; the change is written all the same."""
    program.settings = ChosenSettings(program.settings.path, program.remembered, {"PMREHEARSE_BELL": "off"})
    async with walking(program) as walk:
        await _on(walk, "bell")
        await walk.until_shown("PMREHEARSE_BELL says so, and goes before the file.")
        await walk.press("enter")
        await walk.until(lambda: _said(program) == {"bell": True})
        await walk.until_shown("Bell             off                            environment, PMREHEARSE_BELL")


async def test_a_broken_file_is_put_aside_by_the_first_change(program: FakeProgram) -> None:
    """It is told at the start, and where it is then."""
    program.settings.path.parent.mkdir()
    program.settings.path.write_text("theme = \n")
    async with walking(program) as walk:
        await walk.until_shown("no TOML")
        await _on(walk, "lights")
        await walk.press("enter")
        await walk.until_shown("config.toml.bad")
    assert _said(program) == {"lights": False}
    assert program.settings.path.with_name("config.toml.bad").read_text() == "theme = \n"


async def test_a_file_that_cannot_be_written_is_told(program: FakeProgram) -> None:
    """The screen stays, and nothing has changed."""
    program.settings.path.parent.write_text("a file where the folder should be")
    async with walking(program) as walk:
        await _on(walk, "bell")
        await walk.press("enter")
        await walk.until_on(Trouble)
        await walk.until_shown("cannot be written")
    assert program.settings.values.bell


async def test_a_key_is_changed_on_the_screen(program: FakeProgram) -> None:
    """The next key pressed is the action's, at once; one that is in the way is refused; x gives the usual ones back."""
    async with walking(program) as walk:
        await _on(walk, "keys")
        await walk.press("enter")
        await walk.until_on(KeysPage)
        menu = walk.screen.query_one("#keys")
        menu.highlighted = menu.get_option_index("home.plan")  # type: ignore[attr-defined]
        await walk.press("enter")
        await walk.until_on(CatchKey)
        await walk.press("h")
        await walk.until_shown("'h' is the key of home.history, too")
        await walk.press("enter", "enter")
        await walk.until_on(CatchKey)
        await walk.press("y")
        await walk.until(lambda: _said(program) == {"keys": {"home": {"plan": "y"}}})
        await walk.press("enter", "escape", "escape", "escape")
        await walk.until_on(Home)
        await walk.press("t")
        assert isinstance(walk.screen, Home)
        await walk.press("y")
        await walk.until_on(PlanPage)
