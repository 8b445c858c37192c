"""How do the speaker, the recorder and the recogniser, each on a thread of its own, make one take together?

Through one mailbox and one thread: what the speaker wants and what the others tell is posted into it and handled by
`TakeMaking`, one after another, so that nothing is locked and no caller waits.
"""

from __future__ import annotations

import logging
import queue
import threading
from typing import TYPE_CHECKING

from pmrehearse.errors import RehearsalError
from pmrehearse.session.making import TakeMaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmrehearse.audio.events import RecorderEvent, SoundSource
    from pmrehearse.checking.findings import Findings
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.events import SessionEvent, SessionView
    from pmrehearse.session.ports import SessionPorts
    from pmrehearse.speech.events import SpeechEvent, SpeechOptions

TICK_S = 0.1
"""How often time is looked at: a cue or the limit comes at most this late."""
SAVE_WITHIN_S = 4.0
"""How long closing waits for the end of the sound to be on the disk."""
CLOSE_WITHIN_S = 10.0
"""How long `close` waits for the conductor's thread."""

_log = logging.getLogger(__name__)


class Conductor:
    """One run, live. Every method but `close` returns at once."""

    def __init__(
        self,
        scenario: Scenario,
        ports: SessionPorts,
        options: SpeechOptions | None,
        tell: Callable[[SessionEvent], None],
    ) -> None:
        """Start the conductor's thread; nothing is opened yet.

        Args:
            scenario: What is rehearsed.
            ports: What the session needs of the world.
            options: How to recognise; None to record only, and transcribe later.
            tell: Called on the conductor's thread with each thing worth telling; it must not wait.
        """
        self._clock = ports.clock
        self._mailbox: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._making = TakeMaking(scenario, ports, options, tell, self._hear_sound, self._hear_speech, self._hear_judge)
        self._thread = threading.Thread(target=self._work, name="conductor", daemon=True)
        self._thread.start()

    def view(self) -> SessionView:
        """The session at this moment; cheap, for any thread."""
        return self._making.state.view(self._clock.now_s())

    def listen(self, source: SoundSource) -> None:
        """Open a source, so that its level shows; another that was open is closed."""
        self._mailbox.put(lambda: self._making.listen(source))

    def warm(self) -> None:
        """Load the checkpoint, while the speaker reads the question."""
        self._mailbox.put(self._making.warm)

    def begin(self) -> None:
        """Record: STARTING, then RECORDING at the first block."""
        self._mailbox.put(self._making.begin)

    def pause(self) -> None:
        """Stop the clock; nothing is recorded until `resume`."""
        self._mailbox.put(self._making.pause)

    def resume(self) -> None:
        """Let the clock run again."""
        self._mailbox.put(self._making.resume)

    def next_phase(self) -> None:
        """Begin the next phase; in the last one nothing changes."""
        self._mailbox.put(self._making.next_phase)

    def mark(self) -> None:
        """Mark this moment."""
        self._mailbox.put(self._making.mark)

    def finish(self) -> None:
        """End the take: SAVING, TRANSCRIBING, then DONE or WAITING."""
        self._mailbox.put(self._making.finish)

    def leave(self) -> None:
        """Stop recognising a take whose sound is safe: it waits, and can be transcribed later."""
        self._mailbox.put(self._making.leave)

    def discard(self) -> None:
        """End the take and delete it."""
        self._mailbox.put(self._making.discard)

    def close(self) -> None:
        """End everything; a take that is being recorded is kept as "interrupted". Waits some seconds at most."""
        self._mailbox.put(None)
        self._thread.join(CLOSE_WITHIN_S)

    def _hear_sound(self, event: RecorderEvent) -> None:
        self._mailbox.put(lambda: self._making.hear_sound(event))

    def _hear_speech(self, event: SpeechEvent) -> None:
        self._mailbox.put(lambda: self._making.hear_speech(event))

    def _hear_judge(self, read: Findings) -> None:
        self._mailbox.put(lambda: self._making.hear_judge(read))

    def _work(self) -> None:
        while (deed := self._next_deed(TICK_S)) is not None:
            self._do(deed)
            self._do(self._making.tick)
        self._do(self._making.interrupt)
        deadline_s = self._clock.now_s() + SAVE_WITHIN_S
        while self._making.is_saving and self._clock.now_s() < deadline_s:
            if (deed := self._next_deed(TICK_S)) is not None:
                self._do(deed)
        self._do(self._making.close)

    def _next_deed(self, wait_s: float) -> Callable[[], None] | None:
        try:
            return self._mailbox.get(timeout=wait_s)
        except queue.Empty:
            return self._making.tick

    def _do(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except (RehearsalError, OSError) as fault:
            self._making.trouble(fault)
        except Exception as fault:  # noqa: BLE001  the recording goes on whatever breaks beside it; the log tells what
            _log.exception("the conductor stumbled")
            self._making.trouble(fault)
