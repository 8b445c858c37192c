"""Three seconds of the speaker are recorded, played back and forgotten."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmrehearse import places
from pmrehearse.audio.events import (
    LevelHeard,
    MicrophoneSource,
    RecorderFailed,
    RecordingEnded,
    SourceOpened,
    TroubleBegan,
    TroubleEnded,
    TroubleKind,
)
from pmrehearse.audio.playback import PlaybackEnded, PlaybackFailed, PlaybackMoved
from pmrehearse.audio.player import Player
from pmrehearse.audio.recorder import RecorderProcess
from pmrehearse.session.sound_check import TRIED_S, CheckStage, SoundCheck

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmrehearse.audio.events import RecorderEvent, SoundSource
    from pmrehearse.audio.playback import PlaybackEvent
    from tests.rigs.virtual_mic import VirtualMic

RATE = 16_000


class ToldRecorder:
    """Records a file of nothing; what it hears is told by the test."""

    def __init__(self, listener: Callable[[RecorderEvent], None]) -> None:
        self.tell = listener
        self.opened: list[SoundSource] = []
        self.path: Path | None = None
        self.n_stops = 0
        self.closed = False

    def open(self, source: SoundSource) -> None:
        """Keep the source."""
        self.opened.append(source)

    def record(self, path: Path) -> None:
        """Make the file."""
        path.write_bytes(b"RIFF")
        self.path = path

    def stop(self) -> None:
        """Keep that it was asked."""
        self.n_stops += 1

    def close(self) -> None:
        """Keep that it was asked."""
        self.closed = True


class ToldPlayer:
    """Plays nothing; what is heard is told by the test."""

    def __init__(self, listener: Callable[[PlaybackEvent], None]) -> None:
        self.tell = listener
        self.played: list[tuple[Path, float, float | None]] = []
        self.closed = False

    def play(self, path: Path, start_s: float = 0.0, end_s: float | None = None) -> int:
        """Keep what is to be played."""
        self.played.append((path, start_s, end_s))
        return len(self.played)

    def stop(self) -> None:
        """Be silent."""

    def close(self) -> None:
        """Keep that it was asked."""
        self.closed = True


class Bench:
    """A sound check between a recorder and a player of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.check = SoundCheck(self._recorder, self._player, folder)  # type: ignore[arg-type]  # the part that is used

    def _recorder(self, listener: Callable[[RecorderEvent], None]) -> ToldRecorder:
        self.recorder = ToldRecorder(listener)
        return self.recorder

    def _player(self, listener: Callable[[PlaybackEvent], None]) -> ToldPlayer:
        self.player = ToldPlayer(listener)
        return self.player

    def listen(self) -> None:
        """Until the level shows."""
        self.check.listen()
        self.recorder.tell(SourceOpened("Desk", 48_000))

    def record(self) -> Path:
        """Until three seconds are in the file; gives that."""
        self.check.hear_yourself()
        self.recorder.tell(LevelHeard(-20.0, -9.0, int(TRIED_S * RATE), 1.0))
        assert self.recorder.path is not None
        return self.recorder.path

    def play(self) -> Path:
        """Until they are played; gives the file."""
        path = self.record()
        self.recorder.tell(RecordingEnded(path, int(TRIED_S * RATE)))
        return path


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A sound check that listens."""
    made = Bench(tmp_path / "cache")
    made.listen()
    return made


def test_the_level_shows(bench: Bench) -> None:
    """As soon as the microphone is open, with its name."""
    bench.recorder.tell(LevelHeard(-20.0, -9.0, 0, 1.0))
    view = bench.check.view()
    assert bench.recorder.opened == [MicrophoneSource(None)]
    assert (view.stage, view.device, view.level_dbfs, view.peak_dbfs) == (CheckStage.LISTENING, "Desk", -20.0, -9.0)


def test_three_seconds_are_recorded_played_and_forgotten(bench: Bench) -> None:
    """The recording ends by its own samples, once; after it was played its file is gone, and it can be done again."""
    bench.check.hear_yourself()
    bench.recorder.tell(LevelHeard(-20.0, -9.0, RATE, 1.0))
    assert (bench.check.view().stage, bench.check.view().at_s) == (CheckStage.RECORDING, 1.0)
    path = bench.record()
    bench.recorder.tell(LevelHeard(-20.0, -9.0, int(TRIED_S * RATE) + 1600, 1.1))
    assert bench.recorder.n_stops == 1
    bench.recorder.tell(RecordingEnded(path, int(TRIED_S * RATE)))
    assert bench.player.played == [(path, 0.0, TRIED_S)]
    bench.player.tell(PlaybackMoved(1, 1.5))
    assert (bench.check.view().stage, bench.check.view().at_s) == (CheckStage.PLAYING, 1.5)
    assert path.exists()
    bench.player.tell(PlaybackEnded(1, TRIED_S, stopped=False))
    assert (bench.check.view().stage, bench.check.view().was_played) == (CheckStage.LISTENING, True)
    assert not path.exists()
    assert bench.play() != path


def test_without_a_loudspeaker_it_says_so(bench: Bench) -> None:
    """What the player says is the problem; the microphone is still listened to, and the file is gone."""
    path = bench.play()
    bench.player.tell(PlaybackFailed(1, "There is no loudspeaker.", "Connect one."))
    view = bench.check.view()
    assert (view.stage, view.problem, view.hint) == (CheckStage.LISTENING, "There is no loudspeaker.", "Connect one.")
    assert not view.was_played
    assert not path.exists()


def test_a_microphone_that_fails_is_told_and_another_can_be_opened(bench: Bench) -> None:
    """Its message stands; nothing can be recorded from it; the next one listens again."""
    bench.recorder.tell(RecorderFailed("It is gone.", "Plug it in."))
    bench.check.hear_yourself()
    assert (bench.check.view().stage, bench.check.view().problem) == (CheckStage.FAILED, "It is gone.")
    assert bench.recorder.path is None
    bench.check.listen("Headset")
    bench.recorder.tell(SourceOpened("Headset", 16_000))
    assert (bench.check.view().stage, bench.check.view().problem) == (CheckStage.LISTENING, "")


def test_troubles_of_the_sound_come_and_go(bench: Bench) -> None:
    """Each kind stands once, until it has ended."""
    for message in ("It is muted.", "It is still muted."):
        bench.recorder.tell(TroubleBegan(TroubleKind.ZEROS, message))
    assert [each.message for each in bench.check.view().troubles] == ["It is still muted."]
    bench.recorder.tell(TroubleEnded(TroubleKind.ZEROS))
    assert bench.check.view().troubles == ()


def test_another_microphone_while_recording_plays_nothing(bench: Bench) -> None:
    """The half recording is deleted when it is safe, and never heard."""
    path = bench.record()
    bench.check.listen("Headset")
    bench.recorder.tell(RecordingEnded(path, RATE))
    assert bench.player.played == []
    assert not path.exists()
    assert bench.check.view().stage is CheckStage.OPENING


def test_a_microphone_that_comes_back_goes_on_recording(bench: Bench) -> None:
    """The recorder opens a source that was gone anew: that ends nothing."""
    bench.check.hear_yourself()
    bench.recorder.tell(SourceOpened("Desk", 44_100))
    assert bench.check.view().stage is CheckStage.RECORDING


def test_closing_leaves_nothing_behind(bench: Bench) -> None:
    """Recorder and player are closed, and what was recorded is gone."""
    path = bench.play()
    bench.check.close()
    assert (bench.recorder.closed, bench.player.closed, path.exists()) == (True, True, False)


def test_what_a_killed_program_left_is_deleted(tmp_path: Path) -> None:
    """The next check begins with it."""
    left = tmp_path / "sound-check-0123456789abcdef.wav"
    left.write_bytes(b"RIFF")
    Bench(tmp_path)
    assert not left.exists()


@pytest.mark.sound
def test_a_real_microphone_is_heard_and_played(virtual_mic: VirtualMic, jfk: Path, tmp_path: Path) -> None:
    """Speech into a real microphone is recorded for three seconds and played through PortAudio; no file stays."""
    heard = SoundCheck(RecorderProcess, Player, places.cache_dir())
    try:
        virtual_mic.play(_as_wav(jfk, tmp_path), steadily=True)
        heard.listen()
        _until(lambda: heard.view().stage is CheckStage.LISTENING and heard.view().level_dbfs > -40.0)
        heard.hear_yourself()
        _until(lambda: heard.view().stage is CheckStage.PLAYING)
        (file,) = places.cache_dir().glob("*.wav")
        assert file.stat().st_size >= TRIED_S * RATE * 2
        _until(lambda: heard.view().was_played)
        assert (heard.view().stage, heard.view().problem) == (CheckStage.LISTENING, "")
    finally:
        heard.close()
    assert list(places.cache_dir().iterdir()) == []


def _as_wav(flac: Path, folder: Path) -> Path:
    import soundfile  # noqa: PLC0415  one test needs it

    sound, rate_hz = soundfile.read(flac)
    soundfile.write(folder / "speech.wav", sound, rate_hz)
    return folder / "speech.wav"


def _until(holds: Callable[[], bool]) -> None:
    end_s = time.monotonic() + 60.0
    while not holds():
        assert time.monotonic() < end_s, "waited in vain"
        time.sleep(0.02)
