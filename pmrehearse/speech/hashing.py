"""What is the SHA-256 of a file?"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pmrehearse.errors import CheckpointError

_BLOCK_BYTES = 1 << 20


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes, in hex; reads it in blocks.

    Raises:
        CheckpointError: It cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
    except OSError as error:
        raise CheckpointError(
            f"{path} cannot be read: {error.strerror or error}.", "See `pmrehearse model list`."
        ) from error
    return digest.hexdigest()


def verify(path: Path, sha256: str) -> bool:
    """Whether the file's bytes have this hash.

    Raises:
        CheckpointError: It cannot be read.
    """
    return sha256_of(path) == sha256
