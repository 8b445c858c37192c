"""How does a sound file of any kind stand as a WAV for a while, to be read by sample number?"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from pmrehearse.audio.importing import convert_to_wav
from pmrehearse.durable import make_private_dir
from pmrehearse.errors import MachineError


@contextlib.contextmanager
def wav_copy(sound: Path, scratch: Path) -> Iterator[tuple[Path, int]]:
    """A copy as 16 kHz mono 16-bit WAV, mode 0600, which goes at the end.

    Args:
        sound: As for `importing.convert_to_wav`.
        scratch: A folder for the copy, made where it is missing.

    Yields:
        The copy, and its length in samples, > 0.

    Raises:
        AudioFileError: The sound is missing, damaged, or none.
        MachineError: No copy can be written, or it is an M4A and there is no ffmpeg.
    """
    copy = scratch / f"copy-{secrets.token_hex(8)}.wav"
    try:
        try:
            make_private_dir(scratch)
            n_samples = convert_to_wav(sound, copy)
        except OSError as error:
            raise MachineError(
                f"No copy of {sound.name} can be written into {scratch}: {error.strerror or error}.",
                "Free some room, or name another folder in PMREHEARSE_CACHE_DIR.",
            ) from error
        yield copy, n_samples
    finally:
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)
