"""What a search shows."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.library.rows import SnippetPart
from pmrehearse.library.snippets import CLOSE, N_WORDS, OPEN, fts_query, snippet_of


def _marked(text: str) -> str:
    return text.replace("[", OPEN).replace("]", CLOSE)


def test_the_place_with_most_different_words_is_shown() -> None:
    """One word early and alone is passed over for the place where both stand."""
    words = ["[metric]", *["x"] * 50, "[metric]", "and", "[retention]", *["y"] * 50]
    parts, at_s = snippet_of(_marked(" ".join(words)), [float(i) for i in range(len(words))])
    assert at_s == 51.0
    assert [part.text for part in parts if part.is_match] == ["metric", "retention"]
    assert (parts[0].text, parts[-1].text) == ("…", "…")


def test_a_phrase_is_marked_as_one() -> None:
    """Words found together stand together."""
    parts, at_s = snippet_of(_marked("we [split them in] half"), [0.0, 1.0, 2.0, 3.0, 4.0])
    assert parts == (SnippetPart("we", False), SnippetPart("split them in", True), SnippetPart("half", False))  # noqa: FBT003
    assert at_s == 1.0


def test_words_without_time_have_no_moment() -> None:
    """A typed text has words and no seconds; nothing found is nothing."""
    assert snippet_of(_marked("[we] split"), [float("nan")] * 2)[1] is None
    assert snippet_of(_marked("[we] split"), [])[1] is None
    assert snippet_of("we split", [0.0, 1.0]) == ((), None)
    assert snippet_of("", []) == ((), None)


@given(
    words=st.lists(st.tuples(st.text("abc", min_size=1, max_size=4), st.booleans()), min_size=1, max_size=120),
)
def test_a_snippet_is_a_stretch_of_the_text(words: list[tuple[str, bool]]) -> None:
    """It stands word for word in the text, is not too long, and holds something that was found."""
    marked = " ".join(f"{OPEN}{word}{CLOSE}" if is_found else word for word, is_found in words)
    parts, at_s = snippet_of(marked, [float(i) for i in range(len(words))])
    shown = " ".join(part.text for part in parts if part.text != "…").split()
    assert (at_s is None) == (not any(is_found for _, is_found in words))
    assert len(shown) <= N_WORDS
    assert f" {' '.join(shown)} " in f" {' '.join(word for word, _ in words)} " or not shown
    assert any(part.is_match for part in parts) == any(is_found for _, is_found in words)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("metric", '"metric"*'),
        ("our metric", '"our"* "metric"*'),
        ('"our metric" is', '"our metric" "is"*'),
        ("a metric", '"a" "metric"*'),
        ("don't", '"don\'t"*'),
        ('say "', '"say"*'),
        ("- …", ""),
    ],
)
def test_what_is_typed_becomes_a_query(typed: str, query: str) -> None:
    """Words with any ending, quoted ones as they are, single letters as they are."""
    assert fts_query(typed) == query


@given(st.text(max_size=60))
def test_no_text_is_a_wrong_query(text: str) -> None:
    """SQLite takes whatever comes of anything that is typed."""
    query = fts_query(text)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE said USING fts5 (text)")
        if query:
            assert connection.execute("SELECT * FROM said WHERE said MATCH ?", (query,)).fetchall() == []
