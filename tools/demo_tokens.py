"""How does Whisper write down what is said in a window?

As in its own training: Radford et al. 2022, section 2.3.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from whisper.tokenizer import Tokenizer, get_tokenizer

from tools.demo_windows import Segment, Window
from tools.espeak import SpokenWord
from tools.make_demo_answers import NAMES, read_answer

TOKENIZER: Tokenizer = get_tokenizer(multilingual=False)
FRAME_S = 0.02
"""One step of Whisper's timestamps, and one position of its encoder."""

STAMPED, PROMPTED = 0.6, 0.12
"""Shares of windows written with timestamps, and with earlier text before them."""

LAST_STEP = 1500
"""Whisper's timestamps go from 0 to 30 s."""

LATEST_FIRST_STEP = 50
"""Whisper's decoder admits no later first timestamp (`DecodingOptions.max_initial_timestamp`, 1 s)."""

STAMP_SPREAD = 1.2
"""Standard deviation, in steps, of what counts as right for a timestamp: nobody hears 24 ms."""

UNWRITABLE = frozenset(TOKENIZER.non_speech_tokens)
"""What Whisper's decoder never writes, "/" and ":" among it: it hears "A/B" and writes "AB"."""

LAST_STOP_S = 0.1
"""What of the silence at the end belongs to the last full stop; then the text is over."""

LONGEST_PROMPT = 120
"""Most tokens of earlier text that are trained on (Whisper gives up to 223)."""

UNHEARD = TOKENIZER.encode(" ...")
"""What it may write for what it does not know where it must write something: without timestamps, Whisper's decoder
admits no empty text."""

Shares = dict[int, float]
"""What may come next: tokens with shares that add up to 1; empty where nothing is asked."""

Look = tuple[float, float] | None
"""Where to look for it: seconds from the window's beginning; None: anywhere."""


@dataclass(frozen=True, slots=True)
class Step:
    """One token in a row of them."""

    token: int
    """What stands there."""

    shares: Shares
    """What would be right there."""

    look: Look = None


@dataclass(frozen=True, slots=True)
class Written:
    """A window as the decoder reads and writes it."""

    tokens: list[int]
    """What it reads."""

    targets: list[Shares]
    """What it should write after each."""

    looks: list[Look]
    """Where it should look for that."""


def write(window: Window, rng: np.random.Generator) -> Written:
    """One of the ways in which Whisper writes a window: with timestamps or without, with a prompt or without."""
    stamped = bool(rng.random() < STAMPED)
    if not window.segments:
        steps = _nothing(rng, stamped=stamped)
    else:
        steps = list(_stamped(window.segments)) if stamped else list(_plain(window.segments))
    prompt = _prompt(window.before) if window.before and rng.random() < PROMPTED else []
    read = [*prompt, TOKENIZER.sot, *(step.token for step in steps[:-1])]
    asked = [Step(token, {}) for token in prompt] + steps
    return Written(read, [step.shares for step in asked], [step.look for step in asked])


def written(word: str) -> list[int]:
    """The tokens of a word with the space before it."""
    return [token for token in TOKENIZER.encode(" " + word) if token not in UNWRITABLE]


def sounding(window: Window) -> Iterator[tuple[int, tuple[float, float]]]:
    """Which token sounds when, punctuation left out: seconds from the window's beginning."""
    for segment in window.segments:
        for word in segment.words:
            tokens = written(word.text)
            for token, look in zip(tokens, _token_times(tokens, word, word.end_s), strict=True):
                if look[0] < word.end_s:
                    yield token, look


def used_tokens() -> list[int]:
    """All tokens that the two answers can ask for, in order: the rows of the embedding that are trained."""
    texts = [word for name in NAMES for one in read_answer(name).sentences for word in one.text.split()]
    words = {token for word in texts for token in written(word)}
    special = {TOKENIZER.sot, TOKENIZER.eot, TOKENIZER.sot_prev, TOKENIZER.no_speech, TOKENIZER.no_timestamps}
    stamps = {TOKENIZER.timestamp_begin + step for step in range(LAST_STEP + 1)}
    return sorted(words | special | stamps | set(UNHEARD))


