"""Which checkpoints are on this computer, and which file is meant by a name?

Whisper's own stand in openai-whisper's cache, under its own file names, so that both programs share them; checkpoints
imported under another name stand in a folder of ours; the demo voice comes with the program.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pmrehearse import places
from pmrehearse.cleaning import clean_line
from pmrehearse.errors import CheckpointError
from pmrehearse.speech import demo_voice
from pmrehearse.speech.events import Checkpoint
from pmrehearse.speech.official import BY_NAME, PUBLISHED, by_sha256

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.speech.events import SpeechOptions

IMPORTED_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
"""What an imported checkpoint may be called: it becomes a file name."""
IMPORTED_NOTE = "imported from a file"
"""What stands beside one."""
_BY_HAND = "A file from elsewhere: `pmrehearse model import FILE`."


def available() -> tuple[Checkpoint, ...]:
    """Every checkpoint that `find` would give, under one name each; nothing is verified or unpacked.

    Whisper's own come first, the smallest of them first, then the imported ones, then the demo voice.
    """
    first_names = [published.name for published in PUBLISHED if by_sha256(published.sha256) is published]
    imported = [path for path in sorted(places.checkpoints_dir().glob("*.pt")) if IMPORTED_NAME.fullmatch(path.stem)]
    found = [_checkpoint(name, published_path(name)) for name in first_names]
    found += [_checkpoint(path.stem, path, IMPORTED_NOTE) for path in imported]
    demo = [demo_voice.describe()] if demo_voice.shipped() else []
    return tuple(checkpoint for checkpoint in found if checkpoint is not None) + tuple(demo)


def find(name: str) -> Checkpoint:
    """The checkpoint of this name.

    Its content is verified when it is loaded (Whisper's own against OpenAI's hash), the demo voice here.

    Args:
        name: Whisper's own name, "demo-voice", or the name of an imported checkpoint.

    Raises:
        CheckpointError: There is none; the hint says how to get it.
    """
    if name == demo_voice.NAME:
        return demo_voice.find()
    if published := BY_NAME.get(name):
        found = _checkpoint(name, published_path(name))
        hint = f"Fetch it: `pmrehearse model fetch {name}` ({published.about_bytes // 1_000_000} MB). {_BY_HAND}"
    else:
        found = _checkpoint(name, imported_path(name), IMPORTED_NOTE) if IMPORTED_NAME.fullmatch(name) else None
        hint = f"See `pmrehearse model list`; get the usual one: `pmrehearse model fetch base.en`. {_BY_HAND}"
    if found is None:
        raise CheckpointError(f"The Whisper checkpoint {clean_line(name, 80)!r} is not on this computer.", hint)
    return found


def lighter(options: SpeechOptions) -> SpeechOptions | None:
    """The same with the next smaller of Whisper's own checkpoints that is on this computer; None when there is none.

    Only checkpoints of the same languages (English, or many) take each other's place.
    """
    now = BY_NAME.get(options.checkpoint)
    if now is None:
        return None
    here = [published for published in PUBLISHED if published_path(published.name).is_file()]
    smaller = [
        one
        for one in here
        if one.about_bytes < now.about_bytes and one.name.endswith(".en") == now.name.endswith(".en")
    ]
    if not smaller:
        return None
    return replace(options, checkpoint=max(smaller, key=lambda one: one.about_bytes).name)


def remove(name: str) -> Checkpoint:
    """Delete a checkpoint's file; returns what it was.

    Raises:
        CheckpointError: There is none, it belongs to the program, or it cannot be deleted.
    """
    if name == demo_voice.NAME:
        raise CheckpointError("The demo voice belongs to the program and stays.")
    checkpoint = find(name)
    try:
        checkpoint.path.unlink()
    except OSError as error:
        raise CheckpointError(f"{checkpoint.path} cannot be deleted: {error.strerror or error}.") from error
    return checkpoint


def published_path(name: str) -> Path:
    """Where one of Whisper's own checkpoints stands, or would."""
    return places.whisper_cache_dir() / BY_NAME[name].file


def imported_path(name: str) -> Path:
    """Where an imported checkpoint stands, or would.

    Raises:
        CheckpointError: The name cannot be one.
    """
    if not IMPORTED_NAME.fullmatch(name) or name in BY_NAME or name == demo_voice.NAME:
        raise CheckpointError(
            f"{clean_line(name, 80)!r} cannot be the name of an imported checkpoint.",
            "Use small letters, digits, `.`, `_` and `-`, and none of Whisper's own names.",
        )
    return places.checkpoints_dir() / f"{name}.pt"


def _checkpoint(name: str, path: Path, note: str = "") -> Checkpoint | None:
    """The checkpoint at a path; None when no plain file stands there."""
    return Checkpoint(name, path, note, path.stat().st_size) if path.is_file() else None
