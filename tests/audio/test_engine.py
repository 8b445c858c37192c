"""The recorder's loop on a microphone that fails by a script, in made time."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
import pytest

from pmrehearse.audio import keeper as keeping
from pmrehearse.audio.commands import ClockPoint, Close, Open, Pause, Record, Resume, Stop
from pmrehearse.audio.engine import Engine
from pmrehearse.audio.events import (
    GapMarked,
    LevelHeard,
    MicrophoneSource,
    RecorderFailed,
    RecordingEnded,
    RecordingStarted,
    SourceOpened,
    TroubleBegan,
    TroubleEnded,
    TroubleKind,
)
from pmrehearse.audio.keeper import HungDriverError, SourceKeeper
from pmrehearse.audio.troubles import Troubles
from tests.rigs.bench import Bench
from tests.rigs.ears import Ears
from tests.rigs.scripted import BLOCK_SAMPLES, Fault, ScriptedMicrophone, World, misplaced, samples_of

RATE = 16_000


def first_spoken(path: Path) -> int:
    """The number of the sample that a file begins with."""
    return int(samples_of(path)[0]) - 1


def test_a_good_microphone_is_recorded_whole(tmp_path: Path) -> None:
    """Every sample stands where it was spoken; no trouble is told."""
    bench = Bench()
    ended = bench.record(tmp_path / "a.wav", 60.0)
    sound = samples_of(tmp_path / "a.wav")
    assert ended == RecordingEnded(tmp_path / "a.wav", sound.size, "stopped")
    assert abs(sound.size - 60 * RATE) <= 2 * BLOCK_SAMPLES
    assert misplaced(sound, first_spoken(tmp_path / "a.wav")) == 0
    assert np.all(sound != 0)
    assert [type(event) for event in bench.ears.told()] == [SourceOpened, RecordingStarted, RecordingEnded]


def test_levels_come_about_ten_times_a_second_with_the_clock(tmp_path: Path) -> None:
    """Levels are told as blocks come; while recording they say how many samples the take has and when that held."""
    bench = Bench()
    bench.ask(Open(MicrophoneSource()))
    bench.ask(Record(tmp_path / "a.wav"))
    bench.run(30.0)
    levels = [level for level in bench.ears.all_of(LevelHeard) if level.n_samples]
    bench.stop()
    assert 9 * 29 <= len(levels) <= 15 * 31
    started = bench.ears.all_of(RecordingStarted)[0].started_s
    for level in levels:
        assert level.n_samples / RATE == pytest.approx(level.written_s - started, abs=0.001)


@pytest.mark.parametrize("kind", ["lost", "late"])
def test_a_short_silence_of_the_microphone(tmp_path: Path, kind: str) -> None:
    """Four seconds without a callback are told; what is lost stands as zeros, what is late as sound."""
    bench = Bench([Fault(10.0, 14.0, kind)])
    bench.record(tmp_path / "a.wav", 30.0)
    sound = samples_of(tmp_path / "a.wav")
    began = bench.ears.all_of(TroubleBegan)
    assert [event.kind for event in began] == [TroubleKind.NO_BLOCKS]
    assert bench.ears.all_of(TroubleEnded) == [TroubleEnded(TroubleKind.NO_BLOCKS)]
    assert misplaced(sound, first_spoken(tmp_path / "a.wav")) == 0
    n_zeros = int(np.count_nonzero(sound == 0))
    assert n_zeros == (0 if kind == "late" else 4 * RATE)
    assert sum(gap.n_samples for gap in bench.ears.all_of(GapMarked)) == n_zeros
    assert bench.n_opened == 1


def test_a_microphone_that_stops_calling_for_good_is_opened_anew(tmp_path: Path) -> None:
    """A stream that stays "active" and calls no more (PortAudio #930) is opened anew after 5 s, in the same file."""
    bench = Bench([Fault(10.0, 16.0, "lost")])
    bench.record(tmp_path / "a.wav", 40.0)
    sound = samples_of(tmp_path / "a.wav")
    assert bench.n_opened == 2
    assert bench.n_resets == 2
    assert misplaced(sound, first_spoken(tmp_path / "a.wav")) == 0
    assert int(np.count_nonzero(sound == 0)) == pytest.approx(6 * RATE, abs=2 * BLOCK_SAMPLES)
    assert len(bench.ears.all_of(SourceOpened)) == 1


def test_an_unplugged_microphone_is_looked_for_until_it_is_back(tmp_path: Path) -> None:
    """The end of the stream is told; when the microphone is back the same file goes on, the gap marked."""
    bench = Bench([Fault(10.0, 25.0, "ended"), Fault(10.0, 25.0, "absent")])
    bench.record(tmp_path / "a.wav", 45.0)
    sound = samples_of(tmp_path / "a.wav")
    assert [event.kind for event in bench.ears.all_of(TroubleBegan)] == [TroubleKind.GONE]
    assert bench.ears.all_of(TroubleEnded) == [TroubleEnded(TroubleKind.GONE)]
    assert misplaced(sound, first_spoken(tmp_path / "a.wav")) == 0
    assert sum(gap.n_samples for gap in bench.ears.all_of(GapMarked)) == int(np.count_nonzero(sound == 0))
    assert sound.size == pytest.approx(45 * RATE, abs=3 * BLOCK_SAMPLES)


def test_stopping_while_the_microphone_is_gone_closes_the_file(tmp_path: Path) -> None:
    """A take whose microphone is gone can be ended; what was recorded is in the file."""
    bench = Bench([Fault(10.0, math.inf, "ended"), Fault(10.0, math.inf, "absent")])
    ended = bench.record(tmp_path / "a.wav", 20.0)
    assert ended.n_samples == pytest.approx(9.7 * RATE, abs=2 * BLOCK_SAMPLES)
    assert samples_of(tmp_path / "a.wav").size == ended.n_samples


def test_lost_blocks_without_a_word_are_found_by_counting(tmp_path: Path) -> None:
    """Eight blocks dropped in silence are told as drift, and later samples stand at their time again."""
    bench = Bench(lost_blocks=range(200, 208))
    bench.record(tmp_path / "a.wav", 90.0)
    sound = samples_of(tmp_path / "a.wav")
    assert [event.kind for event in bench.ears.all_of(TroubleBegan)] == [TroubleKind.DRIFT]
    assert bench.ears.all_of(TroubleEnded) == [TroubleEnded(TroubleKind.DRIFT)]
    first = first_spoken(tmp_path / "a.wav")
    last = sound[-BLOCK_SAMPLES:]
    assert misplaced(last, first + sound.size - BLOCK_SAMPLES) == 0


def test_overflow_flags_are_told_for_a_while(tmp_path: Path) -> None:
    """A flag of the system that it dropped sound is told at once and is over ten seconds after the last."""
    bench = Bench([Fault(10.0, 10.5, "overflow")])
    bench.record(tmp_path / "a.wav", 30.0)
    assert [event.kind for event in bench.ears.all_of(TroubleBegan)] == [TroubleKind.OVERFLOW]
    assert bench.ears.all_of(TroubleEnded) == [TroubleEnded(TroubleKind.OVERFLOW)]


def test_nothing_is_written_in_a_pause(tmp_path: Path) -> None:
    """In a pause the level goes on and the file does not grow; afterwards it goes on with no gap marked."""
    bench = Bench()
    bench.ask(Open(MicrophoneSource()))
    bench.ask(Record(tmp_path / "a.wav"))
    bench.run(10.0)
    bench.ask(Pause(bench.world.now_s))
    bench.run(1.0)
    n_paused = samples_of(tmp_path / "a.wav").size
    n_levels = len(bench.ears.all_of(LevelHeard))
    bench.run(20.0)
    assert samples_of(tmp_path / "a.wav").size == n_paused
    assert len(bench.ears.all_of(LevelHeard)) - n_levels >= 190
    bench.ask(Resume())
    bench.run(10.0)
    ended = bench.stop()
    sound = samples_of(tmp_path / "a.wav")
    assert ended.n_samples == pytest.approx(20 * RATE, abs=4 * BLOCK_SAMPLES)
    assert misplaced(sound[:n_paused], first_spoken(tmp_path / "a.wav")) == 0
    assert misplaced(sound[n_paused:], int(sound[n_paused]) - 1) == 0
    assert bench.ears.all_of(GapMarked) == []


def test_what_was_said_before_the_key_is_in_the_file(tmp_path: Path) -> None:
    """A block that was in flight when the stop was asked for is still written."""
    bench = Bench()
    bench.ask(Open(MicrophoneSource()))
    bench.ask(Record(tmp_path / "a.wav"))
    bench.run(1.03)
    asked_s = bench.world.now_s
    bench.ask(Stop(asked_s))
    bench.run_until(RecordingEnded)
    end = first_spoken(tmp_path / "a.wav") + samples_of(tmp_path / "a.wav").size
    asked = round((asked_s - 1_000.0) * RATE)
    assert asked <= end <= asked + BLOCK_SAMPLES


def test_a_take_that_was_cut_short_goes_on_in_its_file(tmp_path: Path) -> None:
    """Appending marks the time that went by since the recorder died, as zeros in the file."""
    path = tmp_path / "a.wav"
    first = Bench()
    first.record(path, 10.0)
    n_before = samples_of(path).size
    second = Bench()
    second.world.now_s = 1_030.0
    second.ask(Open(MicrophoneSource()))
    since = ClockPoint(n_before, 1_000.0 + (first_spoken(path) + n_before) / RATE)
    second.ask(Record(path, append=True, since=since))
    second.run(10.0)
    second.stop()
    sound = samples_of(path)
    assert misplaced(sound, first_spoken(path)) == 0
    [gap] = second.ears.all_of(GapMarked)
    assert gap.at_sample == n_before
    assert gap.n_samples == int(np.count_nonzero(sound == 0))


def test_a_microphone_that_is_not_there_is_told_and_asked_for_again(tmp_path: Path) -> None:
    """The first opening that fails ends in one plain failure; another one may follow."""
    bench = Bench([Fault(0.0, 5.0, "absent")])
    bench.ask(Open(MicrophoneSource()))
    failed = bench.run_until(RecorderFailed)
    assert failed == RecorderFailed("It is not there.", "Plug it in.", 3)
    bench.ask(Record(tmp_path / "a.wav"))
    assert bench.run_until(RecorderFailed).message == "Nothing is open to record from."
    bench.world.wait(6.0)
    bench.ask(Open(MicrophoneSource()))
    assert bench.run_until(SourceOpened).device == "scripted"


def test_a_second_take_waits_for_the_first(tmp_path: Path) -> None:
    """A take asked for while the last one is being closed is recorded into its own file."""
    bench = Bench()
    bench.ask(Open(MicrophoneSource()))
    bench.ask(Record(tmp_path / "a.wav"))
    bench.run(3.0)
    bench.ask(Stop(bench.world.now_s))
    bench.ask(Record(tmp_path / "b.wav"))
    assert bench.run_until(RecordingEnded).path == tmp_path / "a.wav"
    bench.run(3.0)
    assert bench.stop().path == tmp_path / "b.wav"
    assert samples_of(tmp_path / "b.wav").size == pytest.approx(3 * RATE, abs=3 * BLOCK_SAMPLES)


def test_nothing_is_recorded_over(tmp_path: Path) -> None:
    """A path where something stands is refused, and what stands there is left as it is."""
    (tmp_path / "a.wav").write_text("mine")
    bench = Bench()
    bench.ask(Open(MicrophoneSource()))
    bench.ask(Record(tmp_path / "a.wav"))
    assert "cannot be made" in bench.run_until(RecorderFailed).message
    assert (tmp_path / "a.wav").read_text() == "mine"


def test_closing_finishes_the_file_first(tmp_path: Path) -> None:
    """Told to close in the middle of a take, the engine is over only when the file is safe."""
    bench = Bench()
    bench.ask(Open(MicrophoneSource()))
    bench.ask(Record(tmp_path / "a.wav"))
    bench.run(5.0)
    bench.ask(Close())
    assert bench.run_until(RecordingEnded).n_samples == samples_of(tmp_path / "a.wav").size
    assert bench.engine.over


def run_for_ever(engine: Engine) -> None:
    """Let it work until it gives up."""
    for _ in range(1_000):
        engine.step()


def test_a_driver_that_hangs_costs_no_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When closing a dead stream hangs (PortAudio #1037), the engine gives up, and what was heard is in the file."""
    monkeypatch.setattr(keeping, "DRIVER_S", 0.5)
    monkeypatch.setattr(keeping, "DEAD_S", 0.3)
    world = World()
    start_s = time.monotonic()

    class Hanging(ScriptedMicrophone):
        def close(self) -> None:
            time.sleep(60.0)

    def now() -> float:
        return 1_000.0 + time.monotonic() - start_s

    def wait(length_s: float) -> None:
        time.sleep(length_s)
        world.now_s = now()

    monkeypatch.setattr(world, "wait", wait)
    ears = Ears()
    troubles = Troubles(ears)
    keeper = SourceKeeper(lambda _: Hanging(world, [Fault(1.5, math.inf, "lost")]), lambda: None, ears, troubles, now)
    engine = Engine(keeper, ears, troubles, (), now)
    engine.commands.put(Open(MicrophoneSource()))
    engine.commands.put(Record(tmp_path / "a.wav"))
    with pytest.raises(HungDriverError):
        run_for_ever(engine)
    engine.abandon()
    sound = samples_of(tmp_path / "a.wav")
    assert sound.size > RATE
    assert misplaced(sound, first_spoken(tmp_path / "a.wav")) == 0
    assert ears.all_of(RecordingEnded) == []


@pytest.mark.soak
def test_ninety_minutes_are_whole(tmp_path: Path) -> None:
    """A take of 90 minutes with a silence of the microphone in each ten minutes has every sample at its time."""
    bench = Bench([Fault(600.0 * n, 600.0 * n + 3.0, "late" if n % 2 else "lost") for n in range(1, 9)])
    bench.record(tmp_path / "a.wav", 5_400.0)
    sound = samples_of(tmp_path / "a.wav")
    assert misplaced(sound, first_spoken(tmp_path / "a.wav")) == 0
    assert int(np.count_nonzero(sound == 0)) == 4 * 3 * RATE
