"""How much time is there, where am I in it, and am I heard?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import var

from pmrehearse.rehearsal.pace import Pace
from pmrehearse.session.events import Stage
from pmrehearse.session.live import LiveDetail
from pmrehearse.ui import marks
from pmrehearse.ui.requests import RunJob
from pmrehearse.ui.screens.base import HELP_KEY
from pmrehearse.ui.screens.dialog import Choice
from pmrehearse.ui.screens.live_page import LivePage
from pmrehearse.ui.screens.run_question import RunQuestion
from pmrehearse.ui.shown import shown
from pmrehearse.ui.take_jobs import LiveTranscription
from pmrehearse.ui.widgets.big_clock import BigClock
from pmrehearse.ui.widgets.cue_card import CueCard
from pmrehearse.ui.widgets.level_meter import LevelMeter
from pmrehearse.ui.widgets.phase_bar import PhaseBar
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.widgets.trouble_banner import TroubleBanner
from pmrehearse.ui.wording import clock, length

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.events import SessionView
    from pmrehearse.session.live import LiveCue
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.ports import ProgramPort

_RUNNING = (Stage.STARTING, Stage.RECORDING, Stage.PAUSED)


class Rehearse(LivePage):
    """One big clock; the rest is there when it is looked for."""

    PURPOSE = (
        "Speak. The clock counts what is recorded, and all of it is on the disk within a second, whatever happens to "
        "this screen. {rehearse.mark} marks a moment that you want to find again in the report. The light says how "
        "much time there is: green, it may end; yellow, come to the end; red, stop."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish", "Finish", key_display="enter"),
        Binding("space", "pause", "Pause"),
        Binding("n", "next_phase", "Next phase"),
        Binding("m", "mark", "Mark"),
        Binding("escape", "back", "Stop …", key_display="esc"),
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    Rehearse {
        #stage { height: 1fr; padding: 0 2; }
        #clock { margin-top: 1; }
        #clock.-over { color: $warning; }
        #clock.-paused { color: $muted; }
        #remaining { width: 100%; text-align: center; color: $muted; }
        PhaseBar { margin-top: 1; }
        #phase { margin-top: 1; height: auto; min-height: 2; }
        #pace { margin-top: 1; }
        #ticks, #words { display: none; height: 1; text-wrap: nowrap; text-overflow: ellipsis; color: $muted; }
        &.-sparse #ticks, &.-full #ticks, &.-full #words { display: block; }
        #upper { height: 1fr; }
        #sound { height: 1; }
        #light { width: 28; }
        &.-tall {
            #stage { padding: 1 6 1 6; }
            #upper { align-vertical: middle; }
            #clock { margin-bottom: 1; }
            PhaseBar { margin-top: 2; }
            #sound { margin-top: 1; }
        }
        &.-wide #stage { padding: 2 16 1 16; }
    }
    """

    is_last_phase: var[bool] = var(default=False, bindings=True)
    """True once no phase comes after this one."""

    def __init__(self, program: ProgramPort, live: LiveRun) -> None:
        """Show a run that records.

        Args:
            program: What stands behind the screens.
            live: The run.
        """
        super().__init__(live)
        self._program = program

    def why_not(self, action: str) -> str:
        """After the last phase comes none."""
        is_last = action == "next_phase" and self.is_last_phase
        return "This is the last phase." if is_last else super().why_not(action)

    def content(self) -> ComposeResult:
        """The clock, the phases, the card, the sound."""
        yield TroubleBanner()
        with Vertical(id="stage"):
            with Vertical(id="upper"):
                yield BigClock("0:00", id="clock")
                yield Plain("", id="remaining")
                yield PhaseBar()
                yield Plain("", id="phase")
                yield Plain("", id="pace")
                yield Plain("", id="ticks")
                yield Plain("", id="words")
            yield CueCard()
            with Horizontal(id="sound"):
                yield Plain("", id="light")
                yield LevelMeter()

    def on_mount(self) -> None:
        """Show what was asked for of recognition."""
        self.set_class(self.live.detail is not LiveDetail.OFF, f"-{self.live.detail}")

    def draw(self, view: SessionView) -> None:
        """Hand each widget what it shows."""
        self.live.turn_pages(view.clock_s)
        self.is_last_phase = bool(view.phases) and view.phase == view.phases[-1]
        big = self.query_one(BigClock)
        big.show(clock(view.clock_s))
        big.set_class(view.remaining_s < 0, "-over")
        big.set_class(view.stage is Stage.PAUSED, "-paused")
        self.query_one("#remaining", Plain).show(_remaining(view))
        self.query_one(PhaseBar).show(view.phases)
        self.query_one("#phase", Plain).show(_phase(view))
        self.query_one("#pace", Plain).show(_pace(view))
        self._draw_heard(view)
        self.query_one("#light", Plain).show(marks.of_light(view.light).content if self.live.lights else "")
        self.query_one(LevelMeter).show(view.level_dbfs, view.peak_dbfs)
        self.query_one(CueCard).show_cue(view.cue)
        self.query_one(TroubleBanner).show_troubles(view.troubles)
        self.bar.remark = _state(view)

    def _draw_heard(self, view: SessionView) -> None:
        """What is ticked and, in full detail, the words as they come."""
        if self.live.detail is LiveDetail.OFF:
            return
        cue = self.live.cue(view)
        ticks = shown("listening …") if cue is None else shown(*_ticks(self.live.scenario, cue))
        self.query_one("#ticks", Plain).show(ticks)
        words = self.query_one("#words", Plain)
        words.show(_last(view.last_words, words.size.width))

    def follow(self, view: SessionView) -> bool:
        """To the transcription when the recording has ended."""
        if view.stage in _RUNNING:
            return False
        self.post_message(RunJob(LiveTranscription(self.live), replace=True))
        return True

    def action_finish(self) -> None:
        """End the take."""
        self.live.conductor.finish()

    def action_pause(self) -> None:
        """Stop the clock, or let it run again."""
        if self.live.view().stage is Stage.PAUSED:
            self.live.conductor.resume()
        else:
            self.live.conductor.pause()

    def action_next_phase(self) -> None:
        """Begin the next phase."""
        self.live.conductor.next_phase()

    def action_mark(self) -> None:
        """Mark this moment."""
        self.live.conductor.mark()

    def action_back(self) -> None:
        """Ask what stopping means; meanwhile the recording goes on."""
        question = RunQuestion(
            self.live,
            "Stop here?",
            "The recording goes on until you choose.",
            (
                Choice("go_on", "Go on speaking", "g"),
                Choice("finish", "Finish, and see the report", "f"),
                Choice("discard", "Discard this take", "d"),
            ),
        )
        self.app.push_screen(question, self._stop)

    def _stop(self, answer: str | None) -> None:
        if answer == "finish":
            self.action_finish()
        elif answer == "discard":
            self._has_gone_on = True
            self.live.conductor.discard()
            self.live.close()
            self.app.pop_screen()


