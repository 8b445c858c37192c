"""Has a decode failed, and which of two tries is kept? Pure; the same for every engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MOST_TOKENS = 224
"""Tokens of one text: half of what Whisper's decoder holds, its own limit."""


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """When a decode has failed.

    Attributes:
        compression_ratio: zlib's ratio above which a text repeats itself: Whisper's own (paper, section 4.5).
        logprob: Mean log probability of a token under which a text is a guess: Whisper's own (the same).
        no_speech: Probability of "no speech" above which an unlikely text is taken for none: Whisper's own (the same).
        tokens_a_second: Most tokens that a second of sound may give, timestamps included: speech of 150 words a minute
            has 4; at 9 the decoder loops.
        spare_tokens: Tokens on top, for short windows.
        retry_temperature: Of the one second try, without timestamps, because they and greed make most loops.
    """

    compression_ratio: float = 2.4
    logprob: float = -1.0
    no_speech: float = 0.6
    tokens_a_second: float = 9.0
    spare_tokens: int = 20
    retry_temperature: float = 0.4

    def cap(self, sound_s: float) -> int:
        """The most tokens that so much sound may give."""
        return min(MOST_TOKENS, round(self.spare_tokens + self.tokens_a_second * sound_s))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One pass of a decoder over a window.

    Attributes:
        tokens: The text's, timestamps included, without start and end.
        avg_logprob: Mean log probability of a token.
        no_speech_prob: Probability that nobody speaks.
        compression_ratio: zlib's ratio of the text.
    """

    tokens: tuple[int, ...]
    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float


def best(attempt: Callable[[float], Attempt], cap: int, limits: DecodeLimits) -> tuple[Attempt, bool]:
    """The text of a window, and whether it is unsure: a second try follows when the first fails.

    Args:
        attempt: Decodes at a temperature.
        cap: The most tokens of a text.
        limits: When a decode has failed.
    """
    first = attempt(0.0)
    if not _failed(first, cap, limits):
        return first, False
    second = attempt(limits.retry_temperature)
    if not _failed(second, cap, limits):
        return second, False
    return max(first, second, key=lambda one: (not _loops(one, cap, limits), one.avg_logprob)), True


def is_silence(attempt: Attempt, limits: DecodeLimits) -> bool:
    """Whether an unlikely text stands where probably nobody speaks: Whisper drops it."""
    return attempt.no_speech_prob > limits.no_speech and attempt.avg_logprob < limits.logprob


def _failed(attempt: Attempt, cap: int, limits: DecodeLimits) -> bool:
    if attempt.no_speech_prob > limits.no_speech:
        return False
    return _loops(attempt, cap, limits) or attempt.avg_logprob < limits.logprob


def _loops(attempt: Attempt, cap: int, limits: DecodeLimits) -> bool:
    return len(attempt.tokens) >= cap or attempt.compression_ratio > limits.compression_ratio
