"""Sound that the disk refuses is kept and written later, here or elsewhere."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pmrehearse.audio.patient import PatientWriter, Piece
from pmrehearse.audio.wavfile import WavWriter
from tests.rigs.flaky_file import FlakyFile
from tests.rigs.scripted import samples_of, spoken_at


class Disk:
    """A patient writer on a flaky disk, in made time."""

    def __init__(self, folder: Path, *spare_dirs: Path) -> None:
        self.path = folder / "take" / "audio.wav"
        self.path.parent.mkdir()
        file = FlakyFile.create(self.path)
        assert isinstance(file, FlakyFile)
        self.file = file
        self.now_s = 100.0
        self.n_spoken = 0
        self.writer = PatientWriter(WavWriter(file), self.now_s, spare_dirs)

    def speak(self, n_samples: int = 1_600) -> None:
        """Sound comes, and time passes."""
        self.writer.accept(Piece(spoken_at(self.n_spoken, n_samples).astype("<i2").tobytes(), self.now_s))
        self.n_spoken += n_samples
        self.wait(0.1)

    def wait(self, length_s: float) -> None:
        """Time passes."""
        self.now_s += length_s
        self.writer.advance(self.now_s)

    def end(self) -> None:
        """The take is over; ten seconds are given to it."""
        self.writer.finish(self.now_s)
        for _ in range(20):
            if not self.writer.ended:
                self.wait(0.5)

    def whole(self) -> bool:
        """Whether the file that stands holds exactly what was spoken."""
        return bool(np.array_equal(samples_of(self.writer.path), spoken_at(0, self.n_spoken)))


def test_a_good_disk_is_synced_each_second(tmp_path: Path) -> None:
    """While sound comes, fsync is called once a second, and at the end."""
    disk = Disk(tmp_path)
    for _ in range(100):
        disk.speak()
    assert 9 <= disk.file.n_syncs <= 11
    assert disk.writer.error is None
    disk.end()
    assert disk.writer.ended
    assert disk.whole()


@pytest.mark.parametrize("refusal", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT])
def test_a_disk_that_refuses_for_a_while(tmp_path: Path, refusal: int) -> None:
    """Sound refused for two minutes is in the file, in order, as soon as the disk takes it again."""
    disk = Disk(tmp_path)
    disk.speak()
    disk.file.refusal = refusal
    for _ in range(1_200):
        disk.speak()
    assert disk.writer.error is not None
    assert disk.writer.error.errno == refusal
    assert disk.writer.n_given == 1_201 * 1_600
    disk.file.refusal = None
    disk.wait(1.0)
    assert disk.writer.error is None
    assert disk.whole()


def test_an_fsync_that_throws_sound_away(tmp_path: Path) -> None:
    """What was written since the last good fsync is written anew when fsync failed and may have dropped it."""
    disk = Disk(tmp_path)
    for _ in range(25):
        disk.speak()
    disk.file.sync_refusal = errno.EIO
    for _ in range(25):
        disk.speak()
    assert disk.writer.error is not None
    disk.file.sync_refusal = None
    for _ in range(25):
        disk.speak()
    disk.end()
    assert disk.writer.error is None
    assert disk.whole()


def test_a_take_whose_disk_stays_full_goes_to_another_folder(tmp_path: Path) -> None:
    """At the end the whole take is put where there is room, private; the first file stays as it is."""
    disk = Disk(tmp_path, tmp_path / "file" / "folder", tmp_path / "spare")
    for _ in range(30):
        disk.speak()
    (tmp_path / "file").write_text("no folder")
    disk.file.room_bytes = 777
    for _ in range(30):
        disk.speak()
    disk.end()
    assert disk.writer.ended
    assert disk.writer.path == tmp_path / "spare" / "take-audio.wav"
    assert disk.whole()
    assert stat.S_IMODE(disk.writer.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(disk.writer.path.parent.stat().st_mode) == 0o700
    assert samples_of(disk.path).size >= 30 * 1_600


def test_a_deleted_file_is_made_anew(tmp_path: Path) -> None:
    """When the file is deleted during the take, all of it stands at its path again within about a second."""
    disk = Disk(tmp_path)
    for _ in range(30):
        disk.speak()
    disk.path.unlink()
    for _ in range(15):
        disk.speak()
    assert disk.writer.path == disk.path
    assert disk.whole()


def test_a_deleted_folder_sends_the_take_elsewhere(tmp_path: Path) -> None:
    """When the whole folder is deleted, the take goes to the spare one."""
    disk = Disk(tmp_path, tmp_path / "spare")
    for _ in range(30):
        disk.speak()
    shutil.rmtree(disk.path.parent)
    for _ in range(15):
        disk.speak()
    disk.end()
    assert disk.writer.path.parent == tmp_path / "spare"
    assert disk.whole()


def test_what_the_old_disk_does_not_give_back_is_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is gone altogether costs what stood on it; what came later is whole and at its time."""
    disk = Disk(tmp_path, tmp_path / "spare")
    for _ in range(10):
        disk.speak()
    disk.wait(1.0)

    def gone(*_: object) -> bytes:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))

    monkeypatch.setattr(disk.file, "read_at", gone)
    disk.file.refusal = errno.ENODEV
    for _ in range(10):
        disk.speak()
    disk.end()
    sound = samples_of(disk.writer.path)
    assert sound.size == 20 * 1_600
    assert not sound[: 10 * 1_600].any()
    np.testing.assert_array_equal(sound[10 * 1_600 :], spoken_at(10 * 1_600, 10 * 1_600))


