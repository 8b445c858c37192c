"""How is a run carried through without a screen?

The conductor does the work on its own thread; here its events are told on stderr, the phases follow a plan or the
keyboard, and a stop keeps what was recorded.
"""

from __future__ import annotations

import queue
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.cli.answering import INTERRUPTED
from pmrehearse.cli.keys import Keys, Wish
from pmrehearse.cli.stopping import Stopped, stoppable
from pmrehearse.cli.texts import figures
from pmrehearse.errors import RehearsalError
from pmrehearse.session import events as told
from pmrehearse.session.events import Stage
from pmrehearse.session.live import LiveCue, LiveDetail, next_cue

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.cli.narration import Narrator
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.controls import Conducting
    from pmrehearse.session.events import SessionEvent, SessionView

POLL_S = 0.02
"""How often the plan is looked at: at 8 times real speed a phase begins at most 0.16 s of the take late."""


_WAITING = {Stage.IDLE: "Opening the sound", Stage.STARTING: "Starting", Stage.SAVING: "Saving"}


class RunEndedError(RehearsalError):
    """A run came to no report: it failed, waits for a checkpoint, or was stopped."""

    def __init__(self, message: str, hint: str, exit_code: int) -> None:
        """Say what happened, what to do, and how the command ends."""
        super().__init__(message, hint)
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class RunPlan:
    """How a run is led.

    Attributes:
        source: What is listened to.
        phases_at_s: When the phases after the first begin, in seconds of the take; empty to leave it to the keyboard.
        stop_at_s: When it is finished; None to leave it to the keyboard, the limit or the end of the file.
        tells_words: True to tell what is heard while it is heard.
        live: What is told of the ticks while speaking.
    """

    source: SoundSource
    phases_at_s: tuple[float, ...] = ()
    stop_at_s: float | None = None
    tells_words: bool = False
    live: LiveDetail = LiveDetail.OFF


