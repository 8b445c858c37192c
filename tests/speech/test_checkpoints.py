"""Which checkpoints are here, and how they come and go."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
from pathlib import Path

import pytest
import torch

from pmrehearse import places
from pmrehearse.errors import CheckpointError
from pmrehearse.speech import demo_voice
from pmrehearse.speech.checkpoints import available, find, remove
from pmrehearse.speech.events import Checkpoint
from pmrehearse.speech.importing import import_file
from pmrehearse.speech.inspecting import inspect
from pmrehearse.speech.official import PUBLISHED, Published
from tests.speech.test_checkpoint_file import Evil
from tests.speech.tiny_whisper import DIMS


@pytest.fixture(autouse=True)
def own_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty folders for checkpoints, and no demo voice unless a test ships one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("PMREHEARSE_CHECKPOINTS_DIR", str(tmp_path / "checkpoints"))
    monkeypatch.setattr(places, "demo_dir", lambda: tmp_path / "demo")


def whispers_own(name: str, content: bytes = b"weights") -> Path:
    """A file under one of Whisper's own names."""
    path = places.whisper_cache_dir() / f"{name}.pt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def ship_demo_voice(content: bytes, sha256: str = "") -> None:
    """A demo voice as the program ships it."""
    folder = places.demo_dir()
    folder.mkdir()
    (folder / "demo-voice.pt.xz").write_bytes(lzma.compress(content))
    card = {"name": "demo-voice", "sha256": sha256 or hashlib.sha256(content).hexdigest(), "n_bytes": len(content)}
    (folder / "demo-voice.json").write_text(json.dumps(card))


def test_an_empty_computer_has_none() -> None:
    """And asking for one says how to get it."""
    assert available() == ()
    with pytest.raises(CheckpointError, match=r"'base\.en' is not on this computer") as error:
        find("base.en")
    assert "`pmrehearse model fetch base.en`" in error.value.hint
    assert error.value.exit_code == 3


@pytest.mark.parametrize(
    "name", ["", "nonsense", "../../etc/passwd", "Base.en", "a/b", "x" * 999, "\x1b[31m", "base\n"]
)
def test_a_name_that_is_none_is_not_found(name: str) -> None:
    """Whatever was typed, with a clean message and a hint."""
    with pytest.raises(CheckpointError, match="not on this computer") as error:
        find(name)
    assert "\x1b" not in error.value.message
    assert "pmrehearse model list" in error.value.hint


def test_whispers_own_are_found_in_its_cache() -> None:
    """Smallest first, where openai-whisper keeps them."""
    small, tiny = whispers_own("small.en"), whispers_own("tiny.en")
    assert [checkpoint.name for checkpoint in available()] == ["tiny.en", "small.en"]
    assert find("tiny.en") == Checkpoint("tiny.en", tiny, "", 7)
    assert remove("small.en") == Checkpoint("small.en", small, "", 7)
    assert not small.exists()


def test_a_file_is_imported_under_a_name(tiny: Path, tmp_path: Path) -> None:
    """Copied, inspected, found again, removed; the original stays."""
    original = tmp_path / "My Own Model.pt"
    original.write_bytes(tiny.read_bytes())
    got = import_file(original)
    assert got.name == "my-own-model"
    assert got == find("my-own-model") == available()[0]
    assert got.note == "imported from a file"
    assert got.path.read_bytes() == tiny.read_bytes()
    with pytest.raises(CheckpointError, match="already"):
        import_file(original)
    remove("my-own-model")
    assert available() == ()
    assert original.exists()
    assert list(places.checkpoints_dir().iterdir()) == []


