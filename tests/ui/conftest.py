"""How do the screen tests open the screens and wait for them?"""

from __future__ import annotations

import os
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from pmrehearse.ui.requests import HOME
from pmrehearse.ui.shell import RehearsalApp
from tests.ui.fakes import FakeProgram

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from textual.pilot import Pilot
    from textual.screen import Screen

    from pmrehearse.ui.requests import StartAt

WITHIN_S = 10.0
"""How long a condition is waited for on a busy machine."""

LOOK_S = 0.03
"""How often it is looked at: reading the whole screen costs more than a wait."""


class Walk:
    """The screens, open, with a pilot that presses keys."""

    def __init__(self, app: RehearsalApp, pilot: Pilot[None], program: FakeProgram) -> None:
        """Hold them together.

        Args:
            app: The screens.
            pilot: Presses keys.
            program: What stands behind.
        """
        self.app = app
        self.pilot = pilot
        self.program = program

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        await self.pilot.press(*keys)

    async def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Wait until something holds.

        Raises:
            AssertionError: It does not hold in time.
        """
        deadline_s = time.monotonic() + WITHIN_S
        while not holds():
            assert time.monotonic() < deadline_s, f"waited in vain {what}: {self.text()}"
            await self.pilot.pause(LOOK_S)

    async def until_on(self, kind: type[Screen[Any]]) -> None:
        """Wait until a screen of this kind is on top."""
        await self.until(lambda: isinstance(self.screen, kind), f"for {kind.__name__}")

    async def until_shown(self, text: str) -> None:
        """Wait until this text stands on the screen, in one line."""
        await self.until(lambda: text in self.text(), f"for '{text}'")

    def text(self) -> str:
        """The screen as lines of text."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@pytest.fixture
def program() -> FakeProgram:
    """What stands behind the screens."""
    return FakeProgram()


@pytest.fixture(autouse=True)
def utc() -> Iterator[None]:
    """Moments are written in the time of this place: here, that is Greenwich."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@asynccontextmanager
async def walking(program: FakeProgram, start: StartAt = HOME, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Walk]:
    """Open the screens, without a terminal."""
    app = RehearsalApp(program, start)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Walk(app, pilot, program)
