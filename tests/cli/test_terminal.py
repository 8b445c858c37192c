"""What a person at a terminal has: keys, a live line, completed words, a question before deleting."""

from __future__ import annotations

import os
import pty
import sys
import time
from typing import TYPE_CHECKING

import click
import pytest

from pmrehearse import places
from pmrehearse.cli.app import cli
from pmrehearse.cli.inputs import read_stdin
from pmrehearse.cli.keys import Keys, Wish
from pmrehearse.cli.narration import Narrator
from pmrehearse.cli.params import ScenarioName, SoundOrTake, TakeName

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WITHIN_S = 10


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal as standard input; what is written to this descriptor is typed."""
    ours, theirs = pty.openpty()
    with open(theirs, encoding="utf-8", closefd=False) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield ours
        os.close(ours)
    os.close(theirs)


def pressed(keys: Keys) -> Wish:
    """The next wish, awaited."""
    deadline = time.monotonic() + WITHIN_S
    while time.monotonic() < deadline:
        if (wish := keys.pressed()) is not None:
            return wish
        time.sleep(0.005)
    pytest.fail("no wish came")


def test_lines_typed_at_a_terminal_are_wishes(keyboard: int) -> None:
    """A letter and Enter each; capitals too; what means nothing is passed over."""
    keys = Keys()
    assert keys.pressed() is None
    os.write(keyboard, b"n\nwhat\nP\nm\n\n")
    assert [pressed(keys) for _ in range(4)] == [Wish.NEXT_PHASE, Wish.PAUSE, Wish.MARK, Wish.FINISH]


def test_a_terminal_that_goes_away_wishes_nothing(keyboard: int) -> None:
    """What was typed before still counts; then there is silence, and no error."""
    keys = Keys()
    os.write(keyboard, b"n\n")
    assert pressed(keys) is Wish.NEXT_PHASE
    os.write(keyboard, b"\x04")
    deadline = time.monotonic() + WITHIN_S
    while keys._descriptor is not None and time.monotonic() < deadline:
        assert keys.pressed() is None
    assert keys._descriptor is None


def test_nothing_is_read_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A pipe on standard input leads no run."""
    path = tmp_path / "in"
    path.write_text("n\n")
    with path.open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert Keys().pressed() is None
        assert stdin.read() == "n\n"


def test_somebody_who_types_an_answer_is_told_how_to_end(keyboard: int, capsys: pytest.CaptureFixture[str]) -> None:
    """At a terminal the way out is told; the text ends there."""
    os.write(keyboard, b"our metric\n\x04")
    assert read_stdin("the answer") == "our metric\n"
    assert capsys.readouterr().err == "Type or paste the answer; end it with Ctrl-D on an empty line.\n"


def test_a_terminal_has_a_live_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A bar with its figures on a terminal; nothing of it in a file."""

    def drawn() -> str:
        narrator = Narrator()
        with narrator.bar() as draw:
            draw("Recognising [bold]", 30.0, 60.0, "0:30 of 1:00")
            narrator.say("A line.")
        return capsys.readouterr().err

    monkeypatch.setenv("COLUMNS", "80")
    assert drawn() == "A line.\n"
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    on_a_terminal = drawn()
    assert "Recognising [bold]" in on_a_terminal
    assert "0:30 of 1:00" in on_a_terminal
    assert "A line." in on_a_terminal


def completed(kind: click.ParamType[str], incomplete: str, library: Path | None = None) -> list[str]:
    """What a shell offers."""
    context = click.Context(cli)
    context.params["library"] = library
    return [item.value for item in kind.shell_complete(context, click.Argument(["x"]), incomplete)]


def test_scenarios_are_completed_from_file_names(own_places: Path) -> None:
    """The shipped ones and the user's own; lexicons are none."""
    mine = places.user_scenarios_dir() / "mine"
    mine.mkdir(parents=True)
    (mine / "first.toml").touch()
    assert own_places in mine.parents
    assert completed(ScenarioName(), "writer/three") == ["writer/three-phase-lens"]
    assert completed(ScenarioName(), "mine/") == ["mine/first"]
    assert completed(ScenarioName(), "lex") == []


def test_takes_are_completed_from_folder_names(tmp_path: Path) -> None:
    """The newest first, and the word for it; only folders of takes."""
    for name in ("2026-01-01_a", "2026-02-01_b", "other"):
        (tmp_path / name).mkdir()
    for name in ("2026-01-01_a", "2026-02-01_b"):
        (tmp_path / name / "take.json").touch()
    assert completed(TakeName(), "", tmp_path) == ["last", "2026-02-01_b", "2026-01-01_a"]
    assert completed(TakeName(), "2026-01", tmp_path) == ["2026-01-01_a"]
    assert completed(SoundOrTake(), "2026-01", tmp_path) == ["2026-01", "2026-01-01_a"]
    assert completed(TakeName(), "", tmp_path / "gone") == ["last"]
