"""Fetching checkpoints, from a server on this computer."""

from __future__ import annotations

import hashlib
import random
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from pmrehearse.errors import CheckpointError
from pmrehearse.speech import fetching
from pmrehearse.speech.events import Checkpoint
from pmrehearse.speech.fetching import fetch
from pmrehearse.speech.official import BY_NAME, Published
from tests.speech.mirror import Mirror, serve

CONTENT = random.Random(4).randbytes(1_500_000)  # noqa: S311 - bytes, not secrets
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Whisper cache, and a tiny.en that is CONTENT."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setitem(BY_NAME, "tiny.en", Published("tiny.en", SHA256, "tiny.en.pt", len(CONTENT), 39))
    return tmp_path / "whisper"


@pytest.fixture
def mirror(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    """A well-behaved server of it."""
    assert not cache.exists()
    with serve(Mirror(CONTENT)) as serving:
        monkeypatch.setenv(fetching.URL_VARIABLE, serving.url)
        yield serving


def get(progress: list[tuple[int, int]] | None = None) -> Checkpoint:
    """Fetch tiny.en."""
    told: list[tuple[int, int]] = [] if progress is None else progress
    return fetch("tiny.en", lambda done, total: told.append((done, total)), wait_s=0.0)


def files(cache: Path) -> list[str]:
    """What stands in the cache."""
    return sorted(path.name for path in cache.iterdir())


def test_a_checkpoint_is_fetched(mirror: Mirror, cache: Path) -> None:
    """Whole, under Whisper's own name, with progress; the second time nothing is asked of the network."""
    told: list[tuple[int, int]] = []
    assert get(told) == Checkpoint("tiny.en", cache / "tiny.en.pt", n_bytes=len(CONTENT))
    assert (cache / "tiny.en.pt").read_bytes() == CONTENT
    assert files(cache) == ["tiny.en.pt"]
    assert told[0] == (0, len(CONTENT))
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert told == sorted(told)
    get()
    assert mirror.asked == [(f"/models/{SHA256}/tiny.en.pt", "")]


def test_a_broken_connection_is_taken_up_where_it_broke(mirror: Mirror, cache: Path) -> None:
    """Twice cut off, it asks for the rest each time, and the file is whole."""
    mirror.drops = [500_000, 300_000]
    get()
    assert (cache / "tiny.en.pt").read_bytes() == CONTENT
    assert [wanted for _, wanted in mirror.asked] == ["", "bytes=500000-", "bytes=800000-"]


def test_a_part_is_gone_on_with_later(mirror: Mirror, cache: Path) -> None:
    """What an earlier program had fetched is not fetched again."""
    cache.mkdir()
    (cache / "tiny.en.pt.part").write_bytes(CONTENT[:700_000])
    get()
    assert [wanted for _, wanted in mirror.asked] == ["bytes=700000-"]
    assert files(cache) == ["tiny.en.pt"]


def test_stopping_keeps_the_part(mirror: Mirror, cache: Path) -> None:
    """What the progress callback raises passes through, and the next try goes on from there."""

    def stop(done: int, _total: int) -> None:
        if done > 600_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch("tiny.en", stop)
    n_bytes = (cache / "tiny.en.pt.part").stat().st_size
    assert n_bytes > 600_000
    get()
    assert mirror.asked[-1][1] == f"bytes={n_bytes}-"


def test_a_server_without_ranges_sends_all_again(mirror: Mirror, cache: Path) -> None:
    """The part is written anew, not added to."""
    mirror.ranges, mirror.drops = False, [500_000]
    get()
    assert (cache / "tiny.en.pt").read_bytes() == CONTENT


@pytest.mark.usefixtures("mirror")
def test_a_part_that_is_whole_needs_nothing_more(cache: Path) -> None:
    """Killed between the last byte and the renaming: the part is the file."""
    cache.mkdir()
    (cache / "tiny.en.pt.part").write_bytes(CONTENT)
    get()
    assert (cache / "tiny.en.pt").read_bytes() == CONTENT


@pytest.mark.usefixtures("mirror")
def test_a_part_that_is_too_long_is_begun_anew(cache: Path) -> None:
    """It cannot be the beginning of the file."""
    cache.mkdir()
    (cache / "tiny.en.pt.part").write_bytes(CONTENT + b"x")
    get()
    assert (cache / "tiny.en.pt").read_bytes() == CONTENT


def test_wrong_bytes_are_refused_and_deleted(mirror: Mirror, cache: Path) -> None:
    """One byte changed on the way: no file, no part, and the reason."""
    mirror.content = CONTENT[:-1] + b"!"
    with pytest.raises(CheckpointError, match="SHA-256"):
        get()
    assert files(cache) == []


@pytest.mark.usefixtures("mirror")
def test_a_damaged_file_is_fetched_again(cache: Path) -> None:
    """A checkpoint whose hash is wrong does not count as being here."""
    cache.mkdir()
    (cache / "tiny.en.pt").write_bytes(b"damaged")
    get()
    assert (cache / "tiny.en.pt").read_bytes() == CONTENT


def test_an_endless_answer_is_ended(mirror: Mirror, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Far more than the checkpoint has: it stops, and nothing is kept."""
    monkeypatch.setattr(fetching, "_ROOM_BYTES", 0)
    mirror.content, mirror.tells_length = bytes(4_000_000), False
    with pytest.raises(CheckpointError, match="far more"):
        get()
    assert files(cache) == []


def test_a_missing_file_is_named(mirror: Mirror, cache: Path) -> None:
    """404 is not tried again, and the hint says how to do it by hand."""
    mirror.answers = [404] * 9
    with pytest.raises(CheckpointError, match="404") as error:
        get()
    assert "pmrehearse model import FILE" in error.value.hint
    assert len(mirror.asked) == 1
    assert files(cache) == []


def test_a_busy_server_is_asked_again(mirror: Mirror, cache: Path) -> None:
    """503 twice, then the file."""
    mirror.answers = [503, 503]
    get()
    assert files(cache) == ["tiny.en.pt"]


def test_a_server_that_only_breaks_is_given_up(mirror: Mirror, cache: Path) -> None:
    """After five tries without a byte, and what came before is kept."""
    mirror.drops = [400_000, *[0] * 9]
    with pytest.raises(CheckpointError, match=r"cannot be fetched .*the connection broke") as error:
        get()
    assert "kept" in error.value.hint
    assert len(mirror.asked) == 6
    assert (cache / "tiny.en.pt.part").read_bytes() == CONTENT[:400_000]


def test_no_network_is_said(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens there: the reason, the way by hand, and the code for the environment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv(fetching.URL_VARIABLE, f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(CheckpointError, match="cannot be fetched from 127") as error:
            get()
    assert error.value.exit_code == 3
    assert files(cache) == []


@pytest.mark.usefixtures("mirror")
def test_a_full_disk_is_said_before(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With too little room nothing is written."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=65_000_000))
    with pytest.raises(CheckpointError, match="65 MB free"):
        get()
    assert files(cache) == []


@pytest.mark.usefixtures("mirror")
def test_a_place_that_cannot_be_written_is_said(cache: Path) -> None:
    """A file stands where the folder should be."""
    cache.write_bytes(b"")
    with pytest.raises(CheckpointError, match="cannot be written"):
        get()


@pytest.mark.usefixtures("cache")
def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    """No network is needed for that."""
    with pytest.raises(CheckpointError, match=r"huge\.en") as error:
        fetch("huge.en", lambda _done, _total: None)
    assert "base.en" in error.value.hint


@pytest.mark.parametrize("address", ["file:///etc", "ftp://host/models", "nowhere"])
@pytest.mark.usefixtures("cache")
def test_only_the_web_is_asked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """A mirror must be a web address."""
    monkeypatch.setenv(fetching.URL_VARIABLE, address)
    with pytest.raises(CheckpointError, match="no web address"):
        get()


@pytest.mark.usefixtures("mirror")
def test_two_programs_do_not_write_one_part() -> None:
    """The second is told so."""

    def fetch_too(done: int, _total: int) -> None:
        if done:
            get()

    with pytest.raises(CheckpointError, match="another program"):
        fetch("tiny.en", fetch_too)
