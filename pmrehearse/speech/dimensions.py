"""What shape has a Whisper model? Pure: checked before any memory is taken for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from pmrehearse.errors import CheckpointError

Shape = tuple[int, ...]
"""The shape of one tensor."""


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The ten numbers that a checkpoint names under `dims` (`whisper.model.ModelDimensions`).

    Attributes:
        n_mels: Bands of the spectrogram: 80 or 128.
        n_audio_ctx: Positions that the encoder gives for 30 s: 1500.
        n_audio_state: Width of the encoder.
        n_audio_head: Attention heads of the encoder; divides the width.
        n_audio_layer: Layers of the encoder.
        n_vocab: Tokens: 51864 (English), 51865 or 51866 (many languages).
        n_text_ctx: Positions of the decoder: 448.
        n_text_state: Width of the decoder; equal to that of the encoder.
        n_text_head: Attention heads of the decoder.
        n_text_layer: Layers of the decoder.
    """

    n_mels: int
    n_audio_ctx: int
    n_audio_state: int
    n_audio_head: int
    n_audio_layer: int
    n_vocab: int
    n_text_ctx: int
    n_text_state: int
    n_text_head: int
    n_text_layer: int


_ALLOWED: dict[str, tuple[int, int]] = {
    "n_audio_ctx": (1500, 1500),
    "n_audio_state": (8, 2048),
    "n_audio_head": (1, 64),
    "n_audio_layer": (1, 64),
    "n_vocab": (51864, 51866),
    "n_text_ctx": (448, 448),
    "n_text_state": (8, 2048),
    "n_text_head": (1, 64),
    "n_text_layer": (1, 64),
}
"""Smallest and largest value of each; large-v3 has 1280 wide, 20 heads, 32 layers."""
_MELS = (80, 128)
"""The filter banks that openai-whisper ships."""


def read_dimensions(dims: object, file_name: str) -> Dimensions:
    """The dimensions that a file names.

    Args:
        dims: What stands under `dims`.
        file_name: For the message.

    Raises:
        CheckpointError: A number is missing, unknown, no whole number, or one that Whisper cannot have.
    """
    names = [field.name for field in fields(Dimensions)]
    whole = isinstance(dims, Mapping) and all(type(number) is int for number in dims.values())
    if not isinstance(dims, Mapping) or not whole or sorted(map(str, dims)) != sorted(names):
        raise CheckpointError(f"{file_name} is no Whisper checkpoint: its `dims` are not Whisper's ten numbers.")
    found = Dimensions(**{str(name): int(number) for name, number in dims.items()})
    if odd := _odd(found):
        raise CheckpointError(f"{file_name} is no Whisper checkpoint: {odd} cannot be {asdict(found)[odd]}.")
    return found


def _odd(dims: Dimensions) -> str:
    """The name of a number that Whisper cannot have, or ""."""
    numbers: dict[str, Any] = asdict(dims)
    for name, (least, most) in _ALLOWED.items():
        if not least <= numbers[name] <= most:
            return name
    if dims.n_mels not in _MELS:
        return "n_mels"
    if dims.n_text_state != dims.n_audio_state or dims.n_audio_state % 2:
        return "n_text_state"
    if dims.n_audio_state % dims.n_audio_head:
        return "n_audio_head"
    return "n_text_head" if dims.n_text_state % dims.n_text_head else ""


def expected_shapes(dims: Dimensions) -> dict[str, Shape]:
    """The name and shape of every tensor in the state of a model with these dimensions."""
    wide, text = dims.n_audio_state, dims.n_text_state
    shapes: dict[str, Shape] = {
        "encoder.positional_embedding": (dims.n_audio_ctx, wide),
        "encoder.conv1.weight": (wide, dims.n_mels, 3),
        "encoder.conv1.bias": (wide,),
        "encoder.conv2.weight": (wide, wide, 3),
        "encoder.conv2.bias": (wide,),
        **_layer_norm("encoder.ln_post", wide),
        "decoder.token_embedding.weight": (dims.n_vocab, text),
        "decoder.positional_embedding": (dims.n_text_ctx, text),
        **_layer_norm("decoder.ln", text),
    }
    for index in range(dims.n_audio_layer):
        shapes |= _block(f"encoder.blocks.{index}", wide)
    for index in range(dims.n_text_layer):
        shapes |= _block(f"decoder.blocks.{index}", text) | _attention(f"decoder.blocks.{index}.cross_attn", text)
    return shapes


def _block(name: str, width: int) -> dict[str, Shape]:
    return (
        _attention(f"{name}.attn", width)
        | _linear(f"{name}.mlp.0", width, 4 * width)
        | _linear(f"{name}.mlp.2", 4 * width, width)
        | _layer_norm(f"{name}.mlp_ln", width)
    )


def _attention(name: str, width: int) -> dict[str, Shape]:
    key = {f"{name}.key.weight": (width, width)}
    others = [_linear(f"{name}.{part}", width, width) for part in ("query", "value", "out")]
    return key | others[0] | others[1] | others[2] | _layer_norm(f"{name}_ln", width)


def _linear(name: str, n_in: int, n_out: int) -> dict[str, Shape]:
    return {f"{name}.weight": (n_out, n_in), f"{name}.bias": (n_out,)}


def _layer_norm(name: str, width: int) -> dict[str, Shape]:
    return {f"{name}.weight": (width,), f"{name}.bias": (width,)}
