"""A microphone through PortAudio, on a stream that fails as real devices do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pmrehearse.audio.devices import Found, Microphone
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
from pmrehearse.audio.microphone import PortAudioMicrophone
from pmrehearse.audio.sources import Block, Finished
from pmrehearse.errors import MicrophoneError
from tests.rigs.ears import Ears
from tests.rigs.fake_sound import FakeSound, Script
from tests.rigs.scripted import misplaced, samples_of, spoken_at
from tests.rigs.thread_recorder import ThreadRecorder

TONE_HZ = 437.3


def opened(sound: FakeSound, own_rate_hz: int = 48_000, n_channels: int = 2) -> PortAudioMicrophone:
    """A microphone on that sounddevice."""
    shown = Microphone("Fake", "ALSA", is_default=True, rate_hz=own_rate_hz, n_channels=n_channels)
    return PortAudioMicrophone(sound, Found(shown, 0))


def heard(microphone: PortAudioMicrophone, n_blocks: int) -> list[Block]:
    """The next blocks."""
    blocks: list[Block] = []
    end_s = time.monotonic() + 20.0
    while len(blocks) < n_blocks and time.monotonic() < end_s:
        item = microphone.read(1.0)
        if isinstance(item, Block):
            blocks.append(item)
    assert len(blocks) == n_blocks
    return blocks


def joined(blocks: list[Block]) -> Any:
    """Their samples."""
    return np.concatenate([block.samples for block in blocks])


def test_sixteen_kilohertz_are_taken_as_they_are() -> None:
    """A device that takes 16 kHz mono is opened so, and its samples are not touched."""
    sound = FakeSound(speed=10.0)
    microphone = opened(sound)
    samples = joined(heard(microphone, 10))
    microphone.close()
    assert sound.asked == [(16_000, 1)]
    assert microphone.rate_hz == 16_000
    np.testing.assert_array_equal(samples, spoken_at(0, 16_000))


@pytest.mark.parametrize(("rate_hz", "own_rate_hz"), [(48_000, 48_000), (44_100, 96_000), (8_000, 8_000)])
def test_another_rate_is_resampled_without_seams(rate_hz: int, own_rate_hz: int) -> None:
    """Where 16 kHz is refused (-9997) the device's own rate is taken, then 48 and 44.1 kHz; 10 s stay 10 s."""

    def tone(numbers: Any) -> Any:
        return 10_000 * np.sin(2 * np.pi * TONE_HZ * numbers / rate_hz)

    sound = FakeSound(Script(takes_rates_hz=(rate_hz,), own_rate_hz=own_rate_hz, tone=tone), speed=50.0)
    microphone = opened(sound, own_rate_hz)
    samples = joined(heard(microphone, 100))
    microphone.close()
    assert microphone.rate_hz == rate_hz
    assert samples.size / 16_000 == pytest.approx(10.0, abs=0.05)
    expected = 10_000 * np.sin(2 * np.pi * TONE_HZ * np.arange(samples.size) / 16_000)
    assert np.abs(samples[1_600:-1_600] - expected[1_600:-1_600]).max() < 60


def test_a_device_without_mono_is_mixed() -> None:
    """Where one channel is refused (-9998), two are opened and mixed to one."""
    sound = FakeSound(Script(takes_channels=(2,)), speed=10.0)
    microphone = opened(sound)
    samples = joined(heard(microphone, 3))
    microphone.close()
    assert sound.asked == [(16_000, 1), (16_000, 2)]
    np.testing.assert_array_equal(samples, spoken_at(0, 4_800))


def test_a_device_that_takes_no_rate_is_told() -> None:
    """When every rate is refused, the error says so and what to look at."""
    with pytest.raises(MicrophoneError, match="neither 16 kHz nor its own rate") as caught:
        opened(FakeSound(Script(takes_rates_hz=())))
    assert "sound settings" in caught.value.hint


@pytest.mark.parametrize(
    ("number", "word"), [(-9985, "close that program"), (-9993, "sound server"), (-9999, "pmrehearse devices")]
)
def test_a_device_that_cannot_be_opened_says_what_to_do(number: int, word: str) -> None:
    """A busy device, a dead server and an unknown error each have their hint."""
    with pytest.raises(MicrophoneError, match="Fake cannot be used") as caught:
        opened(FakeSound(Script(open_error=number)))
    assert word in caught.value.hint


def test_the_end_of_the_stream_is_noticed() -> None:
    """When the system ends the stream, the blocks before it are read first."""
    microphone = opened(FakeSound(Script(ends_after=3), speed=10.0))
    assert len(heard(microphone, 3)) == 3
    assert microphone.read(5.0) == Finished("the system ended its stream")
    microphone.close()