class HeadlessRun:
    """One run without a screen."""

    def __init__(
        self,
        scenario: Scenario,
        plan: RunPlan,
        narrator: Narrator,
        make_conductor: Callable[[Callable[[SessionEvent], None]], Conducting],
        keys: Keys | None = None,
    ) -> None:
        """Make the conductor; nothing is opened yet.

        Args:
            scenario: What is rehearsed.
            plan: How the run is led.
            narrator: Tells what happens.
            make_conductor: Makes the conductor that tells this listener.
            keys: The keyboard; None for that of the terminal, if there is one.
        """
        self._scenario = scenario
        self._plan = plan
        self._narrator = narrator
        self._events: queue.SimpleQueue[SessionEvent] = queue.SimpleQueue()
        self._conductor = make_conductor(self._events.put)
        self._keys = keys or Keys()
        self._phases_asked = 0
        self._finished = False
        self._take_id = ""
        self._cue: LiveCue | None = None

    def carry_through(self) -> str:
        """Record, recognise and check.

        Returns:
            The id of the take, which is transcribed.

        Raises:
            RunEndedError: It failed, waits for a checkpoint, or was stopped; the message says what was kept.
        """
        with stoppable():
            try:
                with self._narrator.bar() as draw:
                    self._lead(draw)
            except KeyboardInterrupt as stop:
                raise self._stopped(stop.exit_code if isinstance(stop, Stopped) else INTERRUPTED) from None
            finally:
                self._conductor.close()
        return self._take_id

    def _lead(self, draw: Callable[[str, float, float, str], None]) -> None:
        self._conductor.listen(self._plan.source)
        self._conductor.warm()
        while not self._take_id:
            self._hear()
            self._obey()
            view = self._conductor.view()
            self._follow_plan(view)
            self._tell_ticks(view)
            draw(*_live_line(view))

    # ------------------------------------------------------------------ what is told

    @property
    def _tells_words(self) -> bool:
        return self._plan.tells_words or self._plan.live is LiveDetail.FULL

    def _hear(self) -> None:
        try:
            event = self._events.get(timeout=POLL_S)
        except queue.Empty:
            return
        match event:
            case told.StageReached(stage=stage):
                self._reached(stage)
            case told.PhaseBegan(phase_id=phase_id, at_s=at_s):
                self._began(phase_id, at_s)
            case told.CueRaised(cue=cue, at_s=at_s):
                self._narrator.say_at(at_s, f"Interviewer: {figures.quoted(cue.say)}", "cyan")
            case told.SegmentAdded(segment=segment) if self._tells_words and segment.words:
                self._narrator.say_at(segment.start_s, figures.shortened(segment.text, 70), "dim")
            case told.TroubleTold(message=message, hint=hint):
                self._narrator.say(f"Trouble: {message} {hint}", "yellow")
            case told.TakeReady(take_id=take_id):
                self._take_id = take_id
            case told.TakeWaits():
                raise self._waits(event)
            case told.SessionFailed(message=message, hint=hint, exit_code=exit_code):
                raise RunEndedError(message, hint, exit_code)

    def _tell_ticks(self, view: SessionView) -> None:
        """Tell what is newly ticked, as often as it was asked for."""
        if view.stage is not Stage.RECORDING:
            return
        cue = next_cue(self._cue, view.findings, view.clock_s, self._plan.live)
        if cue is not None and cue is not self._cue and cue.new:
            titles = ", ".join(figures.shortened(self._scenario.element(each).title, 40) for each in cue.new)
            self._narrator.say_at(cue.at_s, f"✓ {titles} ({len(cue.met)} of {cue.n_elements})", "green")
        self._cue = cue

    def _began(self, phase_id: str, at_s: float) -> None:
        phase = self._scenario.phase(phase_id)
        if phase == self._scenario.phases[0]:
            self._narrator.say("Recording: speak.")
        budget = f" ({figures.clock(phase.seconds)})"
        self._narrator.say_at(at_s, f"{phase.title}{budget}{': ' if phase.prompt else ''}{phase.prompt}", "bold")

    def _reached(self, stage: Stage) -> None:
        if stage is Stage.LISTENING:
            self._narrator.say(f"Listening to {self._conductor.view().device}.")
            self._conductor.begin()
        elif stage is Stage.PAUSED:
            self._narrator.say("Paused: the clock stands and nothing is recorded.")
        elif stage is Stage.TRANSCRIBING:
            self._narrator.say("The sound is saved.")

    def _waits(self, event: told.TakeWaits) -> RunEndedError:
        later = f"The take is kept: `pmrehearse transcribe {event.take_id}` goes on with it."
        return RunEndedError(event.message, f"{event.hint}\n{later}", event.exit_code)

    def _stopped(self, exit_code: int) -> RunEndedError:
        self._conductor.leave()
        self._conductor.close()
        take_id = self._conductor.view().take_id
        if not take_id:
            return RunEndedError("Stopped; nothing was recorded.", "", exit_code)
        return RunEndedError(
            "Stopped; what was recorded is kept.",
            f"`pmrehearse transcribe {take_id}` goes on with it;\n`pmrehearse delete {take_id}` deletes it.",
            exit_code,
        )

    # ------------------------------------------------------------------ what leads it

    def _obey(self) -> None:
        match self._keys.pressed():
            case Wish.FINISH:
                self._conductor.finish()
            case Wish.NEXT_PHASE:
                self._conductor.next_phase()
            case Wish.MARK:
                self._conductor.mark()
            case Wish.PAUSE if self._conductor.view().stage is Stage.PAUSED:
                self._conductor.resume()
            case Wish.PAUSE:
                self._conductor.pause()

    def _follow_plan(self, view: SessionView) -> None:
        if view.stage is not Stage.RECORDING:
            return
        if self._phases_asked < sum(at_s <= view.clock_s for at_s in self._plan.phases_at_s):
            self._phases_asked += 1
            self._conductor.next_phase()
        stop_at_s = self._plan.stop_at_s
        if stop_at_s is not None and view.clock_s >= stop_at_s and not self._finished:
            self._finished = True
            self._conductor.finish()


def _live_line(view: SessionView) -> tuple[str, float, float, str]:
    """What the bar shows: (what, done, total, beside)."""
    if view.stage in (Stage.RECORDING, Stage.PAUSED):
        phase = view.phase
        where = f"{figures.clock(view.clock_s)} of {figures.clock(view.total_s)}"
        return (phase.title if phase else "", view.clock_s, view.total_s, f"{where}  {view.level_dbfs:4.0f} dB")
    if view.stage is Stage.TRANSCRIBING:
        left = f"{figures.clock(view.transcribed_s)} of {figures.clock(view.recorded_s)}"
        return ("Recognising", view.transcribed_s, view.recorded_s, left)
    return (_WAITING.get(view.stage, ""), 0.0, 0.0, "")
