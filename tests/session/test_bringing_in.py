"""Does what was made elsewhere become a take, and does nothing become of what cannot?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from pmrehearse.audio.importing import convert_to_wav
from pmrehearse.errors import AudioFileError, BadFileError
from pmrehearse.library.store import TakeStore
from pmrehearse.library.take import TakeStatus
from pmrehearse.scenario.model import Origin
from pmrehearse.scenario.reader import read_text
from pmrehearse.session.reviewing import Reviewer, ReviewPorts
from pmrehearse.speech.events import RecognisedTo, SegmentHeard, SpeechOptions
from tests.library.conftest import TOML
from tests.library.making import NOW, RATE, spoken, write_wav

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.speech.events import SpeechEvent

LENGTH_S = 20
SCENARIO = read_text(TOML, Origin.USER, "first.toml")


class LeftError(Exception):
    """Nobody waits any more."""


def _leave(_done_s: float, _total_s: float) -> None:
    raise LeftError


@pytest.fixture
def store(tmp_path: Path) -> TakeStore:
    """An empty library."""
    return TakeStore(tmp_path / "recordings")


@pytest.fixture
def reviewer(store: TakeStore) -> Reviewer:
    """The real one, with an ear that hears the same four words in everything."""

    def recognise(
        _audio: Path, n_samples: int, _from_s: float, _options: SpeechOptions, tell: Callable[[SpeechEvent], None]
    ) -> None:
        tell(SegmentHeard(spoken("our metric is retention")))
        tell(RecognisedTo(n_samples / RATE, n_samples / RATE))

    return Reviewer(ReviewPorts(store, _unasked, _unasked, convert_to_wav, recognise, lambda: NOW))


def _unasked(what: object) -> NoReturn:
    raise AssertionError(what)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A file of twenty seconds."""
    write_wav(tmp_path / "old.wav", LENGTH_S * RATE)
    return tmp_path / "old.wav"


def test_sound_becomes_a_take_that_waits(reviewer: Reviewer, store: TakeStore, sound: Path) -> None:
    """It is copied, with progress in seconds; no checkpoint is needed for that."""
    told: list[tuple[float, float]] = []
    take = reviewer.import_sound(sound, SCENARIO, lambda done_s, total_s: told.append((done_s, total_s)))
    assert store.load(take.id) == take
    assert (take.status, take.n_samples, take.ended) == (TakeStatus.RECORDED, LENGTH_S * RATE, "imported")
    assert (told[0][0] < told[-1][0], told[-1]) == (True, (LENGTH_S, LENGTH_S))
    assert reviewer.transcribe_take(take.id, SpeechOptions(), _ignore).status is TakeStatus.TRANSCRIBED
    assert store.transcript(take.id).text == "our metric is retention"


def _ignore(_done_s: float, _total_s: float) -> None:
    pass


def test_nothing_is_left_of_an_import_that_is_left(reviewer: Reviewer, store: TakeStore, sound: Path) -> None:
    """Whoever stops while the sound is copied has no take, and the file is as it was."""
    before = sound.read_bytes()
    with pytest.raises(LeftError):
        reviewer.import_sound(sound, SCENARIO, _leave)
    assert (store.take_ids(), sound.read_bytes()) == ((), before)


def test_what_is_left_while_it_is_recognised_waits(reviewer: Reviewer, store: TakeStore, sound: Path) -> None:
    """The sound stays as a take that can be transcribed later."""
    with pytest.raises(LeftError):
        reviewer.review_file(sound, SCENARIO, SpeechOptions(), _leave)
    (take_id,) = store.take_ids()
    assert store.load(take_id).status is TakeStatus.RECORDED


def test_damaged_sound_becomes_no_take(reviewer: Reviewer, store: TakeStore, tmp_path: Path) -> None:
    """Alone, or beside a transcript."""
    (tmp_path / "old.flac").write_bytes(b"fLaC and no more")
    (tmp_path / "old.txt").write_text("our metric is retention")
    with pytest.raises(AudioFileError):
        reviewer.import_sound(tmp_path / "old.flac", SCENARIO)
    with pytest.raises(AudioFileError):
        reviewer.import_transcript(tmp_path / "old.txt", SCENARIO, tmp_path / "old.flac")
    assert store.take_ids() == ()


def test_a_transcript_becomes_a_take_with_its_sound(
    reviewer: Reviewer, store: TakeStore, sound: Path, tmp_path: Path
) -> None:
    """Its words stand, and the sound is copied; what is no transcript becomes no take."""
    subtitles = tmp_path / "old.srt"
    subtitles.write_text("1\n00:00:01,000 --> 00:00:02,000\nour metric is retention\n")
    take = reviewer.import_transcript(subtitles, SCENARIO, sound)
    assert (take.status, take.n_samples, take.device) == (
        TakeStatus.TRANSCRIBED,
        LENGTH_S * RATE,
        "file: old.srt",
    )
    assert store.transcript(take.id).text == "our metric is retention"
    subtitles.write_text("no times here")
    with pytest.raises(BadFileError):
        reviewer.import_transcript(subtitles, SCENARIO, None)
    assert store.take_ids() == (take.id,)
