"""Is a file from elsewhere a Whisper checkpoint? Found out in a child process, which may be hurt by looking."""

from __future__ import annotations

import json
import multiprocessing
import os
from typing import TYPE_CHECKING

from pmrehearse.errors import CheckpointError, RehearsalError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

_LIMIT_S = 300.0
"""How long the child may look: reading 3 GB from a slow disk."""
_TORCH_BYTES = 8 << 30
"""Addresses that torch itself maps, generously."""
_COPIES = 3
"""How often the file's size the child may hold beyond that."""


def inspect(path: Path, most_bytes: int = _TORCH_BYTES) -> None:
    """Read a checkpoint file in a child process with a limit on its memory, and keep nothing of it.

    Args:
        path: The file.
        most_bytes: Memory that the child may map, beside some copies of the file.

    Raises:
        CheckpointError: It is no Whisper checkpoint, asks to run code, or kills whoever reads it.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=run, args=(theirs, path, most_bytes + _COPIES * path.stat().st_size), name="inspect", daemon=True
    )
    child.start()
    theirs.close()
    try:
        verdict = json.loads(ours.recv_bytes(1 << 16)) if ours.poll(_LIMIT_S) else None
    except (EOFError, OSError, ValueError):
        verdict = None
    finally:
        child.kill()
        child.join()
        ours.close()
    if verdict is None:
        raise CheckpointError(
            f"{path.name} cannot be used: the process that read it died, ran out of memory or did not end.",
            "Fetch a checkpoint from OpenAI instead: `pmrehearse model fetch base.en`.",
        )
    if verdict["message"]:
        raise CheckpointError(verdict["message"], verdict["hint"])


def run(pipe: Connection, path: Path, most_bytes: int) -> None:
    """The child: limits itself, reads, says what it found."""
    _limit(most_bytes)
    _be_silent()
    from pmrehearse.speech.checkpoint_file import read_checkpoint  # noqa: PLC0415 - imports torch

    message = hint = ""
    try:
        read_checkpoint(path)
    except RehearsalError as error:
        message, hint = error.message, error.hint
    pipe.send_bytes(json.dumps({"message": message, "hint": hint}).encode())
    os._exit(0)


def _limit(most_bytes: int) -> None:
    if os.name == "posix":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _be_silent() -> None:
    """What torch says about a bad file is not for the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
