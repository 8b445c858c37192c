"""Which pieces of BERT's vocabulary does spoken English need?

The vocabulary is ordered by how common a piece is in written English. Kept are the special pieces, all single
characters of ASCII, the commonest pieces, and every piece that our own texts use more than once or twice; a rarer word
is spelt with shorter pieces. That makes the embedding a third as large.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pmrehearse.judging.wordpiece import CLS, SEP, UNKNOWN, WordPiece

if TYPE_CHECKING:
    from collections.abc import Iterable

SPECIAL = ("[PAD]", UNKNOWN, CLS, SEP)
COMMONEST = 9_000
"""So many of the first pieces are kept, of those that are plain ASCII."""
OFTEN = 3
"""So often a rarer piece must be used to be kept."""
_PLAIN = re.compile(r"(##)?([a-z]+|[0-9]{1,4}|[!-~])")


def needed(pieces: tuple[str, ...], texts: Iterable[str]) -> tuple[str, ...]:
    """The pieces that are kept, in their old order, the special ones first."""
    whole = WordPiece(pieces)
    used = Counter(number for text in texts for number in whole.numbers(text))
    kept = [
        piece
        for number, piece in enumerate(pieces)
        if piece not in SPECIAL
        and _PLAIN.fullmatch(piece)
        and (number < COMMONEST or used[number] >= OFTEN or len(piece.removeprefix("##")) == 1)
    ]
    return (*SPECIAL, *kept)
