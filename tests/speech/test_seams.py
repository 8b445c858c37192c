"""Words where one window ends and the next begins: none is lost, none is said twice, however the sound came."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from pmrehearse.speech.effort import Effort, EffortLimits, Passes
from pmrehearse.speech.events import SegmentHeard, WordsAhead
from pmrehearse.speech.segments import Word
from tests.speech.scripted_engine import Following, ScriptedEngine, compose
from tests.speech.sounds import Sound

VOCABULARY = "metric launch decide twelve cohort April owner rollback result experiment users safety".split()


def talk(seed: int, n_words: int, pauses: tuple[tuple[float, float], ...]) -> list[tuple[str, float]]:
    """Words in any order, with (likelihood, seconds) of a pause behind each; else a short gap."""
    chance = random.Random(seed)  # noqa: S311 - words, not secrets
    parts = []
    for _ in range(n_words):
        gap_s = next((pause_s for likelihood, pause_s in pauses if chance.random() < likelihood), 0.07)
        parts.append((chance.choice(VOCABULARY), gap_s))
    return parts


TALKS = {
    "without a pause": talk(1, 150, ()),
    "in sentences": talk(2, 100, ((0.1, 0.9), (0.05, 1.1))),
    "haltingly": talk(3, 80, ((0.2, 1.2), (0.1, 3.0))),
}


@pytest.mark.parametrize("block_s", [0.1, 4.0, 300.0], ids=["live", "worker busy for 4 s at a time", "after the stop"])
@pytest.mark.parametrize("talk", TALKS)
def test_each_word_is_said_once(talk: str, block_s: float, speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """The segments together hold exactly the words that were said, in order."""
    sound, script = compose(TALKS[talk], speak)
    following = Following(tmp_path / "a.wav", ScriptedEngine(script))
    following.grow(sound, block_s)
    assert [word.text for word in following.finish()] == [word.text for word in script]


def test_what_stands_is_told_ahead_and_told_for_good_later(speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """Inside unbroken speech the words come at least every 3 s, none before it is said, as said."""
    sound, script = compose(TALKS["without a pause"], speak)
    following = Following(tmp_path / "a.wav", ScriptedEngine(script))
    following.grow(sound, 0.1)
    following.finish()
    segments = [event.segment for event in following.told if isinstance(event, SegmentHeard)]
    ahead = [event for event in following.told if isinstance(event, WordsAhead)]
    ends_s = sorted([event.to_s for event in ahead] + [segment.end_s for segment in segments])
    assert max(after - before for before, after in pairwise(ends_s)) < 3.3
    said = " ".join(word.text for word in script)
    assert all(" ".join(word.text for word in event.words) in said for event in ahead)
    assert all(word.end_s is not None and word.end_s <= event.to_s + 0.04 for event in ahead for word in event.words)


def test_a_growing_window_is_drafted(speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """Each decode of a window but the first begins with the text before; another window begins with none."""
    sound, script = compose(TALKS["in sentences"], speak)
    following = Following(tmp_path / "a.wav", ScriptedEngine(script))
    following.grow(sound, 0.1)
    following.finish()
    starts: set[float] = set()
    for window, had_draft in following.engine.decodes:
        assert had_draft == (window.start_s in starts)
        starts.add(window.start_s)


@pytest.mark.parametrize("passes", [Passes.COMMITTED, Passes.PAUSES])
def test_passes_that_were_given_up_lose_nothing(passes: Passes, speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """Less is decoded ahead, or nothing, and each word is said once all the same."""
    sound, script = compose(TALKS["in sentences"], speak)
    eager = Following(tmp_path / "a.wav", ScriptedEngine(script))
    eager.grow(sound, 0.1)
    eager.finish()
    saving = Following(tmp_path / "b.wav", ScriptedEngine(script), effort=Effort(EffortLimits(calm_s=1e9), passes))
    saving.grow(sound, 0.1)
    assert [word.text for word in saving.finish()] == [word.text for word in script]
    assert len(saving.engine.decodes) < len(eager.engine.decodes)
    n_ahead = sum(isinstance(event, WordsAhead) for event in saving.told)
    assert (n_ahead == 0) == (passes is Passes.COMMITTED)


def test_a_busy_worker_takes_what_came_together(speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """What waits is worked through in full windows, with no decode ahead: fewer than live, and none twice."""
    sound, script = compose(TALKS["in sentences"], speak)
    live = Following(tmp_path / "a.wav", ScriptedEngine(script))
    live.grow(sound, 0.1)
    live.finish()
    late = Following(tmp_path / "b.wav", ScriptedEngine(script))
    late.grow(sound, 300.0)
    late.finish()
    segments = [event for event in late.told if isinstance(event, SegmentHeard)]
    committed_live = [event for event in live.told if isinstance(event, SegmentHeard)]
    assert len(late.engine.decodes) <= len(segments) + 1
    assert len(segments) < len(committed_live)


def test_silence_costs_nothing(speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """In two minutes of silence behind a sentence the recogniser is asked for that sentence only."""
    sound, script = compose([("metric", 0.07), ("decide", 120.0)], speak)
    following = Following(tmp_path / "a.wav", ScriptedEngine(script))
    following.grow(sound, 1.0)
    assert following.finish() == script
    assert len(following.engine.decodes) <= 2
    assert all(window.end_s < 4.0 for window, _ in following.engine.decodes)


def test_words_do_not_drift(speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """A word a minute, much silence between: each is heard where it is said, in speech."""
    parts = [(word, 59.7) for word in VOCABULARY[:5]]
    sound, script = compose(parts, speak)
    following = Following(tmp_path / "a.wav", ScriptedEngine(script))
    following.grow(sound, 60.0)
    assert following.finish() == script
    spans = [span for event in following.told if isinstance(event, SegmentHeard) for span in event.segment.speech]
    assert len(spans) == len(script)
    for word, span in zip(script, spans, strict=True):
        assert span.start_s == pytest.approx(_start_s(word), abs=0.25)


def _start_s(word: Word) -> float:
    assert word.start_s is not None
    return word.start_s
