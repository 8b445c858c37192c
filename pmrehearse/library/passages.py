"""Where does a passage stand in a transcript?"""

from __future__ import annotations

from collections.abc import Sequence

from pmrehearse.speech.segments import Word

_AROUND = ".,;:!?…'\"()“”‘’"


def places_of(passage: str, words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """The first and last word, inclusive, of each place of a passage; letters' case and punctuation do not matter.

    Args:
        passage: Words, with any white space between them; nothing is found for none.
        words: The words of the transcript.
    """
    wanted = [_bare(part) for part in passage.split()]
    if not any(wanted):
        return ()
    said = [_bare(word.text) for word in words]
    n_wanted = len(wanted)
    return tuple(
        (first, first + n_wanted - 1)
        for first in range(len(said) - n_wanted + 1)
        if said[first : first + n_wanted] == wanted
    )


def _bare(text: str) -> str:
    return text.strip(_AROUND).casefold()
