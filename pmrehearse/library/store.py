"""Where do a take's files stand, and how are they written so that nothing of a take is lost?

One folder a take, mode 0700; its files 0600. What describes the take is replaced as a whole; the transcript grows by
lines.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pmrehearse.audio.rawfile import is_being_recorded
from pmrehearse.durable import FILE_MODE, make_private_dir, sync_dir, write_durably
from pmrehearse.errors import LibraryError
from pmrehearse.library import writing
from pmrehearse.library.corrections import Corrections
from pmrehearse.library.lock import LibraryLock
from pmrehearse.library.naming import new_take_id
from pmrehearse.library.reading import CORRECTIONS_FILE, TAKE_FILE, TRANSCRIPT_FILE, TakeReader, told
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.scenario.model import Scenario
from pmrehearse.speech.events import SpeechOptions
from pmrehearse.speech.segments import Segment, Transcript, TranscriptSource

LOCK_FILE = ".lock"
GOING = ".deleting-"
"""The folder of a take that is being deleted is called this and its id: what a crash leaves is removed later."""
NEW_NAME_TRIES = 8


class Listener(Protocol):
    """Hears of each take that changed, on the thread that changed it; its methods must not fail."""

    def take_saved(self, take: Take) -> None:
        """The take's own file is new."""

    def take_changed(self, take_id: str) -> None:
        """Its transcript or its corrections are new (not told for each segment)."""

    def take_deleted(self, take_id: str) -> None:
        """It is gone."""


class Nobody:
    """Listens to nothing."""

    def take_saved(self, take: Take) -> None:
        """Do nothing."""

    def take_changed(self, take_id: str) -> None:
        """Do nothing."""

    def take_deleted(self, take_id: str) -> None:
        """Do nothing."""


