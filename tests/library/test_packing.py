"""The sound of takes in half the room: whatever happens on the way, one whole file of it is there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pmrehearse.audio import packing as packs
from pmrehearse.audio.importing import read_audio
from pmrehearse.audio.packing import BLOCK_SAMPLES, PART, pack, readable_wav, same_sound
from pmrehearse.audio.playback import Play
from pmrehearse.audio.player_process import stretch
from pmrehearse.audio.rawfile import held
from pmrehearse.audio.wavfile import WavWriter, read_samples
from pmrehearse.library.library import Library
from pmrehearse.library.recovery import recover
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.scenario.model import Scenario
from tests.library.making import NOW, HandChecks, heard, spoken

N_SAMPLES = BLOCK_SAMPLES + 4_321
"""Two blocks: the second is a part of one."""
STEPS = (
    "make the part",
    "encode",
    "sync the part",
    "compare",
    "name the FLAC",
    "sync the folder",
    "remove the WAV",
    "sync the folder again",
)


def _sound(n_samples: int = N_SAMPLES) -> bytes:
    """Speech-like noise with its loudest values in it."""
    noise = np.random.default_rng(1).normal(0, 4_000, n_samples).clip(-32_768, 32_767).astype("<i2")
    noise[:2] = (-32_768, 32_767)
    return noise.tobytes()


def _write(wav: Path, sound: bytes) -> None:
    writer = WavWriter.create(wav)
    writer.write(sound)
    writer.close()


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    """A finished take's WAV of more than one block."""
    path = tmp_path / "audio.wav"
    _write(path, _sound())
    return path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    made = Library(tmp_path / "recordings", HandChecks, "1")
    yield made
    made.close()


@pytest.fixture
def take(library: Library, scenario: Scenario) -> Take:
    """A whole take with sound, known to the index."""
    return _made(library, scenario)


def _made(library: Library, scenario: Scenario, status: TakeStatus = TakeStatus.TRANSCRIBED) -> Take:
    made = library.store.create(scenario, "Yeti", None, NOW, status=TakeStatus.RECORDED)
    _write(library.store.audio_path(made.id), _sound())
    if status is TakeStatus.TRANSCRIBED:
        library.store.set_transcript(made.id, heard(spoken("our metric is retention")))
    made = replace(made, status=status, n_samples=N_SAMPLES)
    library.save(made)
    library.catch_up()
    return made


def _decoded(sound: Path) -> bytes:
    """The samples of any sound file, as a take's WAV holds them."""
    return (read_audio(sound) * 32_768).astype("<i2").tobytes()


def test_the_same_sound_stands_in_less_room(wav: Path) -> None:
    """Every sample is what it was, nobody else can read the file, and nothing else is left."""
    size = wav.stat().st_size
    flac = wav.with_suffix(".flac")
    pack(wav, flac)
    assert [path.name for path in wav.parent.iterdir()] == ["audio.flac"]
    assert _decoded(flac) == _sound()
    assert flac.stat().st_size < size
    assert stat.S_IMODE(flac.stat().st_mode) == 0o600


def test_the_steps_are_those_that_are_killed_at(wav: Path) -> None:
    """The list of the next test names every step that is taken, in order."""
    taken: list[str] = []
    pack(wav, wav.with_suffix(".flac"), before=taken.append)
    assert tuple(taken) == STEPS


@pytest.mark.parametrize("step", STEPS)
def test_killed_before_any_step_one_whole_file_is_there(wav: Path, step: str) -> None:
    """A program that dies there leaves the WAV, the FLAC or both, whole; the next time only the FLAC is left."""
    flac = wav.with_suffix(".flac")
    child = os.fork()
    if not child:
        pack(wav, flac, before=lambda reached: os._exit(9) if reached == step else None)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    whole = [path for path in (wav, flac) if path.exists()]
    assert whole
    assert [_decoded(path) == _sound() for path in whole] == [True] * len(whole)
    if wav.exists():
        pack(wav, flac)
    assert [path.name for path in wav.parent.iterdir()] == ["audio.flac"]
    assert _decoded(flac) == _sound()


def test_a_flac_of_other_sound_is_replaced(wav: Path) -> None:
    """What stands there from before counts only when it is the same, sample for sample."""
    flac = wav.with_suffix(".flac")
    other = wav.with_name("other.wav")
    _write(other, _sound(N_SAMPLES - 1))
    pack(other, flac)
    assert not same_sound(wav, flac)
    pack(wav, flac)
    assert _decoded(flac) == _sound()


@pytest.mark.parametrize("change", ["one sample", "one more", "one less", "no FLAC"])
def test_sound_that_differs_anywhere_is_other_sound(wav: Path, change: str) -> None:
    """A sample that differs, one too many, one too few, and a file that is none."""
    flac = wav.with_suffix(".flac")
    sound = bytearray(_sound())
    if change == "one sample":
        sound[-2] ^= 1
    twin = wav.with_name("twin.wav")
    _write(twin, bytes(sound) + (b"\0\0" if change == "one more" else b"")) if change != "one less" else _write(
        twin, bytes(sound[:-2])
    )
    pack(twin, flac)
    if change == "no FLAC":
        flac.write_bytes(b"fLaC" + bytes(100))
    assert not same_sound(wav, flac)


