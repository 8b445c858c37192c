"""Checkpoint files: what is read, and what is refused before anything runs."""

from __future__ import annotations

import os
import pickle
import zipfile
from pathlib import Path

import pytest
import torch

from pmrehearse.errors import CheckpointError
from pmrehearse.speech.checkpoint_file import read_checkpoint
from tests.speech.tiny_whisper import DIMS, random_whisper, save_tiny


class Evil:
    """Unpickling it would make a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.mark,))


def test_a_checkpoint_is_read(tiny: Path) -> None:
    """Its dimensions and weights come back."""
    content = read_checkpoint(tiny)
    assert content.dims.n_audio_state == DIMS["n_audio_state"]
    assert content.alignment_heads is None
    expected = random_whisper().state_dict()
    assert all(torch.equal(content.state[name], expected[name]) for name in expected)


def test_alignment_heads_may_stand_in_the_file(tmp_path: Path) -> None:
    """Bytes or text under `alignment_heads` are given on."""
    assert read_checkpoint(save_tiny(tmp_path / "a.pt", alignment_heads=b"ABzY8")).alignment_heads == b"ABzY8"
    assert read_checkpoint(save_tiny(tmp_path / "b.pt", alignment_heads="ABzY8")).alignment_heads == b"ABzY8"


def test_a_pickle_that_would_run_code_is_refused(tmp_path: Path) -> None:
    """Inside a torch archive and on its own: a named error, and nothing ran."""
    mark = tmp_path / "ran"
    torch.save({"dims": DIMS, "model_state_dict": {}, "x": Evil(mark)}, tmp_path / "evil.pt")
    (tmp_path / "plain.pt").write_bytes(pickle.dumps(Evil(mark)))
    for name, why in (("evil.pt", "run code"), ("plain.pt", "no torch archive")):
        with pytest.raises(CheckpointError, match=why):
            read_checkpoint(tmp_path / name)
    assert not mark.exists()


def test_a_file_cut_short_is_refused(tiny: Path, tmp_path: Path) -> None:
    """At any length."""
    content = tiny.read_bytes()
    for n_bytes in (0, 1, 1000, len(content) // 2, len(content) - 1):
        (tmp_path / "cut.pt").write_bytes(content[:n_bytes])
        with pytest.raises(CheckpointError, match=r"cut\.pt is no Whisper checkpoint"):
            read_checkpoint(tmp_path / "cut.pt")


def test_compressed_entries_are_refused(tmp_path: Path) -> None:
    """A small file that would unpack to very much is not unpacked."""
    with zipfile.ZipFile(tmp_path / "bomb.pt", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", bytes(50_000_000))
    with pytest.raises(CheckpointError, match="compressed"):
        read_checkpoint(tmp_path / "bomb.pt")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """As is a folder, and a file that may not be read."""
    with pytest.raises(CheckpointError, match="There is no checkpoint"):
        read_checkpoint(tmp_path / "none.pt")
    with pytest.raises(CheckpointError):
        read_checkpoint(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"decoder.ln.weight": torch.zeros(33)},
        {"decoder.ln.weight": torch.zeros(32, dtype=torch.int64)},
        {"decoder.ln.weight": "no tensor"},
        {"decoder.extra": torch.zeros(1)},
    ],
)
def test_weights_that_do_not_fit_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    """Wrong shapes, kinds and names."""
    torch.save({"dims": DIMS, "model_state_dict": random_whisper().state_dict() | change}, tmp_path / "odd.pt")
    with pytest.raises(CheckpointError, match=r"odd\.pt is no Whisper checkpoint"):
        read_checkpoint(tmp_path / "odd.pt")


def test_weights_that_are_not_there_are_refused(tmp_path: Path) -> None:
    """Tensors that claim millions of weights from one stored number are no checkpoint."""
    state = {name: torch.zeros(1).expand(tensor.shape) for name, tensor in random_whisper().state_dict().items()}
    torch.save({"dims": DIMS, "model_state_dict": state}, tmp_path / "thin.pt")
    assert os.path.getsize(tmp_path / "thin.pt") < 100_000  # noqa: PTH202 - a plain question
    with pytest.raises(CheckpointError, match="fewer weights than it says"):
        read_checkpoint(tmp_path / "thin.pt")


def test_other_content_is_refused(tmp_path: Path) -> None:
    """A list, a table without weights, a table without dimensions."""
    contents: list[object] = [[1, 2], {"dims": DIMS}, {"model_state_dict": {}}, {"dims": DIMS, "model_state_dict": [1]}]
    for content in contents:
        torch.save(content, tmp_path / "other.pt")
        with pytest.raises(CheckpointError):
            read_checkpoint(tmp_path / "other.pt")


def test_an_old_torch_reads_nothing(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before 2.10 there were ways around the safe loader."""
    monkeypatch.setattr(torch, "__version__", "2.9.1+cpu")
    with pytest.raises(CheckpointError, match=r"torch 2\.9\.1"):
        read_checkpoint(tiny)
