"""One mailbox, one thread: the conductor as the screens use it."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from pmrehearse.audio.events import MicrophoneSource
from pmrehearse.library.take import TakeStatus
from pmrehearse.session.conductor import Conductor
from pmrehearse.session.events import SessionEvent, Stage, StageReached, TroubleTold
from pmrehearse.speech.events import SegmentHeard, SpeechOptions, TranscriptFinished
from tests.session.fakes import RATE, SCENARIO, World, segment

if TYPE_CHECKING:
    from collections.abc import Iterator

import pytest

DEADLINE_S = 20.0


class Told:
    """What a conductor told, waited for."""

    def __init__(self) -> None:
        self.events: queue.SimpleQueue[SessionEvent] = queue.SimpleQueue()
        self.threads: set[str] = set()

    def __call__(self, event: SessionEvent) -> None:
        """Note an event and the thread it came on."""
        self.threads.add(threading.current_thread().name)
        self.events.put(event)

    def until(self, wanted: Stage) -> None:
        """Wait for a stage."""
        while self.events.get(timeout=DEADLINE_S) != StageReached(wanted):
            pass


@pytest.fixture
def world() -> World:
    """The fakes."""
    return World()


@pytest.fixture
def told() -> Told:
    """The listener."""
    return Told()


@pytest.fixture
def conductor(world: World, told: Told) -> Iterator[Conductor]:
    """A conductor over the fakes."""
    conductor = Conductor(SCENARIO, world.ports(), SpeechOptions("demo-voice"), told)
    yield conductor
    conductor.close()


def test_take_is_conducted_through_the_mailbox(conductor: Conductor, world: World, told: Told) -> None:
    """A take goes its whole way, and everything is told on the conductor's own thread."""
    conductor.listen(MicrophoneSource())
    conductor.begin()
    told.until(Stage.RECORDING)
    world.recorder.hear(15.0)
    conductor.finish()
    told.until(Stage.TRANSCRIBING)
    world.transcriber.tell(SegmentHeard(segment("our metric")))
    world.transcriber.tell(TranscriptFinished(15.0, 5.0))
    told.until(Stage.DONE)
    assert conductor.view().stage is Stage.DONE
    assert world.store.saved[-1].n_samples == 15 * RATE
    assert told.threads == {"conductor"}


def test_close_keeps_a_running_take(world: World, told: Told) -> None:
    """Closing during a recording finishes the file, keeps the take and ends both processes."""
    conductor = Conductor(SCENARIO, world.ports(), SpeechOptions("demo-voice"), told)
    conductor.listen(MicrophoneSource())
    conductor.begin()
    told.until(Stage.RECORDING)
    world.recorder.hear(5.0)
    conductor.close()
    assert world.store.saved[-1].status is TakeStatus.RECORDED
    assert world.store.saved[-1].ended == "interrupted"
    assert world.recorder.asked[-1] == "close"
    assert world.transcriber.asked[-1] == "close"


def test_conductor_survives_what_breaks_beside_it(conductor: Conductor, world: World, told: Told) -> None:
    """An error of the store is told, and the recording goes on."""
    conductor.listen(MicrophoneSource())
    conductor.begin()
    told.until(Stage.RECORDING)
    world.store.failing = OSError(28, "No space left on device")
    conductor.mark()
    while not isinstance(told.events.get(timeout=DEADLINE_S), TroubleTold):
        pass
    assert conductor.view().stage is Stage.RECORDING
    world.store.failing = None
