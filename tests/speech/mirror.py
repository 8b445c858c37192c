"""A web server on this computer that stands in for OpenAI's store, and misbehaves as networks do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Mirror:
    """What it serves and how.

    Attributes:
        content: The file.
        url: Its address, without the file.
        ranges: Whether it can begin in the middle.
        drops: After how many bytes each of the first connections breaks.
        answers: Status codes that the first requests get instead of the file.
        tells_length: Whether it says how long the file is.
        asked: The path and the range of each request.
    """

    content: bytes
    url: str = ""
    ranges: bool = True
    drops: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    tells_length: bool = True
    asked: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def serve(mirror: Mirror) -> Iterator[Mirror]:
    """Serve until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, mirror)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    mirror.url = f"http://127.0.0.1:{server.server_address[1]}/models"
    try:
        yield mirror
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(handler: BaseHTTPRequestHandler, mirror: Mirror) -> None:
    wanted = handler.headers.get("Range", "")
    mirror.asked.append((handler.path, wanted))
    if mirror.answers:
        handler.send_error(mirror.answers.pop(0))
        return
    start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and mirror.ranges else 0
    if start and start >= len(mirror.content):
        handler.send_error(416)
        return
    handler.send_response(206 if start else 200)
    if mirror.tells_length:
        handler.send_header("Content-Length", str(len(mirror.content) - start))
    handler.end_headers()
    stop = start + mirror.drops.pop(0) if mirror.drops else len(mirror.content)
    handler.wfile.write(mirror.content[start:stop])
