"""How texts become numbers."""

from __future__ import annotations

from pmrehearse.judging.wordpiece import LONGEST_PAIR, WordPiece, words_of

PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "play", "##ing", "##s", "5", "%", ".", "cafe", "'")


def test_words_are_lower_case_without_accents_and_marks_stand_alone() -> None:
    """As BERT has it."""
    assert words_of("A Café’s 50%, don't…") == ["a", "cafe", "’", "s", "50", "%", ",", "don", "'", "t", "…"]


def test_words_are_cut_into_the_longest_pieces() -> None:
    """From the left, and a word with a part that no piece knows is unknown as a whole."""
    cutter = WordPiece(PIECES)
    assert cutter.numbers("plays playing café 5% qplay playq") == [5, 7, 5, 6, 11, 8, 9, 1, 1]


def test_a_pair_is_one_row() -> None:
    """The criterion between the special pieces, then the passage with another; the passage loses its end if need be."""
    cutter = WordPiece(PIECES)
    assert cutter.pair("a play", "plays.") == ([2, 4, 5, 3, 5, 7, 10, 3], 4)
    row, n_first = cutter.pair("a", "a " * 500)
    assert (len(row), n_first, row[-1]) == (LONGEST_PAIR, 3, 3)
