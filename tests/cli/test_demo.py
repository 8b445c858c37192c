"""The demo: which answer is played, how fast, and where its take goes."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest

from pmrehearse import places
from pmrehearse.audio.events import FileSource
from pmrehearse.cli.commands.demo import KEPT, SPEED
from pmrehearse.cli.invocation import ScreenStart
from pmrehearse.library.take import TakeStatus
from pmrehearse.session.demonstration import demonstration
from pmrehearse.speech import demo_voice
from pmrehearse.speech.events import SpeechOptions
from tests.cli.fakes import row

if TYPE_CHECKING:
    from tests.cli.conftest import Caller


def test_the_demo_goes_the_whole_way(call: Caller) -> None:
    """The strong answer stands in for the microphone; phases begin when it says; its report is the answer, and 0."""
    called = call("demo")
    assert called.code == 0
    assert called.out.startswith("Three-Phase Impact Lens")
    (conductor,) = call.program.conductors
    answer = demonstration()
    assert conductor.source == FileSource(answer.audio, SPEED)
    assert conductor.begun_at_s[1:] == [pytest.approx(at_s, abs=1.5) for at_s in answer.phases_at_s]
    assert call.program.options == [SpeechOptions(demo_voice.NAME)]


def test_the_demo_says_what_it_is(call: Caller) -> None:
    """Title, speed, what the voice knows, what is heard meanwhile: all on stderr."""
    err = " ".join(call("demo", "--weak", "--speed", "2.5").err.split())
    assert f"Demo: “{demonstration(weak=True).title}” answers Three-Phase Impact Lens." in err
    assert "weak.ogg stands in for the microphone, at 2.5 × real speed." in err
    assert "demo voice: knows the demo answers only" in err


def test_the_demo_ends_with_what_comes_next(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the report: the take's folder and the command that opens it, each whole on a line however narrow."""
    monkeypatch.setenv("COLUMNS", "40")
    lines = call("demo").err.splitlines()
    library = places.cache_dir() / "demo"
    assert len(str(library)) > 40
    assert lines[lines.index("Its take stands in") + 1] == "  audio.wav"
    opens = lines[lines.index("To open this report on the screen and hear its evidence:") + 1]
    assert shlex.split(opens) == ["pmrehearse", "--library", str(library), "show", "last", "--screen"]
    assert lines[-2:] == ["To rehearse yourself, choose a scenario:", "  pmrehearse"]
    kept = call("demo", "--keep").err.splitlines()
    assert "  pmrehearse show last --screen" in kept
    named = call("--library", "/takes of mine", "demo", "--keep").err.splitlines()
    assert "  pmrehearse --library '/takes of mine' show last --screen" in named


def test_the_demo_has_a_library_of_its_own(call: Caller) -> None:
    """Its takes are not among the user's, unless --keep is said; only the last ones stay, and none that still runs."""
    old = [row(f"old-{number}") for number in range(KEPT + 2)]
    call.program.library.takes = [row("running", status=TakeStatus.RECORDING, n_met=None), *old]
    call.program.library.takes.insert(1, row("2026-11-22T09-31-05Z_made"))
    call("demo")
    assert call.opened == [places.cache_dir() / "demo"]
    kept = [one.take_id for one in call.program.library.takes]
    assert kept == ["running", "2026-11-22T09-31-05Z_made", "old-0", "old-1", "old-2"]
    call("demo", "--keep")
    assert call.opened[1:] == [None]


def test_the_demo_as_json(call: Caller) -> None:
    """The same document as `show --json`; the words when they are asked for."""
    document = json.loads(call("demo", "--json", "--transcript").out)
    assert document["coverage"] == {"met": 1, "of": 3, "share": 0.333}
    assert document["transcript"]["segments"][0]["words"]


def test_the_demo_on_the_screen(call: Caller) -> None:
    """`--screen` opens the briefing with the answer as the microphone and the demo's voice."""
    assert call("demo", "--screen", "--speed", "1").code == 0
    answer = demonstration()
    source = FileSource(answer.audio, 1.0)
    assert call.screens == [ScreenStart(scenario_id=answer.scenario_id, source=source, checkpoint=demo_voice.NAME)]


def test_without_its_voice_the_demo_ends_with_3(call: Caller) -> None:
    """An installation without the bundled checkpoint says so."""
    del call.program.checkpoints.here[demo_voice.NAME]
    called = call("demo")
    assert (called.code, called.out) == (3, "")
    assert "demo-voice" in called.err
