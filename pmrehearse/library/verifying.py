"""Is every take what it was when it was made? Looks at each file and changes none.

Whether a sound file was exchanged for another can only be told from its fingerprint, which `seal_sound` keeps beside
it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pmrehearse.audio.packing import count_decoded
from pmrehearse.audio.wavfile import count_samples
from pmrehearse.durable import FILE_MODE, FOLDER_MODE, write_durably
from pmrehearse.errors import RehearsalError
from pmrehearse.library.catching_up import Progress, silent
from pmrehearse.library.corrections import stale_edits
from pmrehearse.library.reading import TakeReader, told
from pmrehearse.library.recovery import Trouble
from pmrehearse.library.take import Take, TakeStatus

FINGERPRINT_FILE = "audio.sha256"
"""Holds the SHA-256 of the sound, as `sha256sum` writes it."""
_RESTORE = "Put it back from a copy, or delete the take; its transcript stays as it is."


def verify(reader: TakeReader, on_progress: Progress = silent) -> tuple[Trouble, ...]:
    """Everything that is wrong with the takes of a library, the oldest take first.

    Args:
        reader: The library.
        on_progress: Told how far it has come; sound is read through (0.4 s for 90 minutes) where it has a fingerprint.

    Raises:
        LibraryError: The library's folder cannot be read.
    """
    found: list[Trouble] = []
    take_ids = reader.take_ids()
    for n_done, take_id in enumerate(take_ids):
        on_progress(n_done, len(take_ids))
        try:
            found.extend(_troubles(reader, take_id))
        except RehearsalError as error:
            found.append(Trouble(take_id, error.message, error.hint))
    on_progress(len(take_ids), len(take_ids))
    return tuple(found)


def seal_sound(reader: TakeReader, take_id: str) -> None:
    """Keep the fingerprint of a take's sound beside it; nothing happens for a take without sound.

    Raises:
        UsageError: There is no such take.
        LibraryError: The disk refuses.
    """
    audio = reader.find_audio(take_id)
    if audio is not None:
        with told("The fingerprint cannot be kept beside", audio):
            write_durably(audio.with_name(FINGERPRINT_FILE), f"{_sha256(audio)}  {audio.name}\n".encode("ascii"))


def _troubles(reader: TakeReader, take_id: str) -> Iterator[Trouble]:
    for what in _loose_modes(reader.folder(take_id)):
        yield Trouble(take_id, what, "Other users of this computer can read it: `chmod -R go-rwx` the folder.")
    take = reader.load(take_id)
    shape = reader.shape(take_id)
    if take.scenario.digest != shape.scenario.digest:
        yield Trouble(take_id, "the scenario's copy was changed after the take was made")
    read = reader.read_transcript(take_id)
    if read.n_torn:
        hint = "Recognise it again: `pmrehearse review` with the take's sound."
        yield Trouble(take_id, f"{read.n_torn} lines of the transcript cannot be read", hint)
    stale = stale_edits(reader.recognised(take_id), reader.corrections(take_id).words)
    if stale:
        yield Trouble(take_id, f"{len(stale)} corrections of words fit the transcript no more and are not applied")
    if take.n_samples:
        yield from _sound_troubles(reader, take)


def _sound_troubles(reader: TakeReader, take: Take) -> Iterator[Trouble]:
    audio = reader.find_audio(take.id)
    if audio is None:
        yield Trouble(take.id, "its sound is missing", _RESTORE)
        return
    if take.status is not TakeStatus.RECORDING:
        n_samples = count_samples(audio) if audio.suffix == ".wav" else count_decoded(audio)
        if n_samples != take.n_samples:
            yield Trouble(take.id, f"its sound has {n_samples} samples, {take.n_samples} were recorded", _RESTORE)
            return
    with told("The sound cannot be read:", audio):
        sealed = _sealed(audio)
        if sealed is not None and not hmac.compare_digest(sealed, _sha256(audio)):
            yield Trouble(take.id, "its sound is not the sound that was recorded", _RESTORE)


def _sealed(audio: Path) -> str | None:
    """The fingerprint that was kept of a sound file; None when none was, or of another file."""
    path = audio.with_name(FINGERPRINT_FILE)
    if not path.is_file():
        return None
    digest, _, name = path.read_text("ascii", "replace").strip().partition("  ")
    return digest if name == audio.name else None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _loose_modes(folder: Path) -> Iterator[str]:
    """What others may read: files looser than 0600, the folder looser than 0700."""
    if os.name != "posix":
        return
    for path in (folder, *sorted(folder.iterdir())):
        mode = stat.S_IMODE(path.lstat().st_mode)
        wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
        if mode & ~wanted & 0o077:
            yield f"{path.name} has mode {mode:04o}, {wanted:04o} is asked"
