"""What is to be done today: the round that the plan asks for, and the elements that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from pmrehearse.errors import RehearsalError
from pmrehearse.ui.background import in_background
from pmrehearse.ui.keymap import key_of
from pmrehearse.ui.plan_parts import today
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from pmrehearse.practice.plan import Plan
    from pmrehearse.session.practising import DueElement
    from pmrehearse.ui.ports import ProgramPort

MOST_DRILLED = 10
"""So many due elements make one sitting: some ten minutes."""


class TodayRead(Message):
    """It is known what is to be done today."""

    def __init__(self, plan: Plan | None, due: tuple[DueElement, ...]) -> None:
        """Carry it.

        Args:
            plan: The plan that is remembered; None when there is none.
            due: The elements that are due.
        """
        super().__init__()
        self.plan = plan
        self.due = due


class Today(Plain):
    """Two lines at most; nothing where there is neither a plan nor anything due."""

    DEFAULT_CSS = """
    Today { display: none; padding: 0 1; margin-top: 1; border-left: outer $primary; background: $surface; }
    Today.-there { display: block; }
    """

    due: tuple[DueElement, ...] = ()
    """The elements that are due."""

    def read(self, program: ProgramPort) -> None:
        """Read takes and plan, beside the screens."""
        in_background(self, lambda: _read(program), lambda read: TodayRead(*read))

    def on_today_read(self, message: TodayRead) -> None:
        """Show it."""
        message.stop()
        self.due = message.due
        said = today(message.plan, message.due, key_of(self.app, "home.plan"), key_of(self.app, "home.drill"))
        self.set_class(bool(said.plain), "-there")
        self.show(said)

    @property
    def drills(self) -> tuple[str, ...]:
        """The drills of one sitting."""
        return tuple(each.drill for each in self.due[:MOST_DRILLED])


def _read(program: ProgramPort) -> tuple[Plan | None, tuple[DueElement, ...]]:
    try:
        known = program.practice.records()
        return program.planning.kept_plan(known), tuple(program.practice.due(known))
    except RehearsalError:
        return None, ()  # a library that cannot be read is told where its takes are listed
