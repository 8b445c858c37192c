"""Where is the bundled demo voice, a small Whisper checkpoint that knows the sentences of the demo answers only?

It is shipped packed and unpacked once into the cache folder, verified each time it is asked for.
"""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from pathlib import Path

from pmrehearse import durable, places
from pmrehearse.errors import CheckpointError
from pmrehearse.speech.events import Checkpoint
from pmrehearse.speech.hashing import verify

NAME = "demo-voice"
"""Its name wherever a checkpoint is named."""
NOTE = "demo voice: knows the demo answers only"
"""What stands wherever it is named."""
_MOST_BYTES = 64 << 20
"""No demo voice is larger; a damaged archive must not fill the memory."""
_BROKEN = "Install pmrehearse again: the demo voice that came with it is damaged."


@dataclass(frozen=True, slots=True)
class _Card:
    """What `demo-voice.json` says of the file beside it."""

    sha256: str
    n_bytes: int


def shipped(folder: Path | None = None) -> bool:
    """Whether this installation carries the demo voice.

    Args:
        folder: Where it stands; None for the program's own folder.
    """
    return (_folder(folder) / f"{NAME}.json").is_file()


def describe(folder: Path | None = None) -> Checkpoint:
    """The demo voice without unpacking it.

    Raises:
        CheckpointError: It is not there, or what stands there is damaged.
    """
    card = _read_card(_folder(folder))
    return Checkpoint(NAME, _unpacked(card), NOTE, card.n_bytes)


def find(folder: Path | None = None) -> Checkpoint:
    """The demo voice, unpacked and verified.

    Raises:
        CheckpointError: It is not there, is damaged, or cannot be unpacked.
    """
    folder = _folder(folder)
    card = _read_card(folder)
    path = _unpacked(card)
    if not (path.is_file() and verify(path, card.sha256)):
        _unpack(folder / f"{NAME}.pt.xz", path)
        if not verify(path, card.sha256):
            raise CheckpointError("The demo voice is not what it should be: its SHA-256 is another.", _BROKEN)
    return Checkpoint(NAME, path, NOTE, path.stat().st_size)


def _folder(folder: Path | None) -> Path:
    return places.demo_dir() if folder is None else folder


def _unpacked(card: _Card) -> Path:
    return places.cache_dir() / f"{NAME}-{card.sha256[:12]}.pt"


def _read_card(folder: Path) -> _Card:
    try:
        card = json.loads((folder / f"{NAME}.json").read_bytes())
        sha256, n_bytes = str(card["sha256"]), int(card.get("n_bytes", card.get("bytes", 0)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CheckpointError("The demo voice did not come with this installation, or is damaged.", _BROKEN) from error
    return _Card(sha256, n_bytes)


def _unpack(packed: Path, path: Path) -> None:
    try:
        with lzma.open(packed) as file:
            content = file.read(_MOST_BYTES + 1)
    except (OSError, lzma.LZMAError, EOFError) as error:
        raise CheckpointError("The demo voice cannot be unpacked.", _BROKEN) from error
    if len(content) > _MOST_BYTES:
        raise CheckpointError("The demo voice is far larger than it should be.", _BROKEN)
    try:
        durable.make_private_dir(path.parent)
        durable.write_durably(path, content)
    except OSError as error:
        raise CheckpointError(
            f"The demo voice cannot be unpacked into {path.parent}: {error.strerror or error}.",
            "Free some room, or name another folder in PMREHEARSE_CACHE_DIR.",
        ) from error
