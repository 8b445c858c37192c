"""A copy of the whole library that can be trusted."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pmrehearse.errors import LibraryError, UsageError
from pmrehearse.library import backup as backups
from pmrehearse.library.library import Library
from pmrehearse.library.take import TakeStatus
from pmrehearse.scenario.model import Scenario
from tests.library.making import NOW, HandChecks, heard, spoken, write_wav


@pytest.fixture
def library(tmp_path: Path, scenario: Scenario) -> Iterator[Library]:
    """Two takes with sound, one of them packed, and what is no file of a take."""
    made = Library(tmp_path / "recordings", HandChecks, "1")
    for _ in range(2):
        take = made.store.create(scenario, "Yeti", None, NOW, status=TakeStatus.RECORDED)
        write_wav(made.store.audio_path(take.id), 16_000)
        made.store.audio_path(take.id).chmod(0o600)
        made.store.set_transcript(take.id, heard(spoken("our metric is retention")))
        made.save(replace(take, status=TakeStatus.TRANSCRIBED, n_samples=16_000))
        made.pack_some()
    made.catch_up()
    folder = made.store.folder(take.id)
    (folder / ".audio.flac.part").write_bytes(b"half")
    (folder / "link").symlink_to("/etc/passwd")
    yield made
    made.close()


def _files(root: Path) -> dict[str, str]:
    """The fingerprint of every file of the takes."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.glob("2*/*"))
        if not path.name.startswith(".") and not path.is_symlink()
    }


def test_a_copied_folder_is_a_library(library: Library, tmp_path: Path) -> None:
    """Every file is there as it is, ours alone; lists and searches find what they found, without reading it again."""
    target = tmp_path / "copy"
    told: list[tuple[int, int]] = []
    done = library.backup(target, lambda *so_far: told.append(so_far))
    assert _files(target) == _files(library.root)
    assert (done.path, done.n_takes, done.n_files) == (target, 2, len(_files(target)) + 1)
    assert told == [(0, 2), (1, 2), (2, 2)]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (target, *target.rglob("*")) if path.is_dir()}
    assert (modes, {stat.S_IMODE(p.stat().st_mode) for p in target.rglob("*") if p.is_file()}) == ({0o700}, {0o600})
    copy = Library(target, HandChecks, "1")
    assert copy.rows() == library.rows()
    assert copy.count_found("retention") == 2
    assert copy.verify() == ()
    copy.close()


def test_an_archive_holds_the_same(library: Library, tmp_path: Path) -> None:
    """Unpacked, it is the library."""
    target = tmp_path / "copy.zip"
    library.backup(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "out")
    assert _files(tmp_path / "out") == _files(library.root)
    copy = Library(tmp_path / "out", HandChecks, "1")
    assert copy.count_found("retention") == 2
    copy.close()


@pytest.mark.parametrize("name", ["file", "folder", "link", "recordings/copy", "nowhere/copy"])
def test_nothing_is_written_over(library: Library, tmp_path: Path, name: str) -> None:
    """A file, a folder and a link that stand there, the library itself, and a folder that is not there: refused."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(UsageError):
        library.backup(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("name", ["copy", "copy.zip"])
def test_what_a_killed_copy_left_goes_with_the_next(library: Library, tmp_path: Path, name: str) -> None:
    """An abandoned half of the same copy is removed; one that grows, another target's and other files stay."""
    old, grows, others = (tmp_path / f".{each}.part" for each in (f"{name}.0123abcd", f"{name}.4567cdef", "a.0123abcd"))
    for folder in (old, grows, others):
        folder.mkdir()
        (folder / "audio.wav").write_bytes(b"half")
    (left := tmp_path / f".{name}.0123abcd.part.db").write_bytes(b"half an index")
    (own := tmp_path / f".{name}.notes.part").write_text("somebody's own")
    for path in (old / "audio.wav", old, others / "audio.wav", others, left, own):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    library.backup(tmp_path / name)
    assert not old.exists()
    assert not left.exists()
    assert all(path.exists() for path in (grows, others, own, tmp_path / name))


@pytest.mark.parametrize("name", ["copy", "copy.zip"])
def test_a_copy_that_is_not_what_was_copied_is_none(
    library: Library, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When what is read back differs, it is told and nothing is left."""
    before = sorted(path.name for path in tmp_path.iterdir())
    monkeypatch.setattr(backups, "_sha256", lambda _file: "another")
    with pytest.raises(LibraryError, match="not copied as it is"):
        library.backup(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_sound_that_is_packed_meanwhile_is_in_the_copy(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that goes while its take is copied makes the take be listed again."""
    real = backups._files
    gone: list[Path] = []

    def listed(folder: Path) -> Iterator[Path]:
        yield from real(folder)
        if not gone:
            gone.append(folder)
            yield folder / "audio.gone.wav"

    monkeypatch.setattr(backups, "_files", listed)
    library.backup(tmp_path / "copy")
    assert _files(tmp_path / "copy") == _files(library.root)