def test_overflow_flags_come_with_their_block() -> None:
    """A flag stands at the block before which sound was dropped."""
    microphone = opened(FakeSound(Script(overflow_at=(2,)), speed=10.0))
    assert [block.overflowed for block in heard(microphone, 4)] == [False, False, True, False]
    microphone.close()


@pytest.fixture
def ears() -> Ears:
    """Keeps what the recorder tells."""
    return Ears()


@pytest.fixture
def sound() -> FakeSound:
    """A device that a test may change."""
    return FakeSound()


@pytest.fixture
def recorder(ears: Ears, sound: FakeSound) -> Iterator[ThreadRecorder]:
    """A recorder on that device."""
    recorder = ThreadRecorder(ears, sound)
    yield recorder
    recorder.close()


def test_a_stream_that_ends_is_opened_anew(
    recorder: ThreadRecorder, ears: Ears, sound: FakeSound, tmp_path: Path
) -> None:
    """A stream that the system ends is told as gone, opened again, and the take goes on with the gap marked."""
    sound.script.ends_after = 8
    recorder.open(MicrophoneSource())
    recorder.record(tmp_path / "a.wav")
    ears.wait_for(TroubleBegan, lambda event: event.kind is TroubleKind.GONE)
    sound.script.ends_after = None
    ears.wait_for(TroubleEnded, lambda event: event.kind is TroubleKind.GONE)
    told = len(ears.events)
    ears.wait_for(LevelHeard, lambda level: level.n_samples > 16_000, after=told)
    recorder.stop()
    ended = ears.wait_for(RecordingEnded)
    assert ended.n_samples == samples_of(tmp_path / "a.wav").size
    assert len(ears.all_of(SourceOpened)) == 1


def test_a_device_that_hangs_when_it_is_stopped_holds_nobody_up(
    recorder: ThreadRecorder, ears: Ears, sound: FakeSound, tmp_path: Path
) -> None:
    """The file is safe at once although stopping the device takes long; closing gives up after its deadline."""
    sound.script.abort_takes_s = 20.0
    recorder.open(MicrophoneSource())
    recorder.record(tmp_path / "a.wav")
    ears.wait_for(LevelHeard, lambda level: level.n_samples > 8_000)
    asked_s = time.monotonic()
    recorder.close()
    ended = ears.wait_for(RecordingEnded)
    assert ears.heard_s[ears.events.index(ended)] - asked_s < 2.0
    assert time.monotonic() - asked_s < 8.0
    assert samples_of(tmp_path / "a.wav").size == ended.n_samples


def test_samples_stand_at_their_time(recorder: ThreadRecorder, ears: Ears, tmp_path: Path) -> None:
    """What the device gives is in the file without a seam, and the take's clock starts at the first block."""
    recorder.open(MicrophoneSource())
    ears.wait_for(LevelHeard)
    recorder.record(tmp_path / "a.wav")
    started = ears.wait_for(RecordingStarted)
    level = ears.wait_for(LevelHeard, lambda level: level.n_samples >= 16_000)
    recorder.stop()
    ears.wait_for(RecordingEnded)
    sound = samples_of(tmp_path / "a.wav")
    assert misplaced(sound, int(sound[0]) - 1) == 0
    assert level.written_s - started.started_s == pytest.approx(level.n_samples / 16_000, abs=0.3)
    assert ears.all_of(GapMarked) == []


def test_a_telephones_band_is_told(recorder: ThreadRecorder, ears: Ears, sound: FakeSound, tmp_path: Path) -> None:
    """A headset of 8 kHz is recorded, and the speaker is told that it carries telephone sound only."""
    sound.script.takes_rates_hz = (8_000,)
    sound.script.own_rate_hz = 8_000
    recorder.open(MicrophoneSource())
    recorder.record(tmp_path / "a.wav")
    assert ears.wait_for(SourceOpened).rate_hz == 8_000
    assert ears.wait_for(TroubleBegan).kind is TroubleKind.NARROW
    ears.wait_for(LevelHeard, lambda level: level.n_samples > 8_000)


def test_a_refused_device_is_told_once(recorder: ThreadRecorder, ears: Ears, sound: FakeSound) -> None:
    """Opening a busy device ends in one failure with its hint, and a second try may work."""
    sound.script.open_error = -9985
    recorder.open(MicrophoneSource())
    failed = ears.wait_for(RecorderFailed)
    assert failed.exit_code == 3
    assert "close that program" in failed.hint
    sound.script.open_error = 0
    recorder.open(MicrophoneSource())
    assert ears.wait_for(SourceOpened).device == "Fake"
