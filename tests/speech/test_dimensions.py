"""What shape a Whisper model has."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
import torch
import whisper
from whisper.model import ModelDimensions, Whisper

from pmrehearse.errors import CheckpointError
from pmrehearse.speech.dimensions import Dimensions, expected_shapes, read_dimensions
from pmrehearse.speech.official import BASE_URL, PUBLISHED, by_sha256
from tests.speech.tiny_whisper import DIMS

TINY = Dimensions(**DIMS)


@pytest.mark.parametrize("dims", [TINY, replace(TINY, n_mels=128, n_vocab=51866, n_audio_layer=3)])
def test_shapes_are_whispers(dims: Dimensions) -> None:
    """The names and shapes are those that openai-whisper's model asks for."""
    state = Whisper(ModelDimensions(**asdict(dims))).state_dict()
    assert expected_shapes(dims) == {name: tuple(tensor.shape) for name, tensor in state.items()}


@pytest.mark.parametrize(
    "wrong",
    [
        {"n_mels": 64},
        {"n_audio_state": 10**9},
        {"n_audio_state": 64},
        {"n_audio_head": 3},
        {"n_text_head": 3},
        {"n_vocab": 10},
        {"n_audio_layer": 10**6},
        {"n_text_ctx": 0},
        {"n_text_layer": -1},
        {"n_mels": True},
        {"n_mels": "80"},
        {"extra": 1},
    ],
)
def test_impossible_numbers_are_refused(wrong: dict[str, object]) -> None:
    """A number that no Whisper has is refused before anything is built with it."""
    with pytest.raises(CheckpointError, match=r"evil\.pt"):
        read_dimensions({**DIMS, **wrong}, "evil.pt")


@pytest.mark.parametrize("dims", [None, [], "dims", {}, {"n_mels": 80}, torch.zeros(3)])
def test_what_is_no_table_is_refused(dims: object) -> None:
    """So is anything but ten whole numbers."""
    with pytest.raises(CheckpointError):
        read_dimensions(dims, "evil.pt")


def test_our_table_of_checkpoints_is_whispers() -> None:
    """Every name, address and hash is the one in the installed openai-whisper."""
    assert {each.name: f"{BASE_URL}/{each.sha256}/{each.file}" for each in PUBLISHED} == whisper._MODELS


def test_a_hash_names_its_checkpoint() -> None:
    """A published file is known by its hash, under its first name."""
    assert [by_sha256(each.sha256).name for each in PUBLISHED if each.name in {"base.en", "large"}] == [  # type: ignore[union-attr]
        "base.en",
        "large-v3",
    ]
    assert by_sha256("0" * 64) is None
