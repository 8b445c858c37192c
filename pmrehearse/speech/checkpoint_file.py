"""Is a file a Whisper checkpoint, and what is in it? The only place that unpickles one; in a child process.

`torch.load(weights_only=True)` builds tensors and plain values and calls nothing else; before torch 2.10 there were
ways around it (CVE-2025-32434, CVE-2026-24747), so an older torch is refused. There is no second try without it.
"""

from __future__ import annotations

import pickle
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from pmrehearse.errors import CheckpointError
from pmrehearse.speech.dimensions import Dimensions, expected_shapes, read_dimensions

if TYPE_CHECKING:
    from pathlib import Path

OLDEST_TORCH = (2, 10)
"""`session.diagnosis` says so before a file is read."""
_KINDS = (torch.float16, torch.bfloat16, torch.float32)


@dataclass(frozen=True, slots=True)
class CheckpointContent:
    """What a checkpoint file holds, checked.

    Attributes:
        dims: The model's dimensions.
        state: Its weights by name, on the CPU, of the shapes that `dims` ask for.
        alignment_heads: Which attention heads tell when a word was said, as `Whisper.set_alignment_heads` reads it;
            None when the file says nothing of it.
    """

    dims: Dimensions
    state: dict[str, torch.Tensor]
    alignment_heads: bytes | None


def read_checkpoint(path: Path) -> CheckpointContent:
    """Read a checkpoint and check all of it before anything is built from it.

    Raises:
        CheckpointError: The file is missing, damaged, no Whisper checkpoint, or asks to run code.
    """
    _demand_new_torch()
    _look_at_the_archive(path)
    content = _load(path)
    if not isinstance(content, dict) or not {"dims", "model_state_dict"} <= content.keys():
        raise _not_whisper(path, "it has no `dims` and `model_state_dict`")
    dims = read_dimensions(content["dims"], path.name)
    state = _checked_state(content["model_state_dict"], dims, path)
    heads = content.get("alignment_heads")
    return CheckpointContent(dims, state, heads.encode() if isinstance(heads, str) else heads)


def _demand_new_torch() -> None:
    version = tuple(int(part) for part in torch.__version__.split("+")[0].split(".")[:2])
    if version < OLDEST_TORCH:
        raise CheckpointError(
            f"torch {torch.__version__} cannot read checkpoint files safely.", "Update it: `pip install -U torch`."
        )


def _look_at_the_archive(path: Path) -> None:
    """Refuse what is no plain torch archive; compressed entries could unpack to anything (a zip bomb)."""
    try:
        with zipfile.ZipFile(path) as archive:
            packed = [entry.filename for entry in archive.infolist() if entry.compress_type != zipfile.ZIP_STORED]
    except FileNotFoundError as error:
        raise CheckpointError(f"There is no checkpoint at {path}.", "See `pmrehearse model list`.") from error
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _not_whisper(path, "it is no torch archive, or is cut short") from error
    if packed:
        raise _not_whisper(path, "its entries are compressed, which torch never writes")


def _load(path: Path) -> Any:
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise _not_whisper(path, "it asks to run code, which no checkpoint needs") from error
    except MemoryError as error:
        raise CheckpointError(
            f"{path.name} needs more memory than there is.", "Choose a smaller checkpoint."
        ) from error
    except (RuntimeError, OSError, EOFError, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise _not_whisper(path, "torch cannot read it") from error


def _checked_state(state: Any, dims: Dimensions, path: Path) -> dict[str, torch.Tensor]:
    if not isinstance(state, dict):
        raise _not_whisper(path, "`model_state_dict` is no table of weights")
    expected = expected_shapes(dims)
    if state.keys() != expected.keys():
        odd = sorted(map(str, state.keys() ^ expected.keys()))
        raise _not_whisper(path, f"its weights are not those of Whisper ({odd[0]!r}, {len(odd)} in all)")
    for name, shape in expected.items():
        tensor = state[name]
        if not isinstance(tensor, torch.Tensor) or tensor.dtype not in _KINDS or tuple(tensor.shape) != shape:
            raise _not_whisper(path, f"{name!r} has not the shape {shape} that its dimensions ask for")
    n_weights = sum(tensor.numel() for tensor in state.values())
    if path.stat().st_size < 2 * n_weights:
        raise _not_whisper(path, "it holds fewer weights than it says")
    return state


def _not_whisper(path: Path, why: str) -> CheckpointError:
    return CheckpointError(
        f"{path.name} is no Whisper checkpoint: {why}.",
        "Fetch one with `pmrehearse model fetch base.en`, or import a .pt file that openai-whisper reads.",
    )
