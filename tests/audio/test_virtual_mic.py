"""The recorder on a real PortAudio and a real sound server, with the faults that those hide."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pmrehearse.audio.devices import Microphone, list_microphones
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
from pmrehearse.audio.recorder import RecorderProcess
from pmrehearse.audio.timeline import LEAST_LOSS_S
from tests.rigs.ears import Ears
from tests.rigs.readers import lengths
from tests.rigs.scripted import samples_of
from tests.rigs.sounds import phase_jumps, tone
from tests.rigs.virtual_mic import VirtualMic

pytestmark = pytest.mark.sound
RATE = 16_000


@pytest.fixture
def ears() -> Ears:
    """Keeps what the recorder tells."""
    return Ears()


@pytest.fixture
def recorder(virtual_mic: VirtualMic, ears: Ears, tmp_path: Path) -> Iterator[RecorderProcess]:
    """A recorder that records the virtual microphone's silence into `a.wav`."""
    virtual_mic.mute(on=False)
    recorder = RecorderProcess(ears)
    recorder.open(MicrophoneSource())
    recorder.record(tmp_path / "a.wav")
    ears.wait_for(RecordingStarted)
    yield recorder
    recorder.close()


@pytest.fixture
def tone_recorder(virtual_mic: VirtualMic, ears: Ears, tmp_path: Path) -> Iterator[RecorderProcess]:
    """A recorder that records a tone."""
    recorder = RecorderProcess(ears)
    virtual_mic.play(tone(tmp_path / "tone.wav", 120.0), steadily=True)
    recorder.open(MicrophoneSource())
    ears.wait_for(LevelHeard, lambda level: level.rms_dbfs > -40.0)
    recorder.record(tmp_path / "a.wav")
    ears.wait_for(RecordingStarted)
    yield recorder
    recorder.close()


def began(ears: Ears, kind: TroubleKind) -> TroubleBegan:
    """Wait until a trouble is told."""
    return ears.wait_for(TroubleBegan, lambda trouble: trouble.kind is kind)


def ended(ears: Ears, kind: TroubleKind) -> TroubleEnded:
    """Wait until a trouble is over."""
    return ears.wait_for(TroubleEnded, lambda trouble: trouble.kind is kind)


def finish(recorder: RecorderProcess, ears: Ears) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """Stop, and give the file's samples after looking whether the events and other programs agree with it."""
    recorder.stop()
    told = ears.wait_for(RecordingEnded)
    assert set(lengths(told.path).values()) == {told.n_samples}
    return samples_of(told.path)


def wait_for_more(ears: Ears, seconds: float) -> None:
    """Wait until the take is so much longer than now."""
    now = last_level(ears).n_samples if ears.all_of(LevelHeard)[-1].n_samples else 0
    ears.wait_for(LevelHeard, lambda level: level.n_samples >= now + seconds * RATE)


def last_level(ears: Ears) -> LevelHeard:
    """The last level that was told while recording."""
    return [level for level in ears.all_of(LevelHeard) if level.n_samples][-1]


def clock_error_s(ears: Ears) -> float:
    """By how much the take's samples and the monotonic clock disagree at the end."""
    level = last_level(ears)
    return level.written_s - ears.all_of(RecordingStarted)[0].started_s - level.n_samples / RATE


def test_the_tone_comes_through_without_a_jump(tone_recorder: RecorderProcess, ears: Ears) -> None:
    """A tone is recorded without one lost sample, though the process stood still for 3 s (as on ctrl-Z).

    The sound server keeps 40 s for us: nothing is lost then, and no gap is marked. One block cut out would be seen.
    """
    wait_for_more(ears, 2.0)
    assert tone_recorder.pid is not None
    os.kill(tone_recorder.pid, signal.SIGSTOP)
    time.sleep(3.0)  # the length of the stop is what is tried
    os.kill(tone_recorder.pid, signal.SIGCONT)
    wait_for_more(ears, 4.0)
    sound = finish(tone_recorder, ears)
    assert phase_jumps(sound) == []
    assert ears.all_of(GapMarked) == []
    assert abs(clock_error_s(ears)) < 0.6
    cut = np.concatenate([sound[: 2 * RATE], sound[2 * RATE + 1_600 :]])
    assert phase_jumps(cut) == [pytest.approx(2.0, abs=0.03)]


