"""What will be asked, and is the microphone right?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from pmrehearse.session.live import LiveDetail
from pmrehearse.ui.keymap import key_of
from pmrehearse.ui.practice_requests import AtDrill, OpenDrill
from pmrehearse.ui.requests import CheckpointFetched, OpenBriefing, RunJob
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY
from pmrehearse.ui.screens.before_run import BeforeRun
from pmrehearse.ui.screens.element_picker import element_picker
from pmrehearse.ui.screens.fetch_question import YES, fetch_question
from pmrehearse.ui.shown import Row, Stack, labelled, shown
from pmrehearse.ui.upkeep_jobs import CheckpointFetch
from pmrehearse.ui.widgets.phase_bar import PhaseBar
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import clock, count, length

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.events import SessionView
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.ports import ProgramPort

_LIVE = {
    LiveDetail.OFF: "ticks and text off while you speak",
    LiveDetail.SPARSE: "ticks every 20 s while you speak",
    LiveDetail.FULL: "ticks and text at once while you speak",
}


class Briefing(BeforeRun):
    """The question, the phases, the microphone; Enter starts."""

    PURPOSE = (
        "Read the question, and say a few words: the bar should move to about two thirds. Nothing is recorded "
        "before you press {briefing.begin}. What the checks listen for stays hidden unless you ask for it, as "
        "in the real interview."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Start", key_display="enter"),
        Binding("m", "microphone", "Microphone"),
        Binding("e", "elements", "Elements"),
        Binding("l", "lights", "Lights"),
        Binding("v", "live", "Live"),
        Binding("g", "guess", "Guess before the results, or not", show=False),
        Binding("f", "fetch", "Fetch a checkpoint", show=False),
        Binding("d", "drill", "Drill one element", show=False),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    Briefing {
        #question { height: 1fr; padding: 1 1 0 2; scrollbar-size-vertical: 1; }
        #question > * { margin-right: 1; }
        #prompt { margin-bottom: 1; }
        #prompt, #phases, #asked { max-width: 110; }
        #bar { height: 1; }
        #advice, #options { margin-bottom: 0; }
        &.-tall #question { padding: 2 3 0 4; }
        &.-tall #phases { margin-top: 1; }
        &.-wide.-tall #question { padding: 4 19 0 20; }
    }
    """

    def __init__(self, program: ProgramPort, live: LiveRun) -> None:
        """Show a run that has not begun.

        Args:
            program: What stands behind the screens.
            live: The run.
        """
        stops = ", then it stops" if live.scenario.hard_limit else ""
        super().__init__(program, live, length(live.scenario.seconds) + stops)
        self._shows_elements = False

    def why_not(self, action: str) -> str:
        """What is here already is not fetched."""
        is_here = action == "fetch" and self.live.has_recogniser
        return "There is a checkpoint that recognises." if is_here else super().why_not(action)

    def content(self) -> ComposeResult:
        """The question above, the setting below."""
        with VerticalScroll(id="question"):
            yield Plain(shown((self.live.scenario.prompt, "bold")), id="prompt")
            yield PhaseBar(id="bar")
            yield Plain(_phase_rows(self.live.scenario), id="phases")
            yield Plain("", id="asked")
        with Vertical(id="setup"):
            yield from self.sound()
            yield Plain("", id="recogniser")
            yield Plain("", id="options")

    def on_mount(self) -> None:
        """Say what is set; Textual calls the base classes' handlers, too."""
        self.query_one("#question").focus()
        self._draw_options()

    def draw(self, view: SessionView) -> None:
        """Level, advice and recogniser."""
        self.query_one(PhaseBar).show(view.phases)
        self.draw_sound(view)
        self.query_one("#recogniser", Plain).show(labelled("Recognised", self._recogniser(view)))

    def _recogniser(self, view: SessionView) -> str:
        if self.live.has_recogniser:
            return f"with {view.recogniser}"
        fetches = f"{key_of(self.app, 'briefing.fetch')} fetches {self._program.settings.values.checkpoint}"
        return f"later: no checkpoint here yet ({fetches}); the take is kept"

    def _draw_options(self) -> None:
        scenario = self.live.scenario
        on = {True: "on", False: "off"}
        text = f"lights {on[self.live.lights]} · {_LIVE[self.live.detail]}"
        text += " · guess first" if self._program.settings.values.guess else ""
        self.query_one("#options", Plain).show(labelled("Shown", text))
        asked = count(len(scenario.elements), "element")
        rows = [Row(shown(element.title), "  · ") for element in scenario.elements] if self._shows_elements else []
        title = shown(
            (
                f"Asked: {asked}"
                if rows
                else f"{asked} asked, hidden ({key_of(self.app, 'briefing.elements')} shows them)",
                "$muted",
            )
        )
        self.query_one("#asked", Plain).show(Stack(shown(""), title, *rows))

    def action_elements(self) -> None:
        """Show or hide what is asked."""
        self._shows_elements = not self._shows_elements
        self._draw_options()

    def action_drill(self) -> None:
        """Drill one of the elements instead."""
        self.app.push_screen(element_picker(self.live.scenario), self._drill)

    def _drill(self, name: str | None) -> None:
        if name:
            self.live.close()
            self.app.pop_screen()
            self.app.post_message(OpenDrill(AtDrill((name,), self.live.at.source, self.live.at.checkpoint)))

    def action_guess(self) -> None:
        """Ask which elements were met before the results are shown, or not."""
        self._program.settings.choose("guess", not self._program.settings.values.guess)
        self._draw_options()

    def action_lights(self) -> None:
        """Lights on or off."""
        self.live.lights = not self.live.lights
        self._program.settings.choose("lights", self.live.lights)
        self._draw_options()

    def action_live(self) -> None:
        """Show nothing of recognition while speaking, a sparse cue, or all of it."""
        self.live.detail = self.live.detail.following
        self._program.settings.choose("live", self.live.detail.value)
        self._draw_options()

    def action_fetch(self) -> None:
        """Fetch a checkpoint, on the user's word only."""
        self.app.push_screen(fetch_question(self._program.settings.values.checkpoint), self._fetch)

    def _fetch(self, answer: str | None) -> None:
        if answer == YES:
            self.post_message(RunJob(CheckpointFetch(self._program, self._program.settings.values.checkpoint)))

    def on_checkpoint_fetched(self, message: CheckpointFetched) -> None:
        """Prepare the run anew, with it."""
        message.stop()
        self.live.close()
        self.post_message(OpenBriefing(self.live.at, replace=True))

    def action_back(self) -> None:
        """Leave; nothing was recorded."""
        self.live.close()
        super().action_back()


def _phase_rows(scenario: Scenario) -> Stack:
    cells = max(len(phase.title) for phase in scenario.phases) + 2
    return Stack(
        *(
            Row(
                shown((phase.prompt, "$muted")),
                shown(phase.title.ljust(cells), (f"{clock(phase.seconds):>5}   ", "$muted")),
            )
            for phase in scenario.phases
        )
    )
