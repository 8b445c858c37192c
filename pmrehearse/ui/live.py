"""Which run is live, from the briefing to the transcript?"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pmrehearse.audio.events import FileSource, MicrophoneSource
from pmrehearse.session.events import Stage
from pmrehearse.session.live import LiveCue, LiveDetail, next_cue
from pmrehearse.ui.requests import SessionTold

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.events import SessionEvent, SessionView
    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.requests import AtBriefing

RECORDING = frozenset({Stage.STARTING, Stage.RECORDING, Stage.PAUSED})
"""Stages in which leaving must be asked for: a take is being made. One that is being saved has ended already."""


class LiveRun:
    """One conductor, handed from screen to screen.

    Attributes:
        at: How it was asked for.
        scenario: What is rehearsed.
        has_recogniser: False when there is no checkpoint: the take is recorded, and transcribed later.
        conductor: Runs it.
        lights: True to show the lights.
        detail: What is shown of recognition while speaking.
    """

    def __init__(self, program: ProgramPort, at: AtBriefing, post: Callable[[Message], bool]) -> None:
        """Prepare a run; reads the scenario and may load libraries, so this waits.

        Args:
            program: What stands behind the screens.
            at: What is rehearsed, and how.
            post: Takes messages from any thread.

        Raises:
            RehearsalError: There is no such scenario or checkpoint.
        """
        self.at = at
        self.scenario: Scenario = (
            program.packs.find(at.scenario_id)
            if at.drill is None
            else program.packs.drill(at.drill.names[0], at.drill.seconds)
        )

        def tell(event: SessionEvent) -> None:
            post(SessionTold(event))

        options = program.speech_options(at.checkpoint)
        self.has_recogniser = options is not None
        self.conductor = program.conductor(self.scenario, options, tell)
        settings = program.settings.values
        self.lights = settings.lights
        self.detail = LiveDetail(at.live or settings.live)
        self._cue: LiveCue | None = None
        self._to_turn = at.phases_at_s
        self._closing: threading.Thread | None = None

    def listen(self, microphone: str | None) -> None:
        """Open the file that stands in, or this microphone (None: the system's default)."""
        self.conductor.listen(self.at.source or MicrophoneSource(microphone))
        self.conductor.warm()

    @property
    def file(self) -> FileSource | None:
        """The file that stands in for the microphone, or None."""
        return self.at.source

    def view(self) -> SessionView:
        """The session at this moment."""
        return self.conductor.view()

    def cue(self, view: SessionView) -> LiveCue | None:
        """The ticks to show just now, or None."""
        if view.stage is Stage.RECORDING:
            self._cue = next_cue(self._cue, view.findings, view.clock_s, self.detail)
        return self._cue

    @property
    def is_recording(self) -> bool:
        """True while a take is being made."""
        return self.view().stage in RECORDING

    def turn_pages(self, clock_s: float) -> None:
        """Begin the next phase when the script of a recorded answer says so."""
        while self._to_turn and clock_s >= self._to_turn[0]:
            self._to_turn = self._to_turn[1:]
            self.conductor.next_phase()

    def close(self) -> None:
        """Begin to end it all, beside the screens; a take that is being recorded is kept."""
        if self._closing is None:
            self._closing = threading.Thread(target=self.conductor.close, name="closing", daemon=True)
            self._closing.start()

    def close_and_wait(self, within_s: float) -> None:
        """End it all and wait until it has ended, at most `within_s`."""
        self.close()
        if self._closing is not None:
            self._closing.join(within_s)
