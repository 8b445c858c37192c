"""Do the screens keep their terminal, and leave it as they found it, whatever happens?"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from pmrehearse import places
from pmrehearse.errors import NotATerminalError
from pmrehearse.ui.terminal import LOG_NAME, require_terminal
from tests.rigs.terminal import RESTORED, WITHIN_S, Terminal
from tests.ui.screens_process import NOISE

if TYPE_CHECKING:
    from collections.abc import Iterator


def _screens(word: str, term: str = "xterm-256color") -> Terminal:
    """The screens with fakes behind them in a terminal; the word says what is special about them."""
    return Terminal([sys.executable, "-m", "tests.ui.screens_process", word], term)


@pytest.fixture
def opened() -> Iterator[list[Terminal]]:
    """Terminals of a test; what still runs at its end is killed."""
    terminals: list[Terminal] = []
    yield terminals
    for terminal in terminals:
        terminal.kill()


def _recording(opened: list[Terminal], word: str = "plain") -> Terminal:
    opened.append(terminal := _screens(word))
    terminal.until(b"7 elements")
    terminal.type(b"\r")
    terminal.until(b"Recognised")
    terminal.type(b"\r")
    terminal.until(b"Get ready")
    terminal.type(b"\r")
    terminal.until(b"recording")
    return terminal


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_the_take_and_gives_the_terminal_back(opened: list[Terminal], number: signal.Signals) -> None:
    """After a signal the run is closed, the screen before is back, and the exit code is 128 + n."""
    terminal = _recording(opened)
    terminal.process.send_signal(number)
    assert terminal.ended() == 128 + number
    for code in RESTORED:
        assert code in terminal.written
    assert b"begin close" in terminal.written


def test_screens_that_do_not_go_are_left_behind(opened: list[Terminal]) -> None:
    """When the screens hang instead of going, the terminal is given back all the same, and the exit code is right."""
    terminal = _recording(opened, "stubborn")
    terminal.process.terminate()
    assert terminal.ended() == 128 + signal.SIGTERM
    assert terminal.has_its_settings()
    assert all(each in terminal.written for each in RESTORED)


def test_a_closed_terminal_ends_the_program(opened: list[Terminal]) -> None:
    """When the window is closed while recording the program ends by itself, soon."""
    terminal = _recording(opened)
    terminal.hang_up()
    assert terminal.process.wait(WITHIN_S) == 128 + signal.SIGHUP


def test_libraries_that_write_to_descriptor_2_reach_the_log_only(opened: list[Terminal]) -> None:
    """What PortAudio and ALSA print stands in the log in the state folder, not on the screen."""
    terminal = _recording(opened, "noisy")
    terminal.process.terminate()
    terminal.ended()
    assert NOISE not in terminal.written
    assert NOISE in (places.state_dir() / LOG_NAME).read_bytes()


def test_processes_can_be_started_while_the_screens_are_up(opened: list[Terminal]) -> None:
    """Textual's stand-in for standard error does not keep Python from spawning the speech worker."""
    terminal = _recording(opened, "spawning")
    terminal.process.terminate()
    terminal.ended()
    assert b"spawned:0" in terminal.written


def test_no_text_from_outside_reaches_the_terminal_raw(opened: list[Terminal]) -> None:
    """On home, help, briefing, microphones, report and history an attacker's escapes and markup come out harmless."""
    opened.append(terminal := _screens("hostile"))
    terminal.until(b"flags")
    steps = (
        (b"?", b"esc closes"),
        (b"\x1b", b""),
        (b"h", b"Takes"),
        (b"\r", b"Elements"),
        (b"\t", b""),
        (b"\x1b", b""),
    )
    for keys, answer in steps:
        terminal.type(keys)
        terminal.until(answer)
        time.sleep(0.3)  # let the screen settle before the next key; the assertion below does not depend on it
    terminal.type(b"\x1b")
    time.sleep(0.3)  # likewise
    terminal.type(b"\r")
    terminal.until(b"Recognised")
    terminal.type(b"m")
    terminal.until(b"looks again")
    terminal.process.terminate()
    terminal.ended()
    for raw in (b"]52;", b"RVZJTA==\x07", "\x9b".encode(), "\x90".encode(), "\u202e".encode(), "\u2066".encode()):
        assert b"\x1b" + raw not in terminal.written
        if raw != b"]52;":
            assert raw not in terminal.written
    assert b"[/nope]" in terminal.written


def test_without_a_terminal_there_is_an_error_before_anything_starts() -> None:
    """With a pipe in place of the terminal the program says what it needs, and ends with 2."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.screens_process", "plain"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=WITHIN_S,
    )
    assert done.returncode == 2
    assert b"The screens need a terminal" in done.stdout


def test_a_terminal_that_cannot_place_a_cursor_is_refused(opened: list[Terminal]) -> None:
    """TERM=dumb is refused with 2."""
    opened.append(terminal := _screens("plain", term="dumb"))
    assert terminal.ended() == 2
    assert b"cannot show screens" in terminal.written


def test_a_window_of_twenty_by_five_breaks_nothing(opened: list[Terminal]) -> None:
    """In a window far too small the program opens, goes to other screens and ends as in any other."""
    opened.append(terminal := Terminal([sys.executable, "-m", "tests.ui.screens_process", "plain"], size=(20, 5)))
    terminal.until(b"\x1b[?1049h")
    terminal.until(b"Help")
    for keys in (b"?", b"\x1b", b"h", b"\x1b"):
        so_far = len(terminal.written)
        terminal.type(keys)
        terminal.until(b"\x1b[", after=so_far)
    terminal.process.terminate()
    assert terminal.ended() == 143
    assert b"Traceback" not in terminal.written
    assert RESTORED[0] in terminal.written


def test_pytest_itself_has_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed standard input counts as none."""
    monkeypatch.setattr(sys, "__stdin__", None)
    with pytest.raises(NotATerminalError):
        require_terminal()
