"""What the commands say of this computer: doctor, microphones, checkpoints, places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmrehearse.errors import AudioSystemError, MicrophoneError
from pmrehearse.session import events as told
from pmrehearse.speech.speed import Cost, Speed
from tests.cli.fakes import Device

if TYPE_CHECKING:
    from tests.cli.conftest import Caller


def health(out: str) -> dict[str, str]:
    """How it stands with each thing that doctor looked at."""
    return {one["subject"]: one["health"] for one in json.loads(out)["examined"]}


def test_doctor_finds_a_computer_well(call: Caller) -> None:
    """Everything is looked at, each with a word and a sentence; 0."""
    called = call("doctor", "--json")
    assert called.code == 0
    found = health(called.out)
    assert list(found) == "software sound microphone checkpoint speed judge disk library terminal".split()
    assert {found[name] for name in ("software", "sound", "microphone", "checkpoint", "library")} == {"ok"}
    assert "say something" in called.err
    assert call.program.conductors[0].asked == ["close"]


def test_doctor_reads_well(call: Caller) -> None:
    """As text: a glyph, a word, what was found; what to do below; the sum at the end."""
    out = call("doctor").out
    assert "✓ ok      microphone  Microphone: loudest -12 dB of full scale.\n" in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("peak_dbfs", "health_word", "remedy"),
    [(-120.0, "fault", "muted"), (-70.0, "warning", "Speak"), (0.0, "warning", "turn the input level down")],
)
def test_doctor_judges_the_level(call: Caller, peak_dbfs: float, health_word: str, remedy: str) -> None:
    """Exact silence is a fault, too quiet and too loud are warnings, each with what to do."""
    call.program.peak_dbfs = peak_dbfs
    called = call("doctor", "--json")
    (microphone,) = [one for one in json.loads(called.out)["examined"] if one["subject"] == "microphone"]
    assert microphone["health"] == health_word
    assert remedy in microphone["remedy"]
    assert called.code == (3 if health_word == "fault" else 0)


def test_doctor_measures_the_machine_once(call: Caller) -> None:
    """It says which checkpoints keep up; what is remembered is not measured again, unless that is asked for."""
    called = call("doctor", "--json")
    (speed,) = [one for one in json.loads(called.out)["examined"] if one["subject"] == "speed"]
    assert speed["found"] == (
        "whisper-int8 on the processor: 0.09 s of work for a second of speech with base.en. "
        "Keep up: tiny.en, base.en, small.en; too slow here: medium.en."
    )
    assert "Measuring" in called.err
    assert "Measuring" not in call("doctor").err
    assert "Measuring" in call("doctor", "--measure").err


def test_doctor_on_a_slow_machine(call: Caller) -> None:
    """Where base.en does not keep up: a warning, and what happens then."""
    call.program.speeds.speed = Speed("whisper", "cpu", Cost(6.0, 0.2))
    (speed,) = [one for one in json.loads(call("doctor", "--json").out)["examined"] if one["subject"] == "speed"]
    assert speed["health"] == "warning"
    assert "Keep up: none; too slow here: tiny.en, base.en, small.en, medium.en" in speed["found"]
    assert "Nothing is lost" in speed["remedy"]


def test_doctor_says_why_there_is_no_judge(call: Caller) -> None:
    """Rules alone are a warning with its reason, not a fault."""
    call.program.judging.switch_off()
    called = call("doctor", "--json")
    assert health(called.out)["judge"] == "warning"
    assert called.code == 0


def test_doctor_without_portaudio(call: Caller) -> None:
    """The missing library is one fault with its remedy, the rest is looked at all the same; 3."""
    call.program.microphones = AudioSystemError("PortAudio is missing.", "Install libportaudio2.")
    called = call("doctor", "--json")
    assert called.code == 3
    found = health(called.out)
    assert found["sound"] == "fault"
    assert "microphone" not in found
    assert found["checkpoint"] == "ok"


def test_doctor_with_a_microphone_that_is_refused(call: Caller) -> None:
    """What the recorder says is the fault."""
    call.program.on_look = lambda conductor: conductor.tell(told.SessionFailed("It is busy.", "Close the other.", 3))
    (microphone,) = [
        one for one in json.loads(call("doctor", "--json").out)["examined"] if one["subject"] == "microphone"
    ]
    assert (microphone["found"], microphone["remedy"]) == ("It is busy.", "Close the other.")


def test_doctor_without_a_checkpoint_or_a_library(call: Caller, tmp_path: Path) -> None:
    """No checkpoint is a warning with the command that helps; a file in the library's place is a fault."""
    del call.program.checkpoints.here["base.en"]
    (tmp_path / "file").write_text("")
    called = call("--library", str(tmp_path / "file" / "takes"), "doctor", "--json")
    assert called.code == 3
    found = {one["subject"]: one for one in json.loads(called.out)["examined"]}
    assert "pmrehearse model fetch base.en" in found["checkpoint"]["remedy"]
    assert found["library"]["health"] == "fault"


