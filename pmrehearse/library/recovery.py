"""What was cut short, and how is it made whole? Nothing is ever deleted.

A take whose program died stands as "recording" and nobody writes its sound: its length is taken from the file's size,
and it waits for its transcript like any other. A damaged header is repaired on a copy that takes the sound's place;
the damaged file stays beside it. Sound that went to another disk because its own failed comes home.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pmrehearse.audio.rawfile import is_being_recorded
from pmrehearse.audio.wavfile import HEADER_BYTES, SAMPLE_BYTES, WavWriter, count_samples, header, repair
from pmrehearse.durable import sync_dir
from pmrehearse.errors import AudioFileError, RehearsalError
from pmrehearse.library.naming import is_take_id
from pmrehearse.library.reading import SOUND_FILES, told
from pmrehearse.library.store import TakeStore
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.rehearsal.events import EndReason

DAMAGED_SOUND = "audio.damaged.wav"
"""What a sound file is called after a repaired copy took its place."""
_PART = "audio.repaired.part"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_RESCUED = f"-{SOUND_FILES[0]}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A take that could not be looked after.

    Attributes:
        take_id: Which one.
        message: Why.
        hint: What to do, or "".
        needs_room: True when its disk is full: it is whole once there is room.
    """

    take_id: str
    message: str
    hint: str = ""
    needs_room: bool = False


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was found.

    Attributes:
        finished: Takes that had been cut short and are whole now, the oldest first.
        waiting: Takes whose sound is whole and whose transcript is not, the oldest first.
        troubles: Takes that could not be looked after.
    """

    finished: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def recover(store: TakeStore, take_ids: Iterable[str] | None = None, rescued: Path | None = None) -> Recovery:
    """Finish what was cut short.

    Args:
        store: The library.
        take_ids: The takes to look at: those that are not known to be transcribed; None for all.
        rescued: The folder into which the recorder puts takes whose own disk failed; None to look nowhere else.
    """
    troubles: list[Trouble] = []
    came_home = _bring_all_home(store, rescued, troubles) if rescued is not None else set()
    wanted = store.take_ids() if take_ids is None else take_ids
    finished, waiting = [], []
    for take_id in sorted({*wanted, *came_home}):
        try:
            take, was_cut = _looked_after(store, take_id, came_home)
        except RehearsalError as error:
            troubles.append(_trouble(take_id, error))
            continue
        if was_cut:
            finished.append(take_id)
        if _waits(store, take):
            waiting.append(take_id)
    return Recovery(tuple(finished), tuple(waiting), tuple(troubles))


def heal(path: Path) -> int:
    """Let a take's WAV say its true length.

    A header that only lags behind its file is patched in place; any other is replaced on a copy, and the damaged file
    stays as `audio.damaged.wav`.

    Returns:
        The length in samples, by the size of the file.

    Raises:
        AudioFileError: It is unreadable, or a WAV of another kind.
        LibraryError: It cannot be repaired: the disk is full, gone or read-only.
    """
    n_samples = count_samples(path)
    with told("The sound cannot be made whole:", path):
        with path.open("rb") as file:
            head = file.read(HEADER_BYTES)
        right = header(n_samples * SAMPLE_BYTES)
        if head == right:
            return n_samples
        if head[:4] == right[:4] and head[8:40] == right[8:40]:
            writer = WavWriter.append_to(path)
            writer.sync()
            writer.close()
        else:
            _put_copy_in_place(path, path)
    return n_samples


def bring_home(store: TakeStore, take_id: str, elsewhere: Path) -> int:
    """Put a take's sound, recorded on another disk because its own failed, into the take's folder.

    What stood there stays as `audio.damaged.wav`; the file elsewhere goes when its copy is safe.

    Returns:
        The length in samples.

    Raises:
        UsageError: There is no such take.
        AudioFileError: The file is unreadable, or a WAV of another kind.
        LibraryError: The disk still refuses.
    """
    home = store.folder(take_id) / SOUND_FILES[0]
    with told("The sound cannot be brought home:", elsewhere):
        n_samples = _put_copy_in_place(elsewhere, home)
        elsewhere.unlink()
    return n_samples


def _looked_after(store: TakeStore, take_id: str, came_home: set[str]) -> tuple[Take, bool]:
    """The take as it is now, and whether it had been cut short."""
    take = store.load(take_id)
    audio = store.find_audio(take_id)
    is_cut = take.status is TakeStatus.RECORDING and not store.is_live(take_id)
    if not is_cut and not (take_id in came_home and take.status is TakeStatus.RECORDED):
        return take, False
    n_samples = 0 if audio is None else heal(audio) if audio.suffix == ".wav" else take.n_samples
    ended = take.ended or EndReason.INTERRUPTED.value
    take = replace(take, status=TakeStatus.RECORDED, n_samples=n_samples, ended=ended)
    store.save(take)
    return take, is_cut


def _trouble(take_id: str, error: RehearsalError) -> Trouble:
    cause = error.__cause__
    needs_room = isinstance(cause, OSError) and cause.errno in _FULL
    return Trouble(take_id, error.message, error.hint, needs_room)


def _waits(store: TakeStore, take: Take) -> bool:
    if take.status is not TakeStatus.RECORDED or not take.n_samples:
        return False
    return store.find_audio(take.id) is not None and not store.transcript(take.id).complete


def _bring_all_home(store: TakeStore, rescued: Path, troubles: list[Trouble]) -> set[str]:
    """Bring home every take that stands in `rescued`; the ids of those that came."""
    came = set()
    for path in sorted(rescued.glob(f"*{_RESCUED}")) if rescued.is_dir() else ():
        take_id = path.name.removesuffix(_RESCUED)
        if not is_take_id(take_id) or not (store.root / take_id).is_dir() or is_being_recorded(path):
            continue
        try:
            bring_home(store, take_id, path)
            came.add(take_id)
        except RehearsalError as error:
            troubles.append(_trouble(take_id, error))
    return came


def _put_copy_in_place(source: Path, place: Path) -> int:
    """Copy `source` with a right header to `place`, which stays as DAMAGED_SOUND; the copy's length in samples.

    Raises:
        AudioFileError: The source is unreadable, or a WAV of another kind.
        OSError: The disk refuses.
    """
    part, kept = place.with_name(_PART), place.with_name(DAMAGED_SOUND)
    part.unlink(missing_ok=True)
    try:
        n_samples = _copied(source, part)
        if place.exists() and not kept.exists():
            _keep_as(place, kept)
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_dir(place.parent)
    return n_samples


def _copied(source: Path, part: Path) -> int:
    """Copy the sound with a right header; its length in samples.

    Raises:
        AudioFileError: It cannot be read to its end.
    """
    n_samples = repair(source, part)
    if n_samples != count_samples(source):
        raise AudioFileError(f"{source} cannot be read to its end.", "See whether its disk is still there.")
    return n_samples


def _keep_as(path: Path, other: Path) -> None:
    """Give a file a second name; on a file system without links, another one."""
    with contextlib.suppress(OSError):
        os.link(path, other)
        return
    path.replace(other)
