"""A window decoded with a draft: the text of a decode from nothing, whatever the draft, in fewer steps."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from whisper.model import TextDecoder

from pmrehearse.audio.importing import read_audio
from pmrehearse.speech.attempts import DecodeLimits
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.segments import Span
from pmrehearse.speech.whisper_engine import WhisperEngine
from pmrehearse.speech.windows import Window

ANYTHING = DecodeLimits(logprob=-1e9, compression_ratio=1e9, no_speech=2.0)
ENGINES = ("whisper", "whisper-int8")


def nothing() -> None:
    """A tick that does nothing."""


def window(seconds: float) -> Window:
    """A window from 0 that is all speech."""
    return Window(0.0, seconds, (Span(0.0, seconds),))


@pytest.fixture(scope="module")
def sound() -> np.ndarray:
    """Eleven seconds of speech."""
    return read_audio(Path(__file__).parents[1] / "jfk.flac")


@pytest.fixture(scope="module", params=ENGINES)
def whisper(tiny: Path, request: pytest.FixtureRequest) -> WhisperEngine:
    """An engine on the random model, in floats and with 8-bit weights."""
    return WhisperEngine(SpeechOptions("tiny-random", request.param), Checkpoint("tiny-random", tiny), ANYTHING)


def test_any_draft_gives_the_same(whisper: WhisperEngine, sound: np.ndarray) -> None:
    """The right draft, a part of it, one with a wrong token anywhere, a longer one, nonsense: words and tokens stay."""
    expected = whisper.decode(sound, window(11.0), nothing)
    right, chance = list(expected.tokens), random.Random(4)  # noqa: S311 - any tokens
    drafts = [right[:n] for n in range(0, len(right), 4)] + [
        right,
        [*right, 50256],
        [*right, 11, 12],
        [50256],
        [9] * 300,
    ]
    drafts += [[*right[:at], chance.randrange(50_000), *right[at + 1 :]] for at in range(0, len(right), 3)]
    for draft in drafts:
        assert whisper.decode(sound, window(11.0), nothing, draft) == expected, draft


def test_a_draft_of_less_sound_gives_the_same(whisper: WhisperEngine, sound: np.ndarray) -> None:
    """A window that grows by a second at a time, each time with the text before as its draft."""
    draft: tuple[int, ...] = ()
    for seconds in range(2, 11, 2):
        part = sound[: seconds * 16_000]
        heard = whisper.decode(part, window(float(seconds)), nothing, draft)
        assert heard == whisper.decode(part, window(float(seconds)), nothing)
        draft = heard.tokens


def test_a_right_draft_takes_one_step(tiny: Path, sound: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    """The decoder runs once over all of it, and once more to time the words."""
    engine = WhisperEngine(SpeechOptions("tiny-random"), Checkpoint("tiny-random", tiny), ANYTHING)
    runs: list[int] = []
    forward = TextDecoder.forward

    def counted(decoder: TextDecoder, x: object, *rest: object, **more: object) -> object:
        runs.append(1)
        return forward(decoder, x, *rest, **more)

    monkeypatch.setattr(TextDecoder, "forward", counted)
    heard = engine.decode(sound, window(11.0), nothing)
    from_nothing = len(runs)
    engine.decode(sound, window(11.0), nothing, heard.tokens)
    assert from_nothing > 10
    assert len(runs) - from_nothing == 2


def test_a_looping_draft_is_cut_as_from_nothing(tiny: Path, sound: np.ndarray) -> None:
    """The cap on tokens counts the draft's, too."""
    short = DecodeLimits(logprob=-1e9, compression_ratio=1e9, no_speech=2.0, tokens_a_second=0.0, spare_tokens=5)
    engine = WhisperEngine(SpeechOptions("tiny-random"), Checkpoint("tiny-random", tiny), ANYTHING)
    long = engine.decode(sound, window(11.0), nothing).tokens
    capped = WhisperEngine(SpeechOptions("tiny-random"), Checkpoint("tiny-random", tiny), short)
    assert capped.decode(sound, window(11.0), nothing, long) == capped.decode(sound, window(11.0), nothing)
