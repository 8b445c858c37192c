"""How is a Whisper checkpoint of a given form but random weights made? For measuring; imports torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from whisper.model import ModelDimensions, Whisper

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def save_random(path: Path, dims: Mapping[str, int], seed: int = 1, alignment_heads: bytes | None = None) -> None:
    """Write one in 16-bit floats, as OpenAI's are.

    Args:
        path: Where.
        dims: `whisper.model.ModelDimensions` by name.
        seed: The same seed gives the same weights.
        alignment_heads: Which attention heads time words, as `Whisper.set_alignment_heads` reads it; None for those
            that it takes by itself: half of all, far more than a published checkpoint has.
    """
    torch.manual_seed(seed)
    model = Whisper(ModelDimensions(**dims)).half()
    # Parameters that torch leaves as they come from memory could be anything.
    torch.nn.init.normal_(model.decoder.positional_embedding, std=0.02)
    heads = {} if alignment_heads is None else {"alignment_heads": alignment_heads}
    torch.save({"dims": dict(dims), "model_state_dict": model.state_dict(), **heads}, path)
