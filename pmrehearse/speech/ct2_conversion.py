"""How does Whisper's own checkpoint become a CTranslate2 model? Once, in the cache folder; in a child process.

The weights are the same, under other names, so that nothing is downloaded a second time and no converter with further
libraries is needed. Tokens go by their numbers; only those have names that the decoder asks for.
"""

from __future__ import annotations

import base64
import gzip
import os
import shutil
import tempfile
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from ctranslate2.specs import common_spec, whisper_spec
from whisper import _ALIGNMENT_HEADS
from whisper.tokenizer import Tokenizer, get_tokenizer

from pmrehearse import durable, places
from pmrehearse.errors import MachineError
from pmrehearse.speech.checkpoint_file import read_checkpoint
from pmrehearse.speech.hashing import sha256_of, verify_published

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.speech.checkpoint_file import CheckpointContent
    from pmrehearse.speech.dimensions import Dimensions
    from pmrehearse.speech.events import Checkpoint

FORMAT = 1
"""Part of the folder's name: a later way of converting makes another one."""


def converted(checkpoint: Checkpoint) -> Path:
    """The folder of a checkpoint's CTranslate2 model; made when it is not there yet, which takes some seconds.

    Raises:
        CheckpointError: The checkpoint is missing or not what it should be.
        MachineError: The cache folder cannot be written.
    """
    verify_published(checkpoint)
    folder = places.cache_dir() / f"ct2-{FORMAT}-{sha256_of(checkpoint.path)[:16]}"
    if not folder.is_dir():
        _convert(read_checkpoint(checkpoint.path), checkpoint.name, folder)
    return folder


def tokenizer_for(dims: Dimensions, language: str = "en") -> Tokenizer:
    """Whisper's tokenizer for a model of these dimensions."""
    n_vocab = dims.n_vocab
    multilingual = n_vocab >= 51865  # noqa: PLR2004  `Whisper.is_multilingual`
    n_languages = n_vocab - 51765 - int(multilingual)
    return get_tokenizer(multilingual, num_languages=n_languages, language=language, task="transcribe")


def _convert(content: CheckpointContent, name: str, folder: Path) -> None:
    """Write the model beside its place, then move it there: whoever finds the folder finds all of it."""
    spec = _spec(content)
    spec.register_vocabulary(_vocabulary(content))
    _configure(spec, content, name)
    spec.validate()
    half = all(tensor.dtype == torch.float16 for tensor in content.state.values())
    spec.optimize(quantization="float16" if half else "float32")
    try:
        durable.make_private_dir(folder.parent)
        making = tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent)
        try:
            spec.save(making)
            os.rename(making, folder)  # noqa: PTH104  a folder that came meanwhile is as good
        except OSError:
            shutil.rmtree(making, ignore_errors=True)
            if not folder.is_dir():
                raise
    except OSError as error:
        raise MachineError(
            f"The converted checkpoint cannot be written into {folder.parent}: {error.strerror or error}.",
            "Free some room, name another folder in PMREHEARSE_CACHE_DIR, or choose the engine `whisper`.",
        ) from error


def _spec(content: CheckpointContent) -> Any:
    dims, weights = content.dims, _Weights(content.state)
    spec = whisper_spec.WhisperSpec(dims.n_audio_layer, dims.n_audio_head, dims.n_text_layer, dims.n_text_head)
    encoder, decoder = spec.encoder, spec.decoder
    for name in ("conv1", "conv2"):
        weights.linear(getattr(encoder, name), f"encoder.{name}")
    encoder.position_encodings.encodings = weights["encoder.positional_embedding"]
    decoder.position_encodings.encodings = weights["decoder.positional_embedding"]
    weights.norm(encoder.layer_norm, "encoder.ln_post")
    weights.norm(decoder.layer_norm, "decoder.ln")
    decoder.embeddings.weight = decoder.projection.weight = weights["decoder.token_embedding.weight"]
    for index, layer in enumerate(encoder.layer):
        weights.block(layer, f"encoder.blocks.{index}")
    for index, layer in enumerate(decoder.layer):
        weights.block(layer, f"decoder.blocks.{index}")
        weights.cross_attention(layer.attention, f"decoder.blocks.{index}")
    return spec