def test_microphones_are_listed(call: Caller) -> None:
    """By name, with the system's default marked."""
    call.program.microphones = (Device("Desk \x1b[31mmic"), Device("Headset", is_default=True))
    called = call("devices")
    assert "Headset" in called.out
    assert "the system's default" in called.out
    assert "\x1b" not in called.out
    assert json.loads(call("devices", "--json").out)["devices"][1] == {"name": "Headset", "is_default": True}


@pytest.mark.parametrize("microphones", [(), MicrophoneError("There is no microphone.", "Connect one.")])
def test_no_microphone_ends_with_3(call: Caller, microphones: tuple[Device, ...] | MicrophoneError) -> None:
    """A sentence and what to do."""
    call.program.microphones = microphones
    called = call("devices")
    assert (called.code, called.out) == (3, "")
    assert called.err.startswith("pmrehearse: There is no microphone.\n            Connect one")


def test_checkpoints_are_listed(call: Caller) -> None:
    """Those here with their notes, those that can be fetched with their size; the usual one is marked."""
    out = call("model", "list").out
    assert "base.en         145 MB  here, the usual one\n" in out
    assert "demo-voice      1.0 MB  here, demo voice: knows the demo answers only\n" in out
    assert "small.en        483 MB  to fetch\n" in out
    assert "`pmrehearse model fetch NAME` downloads one" in out
    listed = json.loads(call("model", "list", "--json").out)
    assert listed["usual"] == "base.en"
    assert "base.en" not in [one["name"] for one in listed["fetchable"]]


def test_a_checkpoint_is_fetched_imported_and_removed(call: Caller, tmp_path: Path) -> None:
    """Each says what was done, and the size before it is fetched."""
    fetched = call("model", "fetch", "small.en")
    assert "about 483 MB" in fetched.err
    assert fetched.out == "small.en is ready: /cache/small.en.pt, 145 MB.\n"
    imported = call("model", "import", str(tmp_path / "mine.pt"), "--json")
    assert json.loads(imported.out)["name"] == "mine"
    assert call("model", "remove", "mine").out.startswith("mine is deleted")
    assert call("model", "remove", "mine").code == 3


def test_places_are_told(call: Caller, own_places: Path) -> None:
    """Each with its path in one piece, however long, and the variable that moves it."""
    assert f"takes          {own_places / 'library'}  (PMREHEARSE_LIBRARY)\n" in call("paths").out
    told_places = {one["name"]: one for one in json.loads(call("paths", "--json").out)["places"]}
    assert told_places["imported"]["variable"] == "PMREHEARSE_CHECKPOINTS_DIR"
    assert told_places["logs"]["path"] == str(own_places / "state_dir")
    assert Path(told_places["scenarios"]["path"]).is_dir()
