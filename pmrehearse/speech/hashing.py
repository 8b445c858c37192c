"""What is the SHA-256 of a file, and is it the one that it should be?"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pmrehearse.errors import CheckpointError
from pmrehearse.speech.events import Checkpoint
from pmrehearse.speech.official import BY_NAME


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes, in hex; reads it in blocks.

    Raises:
        CheckpointError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CheckpointError(
            f"{path} cannot be read: {error.strerror or error}.", "See `pmrehearse model list`."
        ) from error


def verify(path: Path, sha256: str) -> bool:
    """Whether the file's bytes have this hash.

    Raises:
        CheckpointError: It cannot be read.
    """
    return sha256_of(path) == sha256


def verify_published(checkpoint: Checkpoint) -> None:
    """See that a file under one of Whisper's own names is OpenAI's.

    Raises:
        CheckpointError: It is another, or cannot be read.
    """
    published = BY_NAME.get(checkpoint.name)
    if published is not None and not verify(checkpoint.path, published.sha256):
        raise CheckpointError(
            f"{checkpoint.path} is not OpenAI's {checkpoint.name}: its SHA-256 is another.",
            f"Fetch it again: `pmrehearse model fetch {checkpoint.name}`.",
        )