def test_a_suspended_source_is_told_and_marked(recorder: RecorderProcess, ears: Ears, virtual_mic: VirtualMic) -> None:
    """PortAudio says nothing when a source is suspended; the recorder says it within some 2 s and marks the gap."""
    wait_for_more(ears, 1.0)
    virtual_mic.suspend(on=True)
    suspended_s = time.monotonic()
    began(ears, TroubleKind.NO_BLOCKS)
    told_s = time.monotonic() - suspended_s
    virtual_mic.suspend(on=False)
    ended(ears, TroubleKind.NO_BLOCKS)
    ears.wait_for(GapMarked)
    wait_for_more(ears, 1.0)
    sound = finish(recorder, ears)
    assert told_s < 4.0
    [gap] = ears.all_of(GapMarked)
    assert not sound[gap.at_sample : gap.at_sample + gap.n_samples].any()
    assert abs(clock_error_s(ears)) < 0.6


def test_a_muted_microphone_is_told(tone_recorder: RecorderProcess, ears: Ears, virtual_mic: VirtualMic) -> None:
    """A muted source gives zeros; after 3 s of them the speaker is told, and told again when it is over."""
    virtual_mic.mute(on=True)
    assert "perfect silence" in began(ears, TroubleKind.ZEROS).message
    virtual_mic.mute(on=False)
    ended(ears, TroubleKind.ZEROS)
    finish(tone_recorder, ears)


def test_a_removed_microphone_leaves_the_file_safe(
    recorder: RecorderProcess, ears: Ears, virtual_mic: VirtualMic, tmp_path: Path
) -> None:
    """With no microphone left, the loss is told, the file is whole, and stopping works at once."""
    wait_for_more(ears, 1.0)
    virtual_mic.unload("module-remap-source", "module-null-sink")
    began(ears, TroubleKind.GONE)
    asked_s = time.monotonic()
    finish(recorder, ears)
    assert time.monotonic() - asked_s < 5.0
    assert samples_of(tmp_path / "a.wav").size > RATE


def test_another_microphone_takes_over_unseen(recorder: RecorderProcess, ears: Ears, virtual_mic: VirtualMic) -> None:
    """PulseAudio moves a stream without a word when its microphone goes and another is left: the take goes on, whole.

    The take keeps the name of the microphone with which it began.
    """
    virtual_mic.pactl("load-module", "module-null-sink", "sink_name=other", "rate=48000", "channels=1")
    assert ears.wait_for(SourceOpened).device
    wait_for_more(ears, 1.0)
    virtual_mic.unload("module-remap-source")
    wait_for_more(ears, 2.0)
    assert finish(recorder, ears).size > 3 * RATE
    assert ears.all_of(RecorderFailed) == []


def test_a_killed_sound_server_that_comes_back(recorder: RecorderProcess, ears: Ears, virtual_mic: VirtualMic) -> None:
    """When the server is killed and started again, the same file goes on and the gap stands in it as zeros."""
    wait_for_more(ears, 1.0)
    virtual_mic.kill()
    began(ears, TroubleKind.GONE)
    virtual_mic.start()
    ended(ears, TroubleKind.GONE)
    ears.wait_for(GapMarked)
    wait_for_more(ears, 1.0)
    finish(recorder, ears)
    assert abs(clock_error_s(ears)) < 0.6
    assert len(ears.all_of(SourceOpened)) == 1


def test_a_killed_recorder_goes_on_in_the_same_file(recorder: RecorderProcess, ears: Ears, tmp_path: Path) -> None:
    """Killed with -9 and started again, the take goes on with the time between marked, to a few hundredths."""
    wait_for_more(ears, 1.0)
    assert recorder.pid is not None
    os.kill(recorder.pid, signal.SIGKILL)
    ears.wait_for(RecorderFailed)
    n_before = samples_of(tmp_path / "a.wav").size
    time.sleep(4 * LEAST_LOSS_S)  # so long no recorder is there: the gap that is to be marked
    recorder.open(MicrophoneSource())
    recorder.resume_into(tmp_path / "a.wav")
    gap = ears.wait_for(GapMarked)
    wait_for_more(ears, 1.0)
    finish(recorder, ears)
    assert gap.at_sample == n_before
    assert abs(clock_error_s(ears)) < 0.6


def test_microphones_have_their_own_names(virtual_mic: VirtualMic) -> None:
    """The list shows the sound server's microphones, each once, without monitors; the default is marked."""
    virtual_mic.pactl(
        "load-module", "module-remap-source", "source_name=second", "master=vspk.monitor",
        "source_properties=device.description=VirtualMic",
    )  # fmt: skip
    assert list_microphones() == (
        Microphone("VirtualMic", "PulseAudio", is_default=True, rate_hz=48_000, n_channels=1),
        Microphone("VirtualMic (2)", "PulseAudio", is_default=False, rate_hz=48_000, n_channels=1),
    )


