"""A real browser, spoken to over pipes (the DevTools protocol): a test waits for what happens, not for a time."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Self

LONGEST_S = 90.0
"""A busy machine needs some seconds to start Chromium; a hung one is given up after this."""
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --remote-debugging-pipe"
)


class Browser:
    """Headless Chromium with one page; closes itself as a context manager.

    Attributes:
        complaints: What the page's console and the browser's log said so far.
    """

    def __init__(self, profile: Path) -> None:
        """Start it with an empty profile."""
        chromium = shutil.which("chromium")
        assert chromium, "the tests need Debian's package chromium (tools/system_packages.sh test)"
        self.complaints: list[str] = []
        told, self._tell = os.pipe()
        self._hear, says = os.pipe()
        command = f'exec "{chromium}" {_FLAGS} --user-data-dir="{profile}" about:blank 3<&{told} 4>&{says}'
        self._process = subprocess.Popen(
            ["bash", "-c", command], pass_fds=(told, says), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(told)
        os.close(says)
        self._heard = b""
        self._number = 0
        self._session = ""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._ask(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._tell)
        os.close(self._hear)

    def open(self, address: str) -> None:
        """Go to a page."""
        self._ask("Page.navigate", url=address)

    def value(self, expression: str) -> Any:
        """What an expression comes to in the page."""
        return self._ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def until(self, expression: str) -> Any:
        """What an expression comes to as soon as that is true."""
        deadline_s = time.monotonic() + LONGEST_S
        while not (found := self.value(expression)):
            assert time.monotonic() < deadline_s, f"{expression} never came true"
            select.select([], [], [], 0.02)
        return found

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._tell, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "result" in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self._note(answer)

    def _next(self) -> dict[str, Any]:
        deadline_s = time.monotonic() + LONGEST_S
        while b"\0" not in self._heard:
            ready, _, _ = select.select([self._hear], [], [], max(0.0, deadline_s - time.monotonic()))
            assert ready, "the browser says nothing"
            said = os.read(self._hear, 1 << 16)
            assert said, "the browser is gone"
            self._heard += said
        line, self._heard = self._heard.split(b"\0", 1)
        message: dict[str, Any] = json.loads(line)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        if message.get("method") in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.complaints.append(json.dumps(message["params"]))
