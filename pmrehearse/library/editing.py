"""Which words, as they were heard, does a change of the corrected transcript concern?

Edits name words as they were recognised, so that each stays true whatever else is corrected. What is changed on the
screen are words of the corrected transcript; here the one is made of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from pmrehearse.errors import UsageError
from pmrehearse.library.corrections import Corrections, WordEdit, corrected, fitting_edits
from pmrehearse.speech.segments import Segment, Transcript


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words as they were heard, and what stands there now.

    Attributes:
        first: The index of the first heard word in its segment.
        last: The last, inclusive; `first - 1` where something was inserted.
        texts: The words that stand there now.
        is_edit: True when they were corrected.
    """

    first: int
    last: int
    texts: tuple[str, ...]
    is_edit: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one segment of the corrected transcript, by their indices in it; `last` is inclusive."""

    segment: int
    first: int
    last: int


def edited(recognised: Transcript, corrections: Corrections, first: int, last: int, text: str) -> Corrections:
    """The corrections after a run of words was changed.

    A run that reaches over segments is changed as one: the new words stand in the first of them.

    Args:
        recognised: The transcript as it was recognised.
        corrections: What was corrected before; earlier edits of the same words go into the new one.
        first: The index of the first word in `Transcript.words` of the corrected transcript.
        last: The index of the last word, inclusive.
        text: What was said there; "" for nothing. What was heard there takes an earlier edit back.

    Raises:
        UsageError: There are no such words.
    """
    runs = list(_runs(corrected(recognised, corrections.words), first, last))
    if not runs or not 0 <= first <= last:
        raise UsageError("There are no such words in this transcript.", "See `pmrehearse show TAKE --transcript`.")
    words = corrections.words
    for number, run in enumerate(runs):
        words = _changed(recognised, words, run, text if number == 0 else "")
    return replace(corrections, words=words)


def _changed(recognised: Transcript, edits: tuple[WordEdit, ...], run: _Run, text: str) -> tuple[WordEdit, ...]:
    segment = recognised.segments[run.segment]
    mine = fitting_edits(recognised, edits, run.segment)
    touched = _touched(segment, mine, run)
    before, after = _kept_beside(segment, mine, touched, run)
    begin, end = touched[0].first, max(touched[0].first - 1, *(piece.last for piece in touched))
    heard = " ".join(word.text for word in segment.words[begin : end + 1])
    said = " ".join([*before, *text.split(), *after])
    replaced = {(piece.first, piece.last) for piece in touched if piece.is_edit}
    others = tuple(edit for edit in edits if edit.segment != run.segment or (edit.first, edit.last) not in replaced)
    return others if said == heard else (*others, WordEdit(run.segment, begin, end, heard, said))


def _runs(now: Transcript, first: int, last: int) -> Iterator[_Run]:
    """The run cut at the ends of segments; words of unsure segments are not counted, as in `Transcript.words`."""
    sizes = [0 if segment.unsure else len(segment.words) for segment in now.segments]
    for number, (size, end) in enumerate(zip(sizes, accumulate(sizes), strict=True)):
        begin = end - size
        if size and first < end and last >= begin:
            yield _Run(number, max(first - begin, 0), min(last - begin, size - 1))


def _touched(segment: Segment, edits: tuple[WordEdit, ...], run: _Run) -> list[_Piece]:
    """The pieces that hold the words of a run, and what was struck out between them."""
    pieces = _pieces(segment, edits)
    ends = list(accumulate(len(piece.texts) for piece in pieces))
    holding = [
        number
        for number, (piece, end) in enumerate(zip(pieces, ends, strict=True))
        if piece.texts and end - len(piece.texts) <= run.last and end > run.first
    ]
    return pieces[holding[0] : holding[-1] + 1]


def _kept_beside(
    segment: Segment, edits: tuple[WordEdit, ...], touched: list[_Piece], run: _Run
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the touched pieces that stand before and after the run."""
    pieces = _pieces(segment, edits)
    begin = sum(len(piece.texts) for piece in pieces[: pieces.index(touched[0])])
    texts = tuple(text for piece in touched for text in piece.texts)
    return texts[: run.first - begin], texts[run.last + 1 - begin :]


def _pieces(segment: Segment, edits: tuple[WordEdit, ...]) -> list[_Piece]:
    """The segment as it stands now: corrected runs, and single words between them."""
    pieces = [_Piece(edit.first, edit.last, tuple(edit.text.split()), is_edit=True) for edit in edits]
    covered = {at for edit in edits for at in range(edit.first, edit.last + 1)}
    pieces += [_Piece(at, at, (word.text,)) for at, word in enumerate(segment.words) if at not in covered]
    return sorted(pieces, key=lambda piece: (piece.first, piece.last))
