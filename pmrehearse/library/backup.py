"""How is the whole library copied while it is in use, so that the copy can be trusted?

Into a new folder or a new ZIP file, under another name until every file was read back and found to be what was copied.
The copy of a folder is a library of its own; of a ZIP, when it is unpacked.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from pmrehearse.durable import FILE_MODE, make_private_dir, open_private, sync_dir
from pmrehearse.errors import LibraryError, UsageError
from pmrehearse.library.catching_up import Progress, silent
from pmrehearse.library.reading import TakeReader, told

ARCHIVE = ".zip"
"""What the name of an archive ends in; any other name is a folder's."""
TRIES = 3
"""So often a take is listed again when a file of it goes while it is copied (a WAV that becomes a FLAC)."""
ABANDONED_S = 3_600.0
"""An unfinished copy that nothing was added to for so long belongs to a program that died."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was copied.

    Attributes:
        path: Where it stands.
        n_takes: Takes in it.
        n_files: Files in it, the index among them.
        n_bytes: What these files hold.
    """

    path: Path
    n_takes: int
    n_files: int
    n_bytes: int


class _Copy(Protocol):
    """Where files are copied to."""

    def add(self, name: str, source: Path) -> tuple[str, int]:
        """Copy a file; its SHA-256 and its length as they were read."""

    def finish(self) -> None:
        """Put all of it on the disk; nothing more is added."""

    def reopened(self, name: str) -> IO[bytes]:
        """A copied file, from its beginning."""

    def close(self) -> None:
        """Close what is open."""


def back_up(
    reader: TakeReader,
    copy_index: Callable[[Path], None],
    index_name: str,
    target: Path,
    on_progress: Progress = silent,
) -> BackedUp:
    """Copy every take and the index.

    Args:
        reader: The library.
        copy_index: Writes a consistent copy of the index to a new file.
        index_name: What the index is called in a library.
        target: A name that nothing has yet, outside the library; one that ends in ".zip" becomes an archive.
        on_progress: Told how far it has come, in takes.

    Raises:
        UsageError: Something stands at `target`, its folder does not, or it lies in the library.
        LibraryError: The library cannot be read, the disk refuses, or the copy is not what was copied; nothing is left.
    """
    target = target.expanduser().absolute()
    _refuse(reader.root, target)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with told("The library cannot be copied to", target):
            _sweep(target)
            done = _copied(reader, copy_index, index_name, part, target, on_progress)
            _name(part, target)
    except BaseException:
        _remove(part)
        raise
    return done


def _sweep(target: Path) -> None:
    """Remove what programs that died while they copied to this target left beside it."""
    of_ours = re.compile(re.escape(f".{target.name}.") + r"[0-9a-f]{8}\.part(\.db)?")
    for left in target.parent.iterdir():
        if of_ours.fullmatch(left.name) and not left.is_symlink() and time.time() - _last_added(left) > ABANDONED_S:
            _remove(left)


def _last_added(path: Path) -> float:
    """When something was last written at this path, or in the folder that it is; the seconds of `time.time`."""
    return max(each.lstat().st_mtime for each in (path, *path.rglob("*")))


def _remove(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _refuse(root: Path, target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} is there already.", "Name another place: nothing is ever written over.")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}.", "Make it, or name another place.")
    if target.parent.resolve().is_relative_to(root.resolve()):
        raise UsageError(f"{target} lies in the library.", "Name a place outside of it, best on another disk.")


def _copied(
    reader: TakeReader,
    copy_index: Callable[[Path], None],
    index_name: str,
    part: Path,
    target: Path,
    on_progress: Progress,
) -> BackedUp:
    copy: _Copy = _ZipCopy(part) if target.suffix == ARCHIVE else _FolderCopy(part)
    take_ids = reader.take_ids()
    found: dict[str, tuple[str, int]] = {}
    try:
        found[index_name] = _with_index(copy, copy_index, index_name, part)
        for number, take_id in enumerate(take_ids):
            on_progress(number, len(take_ids))
            found.update(_take(copy, reader.root / take_id))
        copy.finish()
        _compare(copy, found)
    finally:
        copy.close()
    on_progress(len(take_ids), len(take_ids))
    n_takes = len({name.partition("/")[0] for name in found} & set(take_ids))
    return BackedUp(target, n_takes, len(found), sum(size for _, size in found.values()))


def _compare(copy: _Copy, found: Mapping[str, tuple[str, int]]) -> None:
    for name, (digest, _) in found.items():
        with copy.reopened(name) as file:
            if _sha256(file) != digest:
                raise LibraryError(f"{name} was not copied as it is.", "See whether the disk is sound, and try again.")


def _with_index(copy: _Copy, copy_index: Callable[[Path], None], name: str, part: Path) -> tuple[str, int]:
    """The index goes into the copy by way of a file of its own, which goes."""
    scratch = part.with_name(f"{part.name}.db")
    try:
        copy_index(scratch)
        return copy.add(name, scratch)
    finally:
        scratch.unlink(missing_ok=True)


def _take(copy: _Copy, folder: Path) -> dict[str, tuple[str, int]]:
    """The files of a take, as they stand at one moment; nothing of one that was deleted meanwhile."""
    found: dict[str, tuple[str, int]] = {}
    for _ in range(TRIES):
        try:
            for path in _files(folder):
                name = f"{folder.name}/{path.name}"
                if name not in found:
                    found[name] = copy.add(name, path)
        except FileNotFoundError:
            continue
        return found
    return found


def _files(folder: Path) -> Iterator[Path]:
    """What belongs to a take: no links, nothing half-written (its name begins with a dot)."""
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                yield path


class _FolderCopy:
    """A folder of the same form as the library."""

    def __init__(self, root: Path) -> None:
        self._root = root
        make_private_dir(root)

    def add(self, name: str, source: Path) -> tuple[str, int]:
        with source.open("rb") as file:
            place = self._root / name
            make_private_dir(place.parent)
            with os.fdopen(open_private(place), "wb") as copy:
                return _poured(file, copy)

    def finish(self) -> None:
        if hasattr(os, "sync"):
            os.sync()  # once: an fsync for each of thirty thousand files takes minutes

    def reopened(self, name: str) -> IO[bytes]:
        return (self._root / name).open("rb")

    def close(self) -> None:
        pass


class _ZipCopy:
    """An archive; sound is stored as it is, since it does not shrink."""

    def __init__(self, path: Path) -> None:
        self._file = os.fdopen(open_private(path), "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, source: Path) -> tuple[str, int]:
        entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        entry.external_attr = FILE_MODE << 16
        entry.compress_type = zipfile.ZIP_STORED if name.endswith(".flac") else zipfile.ZIP_DEFLATED
        with source.open("rb") as file, self._zip.open(entry, "w", force_zip64=True) as copy:
            return _poured(file, copy)

    def finish(self) -> None:
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._zip = zipfile.ZipFile(self._file)

    def reopened(self, name: str) -> IO[bytes]:
        return self._zip.open(name)

    def close(self) -> None:
        self._zip.close()
        self._file.close()


def _poured(source: IO[bytes], copy: IO[bytes]) -> tuple[str, int]:
    """The SHA-256 and the length of what was read and written."""
    digest, n_bytes = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        copy.write(chunk)
        digest.update(chunk)
        n_bytes += len(chunk)
    return digest.hexdigest(), n_bytes


def _sha256(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _name(part: Path, target: Path) -> None:
    """Give the copy its name, unless somebody took that meanwhile."""
    if target.exists():
        raise UsageError(f"{target} is there already.", "Name another place: nothing is ever written over.")
    part.rename(target)
    sync_dir(target.parent)