def test_a_known_hash_becomes_whispers_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the file is called, it is what OpenAI published."""
    sha256 = hashlib.sha256(b"weights").hexdigest()
    published = Published("tiny.en", sha256, "tiny.en.pt", 7, 39)
    monkeypatch.setattr("pmrehearse.speech.importing.by_sha256", lambda each: published if each == sha256 else None)
    (tmp_path / "download(3)").write_bytes(b"weights")
    got = import_file(tmp_path / "download(3)", "something")
    assert got == Checkpoint("tiny.en", places.whisper_cache_dir() / "tiny.en.pt", "", 7)
    assert got.path.read_bytes() == b"weights"


def test_another_file_under_whispers_own_name_is_refused(tiny: Path, tmp_path: Path) -> None:
    """`base.en.pt` with other bytes is not OpenAI's, and the hint gives both ways out."""
    (tmp_path / "base.en.pt").write_bytes(tiny.read_bytes())
    with pytest.raises(CheckpointError, match="SHA-256") as error:
        import_file(tmp_path / "base.en.pt")
    assert "--name my-base.en" in error.value.hint
    assert "pmrehearse model fetch base.en" in error.value.hint


def test_a_file_that_would_run_code_is_refused(tmp_path: Path) -> None:
    """Its code does not run, in this process or the child, and nothing is left behind."""
    torch.save({"dims": DIMS, "model_state_dict": {}, "x": Evil(tmp_path / "ran")}, tmp_path / "evil.pt")
    with pytest.raises(CheckpointError, match=r"^evil\.pt is no Whisper checkpoint: it asks to run code"):
        import_file(tmp_path / "evil.pt")
    assert not (tmp_path / "ran").exists()
    assert list(places.checkpoints_dir().iterdir()) == []


def test_a_file_that_kills_its_reader_is_refused(tiny: Path) -> None:
    """Here the reader has too little memory to begin; the program lives and says so."""
    with pytest.raises(CheckpointError, match="died, ran out of memory"):
        inspect(tiny, most_bytes=200_000_000)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, a pipe that nobody writes to, a device without an end, an empty file, a missing one."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero"), tmp_path / "empty", tmp_path / "none"):
        with pytest.raises(CheckpointError):
            import_file(path)


def test_a_name_that_could_leave_the_folder_is_refused(tiny: Path) -> None:
    """Names of imported checkpoints become file names."""
    for name in ("../evil", "/etc/x", "demo-voice", ".hidden", "a" * 65):
        with pytest.raises(CheckpointError, match="cannot be the name"):
            import_file(tiny, name)


def test_the_demo_voice_is_unpacked_once_and_verified() -> None:
    """Listed without unpacking; found, it stands in the cache; damaged there, it is unpacked again."""
    ship_demo_voice(b"demo weights")
    [listed] = available()
    assert (listed.name, listed.note, listed.n_bytes) == (
        "demo-voice",
        "demo voice: knows the demo answers only",
        len(b"demo weights"),
    )
    assert not listed.path.exists()
    found = find("demo-voice")
    assert found == listed
    assert found.path.read_bytes() == b"demo weights"
    found.path.write_bytes(b"damaged")
    assert find("demo-voice").path.read_bytes() == b"demo weights"
    with pytest.raises(CheckpointError, match="stays"):
        remove("demo-voice")


def test_a_damaged_demo_voice_is_said() -> None:
    """A wrong hash, a broken archive, a broken card."""
    ship_demo_voice(b"demo weights", sha256="0" * 64)
    with pytest.raises(CheckpointError, match="SHA-256"):
        find("demo-voice")
    (places.demo_dir() / "demo-voice.pt.xz").write_bytes(b"no archive")
    with pytest.raises(CheckpointError, match="unpacked"):
        find("demo-voice")
    (places.demo_dir() / "demo-voice.json").write_text("[]")
    with pytest.raises(CheckpointError, match="damaged"):
        find("demo-voice")


def test_a_demo_voice_that_is_no_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that unpacks to more than a demo voice can have is left."""
    monkeypatch.setattr(demo_voice, "_MOST_BYTES", 1000)
    ship_demo_voice(bytes(5000))
    with pytest.raises(CheckpointError, match="larger"):
        find("demo-voice")


def test_every_published_name_has_a_hint() -> None:
    """Each of Whisper's names, when missing, is answered with the command that fetches it."""
    for published in PUBLISHED:
        with pytest.raises(CheckpointError) as error:
            find(published.name)
        assert f"pmrehearse model fetch {published.name}`" in error.value.hint
