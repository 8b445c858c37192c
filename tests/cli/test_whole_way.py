"""The program as it is composed, in processes of its own: recorder, library and checks behind the commands."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import numpy as np
import pytest
import soundfile

from pmrehearse.bootstrap import program
from pmrehearse.cli.invocation import Invocation
from tests.cli.conftest import Called, Shell
from tests.rigs.virtual_mic import VirtualMic

LENS = "writer/three-phase-lens"
WITHIN_S = 120


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of this test's own, and no checkpoint."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PMREHEARSE_LIBRARY", str(tmp_path / "takes"))
    return tmp_path / "takes"


@dataclass
class Real:
    """Calls the program as it is composed."""

    shell: Shell

    def __call__(self, *arguments: str, stdin: str = "") -> Called:
        """Run one call to its end; a traceback on the screen is a failure."""
        called = self.shell.run(Invocation(program, _no_screens), arguments, stdin.encode())
        assert "Traceback" not in called.err
        return called


def _no_screens(_open_program: object, _start: object) -> int:
    pytest.fail("no screen is wanted here")


@pytest.fixture
def real(library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Real:
    """Calls the program on the library of this test."""
    assert not library.exists()
    return Real(Shell(capsys, monkeypatch))


def test_a_take_from_the_recording_to_its_deletion(real: Real, jfk: Path, tmp_path: Path) -> None:
    """Recorded without a checkpoint, kept, given a text, shown, found, exported, deleted."""
    recorded = real("rehearse", LENS, "--no-screen", "--audio", str(jfk), "--speed", "20")
    assert (recorded.code, recorded.out) == (3, "")
    assert "pmrehearse: No checkpoint is chosen, so the take is recorded only." in recorded.err

    (waiting,) = json.loads(real("takes", "--json").out)["takes"]
    assert (waiting["status"], waiting["duration_s"]) == ("recorded", pytest.approx(11.0, abs=0.1))
    assert "! It waits for its transcript" in real("show", "last").out

    answer = "Our primary metric is weekly active writers and that one number decides whether it worked."
    assert real("transcribe", "last", "--typed", "-", stdin=answer).out == f"{answer}\n"
    shown = json.loads(real("show", waiting["id"][:20], "--json").out)
    assert shown["transcript"]["text"] == answer
    assert "met" in [element["verdict"] for element in shown["elements"]]

    found = json.loads(real("search", "weekly", "writers", "--json").out)
    assert [hit["take"]["id"] for hit in found["hits"]] == [waiting["id"]]
    report = tmp_path / "report.md"
    assert real("export", "last", "--output", str(report)).code == 0
    assert answer in report.read_text()
    assert real("library", "verify").code == 0
    assert real("delete", "last", "--yes").code == 0
    assert json.loads(real("takes", "--json").out)["takes"] == []


def test_a_take_on_a_disk_that_fills_is_kept_elsewhere_and_comes_home(
    real: Real, small_disk: Path, jfk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run ends and says in which folder the sound stands; once there is room, the next call finds it whole."""
    monkeypatch.setenv("PMREHEARSE_LIBRARY", str(small_disk / "takes"))
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(850_000))
    recorded = real("rehearse", LENS, "--no-screen", "--audio", str(jfk), "--speed", "20")
    assert recorded.code == 3
    told = "".join(line.strip() for line in recorded.err.splitlines())
    assert "No space left on device" in told
    assert "-audio.wav" in told.partition("the sound of this take stands in")[2]
    ballast.unlink()
    (take,) = json.loads(real("takes", "--json").out)["takes"]
    assert (take["status"], take["duration_s"]) == ("recorded", pytest.approx(11.0, abs=0.1))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_keeps_what_was_said(real: Real, jfk: Path, number: signal.Signals, code: int) -> None:
    """Within seconds the sound is whole on the disk, and the message says how to go on."""
    running = subprocess.Popen(
        [sys.executable, "-m", "pmrehearse", "rehearse", LENS, "--no-screen", "--audio", str(jfk)],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with running:
        assert running.stderr is not None
        told_first = list(takewhile(lambda line: "Hypothesis" not in line, running.stderr))
        assert running.poll() is None, told_first
        running.send_signal(number)
        _, told = running.communicate(timeout=WITHIN_S)
    assert running.returncode == code
    assert "pmrehearse: Stopped; what was recorded is kept." in told
    (take,) = json.loads(real("takes", "--json").out)["takes"]
    assert f"`pmrehearse transcribe {take['id']}`" in told
    assert take["status"] == "recorded"
    assert 0 < take["duration_s"] < 10


def no_sound(kind: str, folder: Path) -> Path:
    """What is no sound file."""
    path = folder / f"{kind}.wav"
    if kind == "directory":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("hello")
    return path


@pytest.mark.parametrize("kind", ["missing", "directory", "empty", "text"])
def test_what_is_no_sound_ends_with_2_and_leaves_no_take(real: Real, tmp_path: Path, kind: str) -> None:
    """A message, a hint, no traceback, no folder of a take."""
    done = real("rehearse", LENS, "--no-screen", "--audio", str(no_sound(kind, tmp_path)))
    assert (done.code, done.out) == (2, "")
    message, hint = done.err.splitlines()[-2:]
    assert message.startswith(f"pmrehearse: {tmp_path}")
    assert hint.startswith("            ")
    assert not list((tmp_path / "takes").glob("2*"))


def test_a_broken_scenario_file_ends_with_2(real: Real, tmp_path: Path) -> None:
    """Every mistake is told with its line; nothing else is."""
    file = tmp_path / "mine.toml"
    file.write_text('id = "mine/one"\nseconds = "long"\nunknown = 1\n')
    done = real("check", str(file), "--text", "hello")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("pmrehearse: ")
    assert "unknown" in done.err
    assert "seconds" in done.err


def test_a_library_in_a_place_that_is_none_ends_with_3(real: Real, tmp_path: Path, jfk: Path) -> None:
    """A file where the folder should be: nothing can be recorded, and why is told."""
    (tmp_path / "file").write_text("")
    library = str(tmp_path / "file" / "takes")
    done = real("--library", library, "rehearse", LENS, "--no-screen", "--audio", str(jfk), "--speed", "20")
    assert (done.code, done.out) == (3, "")
    assert "pmrehearse: " in done.err


def test_a_home_that_cannot_be_written_names_the_folder(tmp_path: Path, jfk: Path) -> None:
    """Without a home, and with every place where nothing can be made: reading works, recording says which folder."""
    (tmp_path / "file").write_text("")
    nowhere = {f"PMREHEARSE_{name}": str(tmp_path / "file" / name) for name in ("STATE_DIR", "CACHE_DIR", "LIBRARY")}
    env = {name: value for name, value in os.environ.items() if name not in {"HOME", "XDG_CACHE_HOME"}} | nowhere

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        words = (sys.executable, "-m", "pmrehearse", *words)
        return subprocess.run(words, env=env, capture_output=True, text=True, check=False, timeout=WITHIN_S)

    checked = call("check", LENS, "--text", "our primary metric is retention")
    assert (checked.returncode, checked.stderr) == (1, "")
    assert (call("scenario", "list").returncode, call("takes").returncode) == (0, 0)
    recorded = call("rehearse", LENS, "--no-screen", "--audio", str(jfk), "--speed", "20")
    assert recorded.returncode == 3
    assert str(tmp_path / "file") in recorded.stderr
    assert "Traceback" not in recorded.stderr


def test_many_answers_are_marked_in_one_call(real: Real) -> None:
    """The labelled answers of the shipped scenarios go through, each with the verdicts of its own scenario."""
    answers = Path(__file__).parents[1] / "answers" / "dev.jsonl"
    lens = [line for line in answers.read_text().splitlines() if f'"scenario": "{LENS}"' in line]
    done = real("check", "--jsonl", "-", stdin="\n".join(lens))
    assert (done.code, done.err) == (0, "")
    marked = [json.loads(line) for line in done.out.splitlines()]
    assert [one["id"] for one in marked] == [json.loads(line)["id"] for line in lens]
    verdicts = {verdict for one in marked for verdict in one["elements"].values()}
    assert verdicts <= {"met", "near", "missing", "unknown"}
    assert len(marked[0]["elements"]) == 7


def test_a_latin_1_terminal_gets_ascii() -> None:
    """A locale without our signs is no reason to fail: ASCII stands for them."""
    done = subprocess.run(
        [sys.executable, "-m", "pmrehearse", "check", LENS, "--text", "our primary metric is naïve 漢字"],
        env=os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
        timeout=WITHIN_S,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"Three-Phase Impact Lens")


@pytest.mark.sound
def test_the_doctor_hears_a_microphone(real: Real, virtual_mic: VirtualMic, tmp_path: Path) -> None:
    """A tone at −12 dB of full scale is heard at about that level; muted, the microphone is a fault."""
    tone = tmp_path / "tone.wav"
    samples = 0.25 * np.sin(2 * np.pi * 437.3 * np.arange(48_000 * 60) / 48_000)
    soundfile.write(tone, samples, 48_000)
    assert json.loads(real("devices", "--json").out)["devices"]
    virtual_mic.play(tone, steadily=True)
    heard = re.search(r"loudest (-\d+) dB of full scale", real("doctor").out)
    assert heard is not None
    assert int(heard[1]) == pytest.approx(-12, abs=2)
    virtual_mic.mute(on=True)
    called = real("doctor")
    assert called.code == 3
    assert "gives exact silence" in called.out
