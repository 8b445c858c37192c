"""Does it get better: coverage, pace and time over the takes, and what each element was?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var

from pmrehearse.library.rows import EVERY, TakeFilter
from pmrehearse.session.exporting import Wanted
from pmrehearse.ui.background import in_background
from pmrehearse.ui.keymap import with_keys
from pmrehearse.ui.library_requests import ExportedTable, OpenExport
from pmrehearse.ui.practice_requests import AtDrill, OpenDrill
from pmrehearse.ui.progress_parts import ALL, NOTHING, ONLY_DRILLED, charts, element_options, head, scenario_options
from pmrehearse.ui.requests import AtBriefing, OpenBriefing, OpenHistory
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.widgets.charts import Charts
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import count

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.practice.progress import ElementProgress, Progress, ScenarioProgress
    from pmrehearse.ui.ports import ProgramPort


NO_TAKES = "Nothing was rehearsed yet."
MOST_DRAWN = 400
"""So many of the newest takes are drawn, as far as they have room: more than any terminal has columns for."""


class ProgressRead(Message):
    """All takes have been counted."""

    def __init__(self, progress: Progress) -> None:
        """Carry what they come to.

        Args:
            progress: All scenarios over all takes.
        """
        super().__init__()
        self.progress = progress


class Rehearsed(Menu):
    """All scenarios, and each; {rehearsed.select} goes to its elements."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Elements", key_display="enter")]