class TakeStore(TakeReader):
    """The takes of one library, read and written."""

    def __init__(self, root: Path, listener: Listener | None = None) -> None:
        """Nothing is made before the first take.

        Args:
            root: The library's folder.
            listener: Hears of changes; None for nobody.
        """
        super().__init__(root)
        self._listener = listener or Nobody()
        self._lock = LibraryLock(root / LOCK_FILE)
        self._recording: set[str] = set()
        self._holding = threading.Lock()

    # ------------------------------------------------------------------ making and keeping

    def create(
        self,
        scenario: Scenario,
        device: str,
        options: SpeechOptions | None,
        now_utc: datetime,
        *,
        status: TakeStatus = TakeStatus.RECORDING,
    ) -> Take:
        """Make the folder of a new take, with its `take.json`.

        Args:
            scenario: What is rehearsed; its text is kept.
            device: The microphone, "file: NAME", or "" for a typed take.
            options: How it is recognised; None when no checkpoint was chosen yet.
            now_utc: When it begins, aware.
            status: RECORDING holds the library's lock until the take is saved with another status; takes made from
                files and texts give another and hold nothing.

        Raises:
            LibraryError: The folder cannot be made, or another program is recording in this library.
        """
        with told("The take cannot be kept in", self.root):
            make_private_dir(self.root)
            return self._create(Take("", scenario, now_utc.astimezone(UTC), status, device, options=options))

    def save(self, take: Take) -> None:
        """Write the take's `take.json`; a power cut leaves the old one or the new one.

        Raises:
            UsageError: There is no such take.
            LibraryError: The disk is full, gone or read-only.
        """
        folder = self.folder(take.id)
        try:
            with told("The take cannot be kept in", folder):
                write_durably(folder / TAKE_FILE, writing.take_bytes(take))
        finally:
            if take.status is not TakeStatus.RECORDING:  # its recording has ended, whether or not this could be written
                self._let_go(take.id)
        self._listener.take_saved(take)

    def append_segment(self, take_id: str, segment: Segment) -> None:
        """Add one line to the take's transcript and put it on the disk.

        Raises:
            UsageError: There is no such take.
            LibraryError: The disk is full, gone or read-only.
        """
        path = self.folder(take_id) / TRANSCRIPT_FILE
        with told("The transcript cannot be kept in", path):
            _append_line(path, writing.segment_bytes(segment))

    def set_transcript(self, take_id: str, transcript: Transcript) -> None:
        """Replace the take's transcript: typed, pasted, or recognised again.

        An empty one of no source lets the take be recognised anew; edits of words that no longer stand there stay in
        the file of corrections and are not applied.

        Raises:
            UsageError: There is no such take.
            LibraryError: Another program records it, or the disk is full, gone or read-only.
        """
        path = self.folder(take_id) / TRANSCRIPT_FILE
        self._refuse_anothers(take_id)
        with told("The transcript cannot be kept in", path):
            write_durably(path, writing.transcript_bytes(transcript))
        self._listener.take_changed(take_id)

    def set_corrections(self, take_id: str, corrections: Corrections) -> None:
        """Replace what was corrected.

        Raises:
            UsageError: There is no such take.
            LibraryError: The disk is full, gone or read-only.
        """
        path = self.folder(take_id) / CORRECTIONS_FILE
        with told("The corrections cannot be kept in", path):
            write_durably(path, writing.corrections_bytes(corrections))
        self._listener.take_changed(take_id)

    def delete(self, take_id: str) -> None:
        """Remove the take's sound and files. Solid-state disks may keep blocks of deleted files for a while.

        Raises:
            UsageError: There is no such take.
            LibraryError: Another program records it, or the files cannot be removed.
        """
        folder = self.folder(take_id)
        self._refuse_anothers(take_id)
        with told("The take cannot be deleted in", folder):
            going = folder.rename(self.root / f"{GOING}{take_id}-{secrets.token_hex(2)}")
            sync_dir(self.root)
            self._let_go(take_id)
            shutil.rmtree(going)
        self._listener.take_deleted(take_id)

    def sweep(self) -> None:
        """Remove what a crash left of takes that were being deleted."""
        with contextlib.suppress(OSError):
            for path in self.root.glob(f"{GOING}*"):
                shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        """Let other programs record."""
        with self._holding:
            self._recording.clear()
            self._lock.release()

    def is_recording(self, take_id: str) -> bool:
        """Whether this program records the take just now."""
        return take_id in self._recording

    @property
    def is_busy(self) -> bool:
        """True while this program records a take in this library."""
        return bool(self._recording)

    def is_recorded_elsewhere(self) -> bool:
        """Whether another program records in this library just now."""
        return self._lock.is_held_elsewhere()

    def is_live(self, take_id: str) -> bool:
        """Whether this program or another one records a take that is kept as being recorded.

        Before its first block there is only the library's lock to tell.
        """
        if self.is_recording(take_id):
            return True
        audio = self.find_audio(take_id)
        return self.is_recorded_elsewhere() if audio is None else is_being_recorded(audio)

    # ------------------------------------------------------------------ inside

    def _refuse_anothers(self, take_id: str) -> None:
        """A take that another program records is that program's."""
        if self.is_recording(take_id) or not self.is_recorded_elsewhere():
            return
        try:
            is_anothers = self.load(take_id).status is TakeStatus.RECORDING and self.is_live(take_id)
        except LibraryError:  # a damaged one can be deleted
            return
        if is_anothers:
            raise LibraryError("Another program is recording this take.", "End that rehearsal first.")

    def _create(self, take: Take) -> Take:
        kept = replace(take, id=self._new_id(take))
        folder = self.root / kept.id
        if take.status is TakeStatus.RECORDING:
            self._hold(kept.id)
        try:
            make_private_dir(folder)
            sync_dir(self.root)
            write_durably(folder / TAKE_FILE, writing.take_bytes(kept))
        except BaseException:
            self._let_go(kept.id)
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._listener.take_saved(kept)
        return kept

    def _new_id(self, take: Take) -> str:
        for _ in range(NEW_NAME_TRIES):
            take_id = new_take_id(take.scenario.id, take.started_at)
            if not (self.root / take_id).exists():
                return take_id
        raise LibraryError(f"No new folder can be named in {self.root}.", "Set the clock right and try again.")

    def _hold(self, take_id: str) -> None:
        with self._holding:
            self._lock.take()
            self._recording.add(take_id)

    def _let_go(self, take_id: str) -> None:
        with self._holding:
            self._recording.discard(take_id)
            if not self._recording:
                self._lock.release()


def _append_line(path: Path, line: bytes) -> None:
    """Add a line to a transcript, after its header and never behind a torn line."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    is_new = not path.exists()
    with os.fdopen(os.open(path, flags, FILE_MODE), "r+b", buffering=0) as file:
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), FILE_MODE)
        size = file.seek(0, os.SEEK_END)
        if size == 0:
            line = writing.header_bytes(TranscriptSource.HEARD) + line
        elif file.seek(size - 1) is not None and file.read(1) != b"\n":
            line = b"\n" + line
        rest = memoryview(line)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())
    if is_new:
        sync_dir(path.parent)
