"""Which takes' sound can be kept in half the room, and what comes of it?

Takes whose transcript is whole: whoever recognises reads the WAV. The fingerprint of the FLAC is kept beside it, so
that `verify` knows it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pmrehearse.audio.packing import NotNow, pack
from pmrehearse.audio.wavfile import count_samples
from pmrehearse.errors import AudioFileError, RehearsalError
from pmrehearse.library.catching_up import Progress, silent
from pmrehearse.library.reading import SOUND_FILES, TakeReader, told
from pmrehearse.library.recovery import Trouble
from pmrehearse.library.take import TakeStatus
from pmrehearse.library.verifying import seal_sound

WAV, FLAC = SOUND_FILES


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed.

    Attributes:
        take_ids: The takes whose sound is FLAC now.
        n_bytes_before: What their WAVs held.
        n_bytes_after: What their FLACs hold.
        troubles: Takes whose sound could not be packed; it stays as it was.
    """

    take_ids: tuple[str, ...] = ()
    n_bytes_before: int = 0
    n_bytes_after: int = 0
    troubles: tuple[Trouble, ...] = ()


def pack_takes(
    reader: TakeReader,
    take_ids: tuple[str, ...],
    was_packed: Callable[[str, int, int], None],
    go_on: Callable[[], bool],
    on_progress: Progress = silent,
) -> Packed:
    """Pack the sound of takes, one after another.

    Args:
        reader: The library.
        take_ids: The takes; those that wait for their transcript are passed over.
        was_packed: Told a take and its folder's time of change, in ns, before and after.
        go_on: Asked every 16 s of sound; False ends the work.
        on_progress: Told how far it has come, in takes.
    """
    done: list[str] = []
    troubles: list[Trouble] = []
    before = after = 0
    for number, take_id in enumerate(take_ids):
        on_progress(number, len(take_ids))
        if not go_on():
            break
        try:
            sizes = _pack(reader, take_id, was_packed, go_on)
        except NotNow:
            continue
        except RehearsalError as error:
            troubles.append(Trouble(take_id, error.message, error.hint))
            continue
        if sizes is not None:
            done.append(take_id)
            before, after = before + sizes[0], after + sizes[1]
    on_progress(len(take_ids), len(take_ids))
    return Packed(tuple(done), before, after, tuple(troubles))


def _pack(
    reader: TakeReader, take_id: str, was_packed: Callable[[str, int, int], None], go_on: Callable[[], bool]
) -> tuple[int, int] | None:
    """The sizes of a take's WAV and FLAC; None for a take that stays as it is."""
    folder = reader.folder(take_id)
    wav, flac = folder / WAV, folder / FLAC
    shape = reader.shape(take_id)
    if shape.status is not TakeStatus.TRANSCRIBED or not shape.n_samples or not wav.is_file():
        return None
    with told("The sound cannot be packed:", wav):
        stamp, n_bytes = folder.stat().st_mtime_ns, wav.stat().st_size
        if count_samples(wav) != shape.n_samples:
            raise AudioFileError(
                f"The WAV of {take_id} is not as long as its recording.", "`pmrehearse library verify` says more."
            )
        pack(wav, flac, go_on)
        seal_sound(reader, take_id)
        was_packed(take_id, stamp, folder.stat().st_mtime_ns)
        return n_bytes, flac.stat().st_size
