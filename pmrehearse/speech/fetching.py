"""How is a checkpoint fetched over the network? On the user's word only: nothing else in the program goes online.

Into a `.part` file beside its place, which a later try goes on with; verified against OpenAI's SHA-256; then renamed. A
file under its own name is therefore always whole.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from pmrehearse import durable
from pmrehearse.cleaning import clean_line
from pmrehearse.errors import CheckpointError
from pmrehearse.speech.checkpoints import published_path
from pmrehearse.speech.events import Checkpoint
from pmrehearse.speech.hashing import verify
from pmrehearse.speech.official import BASE_URL, BY_NAME, Published

try:
    import fcntl
except ImportError:  # Windows has no such lock
    fcntl = None  # type: ignore[assignment]

URL_VARIABLE = "PMREHEARSE_MODEL_URL"
"""Names a mirror: an address under which the files stand as SHA256/FILE, as in OpenAI's store."""
Progress = Callable[[int, int], None]
"""Told (bytes that are here, bytes in all; 0 when unknown). What it raises ends the work, and the part is kept."""

_BLOCK_BYTES = 1 << 18
_TIMEOUT_S = 30.0
"""A server that says nothing for so long is gone."""
_TRIES = 5
"""How often a connection may break without one more byte having come."""
_WAIT_S = 1.0
"""Between two tries."""
_ROOM_BYTES = 64 << 20
"""Left free on the disk, at least."""
_PARTIAL, _PAST_THE_END = 206, 416
_GONE = (403, 404, 410)
"""Answers that another try will not change."""


class _Broken(Exception):  # noqa: N818 - handled here, never shown
    """The connection broke; another try may go on."""


def fetch(name: str, on_progress: Progress, wait_s: float = _WAIT_S) -> Checkpoint:
    """Fetch one of Whisper's own checkpoints, or find it whole already.

    Args:
        name: Whisper's own name.
        on_progress: Told about each quarter of a megabyte.
        wait_s: Pause before another try, in seconds.

    Raises:
        CheckpointError: No such checkpoint, no network, no room, or not the bytes that OpenAI published.
    """
    published = BY_NAME.get(name)
    if published is None:
        raise CheckpointError(
            f"OpenAI published no Whisper checkpoint {clean_line(name, 80)!r}.",
            f"There are: {', '.join(BY_NAME)}. The usual one is base.en.",
        )
    path = published_path(name)
    if not (path.is_file() and verify(path, published.sha256)):
        try:
            _fetch_into(path, published, on_progress, wait_s)
        except OSError as error:
            raise _unwritable(path, error) from error
    return Checkpoint(name, path, n_bytes=path.stat().st_size)


def address(published: Published) -> str:
    """Where a checkpoint is fetched from.

    Raises:
        CheckpointError: The mirror named in the environment is no web address.
    """
    base = os.environ.get(URL_VARIABLE) or BASE_URL
    if urlsplit(base).scheme not in {"http", "https"}:
        raise CheckpointError(f"{URL_VARIABLE} is no web address: {clean_line(base)}.", "It begins with https://.")
    return f"{base.rstrip('/')}/{published.sha256}/{published.file}"


def _fetch_into(path: Path, published: Published, on_progress: Progress, wait_s: float) -> None:
    url = address(published)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with part.open("ab") as file, _alone(file, published.name), _no_empty_part(part):
        _download(url, file, published, on_progress, wait_s)
        file.flush()
        os.fsync(file.fileno())
        if not verify(part, published.sha256):
            part.unlink()
            raise CheckpointError(
                f"What came from {urlsplit(url).netloc} is not OpenAI's {published.name}: its SHA-256 is another. "
                "It was deleted.",
                "Try again; if it happens again, something between here and there changes it.",
            )
        part.replace(path)
    durable.sync_dir(path.parent)


@contextmanager
def _alone(file: BinaryIO, name: str) -> Iterator[None]:
    """Hold the part while it grows, so that two programs do not write into one file."""
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CheckpointError(f"{name} is being fetched by another program.", "Wait for it.") from error
    yield


@contextmanager
def _no_empty_part(part: Path) -> Iterator[None]:
    """Leave nothing behind when nothing came."""
    try:
        yield
    finally:
        if part.is_file() and part.stat().st_size == 0:
            part.unlink()


