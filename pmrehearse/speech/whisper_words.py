"""When was each word of a decoded window said? In the worker process; imports torch.

The method of `whisper.timing.find_alignment` (attention of the alignment heads, median filter, dynamic time warping),
from the encoding at hand instead of a second run of the encoder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn import functional
from whisper.audio import HOP_LENGTH, TOKENS_PER_SECOND
from whisper.model import disable_sdpa
from whisper.timing import WordTiming, merge_punctuations
from whisper.tokenizer import Tokenizer, get_tokenizer

from pmrehearse.cleaning import clean_line
from pmrehearse.speech.alignment import warp
from pmrehearse.speech.word_times import TimedWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whisper.model import Whisper

_MEDIAN_OF = 7
"""Width of the median filter in frames of 20 ms: openai-whisper's own."""
_EXCHANGES = (0, 5), (0, 3), (1, 6), (2, 4), (0, 1), (3, 5), (2, 6), (2, 3), (3, 6), (4, 5), (1, 4), (1, 3), (3, 4)
"""Of seven numbers, put into order two by two like this, the median ends in the fourth place (Devillard 1998)."""
_OPENING, _CLOSING = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"
"""Punctuation that belongs to the word after it and before it: openai-whisper's own."""
_LONGEST_WORD = 100
"""Characters of one word; more is noise."""


def spoken_words(
    model: Whisper, features: torch.Tensor, tokens: Sequence[int], n_samples: int, language: str
) -> tuple[TimedWord, ...]:
    """The words of a window, with times from its beginning.

    Args:
        model: The model that decoded it.
        features: The encoder's output for the window, shape (1, 1500, n_state).
        tokens: What was decoded; timestamps in it are passed over.
        n_samples: Length of the window's sound at 16 kHz.
        language: The language spoken.
    """
    tokenizer = get_tokenizer(
        model.is_multilingual, num_languages=model.num_languages, language=language, task="transcribe"
    )
    text_tokens = [token for token in tokens if token < tokenizer.eot]
    n_frames = n_samples // (2 * HOP_LENGTH)
    if not text_tokens or n_frames == 0:
        return ()
    return words_of(align(model, tokenizer, features, text_tokens, n_frames))


def words_of(timings: list[WordTiming]) -> tuple[TimedWord, ...]:
    """The words that stand between spaces, of the pieces into which Whisper's tokenizer cuts a text."""
    merge_punctuations(timings, _OPENING, _CLOSING)
    words = [(clean_line(timing.word, _LONGEST_WORD), timing) for timing in _glued(timings)]
    return tuple(
        TimedWord(text, round(float(timing.start), 3), round(float(timing.end), 3), round(float(timing.probability), 4))
        for text, timing in words
        if text
    )


def _glued(timings: list[WordTiming]) -> list[WordTiming]:
    """The words, what no space parts standing together: Whisper's own cut makes " 2" and ",000" of " 2,000"."""
    glued: list[WordTiming] = []
    for timing in timings:
        if not timing.word:
            continue
        if glued and not timing.word.startswith(" ") and not glued[-1].word.endswith(" "):
            last = glued.pop()
            tokens = [*last.tokens, *timing.tokens]
            share = len(timing.tokens) / max(len(tokens), 1)
            probability = last.probability * (1 - share) + timing.probability * share
            timing = WordTiming(last.word + timing.word, tokens, last.start, timing.end, probability)  # noqa: PLW2901
        glued.append(timing)
    return glued


