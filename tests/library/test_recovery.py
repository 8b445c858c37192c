"""What was cut short is found and finished, and nothing is lost on the way."""

from __future__ import annotations

import errno
import multiprocessing
import wave
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmrehearse.audio.wavfile import WavWriter
from pmrehearse.errors import LibraryError
from pmrehearse.library.recovery import DAMAGED_SOUND, Recovery, recover
from pmrehearse.library.store import TakeStore
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.scenario.model import Origin, Scenario
from pmrehearse.scenario.reader import read_text
from pmrehearse.speech.segments import typed_transcript
from tests.library.conftest import TOML
from tests.library.making import NOW, spoken, write_wav

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def _died(root: Path, scenario: Scenario) -> Take:
    """A take whose program died: its file says that it is being recorded, and nobody does."""
    gone = TakeStore(root)
    take = gone.create(scenario, "Yeti", None, NOW)
    gone.close()
    return take


def _length(path: Path) -> int:
    """Samples as the standard library reads them."""
    with wave.open(str(path), "rb") as file:
        return file.getnframes()


def test_a_take_cut_short_is_finished(store: TakeStore, scenario: Scenario) -> None:
    """Its length comes from the file, it says why it ended, and it waits for its transcript."""
    take = _died(store.root, scenario)
    write_wav(store.audio_path(take.id), 32_000, told_samples=30_400)
    assert recover(store) == Recovery((take.id,), (take.id,), ())
    kept = store.load(take.id)
    assert (kept.status, kept.n_samples, kept.ended) == (TakeStatus.RECORDED, 32_000, "interrupted")
    assert _length(store.audio_path(take.id)) == 32_000


def test_a_second_look_finds_nothing_new(store: TakeStore, scenario: Scenario) -> None:
    """What was finished stays so and goes on waiting."""
    take = _died(store.root, scenario)
    write_wav(store.audio_path(take.id), 16_000)
    recover(store)
    before = {path: path.read_bytes() for path in store.folder(take.id).iterdir()}
    assert recover(store) == Recovery((), (take.id,), ())
    assert {path: path.read_bytes() for path in store.folder(take.id).iterdir()} == before


@pytest.mark.parametrize("head", [b"\x00" * 44, b"\xff" * 44, b"RIFF\x00\x00\x00\x00WAVE" + b"\x00" * 32])
def test_a_damaged_header_is_repaired_on_a_copy(store: TakeStore, scenario: Scenario, head: bytes) -> None:
    """The copy has every sample, is private, and takes the sound's place; the damaged file stays as it was."""
    take = _died(store.root, scenario)
    path = store.audio_path(take.id)
    write_wav(path, 8_000)
    damaged = head + path.read_bytes()[len(head) :]
    path.write_bytes(damaged)
    recover(store)
    assert (store.load(take.id).n_samples, _length(path)) == (8_000, 8_000)
    assert (path.with_name(DAMAGED_SOUND).read_bytes(), path.read_bytes()[44:]) == (damaged, damaged[44:])
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("n_bytes", [0, 4, 20, 43, 44, 45])
def test_a_file_cut_inside_its_header_becomes_an_empty_one(store: TakeStore, scenario: Scenario, n_bytes: int) -> None:
    """A power cut before the first block: the take is kept with no sound, in a file that every program reads."""
    take = _died(store.root, scenario)
    path = store.audio_path(take.id)
    write_wav(path, 8_000, told_samples=0)
    path.write_bytes(path.read_bytes()[:n_bytes])
    assert recover(store) == Recovery((take.id,), (), ())
    assert (store.load(take.id).n_samples, _length(path)) == (0, 0)


def test_a_take_that_never_heard_a_block_is_kept(store: TakeStore, scenario: Scenario) -> None:
    """No sound at all: the take is finished with length 0 and waits for nothing."""
    take = _died(store.root, scenario)
    assert recover(store) == Recovery((take.id,), (), ())
    assert (store.load(take.id).n_samples, store.take_ids()) == (0, (take.id,))


def test_a_take_that_is_being_recorded_is_left_alone(store: TakeStore, scenario: Scenario) -> None:
    """As long as somebody holds the sound file, its take is not finished."""
    take = _died(store.root, scenario)
    writer = WavWriter.create(store.audio_path(take.id))
    writer.write(b"\x01\x00" * 1_600)
    assert recover(store) == Recovery()
    writer.close()
    assert recover(store).finished == (take.id,)


def test_a_take_of_this_program_is_left_alone(store: TakeStore, scenario: Scenario) -> None:
    """A take that this program has just made, and whose first block is still to come, is not finished."""
    store.create(scenario, "Yeti", None, NOW)
    assert recover(store) == Recovery()


def test_takes_with_a_transcript_do_not_wait(store: TakeStore, scenario: Scenario) -> None:
    """A typed take, a transcribed one and one half transcribed: only the last waits."""
    typed = store.create(scenario, "", None, NOW, status=TakeStatus.RECORDED)
    store.set_transcript(typed.id, typed_transcript("our metric"))
    done = store.create(scenario, "Yeti", None, NOW, status=TakeStatus.RECORDED)
    half = store.create(scenario, "Yeti", None, NOW, status=TakeStatus.RECORDED)
    for take in (done, half):
        write_wav(store.audio_path(take.id), 16_000)
        store.append_segment(take.id, spoken("our metric"))
    store.save(replace(done, n_samples=16_000, status=TakeStatus.TRANSCRIBED))
    store.save(replace(half, n_samples=16_000))
    assert recover(store) == Recovery((), (half.id,), ())


