"""The follower, in this process, with a fake recogniser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from pmrehearse.audio.levels import to_int16
from pmrehearse.errors import AudioFileError
from pmrehearse.speech import follower
from pmrehearse.speech.engine import Heard, Tick
from pmrehearse.speech.events import (
    Checkpoint,
    RecognisedTo,
    SegmentHeard,
    SpeechEvent,
    TranscriptFinished,
    WordsAhead,
)
from pmrehearse.speech.follower import Ears, Follower
from pmrehearse.speech.windows import Window
from tests.speech.fake_engine import FakeEngine
from tests.speech.sounds import RATE_HZ, Sound, quiet, write_wav


class LiveEngine(FakeEngine):
    """While it decodes, sound comes: a tenth of a second before each of twelve ticks."""

    def __init__(self, audio: Path, sound: Sound) -> None:
        super().__init__(Checkpoint("fake", audio.parent))
        self.sound, self.came, self.audio = sound, 0, audio
        self.decoded: list[Window] = []
        self.left: list[Window] = []
        write_wav(audio, sound[:0])

    def grow(self) -> None:
        """A tenth of a second more."""
        with self.audio.open("ab") as file:
            file.write(to_int16(self.sound[self.came : self.came + RATE_HZ // 10]).tobytes())
        self.came = min(self.came + RATE_HZ // 10, self.sound.size)

    def decode(self, samples: np.ndarray, window: Window, tick: Tick, draft: Sequence[int] = ()) -> Heard:
        """One word for each span, after 1.2 s of sound."""
        try:
            for _ in range(12):
                self.grow()
                tick()
        except Exception:
            self.left.append(window)
            raise
        self.decoded.append(window)
        return super().decode(samples, window, tick, draft)


class Following:
    """A follower of a file and what it tells."""

    def __init__(self, audio: Path, engine: FakeEngine | None = None) -> None:
        self.told: list[SpeechEvent] = []
        self.began: list[Window | None] = []
        engine = engine or FakeEngine(Checkpoint("fake", audio.parent))
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


def test_a_pause_leaves_a_decode_inside_speech(speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """Its text would be worthless: what stands at the pause is decoded at once, and is the segment."""
    said = speak("She owns the launch of the new editor in April and nobody else in the whole company.")
    said = said[: round(3.5 * RATE_HZ)]
    engine = LiveEngine(tmp_path / "a.wav", np.concatenate([quiet(0.5), said, quiet(2.5)]))
    following = Following(engine.audio, engine)
    live(following, engine)
    assert [window.end_s for window in engine.left] == [pytest.approx(3.3, abs=0.3)]
    [window] = engine.decoded
    [heard] = [event.segment for event in following.told if isinstance(event, SegmentHeard)]
    assert window.covers(Window(heard.start_s, heard.end_s, heard.speech))
    assert following.began.count(None) == 2


def test_short_silences_starve_nobody(speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """Where each word is followed by a fifth of a second of silence, what stands is still decoded to its end."""
    words = "launch editor April metric holdout writers market number"
    said = [part for word in (words + " " + words).split() for part in (speak(word), quiet(0.2))]
    engine = LiveEngine(tmp_path / "a.wav", np.concatenate([quiet(0.5), *said, quiet(1.5)]))
    following = Following(engine.audio, engine)
    live(following, engine)
    ahead = [event for event in following.told if isinstance(event, WordsAhead)]
    assert len(ahead) >= 3
    assert len(engine.left) <= len(engine.decoded) + 1


def live(following: Following, engine: LiveEngine) -> None:
    """Until all sound came and is in segments."""
    while not following.follower.finished():
        if not following.follower.step():
            engine.grow()
        if engine.came == engine.sound.size:
            following.follower.finish(engine.sound.size)


def test_a_finished_file_is_not_guessed_at(sound: Sound, tmp_path: Path) -> None:
    """Nothing is decoded ahead where all is known."""
    n_samples = write_wav(tmp_path / "a.wav", np.concatenate([sound, sound]))
    following = Following(tmp_path / "a.wav")
    following.follower.finish(n_samples)
    following.work()
    assert following.follower.finished()
    assert None not in following.began
