"""For which loop, and on which day is the interview?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.practice.plan import Wish
from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.fields import LineField
from pmrehearse.ui.widgets.menu import Menu, choice
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import count

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.scenario.model import Loop


class Interview(Dialog[Wish | None]):
    """Gives back what the plan is made for, None when none is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", priority=True)]

    DEFAULT_CSS = """
    Interview LineField { margin-top: 1; }
    """

    def __init__(self, loops: tuple[Loop, ...], today: date, before: Wish | None) -> None:
        """Ask.

        Args:
            loops: What can be planned.
            today: The day on which the plan would begin.
            before: The plan that is replaced, or None.
        """
        super().__init__()
        self._loops = loops
        self._today = today
        self._before = before

    def content(self) -> ComposeResult:
        """The day above, the loops below."""
        yield Plain(shown(("When is the interview?", "bold")))
        before = self._before.interview.isoformat() if self._before else ""
        yield LineField(before, placeholder="2026-12-24")
        yield Plain("", id="said")
        yield Menu(*(choice(loop.id, loop.title) for loop in self._loops))
        yield Plain("tab goes to the loops · enter makes the plan · esc leaves", classes="dialog-keys")

    def on_mount(self) -> None:
        """Ready for the day."""
        self.query_one(LineField).focus()
        if self._before is not None:
            ids = [loop.id for loop in self._loops]
            self.query_one(Menu).highlighted = ids.index(self._before.loop_id) if self._before.loop_id in ids else 0
        self._say()

    def on_input_changed(self) -> None:
        """Say what the day means."""
        self._say()

    def _say(self) -> None:
        self.query_one("#said", Plain).show(self._meaning())

    def _meaning(self) -> str:
        text = self.query_one(LineField).value.strip()
        if not text:
            return "Write the day as year, month and day: 2026-12-24."
        day = self._day
        if day is None:
            return "That is no day yet."
        left = (day - self._today).days
        if left < 0:
            return "That day is past."
        return f"{day:%A} {day.day} {day:%B}, {'today' if left == 0 else 'in ' + count(left, 'day')}."

    @property
    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.query_one(LineField).value.strip())
        except ValueError:
            return None

    def on_input_submitted(self) -> None:
        """The day stands: make the plan for the loop that is chosen."""
        self._make()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A loop was chosen."""
        event.stop()
        self._make()

    def _make(self) -> None:
        day = self._day
        if day is None or day < self._today:
            self.app.bell()
            return
        self.dismiss(Wish(self.query_one(Menu).chosen_id, day, self._today))

    def action_leave(self) -> None:
        """Nothing changes."""
        self.dismiss(None)