class _Weights:
    """A checkpoint's weights, put into the parts of a specification."""

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        self._state = state

    def __getitem__(self, name: str) -> Any:
        tensor = self._state[name]
        return (tensor.float() if tensor.dtype == torch.bfloat16 else tensor).numpy()

    def linear(self, spec: Any, name: str) -> None:
        """A layer with weight and, but for keys, bias."""
        spec.weight = self[f"{name}.weight"]
        if f"{name}.bias" in self._state:
            spec.bias = self[f"{name}.bias"]

    def norm(self, spec: Any, name: str) -> None:
        """A layer norm."""
        spec.gamma, spec.beta = self[f"{name}.weight"], self[f"{name}.bias"]

    def block(self, spec: Any, name: str) -> None:
        """Self-attention and what follows it."""
        self.norm(spec.self_attention.layer_norm, f"{name}.attn_ln")
        self._fused(spec.self_attention.linear[0], f"{name}.attn", ("query", "key", "value"))
        self.linear(spec.self_attention.linear[1], f"{name}.attn.out")
        self.norm(spec.ffn.layer_norm, f"{name}.mlp_ln")
        self.linear(spec.ffn.linear_0, f"{name}.mlp.0")
        self.linear(spec.ffn.linear_1, f"{name}.mlp.2")

    def cross_attention(self, spec: Any, name: str) -> None:
        """Attention to the sound."""
        self.norm(spec.layer_norm, f"{name}.cross_attn_ln")
        self._fused(spec.linear[0], f"{name}.cross_attn", ("query",))
        self._fused(spec.linear[1], f"{name}.cross_attn", ("key", "value"))
        self.linear(spec.linear[2], f"{name}.cross_attn.out")

    def _fused(self, spec: Any, name: str, parts: tuple[str, ...]) -> None:
        """Layers with the same input as one; keys have no bias, which is a bias of zeros."""
        weights = [self._state[f"{name}.{part}.weight"] for part in parts]
        biases = [self._state.get(f"{name}.{part}.bias", torch.zeros_like(weights[0][:, 0])) for part in parts]
        fused = common_spec.LinearSpec()
        fused.weight, fused.bias = torch.cat(weights), torch.cat(biases)
        joined = {"weight": fused.weight, "bias": fused.bias}
        holder = _Weights(joined)
        spec.weight, spec.bias = holder["weight"], holder["bias"]


def _vocabulary(content: CheckpointContent) -> list[str]:
    """A name for each token: Whisper's own for those that the decoder asks for, numbers for the others."""
    tokenizer = tokenizer_for(content.dims)
    names = [f"token {number}" for number in range(content.dims.n_vocab)]
    for name, number in tokenizer.special_tokens.items():
        names[number] = "<|nocaptions|>" if name == "<|nospeech|>" else name
    return names


def _configure(spec: Any, content: CheckpointContent, name: str) -> None:
    """What the decoder never writes, and where it looks to tell when a word was said."""
    tokenizer = tokenizer_for(content.dims)
    never = {tokenizer.transcribe, tokenizer.translate, tokenizer.sot, tokenizer.sot_prev, tokenizer.sot_lm}
    spec.config.suppress_ids = sorted({*tokenizer.non_speech_tokens, *never, tokenizer.no_speech})
    spec.config.suppress_ids_begin = [*tokenizer.encode(" "), tokenizer.eot]
    spec.config.lang_ids = sorted(tokenizer.all_language_tokens)
    spec.config.alignment_heads = _alignment_heads(content, name)


def _alignment_heads(content: CheckpointContent, name: str) -> list[tuple[int, int]]:
    """(layer, head) of each; openai-whisper knows those of its own checkpoints, and takes the later half of others."""
    dims = content.dims
    heads = _ALIGNMENT_HEADS.get(name, content.alignment_heads)
    if heads is None:
        first = dims.n_text_layer // 2
        return [(layer, head) for layer in range(first, dims.n_text_layer) for head in range(dims.n_text_head)]
    marked = np.frombuffer(gzip.decompress(base64.b85decode(heads)), dtype=bool)
    return [divmod(int(place), dims.n_text_head) for place in np.flatnonzero(marked)]