class Tried(Menu):
    """The elements; Enter drills one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Drill", key_display="enter")]


class ProgressPage(Page):
    """The scenarios at the top, charts of the chosen one under them, the marks of its elements at the bottom."""

    PURPOSE = (
        "Each column is a take, the newest at the right: how much of what is asked was said, at which pace, in "
        "which time; lines show what is aimed at. Each mark is one try of an element. Arrows choose a scenario, "
        "{rehearsed.select} goes to its elements, and {tried.select} there drills one. Takes of the demo do not "
        "count."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "rehearse", "Rehearse"),
        Binding("h", "history", "History"),
        Binding("E", "export", "Export"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    ProgressPage {
        #rehearsed { height: auto; max-height: 5; margin: 0 1; }
        Charts { height: 8; padding: 1 2 0 2; }
        #head { padding: 1 2 0 2; }
        #tried { height: 1fr; margin: 0 1; }
        #none { display: none; padding: 1 2; max-width: 84; }
        &.-none #none { display: block; }
        &.-none #rehearsed, &.-none Charts, &.-none #head, &.-none #tried { display: none; }
        &.-tall #rehearsed { max-height: 7; margin: 1 1 0 1; }
        &.-tall Charts { height: 10; }
        &.-wide.-tall #rehearsed { max-height: 12; margin: 1 11 0 11; }
        &.-wide.-tall Charts { height: 15; padding: 2 12 0 12; }
        &.-wide.-tall #head { padding: 2 12 0 12; }
        &.-wide.-tall #tried { margin: 0 11; }
        &.-wide.-tall #none { padding: 2 12; max-width: 104; }
    }
    """

    progress: var[Progress | None] = var(None, bindings=True)
    """What all takes come to; None before they were counted."""

    def __init__(self, program: ProgramPort, scenario_id: str = "") -> None:
        """Count all takes.

        Args:
            program: What stands behind the screens.
            scenario_id: The scenario that is looked at first; "" for all of them.
        """
        super().__init__("Progress")
        self._program = program
        self._first = scenario_id

    def why_not(self, action: str) -> str:
        """A scenario is rehearsed that is chosen and still there; takes are listed and written where there are some."""
        progress = self.progress
        if progress is None or action not in ("rehearse", "history", "export"):
            return super().why_not(action)
        if not progress.scenarios:
            return NO_TAKES
        chosen = self._chosen
        if action != "rehearse" or (chosen is not None and chosen.is_there):
            return ""
        return "Choose a scenario first." if chosen is None else "It is no longer there."

    def content(self) -> ComposeResult:
        """Scenarios, charts, elements; or what will stand here."""
        yield Plain("Counting the takes …", id="none")
        yield Rehearsed(id="rehearsed")
        yield Charts()
        yield Plain("", id="head")
        yield Tried(id="tried")

    def on_mount(self) -> None:
        """Nothing is there yet."""
        self.add_class("-none")

    def on_screen_resume(self) -> None:
        """Count, and again after a drill."""
        in_background(self, self._program.practice.progress, ProgressRead)

    def on_progress_read(self, message: ProgressRead) -> None:
        """Show it."""
        is_first, progress = self.progress is None, message.progress
        self.progress = progress
        self.bar.remark = _remark(progress)
        self.query_one("#none", Plain).show(with_keys(self.app, NOTHING))
        self.set_class(not progress.scenarios, "-none")
        if not progress.scenarios:
            self.set_focus(None)
            return
        menu = self.query_one("#rehearsed", Menu)
        menu.fill(scenario_options(progress))
        if is_first:
            menu.highlighted = _place(progress, self._first)
            menu.focus()
        self._show_chosen()

    def on_resize(self) -> None:
        """More marks have room, or fewer."""
        self._show_elements()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another scenario is looked at."""
        if event.option_list.id == "rehearsed":
            self._show_chosen()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To the elements of a scenario, or drill one."""
        if event.option_list.id == "rehearsed":
            self.query_one("#tried").focus()
        elif drill := self._elements[int(event.option_id or "0")].drill:
            self.post_message(OpenDrill(AtDrill((drill,))))
        else:
            self.notify("Its scenario asks for it no longer.", severity="warning", markup=False)

    # ------------------------------------------------------------------ showing

    @property
    def _chosen(self) -> ScenarioProgress | None:
        """The scenario that is looked at; None for all of them."""
        wanted = self.query_one("#rehearsed", Menu).chosen_id
        return self.progress.scenario(wanted) if self.progress is not None and wanted != ALL else None

    @property
    def _elements(self) -> tuple[ElementProgress, ...]:
        """Those of the scenario; of all scenarios those that fail."""
        chosen = self._chosen
        return chosen.elements if chosen else self.progress.failed if self.progress else ()

    def _show_chosen(self) -> None:
        if self.progress is None:
            return
        chosen = self._chosen
        takes = chosen.takes if chosen else self.progress.takes
        drawn = self.query_one(Charts)
        drawn.remark = with_keys(self.app, ONLY_DRILLED) if chosen else "Only elements were drilled so far."
        drawn.charts = charts(takes[-MOST_DRAWN:], chosen.band if chosen else None) if takes else ()
        self._show_elements()

    def _show_elements(self) -> None:
        if self.progress is None:
            return
        menu = self.query_one("#tried", Menu)
        options = element_options(self._elements, self.size.width, with_scenario=not self._chosen)
        self.query_one("#head", Plain).show(head(self._chosen, len(options)))
        menu.fill(options)

    # ------------------------------------------------------------------ leaving

    def action_rehearse(self) -> None:
        """Rehearse the scenario that is looked at."""
        chosen = self._chosen
        if chosen is not None and chosen.is_there:
            self.post_message(OpenBriefing(AtBriefing(chosen.scenario_id)))

    def action_export(self) -> None:
        """Write all takes, or those of the scenario, as a table."""
        chosen = self._chosen
        wanted = Wanted(TakeFilter(scenario_id=chosen.scenario_id) if chosen is not None else EVERY)
        about = f"All takes of {chosen.title}" if chosen is not None else "All takes"
        self.post_message(OpenExport(table=ExportedTable(wanted, about)))

    def action_history(self) -> None:
        """To all takes."""
        self.post_message(OpenHistory())


def _remark(progress: Progress) -> str:
    drills = f" · {count(progress.n_drills, 'drill')}" if progress.n_drills else ""
    return f"{count(len(progress.takes), 'take')}{drills}" if progress.scenarios else ""


def _place(progress: Progress, scenario_id: str) -> int:
    """Where a scenario stands in the list; that of all scenarios where it has no takes."""
    ids = [each.scenario_id for each in progress.scenarios]
    return ids.index(scenario_id) + 1 if scenario_id in ids else 0
