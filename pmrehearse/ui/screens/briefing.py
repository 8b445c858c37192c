"""What will be asked, and is the microphone right?"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from pmrehearse.session.events import Stage
from pmrehearse.session.live import LiveDetail
from pmrehearse.ui.keymap import key_of
from pmrehearse.ui.practice_requests import AtDrill, OpenDrill
from pmrehearse.ui.requests import CheckpointFetched, OpenBriefing, RunJob
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY
from pmrehearse.ui.screens.countdown import Countdown
from pmrehearse.ui.screens.element_picker import element_picker
from pmrehearse.ui.screens.fetch_question import YES, fetch_question
from pmrehearse.ui.screens.live_page import LivePage
from pmrehearse.ui.screens.microphones import Microphones
from pmrehearse.ui.shown import Row, Stack, shown
from pmrehearse.ui.upkeep_jobs import CheckpointFetch
from pmrehearse.ui.widgets.level_meter import LevelMeter
from pmrehearse.ui.widgets.phase_bar import PhaseBar
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import clock, count, length

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.events import SessionView
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.ports import ProgramPort

HEARD_WITHIN = 50
"""For so many looks (5 s) a level counts: between two sentences the advice must not change."""
SPEECH_DBFS = -45.0
"""A louder block is taken for speech near the microphone; a quiet room stays under -50 dB of full scale. Advice only:
what is too quiet to be transcribed is the recorder's to tell."""
_LABEL_CELLS = 13
_LIVE = {
    LiveDetail.OFF: "ticks and text off while you speak",
    LiveDetail.SPARSE: "ticks every 20 s while you speak",
    LiveDetail.FULL: "ticks and text at once while you speak",
}


class Briefing(LivePage):
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
        #question { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
        #prompt { margin-bottom: 1; }
        #bar { height: 1; }
        #setup { height: auto; padding: 1 2 0 2; border-top: solid $line; }
        #setup Horizontal { height: 1; }
        #sound-label { width: 13; color: $muted; }
        #advice, #options { margin-bottom: 0; }
        &.-tall #question { padding: 2 4 0 4; }
        &.-tall #setup { padding: 1 4; }
        &.-tall #phases { margin-top: 1; }
        &.-wide.-tall #question { padding: 4 20 0 20; }
        &.-wide.-tall #setup { padding: 1 20; }
    }
    """

    def __init__(self, program: ProgramPort, live: LiveRun) -> None:
        """Show a run that has not begun.

        Args:
            program: What stands behind the screens.
            live: The run.
        """
        stops = ", then it stops" if live.scenario.hard_limit else ""
        super().__init__(live, length(live.scenario.seconds) + stops)
        self._program = program
        self._shows_elements = False
        self._levels: deque[float] = deque(maxlen=HEARD_WITHIN)
        self._microphone = program.settings.values.microphone

    def content(self) -> ComposeResult:
        """The question above, the setting below."""
        with VerticalScroll(id="question"):
            yield Plain(shown((self.live.scenario.prompt, "bold")), id="prompt")
            yield PhaseBar(id="bar")
            yield Plain(_phase_rows(self.live.scenario), id="phases")
            yield Plain("", id="asked")
        with Vertical(id="setup"):
            yield Plain("", id="source")
            with Horizontal():
                yield Plain("Level", id="sound-label")
                yield LevelMeter()
            yield Plain("", id="advice")
            yield Plain("", id="recogniser")
            yield Plain("", id="options")

    def on_mount(self) -> None:
        """Open the microphone."""
        self.query_one("#question").focus()
        self.live.listen(self._microphone or None)
        self._draw_options()

    def draw(self, view: SessionView) -> None:
        """Level, advice and recogniser."""
        self.query_one(PhaseBar).show(view.phases)
        self.query_one("#source", Plain).show(self._labelled("Sound from", self._source(view)))
        self.query_one(LevelMeter).show(view.level_dbfs, view.peak_dbfs)
        self._levels.append(view.level_dbfs)
        self.query_one("#advice", Plain).show(advice(view, max(self._levels), is_file=self.live.file is not None))
        self.query_one("#recogniser", Plain).show(self._labelled("Recognised", self._recogniser(view)))

    def _source(self, view: SessionView) -> str:
        return view.device or self._microphone or ("opening …" if not view.problem else "nothing")

    def _recogniser(self, view: SessionView) -> str:
        if self.live.has_recogniser:
            return f"with {view.recogniser}"
        fetches = f"{key_of(self.app, 'briefing.fetch')} fetches {self._program.settings.values.checkpoint}"
        return f"later: no checkpoint here yet ({fetches}); the take is kept"

    def _labelled(self, label: str, text: str) -> Row:
        return Row(shown(text), shown((label.ljust(_LABEL_CELLS), "$muted")))

    def _draw_options(self) -> None:
        scenario = self.live.scenario
        on = {True: "on", False: "off"}
        text = f"lights {on[self.live.lights]} · {_LIVE[self.live.detail]}"
        text += " · guess first" if self._program.settings.values.guess else ""
        self.query_one("#options", Plain).show(self._labelled("Shown", text))
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

    def action_begin(self) -> None:
        """Count down, and record; without a microphone that opened, say so."""
        view = self.live.view()
        if view.stage in (Stage.LISTENING, Stage.IDLE) and not view.problem:
            self.app.switch_screen(Countdown(self._program, self.live))
        else:
            self.app.bell()

    def action_microphone(self) -> None:
        """Choose another microphone."""
        if self.live.file is None:
            self.app.push_screen(Microphones(self._program, self._microphone), self._take_microphone)
        else:
            self.notify("A file stands in for the microphone.", markup=False)

    def _take_microphone(self, name: str | None) -> None:
        if name is not None:
            self._microphone = name
            self._program.settings.choose("microphone", name)
            self.live.listen(name or None)

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
        if self.live.has_recogniser:
            return
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


def advice(view: SessionView, loudest_dbfs: float, *, is_file: bool) -> Row:
    """What should be done about the sound before a run, or that nothing need be."""
    lead = " " * _LABEL_CELLS
    if view.problem:
        return Row(shown((f"! {view.problem} ", "$warning"), view.hint), lead)
    if view.troubles:
        trouble = view.troubles[-1]
        return Row(shown((f"! {trouble.message} ", "$warning"), trouble.hint), lead)
    if view.stage is Stage.IDLE:
        return Row(shown(("opening it", "$muted")), lead)
    if is_file:
        return Row(shown(("a file stands in for the microphone; it is read once you start", "$muted")), lead)
    if loudest_dbfs < SPEECH_DBFS:
        return Row(shown("say a few words"), lead)
    return Row(shown(("✓ you are heard", "$success")), lead)
