"""What is done with the scenario that is chosen on Home: rehearsed, drilled, answered with a text or a file?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.ui.background import in_background
from pmrehearse.ui.library_requests import OpenImport
from pmrehearse.ui.news import ScenarioFound
from pmrehearse.ui.practice_requests import AtDrill, OpenDrill
from pmrehearse.ui.requests import AtBriefing, OpenBriefing, OpenReport
from pmrehearse.ui.screens.base import Page
from pmrehearse.ui.screens.element_picker import element_picker
from pmrehearse.ui.screens.text_entry import TextEntry

if TYPE_CHECKING:
    from pmrehearse.scenario.packs import Listed
    from pmrehearse.ui.ports import ProgramPort

BROKEN = "This scenario's file cannot be used yet: what is wrong with it stands beside it."
NONE_CHOSEN = "No scenario is chosen."


class ScenarioPage(Page):
    """A page with a list of scenarios; the keys stand where the list is, in the order of its footer."""

    def __init__(self, program: ProgramPort, heading: str, remark: str = "") -> None:
        """List nothing yet.

        Args:
            program: What stands behind the screens.
            heading: The title.
            remark: What stands at the right of it.
        """
        super().__init__(heading, remark)
        self._program = program

    @property
    def chosen(self) -> Listed | None:
        """The scenario that keys act on, a broken one too; None in an empty list."""
        raise NotImplementedError

    @property
    def unusable(self) -> str:
        """Why nothing can be done with the chosen scenario; "" when it can."""
        chosen = self.chosen
        return NONE_CHOSEN if chosen is None else BROKEN if chosen.problem else ""

    @property
    def _usable(self) -> Listed | None:
        return None if self.unusable else self.chosen

    def action_rehearse(self) -> None:
        """To the briefing of the scenario."""
        if (chosen := self._usable) is not None:
            self.post_message(OpenBriefing(AtBriefing(chosen.id)))

    def action_elements(self) -> None:
        """Choose an element of the scenario, and drill it."""
        if (chosen := self._usable) is not None:
            in_background(self, lambda: self._program.packs.find(chosen.id), ScenarioFound)

    def on_scenario_found(self, message: ScenarioFound) -> None:
        """Its elements can be chosen from."""
        self.app.push_screen(element_picker(message.scenario), self._drill_one)

    def _drill_one(self, name: str | None) -> None:
        if name:
            self.post_message(OpenDrill(AtDrill((name,))))

    def action_paste(self) -> None:
        """Mark a text instead of speech."""
        if (chosen := self._usable) is not None:
            self.app.push_screen(TextEntry(chosen.title), lambda text: self._add(chosen.id, text))

    def _add(self, scenario_id: str, text: str | None) -> None:
        if text:
            in_background(
                self,
                lambda: self._program.reviewer.add_text(self._program.packs.find(scenario_id), text),
                lambda take: OpenReport(take.id),
            )

    def action_import_file(self) -> None:
        """Sound or a transcript made elsewhere becomes a take, of this scenario if nothing else is said."""
        chosen = self.chosen
        self.post_message(OpenImport(chosen.id if chosen is not None else ""))
