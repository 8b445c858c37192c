"""How does a take's WAV become a FLAC of half its size, so that no moment leaves less than one whole file?

The FLAC grows under another name, goes to the disk, is decoded and compared sample for sample, gets its name, and only
then the WAV goes. Whatever ends the program on the way leaves the WAV, the FLAC, or both; the next time goes on there.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.rawfile import held, held_alone
from pmrehearse.audio.wavfile import HEADER_BYTES, count_samples, header
from pmrehearse.durable import open_private, sync_dir
from pmrehearse.errors import AudioFileError

BLOCK_SAMPLES = 1 << 18
"""16 s: so soon a pack that is to end ends."""
PART = ".audio.flac.part"
"""What the FLAC is called until it has been compared."""


class NotNow(Exception):  # noqa: N818  a wish, not an error
    """Somebody uses the sound, or something else is to be done first: nothing has changed."""


def _always() -> bool:
    return True


def _nothing(_step: str) -> None:
    """Do nothing before a step."""


def pack(wav: Path, flac: Path, go_on: Callable[[], bool] = _always, before: Callable[[str], None] = _nothing) -> None:
    """Put a FLAC of the same samples, mode 0600, in the place of a take's WAV.

    Args:
        wav: A finished take's WAV, in which its header and its size agree.
        flac: Beside it; one that stands there already is compared, and replaced when it is another sound.
        go_on: Asked every 16 s of sound; False ends the work and leaves the WAV.
        before: Called with the name of each step before it is taken.

    Raises:
        NotNow: Somebody records into the WAV or reads it, or `go_on` said no.
        AudioFileError: The WAV is damaged, or the FLAC is not the same sound; the WAV stays.
        OSError: The disk refuses; the WAV stays.
    """
    with held_alone(wav) as is_alone:
        if not is_alone:
            raise NotNow
        _refuse_damaged(wav)
        wav.with_name(PART).unlink(missing_ok=True)  # a killed program left it
        if not (flac.is_file() and same_sound(wav, flac, go_on)):
            _write(wav, flac, go_on, before)
        before("remove the WAV")
        wav.unlink()
        before("sync the folder again")
        sync_dir(wav.parent)


def same_sound(wav: Path, flac: Path, go_on: Callable[[], bool] = _always) -> bool:
    """Whether a FLAC decodes to the very samples of a take's WAV.

    Raises:
        NotNow: `go_on` said no.
        OSError: The WAV cannot be read.
    """
    try:
        with soundfile.SoundFile(flac) as file:
            if (file.format, file.samplerate, file.channels) != ("FLAC", SAMPLE_RATE_HZ, 1):
                return False
            for block in _blocks(wav, go_on):
                if not np.array_equal(file.read(block.size, dtype="int16"), block):
                    return False
            return not len(file.read(1, dtype="int16"))
    except (soundfile.SoundFileError, RuntimeError):
        return False


def _write(wav: Path, flac: Path, go_on: Callable[[], bool], before: Callable[[str], None]) -> None:
    part = wav.with_name(PART)
    try:
        before("make the part")
        descriptor = open_private(part)
        try:
            before("encode")
            _encode(wav, descriptor, go_on)
            before("sync the part")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        before("compare")
        _refuse_other(wav, part, go_on)
        before("name the FLAC")
        part.replace(flac)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    before("sync the folder")
    sync_dir(flac.parent)


def _refuse_other(wav: Path, flac: Path, go_on: Callable[[], bool]) -> None:
    if not same_sound(wav, flac, go_on):
        raise AudioFileError(f"The FLAC of {wav.parent.name} is not the same sound.", "Its WAV stays as it is.")


def _encode(wav: Path, descriptor: int, go_on: Callable[[], bool]) -> None:
    try:
        with soundfile.SoundFile(
            descriptor, "w", SAMPLE_RATE_HZ, 1, subtype="PCM_16", format="FLAC", closefd=False
        ) as file:
            for block in _blocks(wav, go_on):
                file.write(block)
    except (soundfile.SoundFileError, RuntimeError) as error:
        raise AudioFileError(
            f"The sound of {wav.parent.name} cannot be packed: {error}.", "Is the disk full?"
        ) from error


def _blocks(wav: Path, go_on: Callable[[], bool]) -> Iterator[NDArray[np.int16]]:
    """The samples as they stand in the file, never through floats."""
    with wav.open("rb") as file:
        file.seek(HEADER_BYTES)
        while sound := file.read(2 * BLOCK_SAMPLES):
            if not go_on():
                raise NotNow
            yield np.frombuffer(sound, dtype="<i2").astype(np.int16, copy=False)


def _refuse_damaged(wav: Path) -> None:
    """A WAV with something to repair, or with anything but its samples, stays for who looks after it."""
    n_bytes = 2 * count_samples(wav)
    with wav.open("rb") as file:
        head = file.read(HEADER_BYTES)
    if not n_bytes or head != header(n_bytes) or wav.stat().st_size != HEADER_BYTES + n_bytes:
        raise AudioFileError(
            f"The WAV of {wav.parent.name} is damaged or empty.", "`pmrehearse library verify` says more."
        )


def count_decoded(flac: Path) -> int:
    """How many samples a take's FLAC gives when it is decoded to its end.

    Raises:
        AudioFileError: It is missing or no sound.
    """
    try:
        with soundfile.SoundFile(flac) as file:
            return sum(len(block) for block in file.blocks(BLOCK_SAMPLES, dtype="int16"))
    except (soundfile.SoundFileError, RuntimeError, OSError) as error:
        raise AudioFileError(f"{flac} cannot be read: {error}.", "Put it back from a copy.") from error


@contextlib.contextmanager
def readable_wav(sound: Path, scratch: Path) -> Iterator[Path]:
    """A take's sound as a WAV that is read by sample number: itself, held against packing, or a copy of a FLAC.

    Args:
        sound: The take's sound.
        scratch: A folder for the copy, which goes at the end.

    Raises:
        AudioFileError: The FLAC is missing or damaged.
        MachineError: No copy can be written.
    """
    if sound.suffix == ".wav":
        with held(sound) if sound.is_file() else contextlib.nullcontext():
            yield sound
        return
    from pmrehearse.audio.copying import wav_copy  # noqa: PLC0415  soxr, which packing does without

    with wav_copy(sound, scratch) as (copy, _):
        yield copy
