"""8-bit weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from pmrehearse.errors import SpeechWorkerError
from pmrehearse.speech import int8
from pmrehearse.speech.engine import open_engine
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.int8 import Int8Linear, quantize
from pmrehearse.speech.segments import Span
from pmrehearse.speech.windows import Window
from tests.speech.tiny_whisper import random_whisper


def test_a_layer_computes_nearly_the_same() -> None:
    """Within two percent of the full layer's largest value, with and without a bias."""
    torch.manual_seed(2)
    for bias in (True, False):
        layer, x = torch.nn.Linear(64, 128, bias=bias), torch.randn(3, 5, 64)
        full = layer(x)
        short = Int8Linear(layer.weight.detach(), layer.bias.detach() if bias else None)(x)
        assert (full - short).abs().max() < 0.02 * full.abs().max()


def test_a_model_hears_nearly_the_same() -> None:
    """Encoding and logits point the same way, and every linear layer was replaced."""
    full, short = random_whisper(), random_whisper()
    quantize(short)
    assert not any(isinstance(module, torch.nn.Linear) for module in short.modules())
    mel, tokens = torch.randn(1, 80, 3000), torch.tensor([[50257, 50363, 400, 500]])
    with torch.no_grad():
        for one, other in ((full.encoder(mel), short.encoder(mel)), (full(mel, tokens), short(mel, tokens))):
            assert torch.cosine_similarity(one.flatten(), other.flatten(), dim=0) > 0.99


def test_the_engine_decodes_with_it(tiny: Path) -> None:
    """By its name in the options, with the same cache of keys, word times and speech as the full one."""
    window = Window(0.0, 6.0, (Span(0.2, 5.8),))
    sound = np.random.default_rng(1).normal(0.0, 0.1, 6 * 16_000).astype(np.float32)
    engine = open_engine(SpeechOptions("tiny-random", "whisper-int8"), Checkpoint("tiny-random", tiny))
    heard = engine.decode(sound, window, lambda: None)
    assert heard.words
    assert all(word.start_s is not None and 0.2 <= word.start_s <= 5.8 for word in heard.words)


def test_where_there_is_none_it_is_said(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a graphics processor, and with a torch that has dropped it."""
    checkpoint = Checkpoint("tiny-random", tiny)
    with pytest.raises(SpeechWorkerError, match="processor"):
        open_engine(SpeechOptions("tiny-random", "whisper-int8", device="mps"), checkpoint)
    monkeypatch.delattr(int8.torch, "quantize_per_channel")  # type: ignore[attr-defined]
    with pytest.raises(SpeechWorkerError, match="no 8-bit layers"):
        open_engine(SpeechOptions("tiny-random", "whisper-int8"), checkpoint)