def test_one_damaged_take_does_not_hide_the_others(store: TakeStore, scenario: Scenario) -> None:
    """What cannot be looked after is named, the rest is finished."""
    bad, good = _died(store.root, scenario), _died(store.root, scenario)
    (store.folder(bad.id) / "take.json").write_bytes(b"")
    write_wav(store.audio_path(good.id), 1_600)
    found = recover(store)
    assert (found.finished, [trouble.take_id for trouble in found.troubles]) == ((good.id,), [bad.id])


def test_sound_that_went_to_another_disk_comes_home(store: TakeStore, scenario: Scenario, tmp_path: Path) -> None:
    """The longer copy takes the place of what its own disk kept; that stays beside it."""
    take = _died(store.root, scenario)
    home, rescued = store.audio_path(take.id), tmp_path / "rescued"
    rescued.mkdir()
    write_wav(home, 4_000)
    write_wav(rescued / f"{take.id}-audio.wav", 16_000)
    write_wav(rescued / "somebody-elses.wav", 10)
    assert recover(store, (), rescued) == Recovery((take.id,), (take.id,), ())
    assert (_length(home), store.load(take.id).n_samples) == (16_000, 16_000)
    assert _length(home.with_name(DAMAGED_SOUND)) == 4_000
    assert [path.name for path in rescued.iterdir()] == ["somebody-elses.wav"]


def _record(root: str, pipe: Connection) -> None:
    """Another program: makes a take, says which, and records until it is told to end."""
    take = TakeStore(Path(root)).create(read_text(TOML, Origin.USER, "first.toml"), "Yeti", None, NOW)
    pipe.send(take.id)
    pipe.recv()


def test_a_second_program_can_read_but_not_record(store: TakeStore, scenario: Scenario) -> None:
    """While another program records, takes are read, typed ones are made and deleted; its own take is left to it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_record, args=(str(store.root), theirs), daemon=True)
    process.start()
    try:
        assert ours.poll(30)
        take_id = ours.recv()
        with pytest.raises(LibraryError, match="Another program is recording"):
            store.create(scenario, "Yeti", None, NOW)
        assert recover(store) == Recovery()
        typed = store.create(scenario, "", None, NOW, status=TakeStatus.TRANSCRIBED)
        assert set(store.take_ids()) == {take_id, typed.id}
        for change in (store.delete, lambda name: store.set_transcript(name, typed_transcript("our metric"))):
            with pytest.raises(LibraryError, match="recording this take"):
                change(take_id)
        store.delete(typed.id)
        assert store.load(take_id).device == "Yeti"
    finally:
        ours.send("end")
        process.join(30)
    store.close()
    assert store.create(scenario, "Yeti", None, NOW).status is TakeStatus.RECORDING


def test_the_lock_goes_when_the_sound_is_safe(store: TakeStore, scenario: Scenario) -> None:
    """Once a take is recorded, another program may record; before it may not."""
    other = TakeStore(store.root)
    take = store.create(scenario, "", None, NOW)
    assert other.is_recorded_elsewhere()
    store.save(replace(take, status=TakeStatus.RECORDED))
    assert not other.is_recorded_elsewhere()
    assert other.create(scenario, "", None, NOW).id


@pytest.mark.parametrize(("number", "needs_room"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EROFS, False)])
def test_a_full_disk_is_told_from_one_that_refuses_otherwise(
    store: TakeStore,
    scenario: Scenario,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    needs_room: bool,  # noqa: FBT001
) -> None:
    """A take that cannot be made whole is a trouble; it needs room where there is no space, or the quota is used up."""
    take = _died(store.root, scenario)
    write_wav(store.audio_path(take.id), 16_000)

    def refuse(path: Path, data: bytes) -> None:
        raise OSError(number, f"{len(data)} bytes refused", str(path))

    monkeypatch.setattr("pmrehearse.library.store.write_durably", refuse)
    (trouble,) = recover(store).troubles
    assert (trouble.take_id, trouble.needs_room) == (take.id, needs_room)


def test_the_lock_goes_though_the_end_could_not_be_written(
    store: TakeStore, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at the stop: the take stands there as being recorded, is nobody's, and is finished later."""
    take = store.create(scenario, "", None, NOW)
    write_wav(store.audio_path(take.id), 16_000)

    def refuse(path: Path, data: bytes) -> None:
        raise OSError(28, f"No space left for {len(data)} bytes", str(path))

    with monkeypatch.context() as full:
        full.setattr("pmrehearse.library.store.write_durably", refuse)
        with pytest.raises(LibraryError, match="No space left"):
            store.save(replace(take, status=TakeStatus.RECORDED))
    assert not TakeStore(store.root).is_recorded_elsewhere()
    assert recover(store).finished == (take.id,)
    assert store.load(take.id).n_samples == 16_000


def test_a_take_that_could_not_be_made_holds_nothing(
    store: TakeStore, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at the start leaves no folder and no lock behind."""

    def refuse(_: Path, __: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pmrehearse.library.store.write_durably", refuse)
    with pytest.raises(LibraryError, match="No space left"):
        store.create(scenario, "", None, NOW)
    assert (store.take_ids(), TakeStore(store.root).is_recorded_elsewhere()) == ((), False)
