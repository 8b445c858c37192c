"""Every take is looked at, and what is wrong with it is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pmrehearse.library.corrections import Corrections, WordEdit
from pmrehearse.library.store import TakeStore
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.library.verifying import seal_sound, verify
from pmrehearse.scenario.model import Scenario
from tests.library.making import NOW, heard, spoken, write_wav


@pytest.fixture
def take(store: TakeStore, scenario: Scenario) -> Take:
    """A take of two seconds, sealed, in which nothing is wrong."""
    made = store.create(scenario, "Yeti", None, NOW, status=TakeStatus.RECORDED)
    path = store.audio_path(made.id)
    write_wav(path, 32_000)
    path.chmod(0o600)
    made = replace(made, status=TakeStatus.TRANSCRIBED, n_samples=32_000)
    store.save(made)
    store.set_transcript(made.id, heard(spoken("our metric is retention")))
    seal_sound(store, made.id)
    return made


def test_a_sound_take_is_sound(store: TakeStore, take: Take) -> None:
    """Nothing is found, nothing is changed, progress is told."""
    before = {path: path.read_bytes() for path in store.folder(take.id).iterdir()}
    told: list[tuple[int, int]] = []
    assert verify(store, lambda done, total: told.append((done, total))) == ()
    assert {path: path.read_bytes() for path in store.folder(take.id).iterdir()} == before
    assert told == [(0, 1), (1, 1)]


def _lose(folder: Path) -> None:
    (folder / "audio.wav").unlink()


def _rename(folder: Path) -> None:
    (folder / "audio.wav").rename(folder / "sound.wav")


def _shorten(folder: Path) -> None:
    path = folder / "audio.wav"
    path.write_bytes(path.read_bytes()[:-1000])


def _swap(folder: Path) -> None:
    path = folder / "audio.wav"
    sound = bytearray(path.read_bytes())
    sound[5000] ^= 1
    path.write_bytes(sound)


def _blank(folder: Path) -> None:
    (folder / "take.json").write_bytes(b"")


def _tear(folder: Path) -> None:
    path = folder / "transcript.jsonl"
    path.write_bytes(path.read_bytes()[:-20])


def _open_up(folder: Path) -> None:
    (folder / "audio.wav").chmod(0o644)


def _open_folder(folder: Path) -> None:
    folder.chmod(0o755)


def _edit_scenario(folder: Path) -> None:
    path = folder / "take.json"
    path.write_text(path.read_text("utf-8").replace("State the hypothesis.", "Say something."), "utf-8")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_lose, "its sound is missing"),
        (_rename, "its sound is missing"),
        (_shorten, "its sound has 31500 samples, 32000 were recorded"),
        (_swap, "its sound is not the sound that was recorded"),
        (_blank, "damaged"),
        (_tear, "1 lines of the transcript cannot be read"),
        (_open_up, "audio.wav has mode 0644, 0600 is asked"),
        (_open_folder, "has mode 0755, 0700 is asked"),
        (_edit_scenario, "the scenario's copy was changed"),
    ],
)
def test_what_is_wrong_is_named(store: TakeStore, take: Take, damage: Callable[[Path], None], message: str) -> None:
    """Each damage is found in its own words, and other takes are looked at all the same."""
    other = store.create(take.scenario, "", None, NOW, status=TakeStatus.RECORDED)
    damage(store.folder(take.id))
    found = verify(store)
    assert [trouble.take_id for trouble in found] == [take.id]
    assert message in found[0].message
    assert other.id in store.take_ids()


def test_corrections_that_no_longer_fit_are_named(store: TakeStore, take: Take) -> None:
    """After the take was recognised again, its old edits are counted."""
    store.set_corrections(take.id, Corrections((WordEdit(0, 0, 0, "hour", "our"),)))
    (found,) = verify(store)
    assert "1 corrections of words fit the transcript no more" in found.message


def test_a_new_sound_file_is_not_measured_by_the_old_one(store: TakeStore, take: Take) -> None:
    """The fingerprint of a WAV says nothing of a FLAC that took its place."""
    folder = store.folder(take.id)
    (folder / "audio.wav").rename(folder / "audio.flac")
    assert verify(store) == ()
