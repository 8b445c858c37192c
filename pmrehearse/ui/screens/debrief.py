"""What did a round come to, and what is next?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var

from pmrehearse.ui.background import in_background
from pmrehearse.ui.debrief_parts import ELEMENT, SCENARIO, TAKE, debrief_detail, debrief_options, debrief_summary
from pmrehearse.ui.keymap import with_keys
from pmrehearse.ui.practice_requests import AtDrill, OpenDrill
from pmrehearse.ui.requests import AtBriefing, OpenBriefing, OpenReport
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.titles import titles_of
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.practice.debrief import Debrief
    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.practice_requests import RoundAt


class DebriefLoaded(Message):
    """The reports of the round have been read."""

    def __init__(self, debrief: Debrief, titles: dict[str, str]) -> None:
        """Carry what they come to.

        Args:
            debrief: The round as a whole.
            titles: What the scenarios are called, by id.
        """
        super().__init__()
        self.debrief = debrief
        self.titles = titles


class Lines(Menu):
    """Scenarios and missing elements; {lines.select} opens the report of one, or drills the other."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Open", key_display="enter")]


class DebriefPage(Page):
    """The scenarios of a round with their results, what is missing over all of them, and what was lacking."""

    PURPOSE = (
        "A round in one view: each scenario with its coverage, time and flags, then what is missing over all of them, "
        "with what came near first. {lines.select} opens the report of a scenario, and drills an element."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "drill", "Drill what is missing"),
        Binding("t", "again", "Take it again"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    DebriefPage {
        #summary { padding: 1 2 0 2; }
        #lines { height: 1fr; margin: 1 1 0 1; }
        #detail { height: 6; padding: 0 2; border-top: solid $line; }
        &.-tall #detail { height: 8; padding: 1 2; }
        &.-wide.-tall #summary { padding: 2 12 0 12; }
        &.-wide.-tall #lines { margin: 1 11; }
        &.-wide.-tall #detail { padding: 1 12; }
    }
    """

    debrief: var[Debrief | None] = var(None, bindings=True)
    """What the round came to; None before its reports were read."""

    def __init__(self, program: ProgramPort, at: RoundAt) -> None:
        """Sum up a round.

        Args:
            program: What stands behind the screens.
            at: The round, with its takes.
        """
        super().__init__(f"Round {at.number}: debrief", at.loop_id)
        self._program = program
        self._at = at
        self._titles: dict[str, str] = {}

    def why_not(self, action: str) -> str:
        """What is missing is drilled, where something is."""
        nothing = action == "drill" and self.debrief is not None and not self.debrief.missed
        return "Nothing is missing over the round." if nothing else super().why_not(action)

    def content(self) -> ComposeResult:
        """Totals, lines, and the detail of one."""
        yield Plain("Reading the takes …", id="summary")
        yield Lines(id="lines")
        yield Plain("", id="detail")

    def on_screen_resume(self) -> None:
        """Read the reports; again after one was corrected."""
        in_background(self, self._read, lambda read: DebriefLoaded(*read))

    def _read(self) -> tuple[Debrief, dict[str, str]]:
        at = self._at
        debrief = self._program.planning.debrief(at.loop_id, at.number, at.take_ids)
        return debrief, titles_of(self._program.packs)

    def on_debrief_loaded(self, message: DebriefLoaded) -> None:
        """Show it."""
        self.debrief, self._titles = message.debrief, message.titles
        self.bar.remark = message.debrief.title
        self.query_one("#summary", Plain).show(debrief_summary(message.debrief))
        lines = self.query_one("#lines", Menu)
        lines.fill(debrief_options(message.debrief, message.titles))
        lines.focus()
        self._show_detail()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another line is looked at."""
        del event
        self._show_detail()

    def _show_detail(self) -> None:
        if self.debrief is not None:
            keyed = partial(with_keys, self.app)
            self.query_one("#detail", Plain).show(debrief_detail(self.debrief, self._chosen, keyed, self._titles))

    @property
    def _chosen(self) -> str:
        return self.query_one("#lines", Menu).chosen_id

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To the report of a take, to the drill of an element, to the briefing of what was not rehearsed."""
        name = event.option_id or ""
        if name.startswith(TAKE):
            self.post_message(OpenReport(name.removeprefix(TAKE)))
        elif name.startswith(ELEMENT):
            self.post_message(OpenDrill(AtDrill((name.removeprefix(ELEMENT),))))
        else:
            self.post_message(OpenBriefing(AtBriefing(name.removeprefix(SCENARIO))))

    def action_drill(self) -> None:
        """The chosen element; else all that is missing, one after another."""
        if self.debrief is None or not self.debrief.missed:
            return
        chosen = self._chosen
        names = (
            (chosen.removeprefix(ELEMENT),)
            if chosen.startswith(ELEMENT)
            else tuple(element.drill for element in self.debrief.missed)
        )
        self.post_message(OpenDrill(AtDrill(names)))

    def action_again(self) -> None:
        """Rehearse the scenario of the chosen line again."""
        if self.debrief is None:
            return
        chosen = self._chosen
        by_name = {TAKE + take.take_id: take.scenario_id for take in self.debrief.takes}
        by_name.update({ELEMENT + element.drill: element.scenario_id for element in self.debrief.missed})
        scenario_id = by_name.get(chosen, chosen.removeprefix(SCENARIO))
        if scenario_id:
            self.post_message(OpenBriefing(AtBriefing(scenario_id)))
