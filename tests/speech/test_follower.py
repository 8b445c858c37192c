"""The follower, in this process, with a fake recogniser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pmrehearse.errors import AudioFileError
from pmrehearse.speech import follower
from pmrehearse.speech.events import Checkpoint, RecognisedTo, SegmentHeard, SpeechEvent, TranscriptFinished
from pmrehearse.speech.follower import Ears, Follower
from pmrehearse.speech.windows import Window
from tests.speech.fake_engine import FakeEngine
from tests.speech.sounds import RATE_HZ, Sound, quiet, write_wav


class Following:
    """A follower of a file and what it tells."""

    def __init__(self, audio: Path) -> None:
        self.told: list[SpeechEvent] = []
        self.began: list[Window | None] = []
        engine = FakeEngine(Checkpoint("fake", audio.parent))
        ears = Ears(engine, "fake", self.told.append, self.began.append, lambda: None)
        self.follower = Follower(audio, 0.0, ears)

    def work(self) -> None:
        """Until there is nothing to do just now."""
        while self.follower.step():
            pass


@pytest.fixture
def sound(speak: Callable[[str], Sound]) -> Sound:
    """A sentence with silence around it."""
    return np.concatenate([quiet(1.5), speak("She owns the launch in April."), quiet(1.0)])


def test_a_file_that_ends_too_early_is_said(sound: Sound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that loses the end: waited for, then told; what was heard stays."""
    n_samples = write_wav(tmp_path / "a.wav", sound)
    following = Following(tmp_path / "a.wav")
    following.follower.finish(n_samples + 5 * RATE_HZ)
    following.work()
    assert not following.follower.finished()
    monkeypatch.setattr(follower, "_MISSING_S", -1.0)
    with pytest.raises(AudioFileError, match=r"a\.wav ends 5\.0 s before it should"):
        following.work()


def test_a_file_that_is_not_there_yet_is_awaited(sound: Sound, tmp_path: Path) -> None:
    """Followed before its first block: it is heard when it comes."""
    following = Following(tmp_path / "a.wav")
    assert not following.follower.step()
    following.follower.finish(write_wav(tmp_path / "a.wav", sound))
    following.work()
    assert following.follower.finished()
    assert [type(event) for event in following.told][-2:] == [RecognisedTo, TranscriptFinished]


def test_a_pause_is_decoded_ahead_once(sound: Sound, tmp_path: Path) -> None:
    """While the take goes on in silence the window is decoded once, marked as begun and as over, and told later."""
    n_samples = write_wav(tmp_path / "a.wav", sound)
    following = Following(tmp_path / "a.wav")
    following.work()
    [window, over] = following.began
    assert window is not None
    assert over is None
    assert not any(isinstance(event, SegmentHeard) for event in following.told)
    following.follower.finish(n_samples)
    following.work()
    assert following.follower.finished()
    assert len(following.began) == 2
    [heard] = [event.segment for event in following.told if isinstance(event, SegmentHeard)]
    assert (heard.start_s, heard.end_s, heard.speech) == (window.start_s, window.end_s, window.speech)


def test_a_finished_file_is_not_guessed_at(sound: Sound, tmp_path: Path) -> None:
    """Nothing is decoded ahead where all is known."""
    n_samples = write_wav(tmp_path / "a.wav", np.concatenate([sound, sound]))
    following = Following(tmp_path / "a.wav")
    following.follower.finish(n_samples)
    following.work()
    assert following.follower.finished()
    assert None not in following.began
