"""Is the library looked after from the screens, with its progress, and is it told what came of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmrehearse.errors import UsageError
from pmrehearse.library.recovery import Trouble
from pmrehearse.session.upkeep import Deed
from pmrehearse.ui.screens.dialog import Trouble as Told
from pmrehearse.ui.screens.history import History
from pmrehearse.ui.screens.library import LibraryPage
from pmrehearse.ui.screens.path_entry import PathEntry
from pmrehearse.ui.screens.settings import SettingsPage
from pmrehearse.ui.screens.working import Working
from pmrehearse.ui.widgets.path_field import PathField
from tests.ui import samples
from tests.ui.conftest import Walk, walking

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.fakes import FakeProgram


async def _open(walk: Walk) -> None:
    await walk.until_shown("Last takes")
    await walk.press("l")
    await walk.until_on(LibraryPage)
    await walk.until_shown("not done here yet")


@pytest.mark.parametrize(("keys", "page"), [(("h", "l"), History), (("comma", "u"), SettingsPage)])
async def test_it_is_reached_from_takes_and_settings(
    program: FakeProgram, keys: tuple[str, ...], page: type[History | SettingsPage]
) -> None:
    """By a key, and Escape leads back."""
    async with walking(program) as walk:
        await walk.until_shown("Last takes")
        await walk.press(keys[0])
        await walk.until_on(page)
        await walk.press(keys[1])
        await walk.until_on(LibraryPage)
        await walk.press("escape")
        await walk.until_on(page)


async def test_what_is_wrong_with_takes_is_shown(program: FakeProgram) -> None:
    """Verifying shows its progress, then the takes with what to do; the result stands in the list from then on."""
    program.library.troubles = (Trouble(samples.TAKE, "its sound is missing", "Put it back from a copy."),)
    program.library.may_end.clear()
    async with walking(program) as walk:
        await _open(walk)
        await walk.press("enter")
        await walk.until_on(Working)
        await walk.until_shown("1 of 2 takes")
        program.library.may_end.set()
        await walk.until_on(LibraryPage)
        await walk.until_shown(f"✗ {samples.TAKE}")
        await walk.until_shown("Put it back from a copy.")
        await walk.until_shown("! 2026-11-22 09:31  2 takes, 1 with something wrong.")
        program.library.troubles = ()
        await walk.press("v")
        await walk.until_shown("✓ 2026-11-22 09:31  All takes are well.")
        assert "missing" not in walk.text()


async def test_packing_and_rebuilding_say_what_came_of_them(program: FakeProgram) -> None:
    """In the words of the commands, and remembered for another day."""
    async with walking(program) as walk:
        await _open(walk)
        await walk.press("p")
        await walk.until_shown("1 take packed, 2.5 MB saved.")
        await walk.press("r")
        await walk.until_shown("The index is made anew: 2 takes.")
    last = program.upkeep.last(Deed.PACK)
    assert last is not None
    assert last.sentence == "1 take packed, 2.5 MB saved."


async def test_a_copy_needs_a_place(program: FakeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive named after the day in the folder of the call, unless another is named; Escape copies nothing."""
    monkeypatch.chdir(tmp_path)
    async with walking(program) as walk:
        await _open(walk)
        await walk.press("b")
        await walk.until_on(PathEntry)
        await walk.press("escape")
        await walk.until_on(LibraryPage)
        assert program.library.backups == []
        await walk.press("b")
        await walk.until_on(PathEntry)
        assert walk.screen.query_one(PathField).value.endswith("/pmrehearse-2026-11-22.zip")
        await walk.press("enter")
        await walk.until_shown("2 takes, 4.2 MB, copied to")
    assert program.library.backups == [tmp_path / "pmrehearse-2026-11-22.zip"]


async def test_a_failure_is_told(program: FakeProgram) -> None:
    """Over the list, which says as before that nothing was done."""
    program.library.error = UsageError("/copy is there already.", "Name another place: nothing is ever written over.")
    async with walking(program) as walk:
        await _open(walk)
        await walk.press("b")
        await walk.until_on(PathEntry)
        await walk.press("enter")
        await walk.until_on(Told)
        await walk.until_shown("/copy is there already.")
        await walk.press("enter")
        await walk.until_on(LibraryPage)
    assert program.upkeep.last(Deed.BACKUP) is None


async def test_it_can_be_left_and_nobody_waits(program: FakeProgram) -> None:
    """Escape leads back at once; nothing is remembered of what was not finished."""
    program.library.may_end.clear()
    async with walking(program) as walk:
        await _open(walk)
        await walk.press("p")
        await walk.until_on(Working)
        await walk.until_shown("what is packed stays packed")
        await walk.press("escape")
        await walk.until_on(LibraryPage)
        program.library.may_end.set()
    assert program.upkeep.last(Deed.PACK) is None


async def test_an_unexpected_fault_ends_the_job(program: FakeProgram) -> None:
    """It is told as one, and the screens go on."""
    program.library.error = ValueError("no such thing")  # type: ignore[assignment]  # a fault of ours
    async with walking(program) as walk:
        await _open(walk)
        await walk.press("v")
        await walk.until_on(Told)
        await walk.until_shown("Something unexpected happened: no such thing")