def _download(url: str, file: BinaryIO, published: Published, on_progress: Progress, wait_s: float) -> None:
    """Bring the file to its full length, going on after each break of the connection."""
    tries = 0
    while True:
        n_before = file.seek(0, os.SEEK_END)
        try:
            _receive(url, file, published, on_progress)
        except _Broken as error:
            tries = 0 if file.seek(0, os.SEEK_END) > n_before else tries + 1
            if tries >= _TRIES:
                raise _unreachable(url, published, error) from error
            time.sleep(wait_s)
        else:
            return


def _receive(url: str, file: BinaryIO, published: Published, on_progress: Progress) -> None:
    """One connection's worth of bytes, from the end of the part on.

    Raises:
        _Broken: The connection could not be made, or ended before the file did.
        CheckpointError: The server has no such file, or the disk no room for it.
    """
    n_here = file.seek(0, os.SEEK_END)
    try:
        with _connect(url, n_here) as response:
            if response.status != _PARTIAL:
                n_here = file.truncate(0)
            length = response.headers.get("Content-Length")
            total = n_here + int(length) if length and length.isdigit() else 0
            _demand_room(file, published, max(0, (total or published.about_bytes) - n_here))
            on_progress(n_here, total)
            while block := response.read(_BLOCK_BYTES):
                file.write(block)
                n_here += len(block)
                if n_here > 2 * published.about_bytes + _ROOM_BYTES:
                    raise _too_long(url, published, file)
                on_progress(n_here, total)
    except urllib.error.HTTPError as error:
        _judge(error, url, published, file)
    except (http.client.HTTPException, TimeoutError, ConnectionError, ssl.SSLError, urllib.error.URLError) as error:
        raise _Broken(_reason(error)) from error
    else:
        if n_here < total:
            raise _Broken("the connection broke")


def _connect(url: str, n_here: int) -> http.client.HTTPResponse:
    headers = {"User-Agent": "pmrehearse", "Accept-Encoding": "identity"}
    if n_here:
        headers["Range"] = f"bytes={n_here}-"
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - http and https only, by `address`
    return cast("http.client.HTTPResponse", urllib.request.urlopen(request, timeout=_TIMEOUT_S))  # noqa: S310 - the same


def _judge(error: urllib.error.HTTPError, url: str, published: Published, file: BinaryIO) -> None:
    """What an answer other than the file means; returns when the part is as long as the file already."""
    with contextlib.closing(error):
        if error.code == _PAST_THE_END:
            if verify(Path(file.name), published.sha256):
                return
            file.truncate(0)
            raise _Broken("the part was longer than the file") from error
        if error.code in _GONE:
            raise CheckpointError(
                f"{urlsplit(url).netloc} has no {published.name}: it answered {error.code}.", _by_hand(url)
            ) from error
        raise _Broken(f"the server answered {error.code}") from error


def _demand_room(file: BinaryIO, published: Published, n_bytes: int) -> None:
    free = shutil.disk_usage(Path(file.name).parent).free
    if free < n_bytes + _ROOM_BYTES:
        raise CheckpointError(
            f"The disk has {free // 1_000_000} MB free, and {published.name} needs {n_bytes // 1_000_000} MB more.",
            f"Free some room at {Path(file.name).parent}, or take a smaller checkpoint: tiny.en has 75 MB.",
        )


def _too_long(url: str, published: Published, file: BinaryIO) -> CheckpointError:
    file.truncate(0)
    return CheckpointError(
        f"{urlsplit(url).netloc} sends far more than {published.name} has; it was deleted.", "Use another mirror."
    )


def _unreachable(url: str, published: Published, error: Exception) -> CheckpointError:
    own = "Name your company's certificates in SSL_CERT_FILE. " if "CERTIFICATE" in str(error) else ""
    return CheckpointError(
        f"{published.name} cannot be fetched from {urlsplit(url).netloc}: {error}.",
        f"{own}Try again: what came so far is kept. {_by_hand(url)}",
    )


def _unwritable(path: Path, error: OSError) -> CheckpointError:
    return CheckpointError(
        f"{path.parent} cannot be written: {error.strerror or error}.", "Free some room, or allow writing there."
    )


def _by_hand(url: str) -> str:
    return f"Or fetch {url} elsewhere and import it: `pmrehearse model import FILE`."


def _reason(error: Exception) -> str:
    return clean_line(str(getattr(error, "reason", "") or error or type(error).__name__), 200)
