"""Where the worker goes on when a GPU fails or the machine is too slow: real child processes, a fake recogniser."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pmrehearse import places
from pmrehearse.speech import checkpoints
from pmrehearse.speech.events import (
    Checkpoint,
    FellBehind,
    SpeechOptions,
    TranscriptFinished,
    WorkerFailed,
    WorkerReady,
    WorkerRestarted,
)
from pmrehearse.speech.fastest import choices, open_fastest
from pmrehearse.speech.official import BY_NAME
from tests.speech.fake_engine import open_fake
from tests.speech.sounds import Sound, quiet, write_wav
from tests.speech.worker_rig import Rig, wait_until

AUTO = SpeechOptions("fake", "auto", "auto")


@pytest.fixture(scope="module")
def answer(speak: Callable[[str], Sound]) -> Sound:
    """Three sentences."""
    said = speak("I would run an experiment with twelve thousand users.")
    return np.concatenate([said, quiet(2.5), said, quiet(2.5), said, quiet(2.5)])


@pytest.mark.parametrize("how", ["aborts", "refuses"])
def test_a_gpu_that_fails_is_left(answer: Sound, how: str, tmp_path: Path) -> None:
    """An abort of the process or an error while loading: a new worker goes on with the processor, nothing is lost."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path, no_gpu=how) as rig:
        rig.start("cuda")
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        rig.wait_for(TranscriptFinished)
    [restarted] = rig.of(WorkerRestarted)
    assert restarted.reason.endswith("It goes on with the processor alone.")
    assert [event.options.device for event in rig.of(WorkerReady)] == ["cpu"]
    assert len(rig.segments) == 3


def test_a_gpu_that_fails_in_a_decode_is_left(answer: Sound, tmp_path: Path) -> None:
    """The window at which it died is heard by the next worker."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path, die_at=6.0) as rig:
        rig.start("cuda")
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        rig.wait_for(TranscriptFinished)
    assert [event.options.device for event in rig.of(WorkerReady)] == ["cuda", "cpu"]
    assert len(rig.segments) == 3
    assert not any(segment.unsure for segment in rig.segments)


def test_a_worker_that_dies_with_nothing_to_do_keeps_its_gpu(tmp_path: Path) -> None:
    """Killed by somebody: that says nothing about the GPU."""
    with Rig(tmp_path) as rig:
        rig.start("cuda")
        rig.wait_for(WorkerReady)
        pid = rig.transcriber.worker_pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert rig.wait_for(WorkerReady).options.device == "cuda"


def test_a_machine_that_is_too_slow_goes_on_with_less(speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """The checkpoint is changed for a lighter one in the middle of the take, told once, and no speech is left out."""
    sound = np.concatenate([part for _ in range(25) for part in (speak("She owns it."), quiet(2.5))])
    n_samples = write_wav(tmp_path / "a.wav", sound)
    with Rig(tmp_path, decode_s=1.5, slow="fake") as rig:
        rig.lighter = SpeechOptions("lighter")
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        fell = rig.wait_for(FellBehind)
        rig.wait_for(WorkerReady)
        rig.transcriber.finish(n_samples)
        rig.wait_for(TranscriptFinished)
    assert fell.instead == "lighter"
    assert [event.options.checkpoint for event in rig.of(WorkerReady)] == ["fake", "lighter"]
    assert len([span for segment in rig.segments for span in segment.speech]) == 25
    assert rig.of(WorkerRestarted) == []
    assert len(rig.of(FellBehind)) == 1


def test_an_engine_that_is_gone_is_replaced(tmp_path: Path) -> None:
    """Remembered, but no longer installed: openai-whisper, which always is, is loaded."""
    with Rig(tmp_path, lacks="ctranslate2") as rig:
        rig.start(engine="ctranslate2")
        assert rig.wait_for(WorkerReady).options.engine == "whisper"


def test_a_machine_that_sleeps_goes_on(answer: Sound, tmp_path: Path) -> None:
    """Stopped in the middle of a decode and let go on: the same worker says everything once."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path, decode_s=1.0) as rig:
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        wait_until((tmp_path / "decoding").exists)
        pid = rig.transcriber.worker_pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        rig.transcriber.finish(n_samples)
        wait_until(lambda: Path(f"/proc/{pid}/stat").read_text().split()[2] == "T")
        os.kill(pid, signal.SIGCONT)
        rig.wait_for(TranscriptFinished)
        assert rig.transcriber.worker_pid == pid
    assert len(rig.segments) == 3


def test_what_is_left_open_is_tried() -> None:
    """A GPU comes alone; on the processor each engine is tried that is installed; what is named stays."""
    assert choices(AUTO, "cuda") == [SpeechOptions("fake", "whisper", "cuda")]
    assert [choice.engine for choice in choices(AUTO, "cpu")][:2] == ["whisper", "whisper-int8"]
    assert {choice.device for choice in choices(AUTO, "cpu")} == {"cpu"}
    named = SpeechOptions("fake", "whisper-int8", "auto")
    assert choices(named, "cpu") == [SpeechOptions("fake", "whisper-int8", "cpu")]
    assert choices(SpeechOptions("fake", "auto", "cpu"), "cuda")[0].device == "cpu"


def test_the_fastest_engine_stays(tmp_path: Path, tiny: Path) -> None:
    """It is one of those tried, on the processor here, with its options named; one that is missing is passed over."""
    engine = open_fastest(SpeechOptions("tiny-random", "auto", "cpu"), Checkpoint("tiny-random", tiny))
    assert engine.options.engine in {"whisper", "whisper-int8", "ctranslate2"}
    assert engine.options.device == "cpu"
    fake = open_fastest(AUTO, Checkpoint("fake", tmp_path), open_fake)
    assert fake.options.engine == "whisper"


def test_a_lighter_checkpoint_is_one_that_is_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The largest of the smaller ones, of the same languages; none where there is none, none for an imported one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = places.whisper_cache_dir()
    folder.mkdir(parents=True)
    options = SpeechOptions("small.en", "whisper-int8")
    assert checkpoints.lighter(options) is None
    for name in ("tiny.en", "base.en", "small.en", "base"):
        (folder / BY_NAME[name].file).touch()
    assert checkpoints.lighter(options) == SpeechOptions("base.en", "whisper-int8")
    assert checkpoints.lighter(SpeechOptions("tiny.en")) is None
    assert checkpoints.lighter(SpeechOptions("small")) == SpeechOptions("base")
    assert checkpoints.lighter(SpeechOptions("mine")) is None


def test_a_failed_load_on_the_processor_is_told(tmp_path: Path) -> None:
    """There is nothing left to fall back to."""
    with Rig(tmp_path, refuse=True) as rig:
        rig.start()
        assert rig.wait_for(WorkerFailed, fails=False).message == "The fake checkpoint is broken."
    assert rig.of(WorkerRestarted) == []
