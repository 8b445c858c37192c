"""How a call ends: messages, hints, exit codes, and never a traceback."""

from __future__ import annotations

import logging
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pmrehearse import places
from pmrehearse.cli.crash import keep_log, log_path
from pmrehearse.errors import (
    AudioFileError,
    AudioSystemError,
    CheckpointError,
    LibraryError,
    MicrophoneError,
    NoSpeechError,
    RehearsalError,
    ScenarioError,
    UsageError,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

SCENARIO = "writer/three-phase-lens"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("No such id.", "Look at the list."), 2),
        (ScenarioError("line 3: what is this?", "Correct it."), 2),
        (AudioFileError("The file is empty.", "Choose another."), 2),
        (MicrophoneError("The microphone is refused.", "Allow it."), 3),
        (AudioSystemError("PortAudio is missing.", "Install libportaudio2."), 3),
        (CheckpointError("No checkpoint.", "Fetch one."), 3),
        (LibraryError("The folder is read-only.", "Choose another."), 3),
        (NoSpeechError("Nothing was said.", "Speak."), 1),
    ],
)
def test_an_expected_error_is_its_message_its_hint_and_its_code(
    call: Caller, monkeypatch: pytest.MonkeyPatch, error: RehearsalError, code: int
) -> None:
    """Every error of the tree is told in two lines on stderr, and stdout stays empty, with --json too."""

    def fail() -> None:
        raise error

    monkeypatch.setattr(call.program, "devices", fail)
    for arguments in (["devices"], ["devices", "--json"]):
        called = call(*arguments)
        assert (called.code, called.out) == (code, "")
        assert called.err == f"pmrehearse: {error.message}\n            {error.hint}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["demmo"], "There is no command 'demmo'. Did you mean 'demo'?"),
        (["check", "--jsn"], "No such option '--jsn'."),
        (["review", "a.wav"], "Missing option '--scenario'"),
        (["show"], "Missing argument 'TAKE'"),
        (["rehearse", SCENARIO, "--speed", "2"], "--speed goes with --audio."),
        (["rehearse", SCENARIO, "--audio", "a.wav", "--device", "x"], "--audio and --device exclude each other."),
        (["rehearse", SCENARIO, "--minutes", "0"], "Invalid value for '--minutes'"),
        (["rehearse", SCENARIO, "--no-screen", "--phases-at", "x"], "--phases-at takes seconds"),
        (["rehearse", SCENARIO, "--no-screen", "--phases-at", "5,4"], "--phases-at takes rising seconds"),
        (["rehearse", SCENARIO, "--no-screen", "--phases-at", "1,2,3"], "at most 2 for this scenario"),
        (["rehearse", SCENARIO, "--no-screen", "--phases-at", "nan"], "--phases-at takes rising seconds"),
        (["demo", "--speed", "-1"], "Invalid value for '--speed'"),
        (["check"], "Name a scenario, or give --jsonl FILE."),
        (["check", SCENARIO, "--jsonl", "x"], "--jsonl names scenarios and texts in its lines"),
        (["scenario", "lst"], "No such command 'lst'"),
    ],
)
def test_wrong_words_on_the_command_line_end_with_2(call: Caller, arguments: list[str], message: str) -> None:
    """Complaints of click read like ours and point to the command's help."""
    called = call(*arguments)
    assert (called.code, called.out) == (2, "")
    first, hint = called.err.splitlines()[:2]
    assert first.startswith("pmrehearse: ")
    assert message in called.err
    assert "--help` shows" in hint


def test_an_unknown_scenario_ends_with_2_and_names_the_nearest(call: Caller) -> None:
    """The id that nobody knows is told, with what may have been meant."""
    called = call("check", "writer/lens", "--text", "hello")
    assert called.code == 2
    assert called.err == (
        "pmrehearse: There is no scenario 'writer/lens'.\n            Nearest: writer/three-phase-lens.\n"
    )


def test_the_unexpected_is_logged_whole_and_told_in_one_line(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug ends with 3; its traceback stands in a private log, not on the screen."""

    def fail() -> None:
        raise RuntimeError("a secret of the speaker")

    monkeypatch.setattr(call.program, "devices", fail)
    called = call("devices")
    assert called.code == 3
    assert called.err == (
        f"pmrehearse: Something unexpected went wrong: RuntimeError.\n            The details are in {log_path()}.\n"
    )
    log = log_path().read_text()
    assert "Traceback (most recent call last)" in log
    assert "a secret of the speaker" in log
    assert log_path().stat().st_mode & 0o777 == 0o600
    assert log_path().parent.stat().st_mode & 0o777 == 0o700


def test_what_the_program_logs_stays_off_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """A warning of a part of the program goes into the log, once, and not to stderr."""
    logger = logging.getLogger("pmrehearse")
    before = list(logger.handlers)
    try:
        keep_log()
        keep_log()
        logging.getLogger("pmrehearse.session").warning("the conductor stumbled")
        assert log_path().read_text().count("the conductor stumbled") == 1
    finally:
        for handler in [one for one in logger.handlers if one not in before]:
            handler.close()
            logger.removeHandler(handler)
        logger.propagate = True
    assert capsys.readouterr().err == ""


def test_a_log_that_cannot_be_written_is_said(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message still comes when the state folder is none."""
    places.state_dir().write_text("in the way")
    monkeypatch.setattr(call.program, "devices", lambda: 1 / 0)
    assert call("devices").err.splitlines()[1].strip() == "The details could not be written to the log."


def test_ctrl_c_ends_with_130(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted command says so and nothing else."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(call.program, "devices", interrupt)
    called = call("devices")
    assert (called.code, called.out, called.err.strip()) == (130, "", "pmrehearse: Interrupted.")


def test_messages_from_outside_cannot_move_the_cursor(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal escape in an error's text is replaced."""

    def fail() -> None:
        raise UsageError("\x1b[2Jgone\x9b31m", "\x1b]0;title\x07")

    monkeypatch.setattr(call.program, "devices", fail)
    assert "\x1b" not in call("devices").err


@pytest.mark.parametrize("arguments", [[], ["rehearse", SCENARIO], ["demo", "--screen"]])
def test_the_screens_need_a_terminal(arguments: list[str]) -> None:
    """Without a terminal: 2, and how to go on without one."""
    done = subprocess.run(
        [sys.executable, "-m", "pmrehearse", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    message, hint = done.stderr.splitlines()
    assert message == "pmrehearse: The screens need a terminal, and standard input or output is none."
    assert "pmrehearse --help" in hint


def test_a_dumb_terminal_has_no_screens() -> None:
    """On a terminal that cannot move its cursor the program says so, and ends with 2."""
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "pmrehearse"],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=os.environ | {"TERM": "dumb"},
        text=True,
        check=False,
        timeout=60,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 2
    assert done.stderr.startswith("pmrehearse: This terminal (TERM=dumb) cannot show screens.\n")


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`pmrehearse --help | true` writes no traceback."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "pmrehearse", "paths", "--json"],
        stdout=writing,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def test_the_version_is_told(call: Caller) -> None:
    """`--version` names the program and its version."""
    called = call("--version")
    assert called.code == 0
    assert called.out.startswith("pmrehearse 0.")


def test_the_library_option_reaches_the_program(call: Caller, tmp_path: Path) -> None:
    """`--library` chooses the folder that the program is opened on."""
    assert call("--library", str(tmp_path), "takes").code == 0
    assert call.opened == [tmp_path]
    assert call.program.n_closed == 1