def test_a_flac_that_is_not_the_sound_never_takes_the_place_of_the_wav(
    library: Library, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the comparison fails, the WAV stays, nothing else does, and the take is named."""
    monkeypatch.setattr(packs, "same_sound", lambda *_: False)
    packed = library.pack()
    assert (packed.take_ids, [each.take_id for each in packed.troubles]) == ((), [take.id])
    assert "not the same sound" in packed.troubles[0].message
    names = {path.name for path in library.store.folder(take.id).iterdir()}
    assert "audio.wav" in names
    assert not names & {"audio.flac", PART}
    assert _decoded(library.store.audio_path(take.id)) == _sound()


def test_a_packed_take_is_a_take_like_any_other(library: Library, take: Take, tmp_path: Path) -> None:
    """It is whole, is not read or marked again, plays, is sent, and is transcribed again from the same samples."""
    before = library.rows()
    folder = library.store.folder(take.id)
    whole = read_samples(folder / "audio.wav", 0, N_SAMPLES)
    played = np.concatenate(list(stretch(Play(folder / "audio.wav", 1.25, 2.5, 1))))
    packed = library.pack()
    assert packed.take_ids == (take.id,)
    assert 0 < packed.n_bytes_after < packed.n_bytes_before
    assert library.catch_up() == 0
    assert library.rows() == before
    assert library.verify() == ()
    flac = library.audio_path(take.id)
    assert flac == folder / "audio.flac"
    assert np.array_equal(np.concatenate(list(stretch(Play(flac, 1.25, 2.5, 2)))), played)
    sent = library.sound_to_send(take.id)
    assert sent is not None
    assert sent.mime == "audio/mpeg"
    with readable_wav(flac, tmp_path / "scratch") as copy:
        assert np.array_equal(read_samples(copy, 0, N_SAMPLES), whole)
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert list((tmp_path / "scratch").iterdir()) == []
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.glob("audio*")} == {
        "audio.flac": 0o600,
        "audio.sha256": 0o600,
    }
    library.rebuild()
    assert [row.problem for row in library.rows()] == [""]


def test_verify_knows_another_flac(library: Library, take: Take) -> None:
    """A FLAC that was exchanged for another of the same length, or cut, is told."""
    library.pack()
    flac = library.store.audio_path(take.id)
    other = flac.with_name("other.wav")
    _write(other, bytes(2 * N_SAMPLES))
    pack(other, flac.with_name("other.flac"))
    kept = flac.read_bytes()
    flac.with_name("other.flac").replace(flac)
    assert [each.message for each in library.verify()] == ["its sound is not the sound that was recorded"]
    flac.write_bytes(kept[: len(kept) // 2])
    assert len(library.verify()) == 1


def test_a_take_that_waits_stays_wav(library: Library, scenario: Scenario) -> None:
    """Whoever recognises it reads the WAV."""
    waits = _made(library, scenario, TakeStatus.RECORDED)
    assert library.pack().take_ids == ()
    assert library.store.audio_path(waits.id).suffix == ".wav"


def test_sound_that_is_in_use_is_left_alone(library: Library, take: Take) -> None:
    """Neither a WAV that somebody transcribes nor one that somebody writes is packed."""
    path = library.store.audio_path(take.id)
    with held(path):
        assert library.pack().take_ids == ()
    writer = WavWriter.append_to(path)
    assert library.pack().take_ids == ()
    writer.close()
    assert library.pack().take_ids == (take.id,)


def test_nothing_is_packed_while_somebody_speaks(
    library: Library, take: Take, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by itself nor on demand, nor to the end what has begun."""
    speaking = library.store.create(scenario, "Yeti", None, NOW)
    assert (library.pack_some(), library.pack().take_ids) == (0, ())
    library.save(replace(speaking, status=TakeStatus.RECORDED))
    answers = iter((True, True, False))
    monkeypatch.setattr(library, "_is_quiet", lambda: next(answers))
    assert library.pack().take_ids == ()
    monkeypatch.undo()
    assert library.store.audio_path(take.id).suffix == ".wav"
    assert [library.pack_some(), library.pack_some()] == [1, 0]
    assert library.store.audio_path(take.id).suffix == ".flac"


def test_a_damaged_wav_is_not_packed(library: Library, take: Take) -> None:
    """A header that says another length, and sound that is missing, are for `verify` to tell."""
    path = library.store.audio_path(take.id)
    whole = path.read_bytes()
    path.write_bytes(b"RIFF" + bytes(40) + whole[44:])
    assert len(library.pack().troubles) == 1
    path.write_bytes(whole[:-1000])
    assert len(library.pack().troubles) == 1
    assert path.read_bytes() == whole[:-1000]


def test_a_flac_is_never_taken_for_a_damaged_wav(library: Library, take: Take) -> None:
    """A take whose file says that it is being recorded, though its sound is packed, keeps that sound."""
    library.pack()
    flac = library.store.audio_path(take.id)
    before = flac.read_bytes()
    library.save(replace(take, status=TakeStatus.RECORDING))
    recover(library.store)
    assert library.store.audio_path(take.id) == flac
    assert flac.read_bytes() == before
    assert library.store.load(take.id).n_samples == N_SAMPLES
