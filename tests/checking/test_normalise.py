"""How spoken words become tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.cutting import LONGEST, next_cut
from pmrehearse.checking.normalise import CLAUSE, COMMA, SoundAlikes, normalise
from pmrehearse.checking.spoken import HARD, Spoken
from pmrehearse.checking.stemming import stem
from pmrehearse.speech.segments import Word, words_of_text

HEARD = SoundAlikes([("racy", "raci"), ("blue score", "bleu score"), ("post mortar", "post mortem")])


def _texts(text: str) -> str:
    return " ".join(normalise(text.split(), HEARD).texts)


@pytest.mark.parametrize(
    ("said", "tokens"),
    [
        ("We'd run an A/B-test.", "we would run an a b test"),
        ("I don't, can't and won't", "i do not can not and will not"),
        ("it's the user's", "it is the user"),
        ("um so, uh, you know, we we test", "so we test"),
        ("we go to the API the API", "we go to the api"),
        ("that's kind of nice, some kind of metric", "that is nice some kind of metric"),
        ("i d like it", "i would like it"),
        ("a racy matrix and a blue score", "a raci matrix and a bleu score"),
        ("a post-mortar", "a post mortem"),
        ("12k at p95", "12 thousand at p 95"),
    ],
)
def test_tokens(said: str, tokens: str) -> None:
    """Case, contractions, fillers, stutters and mishearings are levelled out."""
    assert _texts(said) == tokens


@pytest.mark.parametrize(
    "forms",
    [
        "increase increases increased increasing",
        "run runs ran running",
        "hypothesis hypotheses",
        "randomise randomized randomly",
        "decide decided deciding",
        "metric metrics",
        "take took taken taking",
        "behaviour behavior",
        "1 one",
        "2 two",
    ],
)
def test_inflections_have_one_stem(forms: str) -> None:
    """All forms of a word come to one stem."""
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["note not", "theme them", "here her", "need knee", "user us"])
def test_different_words_keep_apart(pair: str) -> None:
    """Words that only look alike have stems of their own."""
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_cuts_are_kept() -> None:
    """A comma, a new clause and a new sentence are told apart."""
    spoken = Spoken(SoundAlikes())
    spoken.follow(words_of_text("A test, a control. We test, but we stop"), 0)
    assert dict(zip(spoken.texts, spoken.cuts, strict=True)) | {"a": 0} == {
        "a": 0,
        "test": 0,
        "control": 0,
        "we": 0,
        "but": CLAUSE,
        "stop": 0,
    }
    assert [spoken.cuts[at] for at in (0, 2, 4)] == [HARD, COMMA, HARD]


@given(st.lists(st.sampled_from("so and we test it. the metric, then because 10 users".split()), max_size=150))
def test_sentences_cover_the_words(words: list[str]) -> None:
    """Cut after cut every word lies in one sentence, none of them endless."""
    said = tuple(Word(text) for text in words)
    at = 0
    while at < len(said):
        end, _, _ = next_cut(said, at)
        assert at < end <= at + LONGEST + 10
        at = end


def test_a_long_pause_ends_a_sentence_without_punctuation() -> None:
    """Where nothing is punctuated, a silence cuts."""
    words = [Word(f"w{at}", at * 0.3, at * 0.3 + 0.2) for at in range(40)]
    later = [Word(f"v{at}", 20 + at * 0.3, 20.2 + at * 0.3) for at in range(10)]
    ends = []
    at = 0
    said = tuple(words + later)
    while at < len(said):
        at, _, _ = next_cut(said, at)
        ends.append(at)
    assert 40 in ends


@given(
    st.lists(
        st.sampled_from("ten, no twelve thousand users um we don't. scrap that A/B 3% you know".split()), max_size=60
    )
)
def test_every_token_knows_its_words(words: list[str]) -> None:
    """Tokens point at words of the stretch, in order."""
    tokens = normalise(words, HEARD)
    assert all(0 <= first <= last < len(words) for first, last in zip(tokens.first, tokens.last, strict=True))
    assert list(tokens.first) == sorted(tokens.first)
