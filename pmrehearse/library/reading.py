"""What do the files of a library say?

An id is joined to a path only after its form was looked at, so that no id can lead out of the library. A take whose
files are damaged is still one: each method says what it can.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import LibraryError, UsageError
from pmrehearse.library.corrections import Corrections, corrected
from pmrehearse.library.naming import is_take_id
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.speech.segments import Transcript

if TYPE_CHECKING:
    from pmrehearse.library.takefile import TakeShape
    from pmrehearse.library.transcriptfile import TranscriptRead

TAKE_FILE = "take.json"
TRANSCRIPT_FILE = "transcript.jsonl"
CORRECTIONS_FILE = "corrections.json"
SOUND_FILES = ("audio.wav", "audio.flac")
"""What a take's sound may be called, the one that is recorded into first."""


class TakeReader:
    """The takes of one library, as far as they are read.

    Attributes:
        root: The library's folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def take_ids(self) -> tuple[str, ...]:
        """The ids of all takes, the oldest first; links and folders of another form are none.

        Raises:
            LibraryError: The library's folder cannot be read.
        """
        if not self.root.is_dir():
            return ()
        with told("The library cannot be read:", self.root), os.scandir(self.root) as entries:
            found = (entry.name for entry in entries if is_take_id(entry.name) and entry.is_dir(follow_symlinks=False))
            return tuple(sorted(found))

    def load(self, take_id: str) -> Take:
        """The take.

        Raises:
            UsageError: There is no such take.
            LibraryError: Its file is damaged or of a later version, or the copy of its scenario cannot be used.
        """
        from pmrehearse.library.takefile import take_of  # noqa: PLC0415 - it needs pydantic, lists do not

        return take_of(self.shape(take_id), take_id)

    def shape(self, take_id: str) -> TakeShape:
        """What stands in the take's file, its scenario's copy unread.

        Raises:
            UsageError: There is no such take.
            LibraryError: The file is missing, damaged or of a later version.
        """
        from pmrehearse.library.takefile import read_shape  # noqa: PLC0415 - it needs pydantic, lists do not

        path = self.folder(take_id) / TAKE_FILE
        with told("The take cannot be read:", path):
            return read_shape(path.read_bytes(), take_id)

    def transcript(self, take_id: str) -> Transcript:
        """What was said, corrections applied; an empty transcript where there is none yet.

        Raises:
            UsageError: There is no such take.
            LibraryError: A file cannot be read, or is of a later version.
        """
        return corrected(self.recognised(take_id), self.corrections(take_id).words)

    def recognised(self, take_id: str) -> Transcript:
        """What was heard or typed, before corrections; as `transcript`."""
        read = self.read_transcript(take_id)
        return read.transcript(is_transcribed=read.complete or self._is_transcribed(take_id))

    def read_transcript(self, take_id: str) -> TranscriptRead:
        """What stands in the take's transcript, as far as it can be read.

        Raises:
            UsageError: There is no such take.
            LibraryError: The file cannot be read, or is of a later version.
        """
        from pmrehearse.library.transcriptfile import read_transcript  # noqa: PLC0415 - it needs pydantic

        path = self.folder(take_id) / TRANSCRIPT_FILE
        with told("The transcript cannot be read:", path):
            read = read_transcript(path.read_bytes() if path.exists() else b"")
        if read.is_newer:
            raise LibraryError(f"The transcript of {take_id} is of a later version.", "Update pmrehearse.")
        return read

    def corrections(self, take_id: str) -> Corrections:
        """What was corrected; nothing where there is no such file.

        Raises:
            UsageError: There is no such take.
            LibraryError: The file cannot be read, is damaged or of a later version.
        """
        path = self.folder(take_id) / CORRECTIONS_FILE
        if not path.exists():
            return Corrections()
        from pmrehearse.library.correctionsfile import read_corrections  # noqa: PLC0415 - it needs pydantic

        with told("The corrections cannot be read:", path):
            return read_corrections(path.read_bytes(), take_id)

    def audio_path(self, take_id: str) -> Path:
        """The take's sound file: the one that stands there, else where it is to be recorded.

        Raises:
            UsageError: There is no such take.
        """
        return self.find_audio(take_id) or self.folder(take_id) / SOUND_FILES[0]

    def find_audio(self, take_id: str) -> Path | None:
        """The take's sound file, or None when it has none.

        Raises:
            UsageError: There is no such take.
        """
        folder = self.folder(take_id)
        return next((folder / name for name in SOUND_FILES if (folder / name).is_file()), None)

    def folder(self, take_id: str) -> Path:
        """The folder of a take.

        Raises:
            UsageError: There is no such take.
        """
        folder = self.root / take_id if is_take_id(take_id) else None
        if folder is None or folder.is_symlink() or not folder.is_dir():
            raise UsageError(f"There is no take {clean_line(take_id, 120)!r}.", "`pmrehearse takes` shows all of them.")
        if not folder.resolve().is_relative_to(self.root.resolve()):
            raise UsageError(f"The take {take_id} lies outside the library.", f"The library is {self.root}.")
        return folder

    def _is_transcribed(self, take_id: str) -> bool:
        try:
            return self.shape(take_id).status is TakeStatus.TRANSCRIBED
        except LibraryError:
            return False


@contextlib.contextmanager
def told(what: str, path: Path) -> Iterator[None]:
    """Turn the system's errors into the library's.

    Args:
        what: The beginning of the message; the path follows.
        path: What could not be read or written.

    Raises:
        LibraryError: In the place of an OSError.
    """
    try:
        yield
    except OSError as error:
        raise LibraryError(
            f"{what} {path}: {error.strerror or error}.",
            "See whether the disk is full, gone or read-only, or name another library with --library.",
        ) from error
