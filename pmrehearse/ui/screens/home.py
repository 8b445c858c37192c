"""What can be rehearsed, what it asks, and how the last takes went?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.reactive import var

from pmrehearse.ui.background import in_background
from pmrehearse.ui.home_parts import (
    N_LAST_LOW,
    NO_TAKE_YET,
    asked,
    banner,
    begin_with,
    last_options,
    name_of,
    scenario_options,
)
from pmrehearse.ui.keymap import key_of, with_keys
from pmrehearse.ui.news import HomeLoaded, HomeTidied
from pmrehearse.ui.overview import N_LAST, Overview, read_overview
from pmrehearse.ui.practice_requests import AtDrill, OpenDrill
from pmrehearse.ui.requests import OpenReport, RunJob
from pmrehearse.ui.screens.base import HELP_KEY
from pmrehearse.ui.screens.home_scenario import ScenarioPage
from pmrehearse.ui.screens.home_ways import WaysFromHome
from pmrehearse.ui.take_jobs import TakeTranscription
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.widgets.today import Today

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.scenario.packs import Listed
    from pmrehearse.ui.ports import ProgramPort


MOST_TIDIED = 200
"""So many times something that can wait is done beside this screen, in one start of the program."""


class Scenarios(Menu):
    """The scenarios; Enter rehearses one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.rehearse", "Rehearse", key_display="enter", id="scenarios.select")
    ]


