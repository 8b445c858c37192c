"""A Whisper checkpoint small enough for tests: real form, random weights."""

from __future__ import annotations

from pathlib import Path

import torch
from whisper.model import ModelDimensions, Whisper

DIMS = {
    "n_mels": 80,
    "n_audio_ctx": 1500,
    "n_audio_state": 32,
    "n_audio_head": 2,
    "n_audio_layer": 1,
    "n_vocab": 51864,
    "n_text_ctx": 448,
    "n_text_state": 32,
    "n_text_head": 2,
    "n_text_layer": 2,
}
"""The dimensions of openai-whisper's tiny.en, thinner."""
END_OF_TEXT = 50256
"""The token that ends a text in Whisper's English vocabulary."""
N_TOKENS = 16
"""Where a text ends at the latest."""


def random_whisper(seed: int = 1) -> Whisper:
    """A model with random weights, the same for a seed, which says something else at each position, then ends."""
    torch.manual_seed(seed)
    model = Whisper(ModelDimensions(**DIMS)).eval()
    positions, tokens = model.decoder.positional_embedding.data, model.decoder.token_embedding.weight.data
    torch.nn.init.normal_(positions, std=5.0)
    positions[N_TOKENS:] = 50.0 * tokens[END_OF_TEXT]
    return model


def save_tiny(path: Path, **extra: object) -> Path:
    """Write one as openai-whisper's checkpoints are written."""
    torch.save({"dims": DIMS, "model_state_dict": random_whisper().state_dict(), **extra}, path)
    return path