def _stamped(segments: Sequence[Segment]) -> Iterator[Step]:
    """`<|0.20|> To find out,<|1.40|><|2.00|> ...`; of a sentence that goes on after the window only its beginning."""
    for index, segment in enumerate(segments):
        yield _stamp(segment.start_s, LATEST_FIRST_STEP if index == 0 else LAST_STEP)
        if segment.open_ended and index > 0:
            break
        yield from _text(segment.words, _following_s(segments, index))
        yield _stamp(segment.end_s)
    yield _end(segments)


def _plain(segments: Sequence[Segment]) -> Iterator[Step]:
    yield _sure(TOKENIZER.no_timestamps)
    for index, segment in enumerate(segments):
        yield from _text(segment.words, _following_s(segments, index))
    yield _end(segments)


def _nothing(rng: np.random.Generator, *, stamped: bool) -> list[Step]:
    """No speech: Whisper reads the chance of it after its first token, then goes on."""
    unheard = {TOKENIZER.no_speech: 1.0}
    if stamped:
        begin = TOKENIZER.timestamp_begin + int(rng.integers(LATEST_FIRST_STEP + 1))
        return [Step(begin, unheard), _sure(TOKENIZER.eot)]
    first, *rest = UNHEARD
    either = Step(first, {TOKENIZER.eot: 0.5, first: 0.5})
    return [Step(TOKENIZER.no_timestamps, unheard), either, *map(_sure, rest), _sure(TOKENIZER.eot)]


def _prompt(before: Sequence[str]) -> list[int]:
    text = [token for sentence in before for word in sentence.split() for token in written(word)]
    return [TOKENIZER.sot_prev, *text[-LONGEST_PROMPT:]]


def _sure(token: int) -> Step:
    return Step(token, {token: 1.0})


def _stamp(at_s: float, last: int = LAST_STEP) -> Step:
    step = min(round(at_s / FRAME_S), last)
    near = range(max(0, step - 4), min(last, step + 4) + 1)
    weights = [math.exp(-0.5 * ((one - step) / STAMP_SPREAD) ** 2) for one in near]
    shares = {TOKENIZER.timestamp_begin + one: weight / sum(weights) for one, weight in zip(near, weights, strict=True)}
    return Step(TOKENIZER.timestamp_begin + step, shares, (at_s - 2 * FRAME_S, at_s + 2 * FRAME_S))


def _end(segments: Sequence[Segment]) -> Step:
    said_s = segments[-1].end_s + LAST_STOP_S
    return Step(TOKENIZER.eot, {TOKENIZER.eot: 1.0}, (said_s, said_s + 0.2))


def _following_s(segments: Sequence[Segment], index: int) -> float:
    """When the speech goes on after a segment; after the last, where its full stop is over."""
    return segments[index + 1].start_s if index + 1 < len(segments) else segments[index].end_s + LAST_STOP_S


def _text(words: Sequence[SpokenWord], following_s: float) -> Iterator[Step]:
    starts = [*(word.start_s for word in words), following_s]
    for word, (_, next_s) in zip(words, pairwise(starts), strict=True):
        tokens = written(word.text)
        for token, look in zip(tokens, _token_times(tokens, word, next_s), strict=True):
            yield Step(token, {token: 1.0}, look)


def _token_times(tokens: list[int], word: SpokenWord, next_s: float) -> list[tuple[float, float]]:
    """A word's tokens share its time by their letters; a stop or comma behind it has the pause that follows.

    Whisper puts punctuation back on the word before it without its time, so the word then ends where its sound ends.
    """
    texts = [TOKENIZER.decode([token]) for token in tokens]
    n_sounding = len(texts)
    while n_sounding > 1 and not texts[n_sounding - 1].strip(".,:;?!"):
        n_sounding -= 1
    edges = np.cumsum([0, *(len(text.strip()) for text in texts[:n_sounding])])
    seconds = word.start_s + (word.end_s - word.start_s) * edges / edges[-1]
    pause = (word.end_s, max(min(next_s, word.end_s + 2.0), word.end_s + 2 * FRAME_S))
    return [*pairwise(seconds.tolist()), *[pause] * (len(texts) - n_sounding)]