class LastTakes(Menu):
    """The last takes; Enter opens the report of one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Report", key_display="enter")]


class Home(ScenarioPage, WaysFromHome):
    """Packs and scenarios at the left, what the chosen one asks and the last takes at the right."""

    PURPOSE = (
        "Choose a scenario and press {scenarios.select}: you see the question and set the microphone before "
        "anything is recorded. Each answer that is recorded is a take; its elements are what it must "
        "contain. {home.drill} drills the elements that are due, {home.plan} shows the plan of "
        "your interview, {home.progress} how it goes over the takes. The demo is a whole run with a bundled "
        "answer instead of your voice."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "drill", "Drill"),
        Binding("t", "plan", "Plan"),
        Binding("h", "history", "History"),
        Binding("s", "progress", "Progress"),
        Binding("w", "demo", "Watch demo"),
        Binding("p", "paste", "Paste a text"),
        Binding("I", "import_file", "Import a file"),
        Binding("l", "library", "Library", show=False),
        Binding("e", "elements", "Drill an element of the chosen scenario", show=False),
        Binding("f", "finish", "Finish the waiting take", show=False),
        Binding("i", "first_start", "Microphone check and first steps", show=False),
        Binding("comma", "settings", "Settings", key_display=","),
        Binding("q", "app.quit", "Quit"),
        HELP_KEY,
        Binding("escape", "first", "To the scenarios", show=False),
        Binding("r", "reload", "Read everything again", show=False),
    ]

    DEFAULT_CSS = """
    Home {
        #waiting { display: none; padding: 0 1; margin-top: 1; border-left: outer $warning; background: $surface; }
        #waiting.-there { display: block; }
        #columns { height: 1fr; margin-top: 1; }
        #scenarios { width: 52%; height: 1fr; }
        #about { width: 1fr; height: 1fr; padding: 0 0 0 2; border-left: solid $line; scrollbar-size-vertical: 1; }
        #about > * { margin-right: 1; }
        #asked { max-width: 76; }
        #last { height: auto; max-height: 6; margin: 1 0 0 0; }
        #last > .option-list--option-highlighted { background: transparent; text-style: none; }
        #last:focus > .option-list--option-highlighted {
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        &.-tall #last { margin: 1 0; }
        &.-wide #scenarios { width: 62; }
        &.-wide.-tall {
            #waiting, Today { margin: 1 4 0 4; }
            #columns, #last { margin: 1 4; }
            #last { max-width: 122; }
        }
    }
    """

    state: var[Overview | None] = var(None, bindings=True)
    """What is shown; None before it was read."""

    def __init__(self, program: ProgramPort) -> None:
        """Show everything.

        Args:
            program: What stands behind the screens.
        """
        super().__init__(program, "pmrehearse", "rehearse aloud, hear what was missing")
        self._tidies = False
        self._n_tidied = 0

    def why_not(self, action: str) -> str:
        """A broken scenario is not rehearsed; without takes there is nothing to look back on."""
        state = self.state
        if state is None:
            return super().why_not(action)
        unusable = self.unusable
        wanting = {
            **dict.fromkeys(("rehearse", "paste", "elements"), unusable),
            **dict.fromkeys(("history", "progress"), "" if state.takes else NO_TAKE_YET),
            "drill": "" if self.query_one(Today).drills else unusable,
            "finish": "" if state.waiting else "No take waits for its transcript.",
        }
        return wanting.get(action) or super().why_not(action)

    def content(self) -> ComposeResult:
        """A banner, and two columns."""
        yield Plain("", id="waiting")
        yield Today()
        with Horizontal(id="columns"):
            yield Scenarios(id="scenarios")
            with VerticalScroll(id="about", can_focus=False):
                yield Plain("Reading the scenarios …", id="asked")
        yield LastTakes(id="last")

    def on_mount(self) -> None:
        """Ready for the keys."""
        self.query_one("#scenarios").focus()

    def on_screen_resume(self) -> None:
        """Read again what may have changed meanwhile."""
        self.action_reload()

    def action_reload(self) -> None:
        """Read scenarios and takes."""
        in_background(self, lambda: read_overview(self._program), HomeLoaded)

    def on_home_loaded(self, message: HomeLoaded) -> None:
        """Show what was read, and find out what is to be done today."""
        self.state = message.state
        self.query_one(Today).read(self._program)
        self.query_one("#scenarios", Menu).fill(scenario_options(message.state.scenarios), begin_with(message.state))
        self._show_last()
        told = banner(message.state, key_of(self.app, "home.finish"))
        waiting = self.query_one("#waiting", Plain)
        waiting.set_class(told is not None, "-there")
        waiting.show(told or "")
        self._show_asked()
        self._tidy()

    def on_resize(self) -> None:
        """On a low terminal the scenarios need the room."""
        self._show_last()

    def _show_last(self) -> None:
        if self.state is None:
            return
        most = N_LAST if self.has_class("-tall") else N_LAST_LOW
        self.query_one("#last", Menu).fill(last_options(self.state, with_keys(self.app, NO_TAKE_YET), most))

    def _tidy(self) -> None:
        """Beside this screen, a little at a time: takes are marked, their sound is packed."""
        if not self._tidies and self._n_tidied < MOST_TIDIED and self.is_current:
            self._tidies, self._n_tidied = True, self._n_tidied + 1
            in_background(self, self._program.tidy, HomeTidied)

    def on_home_tidied(self, message: HomeTidied) -> None:
        """Go on while there is something to do; marks change what is due."""
        self._tidies = False
        if message.done.n_marked:
            self.query_one(Today).read(self._program)
        if message.done.n_marked or message.done.n_packed:
            self._tidy()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another scenario is looked at."""
        if event.option_list.id == "scenarios":
            self._show_asked()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A scenario or a take was chosen."""
        if event.option_list.id == "last":
            self.post_message(OpenReport(event.option_id or ""))
        else:
            self.action_rehearse()

    def _show_asked(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.query_one("#asked", Plain).show(asked(chosen))
            self.query_one("#about").scroll_home(animate=False)

    @property
    def chosen(self) -> Listed | None:
        """The highlighted scenario."""
        wanted, known = self.query_one("#scenarios", Menu).chosen_id, self.state.scenarios if self.state else ()
        return next((each for each in known if name_of(each) == wanted), None)

    def action_drill(self) -> None:
        """Drill what is due; when nothing is, an element of the chosen scenario."""
        if due := self.query_one(Today).drills:
            self.post_message(OpenDrill(AtDrill(due)))
        else:
            self.action_elements()

    def action_finish(self) -> None:
        """Transcribe the newest take that waits."""
        if self.state is not None and self.state.waiting:
            self.post_message(RunJob(TakeTranscription(self._program, self.state.waiting[0].take_id)))

    def action_first(self) -> None:
        """Back to the scenarios."""
        self.query_one("#scenarios").focus()
