"""What belongs together is wired together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmrehearse.bootstrap import Program, program
from pmrehearse.library.take import TakeStatus
from pmrehearse.remembered import FIRST_START
from pmrehearse.session.upkeep import Tidied
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.segments import Segment, Span, Word
from tests.library.making import write_wav


def test_what_was_read_while_speaking_is_not_read_again(tmp_path: Path) -> None:
    """A take that is loaded has the checks of its scenario with what they found in its first words, and those words."""
    opened: Program = program(tmp_path / "takes")
    scenario = opened.packs.find("writer/whiteboard")
    take = opened.library.store.create(scenario, "a", SpeechOptions("base.en"), datetime.now(UTC))
    words = (Word("Seven", 1 / 3, 2 / 3, 0.123456789), Word("writers,", 0.1 + 0.2, 1.0, None))
    opened.library.store.append_segment(take.id, Segment(0.0, 1.0, words, (Span(0.0, 1.0),), "base.en"))
    loaded = opened.library.open(take.id)
    assert loaded.transcript.words == words
    assert opened.checking(loaded.take.scenario) is opened.checking(scenario)
    opened.close()


@pytest.mark.parametrize(
    ("file", "variable", "judges"), [("", "off", False), ("judge = false", "", False), ("judge = false", "on", True)]
)
def test_the_judge_is_switched_off_by_settings(
    monkeypatch: pytest.MonkeyPatch, own_places: Path, file: str, variable: str, *, judges: bool
) -> None:
    """By the environment or the file, the environment first."""
    _set(own_places, file)
    monkeypatch.setenv("PMREHEARSE_JUDGE", variable)
    assert (program().judging.fingerprint() != "rules") is judges


def test_recognition_follows_the_settings(monkeypatch: pytest.MonkeyPatch, own_places: Path) -> None:
    """Checkpoint, language and engine come from the file, unless a command names a checkpoint."""
    monkeypatch.setattr("pmrehearse.speech.checkpoints.find", Checkpoint)
    assert program().speech_options(None) == SpeechOptions("base.en", "auto", "auto")
    _set(own_places, 'checkpoint = "small"\nlanguage = "de"\nengine = "whisper-int8"\n')
    assert program().speech_options(None) == SpeechOptions("small", "whisper-int8", "cpu", language="de")
    assert program().speech_options("tiny") == SpeechOptions("tiny", "whisper-int8", "cpu", language="de")
    assert program().speech_options("demo-voice") == SpeechOptions("demo-voice", language="de")


def test_takes_stand_where_the_settings_say(monkeypatch: pytest.MonkeyPatch, own_places: Path, tmp_path: Path) -> None:
    """The file's folder, unless the command line names another."""
    monkeypatch.delenv("PMREHEARSE_LIBRARY")
    _set(own_places, f'library = "{tmp_path}/takes"')
    for chosen, expected in ((None, tmp_path / "takes"), (tmp_path / "mine", tmp_path / "mine")):
        opened = program(chosen)
        opened.library.store.create(opened.packs.find("writer/whiteboard"), "a", None, datetime.now(UTC))
        assert len(list(expected.glob("*/take.json"))) == 1
        opened.close()


@pytest.mark.parametrize(("file", "variable", "n_packed"), [("", "", 1), ("keep_wav = true", "", 0), ("", "on", 0)])
def test_sound_stays_wav_where_that_is_set(
    monkeypatch: pytest.MonkeyPatch, own_places: Path, file: str, variable: str, n_packed: int
) -> None:
    """By the file or the variable; else a take a time is packed."""
    _set(own_places, file)
    monkeypatch.setenv("PMREHEARSE_KEEP_WAV", variable)
    monkeypatch.setattr("pmrehearse.library.library.Library.pack_some", lambda _library: 1)
    opened = program()
    assert opened.tidy().n_packed == n_packed
    opened.close()


def test_a_variable_that_makes_no_sense_keeps_no_wav(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whether sound is packed is decided by the settings alone: what they pass over keeps nobody from it."""
    monkeypatch.setenv("PMREHEARSE_JUDGE", "off")
    monkeypatch.setenv("PMREHEARSE_KEEP_WAV", "perhaps")
    opened = program(tmp_path / "takes")
    assert [notice.message for notice in opened.settings.notices()] == ["PMREHEARSE_KEEP_WAV: this must be on or off"]
    take = opened.library.store.create(opened.packs.find("writer/whiteboard"), "a", None, datetime.now(UTC))
    write_wav(opened.library.store.audio_path(take.id), 1_600)
    opened.library.save(replace(take, status=TakeStatus.TRANSCRIBED, n_samples=1_600))
    assert [opened.tidy(), opened.tidy()] == [Tidied(n_marked=1), Tidied(n_packed=1)]
    assert opened.library.store.audio_path(take.id).suffix == ".flac"
    opened.close()


@pytest.mark.parametrize("what", ["nothing", "shown", "set", "take"])
def test_a_first_start_is_one_before_anything_was_done(own_places: Path, what: str) -> None:
    """Once its page was shown, something was set or a take made, it is none; a folder that is not a take is nothing."""
    opened = program()
    (own_places / "library" / "README").mkdir(parents=True)
    assert opened.is_first_start
    if what == "shown":
        opened.remembered.set(FIRST_START, "seen")
    elif what == "set":
        _set(own_places, "")
    elif what == "take":
        opened.library.store.create(opened.packs.find("writer/whiteboard"), "a", None, datetime.now(UTC))
    opened.close()
    assert program().is_first_start is (what == "nothing")


def _set(own_places: Path, text: str) -> None:
    folder = own_places / "config_dir"
    folder.mkdir(exist_ok=True)
    (folder / "config.toml").write_text(text or "# nothing")
