"""Which microphone hears a run, is it right, and can the run begin?"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.reactive import var

from pmrehearse.session.events import Stage
from pmrehearse.ui.screens.countdown import Countdown
from pmrehearse.ui.screens.live_page import LivePage
from pmrehearse.ui.screens.microphones import Microphones
from pmrehearse.ui.shown import LABEL_CELLS, Row, labelled, shown
from pmrehearse.ui.widgets.level_meter import HEARD_WITHIN, SPEECH_DBFS, LevelMeter
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pmrehearse.session.events import SessionView
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.ports import ProgramPort


class BeforeRun(LivePage):
    """A page on which the microphone is open and nothing is recorded yet."""

    DEFAULT_CSS = """
    BeforeRun {
        #setup { height: auto; padding: 1 2 0 2; border-top: solid $line; }
        #setup Horizontal { height: 1; }
        #sound-label { width: 13; color: $muted; }
        &.-low #setup { padding: 0 2; }
        &.-tall #setup { padding: 1 4; }
        &.-wide.-tall #setup { padding: 1 20; }
    }
    """

    trouble: var[str] = var("", bindings=True)
    """Why the run cannot begin, or ""."""

    def __init__(self, program: ProgramPort, live: LiveRun, remark: str) -> None:
        """Open nothing yet.

        Args:
            program: What stands behind the screens.
            live: The run.
            remark: What stands at the right of the title.
        """
        super().__init__(live, remark)
        self._program = program
        self._levels: deque[float] = deque(maxlen=HEARD_WITHIN)
        self._microphone = program.settings.values.microphone

    def why_not(self, action: str) -> str:
        """Nothing begins without a microphone; where a file stands in for it, there is none to choose."""
        if action == "begin" and self.trouble:
            return self.trouble
        is_file = action == "microphone" and self.live.file is not None
        return "A file stands in for the microphone." if is_file else super().why_not(action)

    def sound(self) -> ComposeResult:
        """Where the sound comes from, how loud it is, and what should be done about it."""
        yield Plain("", id="source")
        with Horizontal():
            yield Plain("Level", id="sound-label")
            yield LevelMeter()
        yield Plain("", id="advice")

    def on_mount(self) -> None:
        """Open the microphone; Textual calls the base class's handler, too."""
        self.live.listen(self._microphone or None)

    def draw_sound(self, view: SessionView, beside: str = "") -> None:
        """Show it.

        Args:
            view: The run at this moment.
            beside: What is said behind the microphone's name.
        """
        self.trouble = view.problem
        device = view.device or self._microphone or ("opening …" if not view.problem else "nothing")
        self.query_one("#source", Plain).show(labelled("Sound from", f"{device}{beside}"))
        self.query_one(LevelMeter).show(view.level_dbfs, view.peak_dbfs)
        self._levels.append(view.level_dbfs)
        self.query_one("#advice", Plain).show(advice(view, max(self._levels), is_file=self.live.file is not None))

    def action_begin(self) -> None:
        """Count down, and record; without a microphone that opened, say so."""
        view = self.live.view()
        if view.stage in (Stage.LISTENING, Stage.IDLE) and not view.problem:
            self.count_down()
        else:
            self.app.bell()

    def count_down(self) -> None:
        """To the run, which takes the place of this page."""
        self.app.switch_screen(Countdown(self._program, self.live))

    def action_microphone(self) -> None:
        """Choose another microphone."""
        self.app.push_screen(Microphones(self._program, self._microphone), self._take_microphone)

    def _take_microphone(self, name: str | None) -> None:
        if name is not None:
            self._microphone = name
            self._program.settings.choose("microphone", name)
            self.live.listen(name or None)


def advice(view: SessionView, loudest_dbfs: float, *, is_file: bool) -> Row:
    """What should be done about the sound before a run, or that nothing need be."""
    lead = " " * LABEL_CELLS
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