def _state(view: SessionView) -> Content:
    if view.stage is Stage.PAUSED:
        return shown(("‖ paused, nothing is recorded", "bold $warning"))
    said = f" · {view.n_marks} marked" if view.n_marks else ""
    return shown(("● ", "$error"), "recording", (f" · {view.device}{said}", "$muted"))


def _remaining(view: SessionView) -> str:
    if view.remaining_s < 0:
        return f"{clock(-view.remaining_s)} over {length(view.total_s)}"
    return f"{clock(view.remaining_s + 0.999)} left of {length(view.total_s)}"


def _phase(view: SessionView) -> Content:
    phase = view.phase
    if phase is None:
        return shown("")
    number = view.phases.index(phase) + 1
    style = "$warning" if phase.elapsed_s > phase.planned_s else "$muted"
    spent = f"  {clock(phase.elapsed_s)} of {clock(phase.planned_s)}"
    line = shown((f"{number} {phase.title}", "bold"), (spent, style))
    return line + shown(f"\n{phase.prompt}") if phase.prompt else line


def _pace(view: SessionView) -> Content:
    mark = marks.of_pace(view.pace)
    if view.pace is Pace.ON_TIME:
        return shown((f"{mark.glyph} on time", mark.style))
    return shown((f"{mark.glyph} {clock(abs(view.pace_s))} {mark.word} the plan", mark.style))


def _last(words: str, n_cells: int) -> str:
    """The last words that fit into a line."""
    return words if len(words) <= n_cells else "… " + words[len(words) - n_cells + 2 :].partition(" ")[2]


def _ticks(scenario: Scenario, cue: LiveCue) -> tuple[tuple[str, str], ...]:
    """The count, then the newest ticks, then the others."""
    titles = {element.id: element.title for element in scenario.elements}
    old = [each for each in cue.met if each not in cue.new]
    count = (f"{len(cue.met)} of {cue.n_elements}", "bold")
    new = ((f"  ✓ {titles[each]}", "bold $success") for each in cue.new)
    return (count, *new, *((f"  ✓ {titles[each]}", "$muted") for each in old))
