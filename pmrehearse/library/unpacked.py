"""Which takes still have their sound as WAV?

Asked at every start: it imports nothing that packing needs.
"""

from __future__ import annotations

from pmrehearse.library.reading import SOUND_FILES, TakeReader


def packable(reader: TakeReader) -> tuple[str, ...]:
    """The takes whose sound is a WAV, the oldest first; looks at folders alone.

    Raises:
        LibraryError: The library's folder cannot be read.
    """
    wav, _flac = SOUND_FILES
    return tuple(take_id for take_id in reader.take_ids() if (reader.root / take_id / wav).is_file())
