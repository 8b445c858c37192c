"""How does openai-whisper compute with 8-bit weights? The linear layers and the vocabulary head, replaced in place.

Weights become 8-bit integers, a scale for each row; activations are quantized as they come. The table of the
vocabulary is the largest matrix that each token is multiplied with, so the head gains most. What a token attends to in
the sound is laid out head by head once for a window, because reading it in the model's own order takes twice as long.
torch has announced that its 8-bit tensors will go: where they are gone, this engine says so and 32-bit floats remain.
"""

from __future__ import annotations

import warnings
from types import MethodType
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn import functional
from whisper.model import MultiHeadAttention

from pmrehearse.errors import SpeechWorkerError

if TYPE_CHECKING:
    from whisper.model import TextDecoder, Whisper

_LARGEST = 127
"""Weights lie in [-127, 127]."""


class Int8Linear(nn.Module):
    """y = x W' + b with 8-bit W; takes and gives float32."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor | None) -> None:
        """Quantize.

        Args:
            weight: float32, shape (n_out, n_in), on the CPU.
            bias: float32, shape (n_out,), or None.
        """
        super().__init__()
        scales = (weight.abs().amax(dim=1) / _LARGEST).clamp(min=1e-8).double()
        zeros = torch.zeros(weight.shape[0], dtype=torch.int64)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            quantized = torch.quantize_per_channel(weight, scales, zeros, 0, torch.qint8)
        self._packed = torch.ops.quantized.linear_prepack(quantized, bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Multiply; activations are quantized to 7 bits, which no processor lets overflow."""
        result: torch.Tensor = torch.ops.quantized.linear_dynamic(x, self._packed, reduce_range=True)
        return result


def quantize(model: Whisper) -> None:
    """Replace a model's linear layers and vocabulary head by 8-bit ones.

    Args:
        model: On the CPU; its own weights for them are let go.

    Raises:
        SpeechWorkerError: This torch has no 8-bit layers any more.
    """
    try:
        for module in list(model.modules()):
            for name, child in module.named_children():
                if isinstance(child, nn.Linear):
                    setattr(module, name, _int8(child))
        head = Int8Linear(model.decoder.token_embedding.weight.detach().float(), None)
    except (AttributeError, RuntimeError) as error:
        raise SpeechWorkerError(
            f"torch {torch.__version__} has no 8-bit layers for this processor.", "Choose the engine `whisper`."
        ) from error
    model.decoder.add_module("head", head)
    model.decoder.forward = MethodType(_decode, model.decoder)
    for block in model.decoder.blocks:
        block.cross_attn.qkv_attention = _SoundAttention(block.cross_attn)


def _int8(layer: nn.Linear) -> Int8Linear:
    bias = None if layer.bias is None else layer.bias.detach().float()
    return Int8Linear(layer.weight.detach().float(), bias)


def _decode(decoder: TextDecoder, x: torch.Tensor, xa: torch.Tensor, kv_cache: dict[Any, Any] | None = None) -> Any:
    """`whisper.model.TextDecoder.forward` with the 8-bit head."""
    offset = next(iter(kv_cache.values())).shape[1] if kv_cache else 0
    x = decoder.token_embedding(x) + decoder.positional_embedding[offset : offset + x.shape[-1]]
    for block in decoder.blocks:
        x = block(x, xa, mask=decoder.mask, kv_cache=kv_cache)
    return decoder.head(decoder.ln(x))


class _SoundAttention:
    """`MultiHeadAttention.qkv_attention` of one token to the sound of its window."""

    def __init__(self, attention: MultiHeadAttention) -> None:
        self._attention = attention
        self._laid: tuple[torch.Tensor, torch.Tensor, torch.Tensor] | None = None

    def __call__(
        self, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        """What one token takes of the sound; more of them, or with their scores, as the model does it."""
        if q.shape[1] > 1 or not MultiHeadAttention.use_sdpa:
            return MultiHeadAttention.qkv_attention(self._attention, q, k, v, mask)  # type: ignore[no-any-return]
        if self._laid is None or self._laid[0] is not k:
            self._laid = (k, self._by_head(k).contiguous(), self._by_head(v).contiguous())
        _, keys, values = self._laid
        taken = functional.scaled_dot_product_attention(self._by_head(q), keys, values)
        return taken.permute(0, 2, 1, 3).flatten(start_dim=2), None

    def _by_head(self, x: torch.Tensor) -> torch.Tensor:
        return x.view(*x.shape[:2], self._attention.n_head, -1).permute(0, 2, 1, 3)