def test_without_any_room_it_goes_on_trying(tmp_path: Path) -> None:
    """With no folder to go to, the sound stays in memory and the take ends when the disk has room."""
    disk = Disk(tmp_path)
    disk.speak()
    disk.file.refusal = errno.ENOSPC
    disk.speak()
    disk.end()
    assert not disk.writer.ended
    disk.file.refusal = None
    disk.wait(2.0)
    assert disk.writer.ended
    assert disk.whole()


class FailingDisk(RuleBasedStateMachine):
    """Whatever a disk does in whatever order, what was spoken is in the file or in memory, and in the end on disk."""

    @initialize()
    def begin(self) -> None:
        """A new take, in a folder of its own."""
        self.folder = Path(tempfile.mkdtemp(prefix="patient-"))
        self.disk = Disk(self.folder, self.folder / "spare")

    @rule(n_samples=st.integers(1, 5_000))
    def speak(self, n_samples: int) -> None:
        """Sound comes."""
        self.disk.speak(n_samples)

    @rule(length_s=st.sampled_from([0.3, 1.1, 5.0]))
    def wait(self, length_s: float) -> None:
        """Time passes."""
        self.disk.wait(length_s)

    @rule(room_bytes=st.integers(0, 9_000))
    def fill(self, room_bytes: int) -> None:
        """Little room is left."""
        self.disk.file.room_bytes = room_bytes

    @rule(piece_bytes=st.integers(1, 3_000))
    def write_in_pieces(self, piece_bytes: int) -> None:
        """Writes are short."""
        self.disk.file.piece_bytes = piece_bytes

    @rule(refusal=st.sampled_from([errno.EIO, errno.EROFS]), sync=st.booleans())
    def refuse(self, refusal: int, sync: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        """Writes or syncs fail."""
        if sync:
            self.disk.file.sync_refusal = refusal
        else:
            self.disk.file.refusal = refusal

    @rule()
    def recover(self) -> None:
        """The disk is good again."""
        file = self.disk.file
        file.refusal = file.sync_refusal = file.room_bytes = file.piece_bytes = None

    @precondition(lambda self: self.disk.path.exists() and self.disk.writer.error is None)
    @rule()
    def delete(self) -> None:
        """Somebody deletes the file."""
        self.disk.path.unlink()

    @invariant()
    def nothing_is_lost(self) -> None:
        """What was given is counted, and never more is in the file than was given."""
        assert self.disk.writer.n_given == self.disk.n_spoken
        assert self.disk.writer.n_written <= self.disk.n_spoken

    def teardown(self) -> None:
        """At the end of a take all of it stands somewhere, whole."""
        if hasattr(self, "disk"):
            self.disk.end()
            assert self.disk.writer.ended
            assert self.disk.whole()
            shutil.rmtree(self.folder)


FailingDisk.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
test_whatever_the_disk_does = FailingDisk.TestCase
