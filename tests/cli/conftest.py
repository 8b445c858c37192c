"""Calls the program in this process, with a program behind it that a test gives."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from pmrehearse.__main__ import run
from pmrehearse.cli.invocation import Invocation, ScreenStart
from tests.cli.fakes import FakeProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pmrehearse.cli.ports import Program
    from pmrehearse.speech.events import SpeechOptions
    from pmrehearse.speech.segments import Transcript


@dataclass(frozen=True)
class Called:
    """What a call came to."""

    code: int
    out: str
    err: str


@dataclass
class Shell:
    """Calls the program in this process and takes what it wrote."""

    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def run(self, invocation: Invocation, arguments: Sequence[str], stdin: bytes = b"") -> Called:
        """Run one call."""
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        code = run(arguments, invocation)
        out, err = self.capsys.readouterr()
        return Called(code, out, err)


@dataclass
class Caller:
    """Calls the program.

    Attributes:
        program: What stands behind it.
        opened: The library folders that the program was opened on.
        screens: What the screens were opened with.
    """

    shell: Shell
    program: FakeProgram = field(default_factory=FakeProgram)
    opened: list[Path | None] = field(default_factory=list)
    screens: list[ScreenStart] = field(default_factory=list)

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Called:
        """Run one call and take what it wrote."""
        return self.shell.run(Invocation(self._open, self._show_screens, self._transcribe), arguments, stdin)

    def _open(self, library: Path | None) -> FakeProgram:
        self.opened.append(library)
        return self.program

    def _transcribe(
        self, audio: Path, options: SpeechOptions, on_progress: Callable[[float, float], None]
    ) -> Transcript:
        assert audio.exists()
        self.program.options.append(options)
        on_progress(1.0, 2.0)
        return self.program.reviewer.heard

    def _show_screens(self, open_program: Callable[[], Program], start: ScreenStart) -> int:
        assert open_program() is self.program
        self.screens.append(start)
        return 0


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Calls the program with a `FakeProgram` behind it, 80 columns wide, in UTC."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr("pmrehearse.cli.headless.POLL_S", 0.001)
    monkeypatch.setattr("pmrehearse.session.examining.POLL_S", 0.001)
    return Caller(Shell(capsys, monkeypatch))
