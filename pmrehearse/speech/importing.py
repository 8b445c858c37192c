"""How does a checkpoint file from this computer come to be used? Copied, known by its hash or inspected, then named."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from pmrehearse import durable
from pmrehearse.cleaning import clean_line
from pmrehearse.errors import CheckpointError
from pmrehearse.speech.checkpoints import IMPORTED_NOTE, imported_path, published_path
from pmrehearse.speech.events import Checkpoint
from pmrehearse.speech.hashing import sha256_of
from pmrehearse.speech.inspecting import inspect
from pmrehearse.speech.official import BY_NAME, Published, by_sha256

_MOST_BYTES = 8 << 30
"""Larger than any Whisper: large-v3 in 32-bit floats has 6.2 GB."""
_ROOM_BYTES = 64 << 20
"""Left free on the disk, at least."""


def import_file(path: Path, name: str = "") -> Checkpoint:
    """Take a checkpoint file in openai-whisper's format; the file itself stays where it is.

    A file that OpenAI published is known by its hash and becomes Whisper's own, whatever it is called. Any other is
    read once in a child process, and refused if it is not what Whisper needs or asks to run code.

    Args:
        path: The file.
        name: What it will be called; "" for the file's name. Capitals become small, spaces become "-".

    Raises:
        CheckpointError: It cannot be used; nothing was loaded and nothing is left behind.
    """
    path = path.expanduser()
    _demand_plain_file(path)
    published = by_sha256(sha256_of(path))
    if published is not None:
        return _take_published(path, published)
    name = "-".join((name or path.stem).lower().split())
    if name in BY_NAME:
        raise CheckpointError(
            f"{clean_line(path.name)} is not OpenAI's {name}: its SHA-256 is another.",
            f"If it is a model of your own, name it: `pmrehearse model import FILE --name my-{name}`. "
            f"Else fetch it: `pmrehearse model fetch {name}`.",
        )
    target = imported_path(name)
    if target.exists():
        raise CheckpointError(f"There is a checkpoint {name!r} already.", f"`pmrehearse model remove {name}` first.")
    _copy(path, target, inspected=True)
    return Checkpoint(name, target, IMPORTED_NOTE, target.stat().st_size)


def _demand_plain_file(path: Path) -> None:
    """Refuse what is no file: a folder, a pipe that would be waited for, a device without an end.

    Raises:
        CheckpointError: It is none of the right kind or size.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise CheckpointError(f"{clean_line(str(path))} cannot be read: {error.strerror or error}.") from error
    if not stat.S_ISREG(found.st_mode):
        raise CheckpointError(f"{clean_line(str(path))} is no file.", "Name the checkpoint's .pt file itself.")
    if not 0 < found.st_size <= _MOST_BYTES:
        raise CheckpointError(f"{clean_line(path.name)} has {found.st_size:,} bytes, which no checkpoint has.")


def _take_published(path: Path, published: Published) -> Checkpoint:
    target = published_path(published.name)
    if not (target.is_file() and sha256_of(target) == published.sha256):
        _copy(path, target, inspected=False)
    return Checkpoint(published.name, target, "", target.stat().st_size)


def _copy(path: Path, target: Path, *, inspected: bool) -> None:
    """Copy, look at the copy, then give it its name: what was looked at is what is used."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        durable.make_private_dir(target.parent)
        _demand_room(path, target.parent)
        shutil.copyfile(path, part)
        if inspected:
            inspect(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
        durable.sync_dir(target.parent)
    except OSError as error:
        raise CheckpointError(
            f"{clean_line(path.name)} cannot be copied to {target.parent}: {error.strerror or error}.",
            "Free some room, or allow writing there.",
        ) from error
    except CheckpointError as error:
        raise CheckpointError(error.message.replace(part.name, clean_line(path.name)), error.hint) from error
    finally:
        part.unlink(missing_ok=True)


def _demand_room(path: Path, folder: Path) -> None:
    n_bytes, free = path.stat().st_size, shutil.disk_usage(folder).free
    if free < n_bytes + _ROOM_BYTES:
        raise CheckpointError(
            f"The disk has {free // 1_000_000} MB free, and the copy needs {n_bytes // 1_000_000} MB.",
            f"Free some room at {folder}.",
        )
