"""How does one element go, said again and again?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message

from pmrehearse.ui.background import in_background
from pmrehearse.ui.drill_parts import drill, verdicts
from pmrehearse.ui.keymap import key_of
from pmrehearse.ui.requests import OpenBriefing
from pmrehearse.ui.screens.base import HELP_KEY
from pmrehearse.ui.screens.drill_summary import DrillSummary
from pmrehearse.ui.screens.under_run import UnderRun
from pmrehearse.ui.shown import labelled, shown
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import length

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.session.events import SessionView
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.practice_requests import DrillAt


UNHEARD = " · no checkpoint here yet: tries are kept, and marked later"
"""What is said beside the microphone where nothing can be recognised."""


class DrillLoaded(Message):
    """It is known how the element went so far."""

    def __init__(self, drilled: Drilled) -> None:
        """Carry it.

        Args:
            drilled: The element with its tries.
        """
        super().__init__()
        self.drilled = drilled


class DrillPage(UnderRun):
    """The element, the last verdicts, the microphone; Enter starts a try."""

    PURPOSE = (
        "Say this one element alone, in a sentence or three. Each try is recorded, marked at once and kept as a take; "
        "{drill.begin} is the next try. The example stays hidden until a try failed, or until you ask for it."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Try", key_display="enter"),
        Binding("n", "next_element", "Next element"),
        Binding("i", "hint", "Example"),
        Binding("m", "microphone", "Microphone"),
        Binding("escape", "back", "Enough", key_display="esc"),
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    DrillPage {
        #drill { height: 1fr; padding: 1 1 0 2; scrollbar-size-vertical: 1; }
        #drill > * { margin-right: 1; max-width: 100; }
        #verdicts { margin-top: 1; }
        &.-tall #drill { padding: 2 3 0 4; }
        &.-wide.-tall #drill { padding: 4 19 0 20; }
    }
    """

    def __init__(self, program: ProgramPort, live: LiveRun, at: DrillAt) -> None:
        """Show an element before its next try.

        Args:
            program: What stands behind the screens.
            live: The next try.
            at: The drill as far as it has come.
        """
        more = f"{len(at.names) - 1} more to come · " if len(at.names) > 1 else ""
        super().__init__(program, live, f"{more}up to {length(live.scenario.seconds)} a try")
        self._at = at
        self._drilled: Drilled | None = None
        self._shows_hint = False

    def why_not(self, action: str) -> str:
        """Another element comes where the drill has several."""
        is_last = action == "next_element" and len(self._at.names) == 1
        return "There is no other element in this drill." if is_last else super().why_not(action)

    def content(self) -> ComposeResult:
        """The element above, the sound below."""
        with VerticalScroll(id="drill"):
            yield Plain(shown((self.live.scenario.elements[0].title, "bold")), id="element")
            yield Plain("", id="verdicts")
        with Vertical(id="setup"):
            yield Plain(labelled("Question", self.live.scenario.prompt, "$muted"), id="prompt")
            yield from self.sound()

    def on_mount(self) -> None:
        """Look how the element went so far; Textual calls the base classes' handlers, too."""
        self.query_one("#drill").focus()
        in_background(self, lambda: self._program.practice.drilled(self._at.names[0], self._at.take_ids), DrillLoaded)

    def on_drill_loaded(self, message: DrillLoaded) -> None:
        """Show it; after a try that failed with an example."""
        self._drilled = message.drilled
        self._shows_hint = bool(message.drilled.tries) and not message.drilled.stands
        self._show()

    def _show(self) -> None:
        if self._drilled is not None:
            self.query_one("#element", Plain).show(
                drill(self._drilled, key_of(self.app, "drill.hint"), with_hint=self._shows_hint)
            )
            self.query_one("#verdicts", Plain).show(verdicts(self._drilled))

    def draw(self, view: SessionView) -> None:
        """Level and advice."""
        self.draw_sound(view, "" if self.live.has_recogniser else UNHEARD)

    def action_next_element(self) -> None:
        """To the element that comes next, if one does."""
        self.live.close()
        later = replace(self._at, names=self._at.names[1:])
        self.post_message(OpenBriefing(replace(self.live.at, drill=later), replace=True))

    def action_hint(self) -> None:
        """Show or hide the example."""
        self._shows_hint = not self._shows_hint
        self._show()

    def action_back(self) -> None:
        """Enough: a small summary when something was tried."""
        self.live.close()
        if self._at.take_ids:
            self.app.switch_screen(DrillSummary(self._program, self._at.take_ids))
        else:
            super().action_back()