def test_a_microphone_is_opened_by_its_name(virtual_mic: VirtualMic, ears: Ears, tmp_path: Path) -> None:
    """The microphone that is named is the one that is heard; a name that is not there is told with those that are."""
    virtual_mic.pactl("load-module", "module-null-sink", "sink_name=other", "rate=48000", "channels=1")
    virtual_mic.pactl(
        "load-module", "module-remap-source", "source_name=deaf", "master=other.monitor",
        "source_properties=device.description=Deaf",
    )  # fmt: skip
    recorder = RecorderProcess(ears)
    try:
        virtual_mic.play(tone(tmp_path / "tone.wav", 60.0))
        recorder.open(MicrophoneSource("VirtualMic"))
        assert ears.wait_for(SourceOpened).device == "VirtualMic"
        ears.wait_for(LevelHeard, lambda level: level.rms_dbfs > -40.0)
        told = len(ears.events)
        recorder.open(MicrophoneSource("Deaf"))
        assert ears.wait_for(SourceOpened, after=told).device == "Deaf"
        ears.wait_for(LevelHeard, lambda level: level.peak_dbfs == -120.0, after=told)
        recorder.open(MicrophoneSource("None of them"))
        failed = ears.wait_for(RecorderFailed)
        assert "None of them" in failed.message
        assert "VirtualMic" in failed.hint
    finally:
        recorder.close()


def test_nothing_is_written_on_the_screen(
    recorder: RecorderProcess, ears: Ears, virtual_mic: VirtualMic, capfd: pytest.CaptureFixture[str]
) -> None:
    """What PortAudio and ALSA print when the server dies goes to the log, not to our descriptors."""
    virtual_mic.kill()
    began(ears, TroubleKind.GONE)
    finish(recorder, ears)
    recorder.close()
    assert capfd.readouterr() == ("", "")
    log = Path(os.environ["PMREHEARSE_STATE_DIR"]) / "recorder_process.log"
    assert "alsa" in log.read_text().lower()


RAISING = """
from pmrehearse.audio.events import MicrophoneSource
from pmrehearse.audio.microphone import PortAudioMicrophone, open_microphone
from pmrehearse.audio.sources import Block, Finished

calls = []

def called(self, *arguments):
    calls.append(None)
    if len(calls) == 3:
        raise RuntimeError("a mistake of ours")
    good(self, *arguments)

good, PortAudioMicrophone._called = PortAudioMicrophone._called, called
stream = open_microphone(MicrophoneSource())
heard = []
while not heard or not isinstance(heard[-1], Finished):
    heard += [item] if (item := stream.read(1.0)) is not None else []
stream.close()
print(len(heard), heard[-1].reason)
"""


def test_a_mistake_in_our_callback_ends_the_stream(virtual_mic: VirtualMic) -> None:
    """PortAudio ends the stream as when a device is lost, and the traceback goes where a recorder has its log."""
    del virtual_mic  # in the environment of the process, too
    done = subprocess.run([sys.executable, "-c", RAISING], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "3 the system ended its stream\n")
    assert "RuntimeError: a mistake of ours" in done.stderr


@pytest.mark.soak
def test_three_minutes_under_full_load_have_no_jump(virtual_mic: VirtualMic, ears: Ears, tmp_path: Path) -> None:
    """With every core kept busy, three minutes of a tone are recorded without a lost sample."""
    busy = "import numpy as np\nm = np.random.rand(600, 600)\nwhile True: m = m @ m; m /= m.max()"
    loads = [subprocess.Popen(["nice", sys.executable, "-c", busy]) for _ in range(2 * (os.cpu_count() or 1))]
    recorder = RecorderProcess(ears)
    try:
        virtual_mic.play(tone(tmp_path / "tone.wav", 240.0), steadily=True)
        recorder.open(MicrophoneSource())
        ears.wait_for(LevelHeard, lambda level: level.rms_dbfs > -40.0)
        recorder.record(tmp_path / "a.wav")
        ears.wait_for(LevelHeard, lambda level: level.n_samples > 180 * RATE, deadline_s=300.0)
        sound = finish(recorder, ears)
    finally:
        for load in loads:
            load.kill()
            load.wait()
        recorder.close()
    assert phase_jumps(sound) == []
    assert ears.all_of(TroubleBegan) == []