@torch.no_grad()
def align(
    model: Whisper, tokenizer: Tokenizer, features: torch.Tensor, text_tokens: list[int], n_frames: int
) -> list[WordTiming]:
    """Each word's tokens, times in seconds from the beginning of the window, and mean probability.

    Args:
        model: The model.
        tokenizer: Its tokenizer.
        features: The encoder's output, shape (1, 1500, n_state).
        text_tokens: Tokens of text only, not empty.
        n_frames: Frames of 20 ms in the window's sound, > 0.
    """
    begin = len(tokenizer.sot_sequence)
    sequence = [*tokenizer.sot_sequence, tokenizer.no_timestamps, *text_tokens, tokenizer.eot]
    logits, attention = _attend(model, features, torch.tensor([sequence], device=features.device))
    likely = logits[begin:, : tokenizer.eot].softmax(dim=-1)
    probabilities = likely[np.arange(len(text_tokens)), text_tokens].tolist()
    costs = -_agreement(attention[:, :, :n_frames])[begin:-1]
    return timings_of(tokenizer, text_tokens, probabilities, _first_frames(costs.cpu().double().numpy()))


def timings_of(
    tokenizer: Tokenizer,
    text_tokens: Sequence[int],
    probabilities: Sequence[float],
    first_frames: np.ndarray[Any, np.dtype[np.int64]],
) -> list[WordTiming]:
    """The pieces of a text with their times.

    Args:
        tokenizer: What cuts a text into pieces.
        text_tokens: Tokens of text only, not empty.
        probabilities: One for each token.
        first_frames: int64, shape (n_tokens + 1,): the frame of 20 ms in which each token and the end begin.
    """
    words, word_tokens = tokenizer.split_to_word_tokens([*text_tokens, tokenizer.eot])
    ends = np.cumsum([len(tokens) for tokens in word_tokens[:-1]])
    starts = np.concatenate(([0], ends[:-1]))
    times = first_frames / TOKENS_PER_SECOND
    return [
        WordTiming(word, tokens, times[start], times[end], float(np.mean(probabilities[start:end])))
        for word, tokens, start, end in zip(words, word_tokens, starts, ends, strict=False)
    ]


def _attend(model: Whisper, features: torch.Tensor, tokens: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits, shape (n_tokens, n_vocab), and scores of the alignment heads, shape (n_heads, n_tokens, 1500)."""
    scores: list[Any] = [None] * model.dims.n_text_layer

    def keep(index: int) -> Any:
        def hook(_module: object, _inputs: object, outputs: Any) -> None:
            scores[index] = outputs[-1][0]

        return hook

    hooks = [block.cross_attn.register_forward_hook(keep(i)) for i, block in enumerate(model.decoder.blocks)]
    try:
        with disable_sdpa():
            logits = model.decoder(tokens, features)[0]
    finally:
        for hook in hooks:
            hook.remove()
    return logits, torch.stack([scores[layer][head] for layer, head in model.alignment_heads.indices().T])


def _agreement(scores: torch.Tensor) -> torch.Tensor:
    """How much the heads agree that a token is heard in a frame, shape (n_tokens, n_frames)."""
    weights = scores.softmax(dim=-1)
    spread, mean = torch.std_mean(weights, dim=-2, keepdim=True, unbiased=False)
    return smoothed((weights - mean) / spread).mean(dim=0)


def smoothed(values: torch.Tensor) -> torch.Tensor:
    """The median of each seven neighbours along the last axis, mirrored at its ends.

    The same numbers as `whisper.timing.median_filter`, which sorts all of them; a few exchanges do.

    Args:
        values: float, shape (..., n); returned as they are when n is too small to be mirrored.
    """
    n_values, beyond = values.shape[-1], _MEDIAN_OF // 2
    if n_values <= beyond:
        return values
    padded = functional.pad(values, (beyond, beyond, 0, 0), mode="reflect")
    places = [padded[..., at : at + n_values] for at in range(_MEDIAN_OF)]
    for low, high in _EXCHANGES:
        places[low], places[high] = torch.minimum(places[low], places[high]), torch.maximum(places[low], places[high])
    return places[beyond]


def _first_frames(costs: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The frame in which each token begins, along the cheapest path."""
    token_at, frame_at = warp(costs)
    begins = np.concatenate(([True], np.diff(token_at) > 0))
    return frame_at[begins]
