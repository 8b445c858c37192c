"""Which takes still have their sound as WAV, and are they to be packed by themselves?

Asked at every start: it imports nothing that packing needs.
"""

from __future__ import annotations

import os

from pmrehearse.library.reading import SOUND_FILES, TakeReader

KEEP_WAV = "PMREHEARSE_KEEP_WAV"
"""Set to anything but "" or "0", takes stay WAV unless a command packs them."""


def is_wanted() -> bool:
    """Whether takes are packed by themselves, some time after the stop."""
    return os.environ.get(KEEP_WAV, "").lower() in ("", "0", "off", "false", "no")


def packable(reader: TakeReader) -> tuple[str, ...]:
    """The takes whose sound is a WAV, the oldest first; looks at folders alone.

    Raises:
        LibraryError: The library's folder cannot be read.
    """
    wav, _flac = SOUND_FILES
    return tuple(take_id for take_id in reader.take_ids() if (reader.root / take_id / wav).is_file())
