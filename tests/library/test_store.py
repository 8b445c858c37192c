"""Takes as files."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmrehearse.audio.events import GapMarked
from pmrehearse.errors import LibraryError, UsageError
from pmrehearse.library.corrections import Corrections
from pmrehearse.library.store import TakeStore
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.rehearsal.log import CueShown, PauseTaken, PhaseStart, RunLog
from pmrehearse.scenario.model import Origin, Scenario
from pmrehearse.speech.events import SpeechOptions
from pmrehearse.speech.segments import Segment, Span, Transcript, TranscriptSource, Word, typed_transcript
from tests.library.making import NOW, heard, spoken

OPTIONS = SpeechOptions("base.en", "whisper-int8", "cpu", 2, "en")


def _full(take: Take) -> Take:
    """The take with something in every field."""
    log = RunLog(
        phases=(PhaseStart("open", 0), PhaseStart("close", 700_000)),
        cues=(CueShown("And then?", 960_000), CueShown("Which one?", 1_000_000, "ideas")),
        pauses=(PauseTaken(800_000, 12.25),),
        marks=(5, 900_001),
    )
    return replace(
        take,
        status=TakeStatus.TRANSCRIBED,
        n_samples=1_900_000,
        log=log,
        gaps=(GapMarked(640_000, 8_000, "the microphone was gone"),),
        ended="limit",
        name="Third try – better",
        tags=("mock", "ünïcode"),
    )


def test_a_take_comes_back_as_it_was_saved(store: TakeStore, scenario: Scenario) -> None:
    """Every field of a take survives the disk; the scenario's copy says that it is one."""
    take = _full(store.create(scenario, "Yeti (USB)", OPTIONS, NOW))
    store.save(take)
    assert store.load(take.id) == replace(take, scenario=replace(scenario, origin=Origin.TAKE))


def test_a_new_take_is_known_by_time_and_scenario(store: TakeStore, scenario: Scenario) -> None:
    """The folder says when it was made, in UTC, and what was rehearsed."""
    here = NOW.astimezone(timezone(timedelta(hours=9)))
    take = store.create(scenario, "", None, here)
    assert take.id.startswith("2026-11-22T09-31-05Z_mine_first-drill_")
    assert (store.take_ids(), take.started_at) == ((take.id,), NOW)


def test_takes_of_one_second_have_folders_of_their_own(store: TakeStore, scenario: Scenario) -> None:
    """Forty takes made at the same time are forty folders."""
    made = {store.create(scenario, "", None, NOW).id for _ in range(40)}
    assert set(store.take_ids()) == made
    assert len(made) == 40


def test_nobody_else_reads_a_take(store: TakeStore, scenario: Scenario) -> None:
    """Under a umask of 0 folders are 0700 and files 0600, however a file came to be."""
    before = os.umask(0)
    try:
        take = store.create(scenario, "", OPTIONS, NOW)
        store.append_segment(take.id, spoken("our metric is retention"))
        store.save(take)
        store.set_transcript(take.id, typed_transcript("our metric"))
        store.set_corrections(take.id, store.corrections(take.id))
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [store.root, *store.root.rglob("*")]}
    assert {path for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == set()
    assert len(modes) == 6


@pytest.mark.parametrize(
    "take_id",
    [
        "..",
        "../..",
        "",
        ".",
        "/etc",
        "nul",
        "2026-11-22T09-31-05Z_x_k3f9/../..",
        "2026-11-22T09-31-05Z_x_k3f9\n",
        "2026-11-22T09-31-05Z_../../x_k3f9",
        "2026-13-45T09-31-05Z_x_k3f9",
        "2026-11-22T09-31-05Z_x_K3F9",
        "\x00",
        "a" * 5000,
        "2026-11-22T09-31-05Z_unknown_aaaa",
    ],
)
def test_an_id_that_is_none_reaches_no_file(store: TakeStore, take_id: str) -> None:
    """Whatever is asked for, only a take of the library is opened, and nothing is deleted."""
    for deed in (store.load, store.transcript, store.audio_path, store.delete, store.corrections):
        with pytest.raises(UsageError, match="no take"):
            deed(take_id)


def test_a_link_out_of_the_library_is_no_take(store: TakeStore, scenario: Scenario, tmp_path: Path) -> None:
    """A folder that is a link is neither listed nor opened nor deleted."""
    other = TakeStore(tmp_path / "other")
    take = other.create(scenario, "", None, NOW)
    store.root.mkdir()
    (store.root / take.id).symlink_to(other.folder(take.id), target_is_directory=True)
    assert store.take_ids() == ()
    with pytest.raises(UsageError):
        store.delete(take.id)
    assert other.take_ids() == (take.id,)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(scenario_id=st.text(max_size=200))
def test_a_hostile_scenario_id_makes_a_plain_folder(store: TakeStore, scenario: Scenario, scenario_id: str) -> None:
    """Whatever a scenario calls itself, its take is a folder directly in the library."""
    take = store.create(replace(scenario, id=scenario_id), "", None, NOW)
    assert store.folder(take.id).parent == store.root
    assert take.id in store.take_ids()
    assert take.id.isascii()


HOSTILE = "\x1b]52;c;SEVMTE8=\x07\x9b31m\u202egnp.exe [@click=app.quit]x[/] </script>"


def test_hostile_texts_come_back_cleaned(store: TakeStore, scenario: Scenario) -> None:
    """Escapes, C1 bytes and direction marks in names, devices, tags, reasons and words do not come back."""
    take = store.create(scenario, HOSTILE, None, NOW)
    gaps = (GapMarked(0, 1, HOSTILE),)
    log = RunLog(cues=(CueShown(HOSTILE, 1),))
    store.save(replace(take, name=HOSTILE, tags=(HOSTILE,), gaps=gaps, log=log))
    store.append_segment(take.id, Segment(0.0, 1.0, (Word(HOSTILE, 0.0, 1.0, 1.0),), checkpoint=HOSTILE))
    kept = store.load(take.id)
    segment = store.transcript(take.id).segments[0]
    texts = [kept.device, kept.name, *kept.tags, kept.gaps[0].reason, kept.log.cues[0].say]
    for text in [*texts, segment.words[0].text, segment.checkpoint]:
        assert not set(text) & set("\x1b\x07\x9b\u202e")
        assert "[@click=app.quit]x[/] </script>" in text


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\x00" * 400, b'{"format": 1}', b"[" * 100_000])
def test_a_damaged_take_file_is_an_error_and_no_more(store: TakeStore, scenario: Scenario, content: bytes) -> None:
    """The take stays listed, its transcript stays readable, and loading says what is wrong."""
    take = store.create(scenario, "", None, NOW)
    store.append_segment(take.id, spoken("our metric is retention"))
    (store.folder(take.id) / "take.json").write_bytes(content)
    assert store.take_ids() == (take.id,)
    assert store.transcript(take.id).text == "our metric is retention"
    with pytest.raises(LibraryError, match="damaged"):
        store.load(take.id)


def test_a_take_without_its_file_is_an_error(store: TakeStore, scenario: Scenario) -> None:
    """A folder whose take.json is gone cannot be loaded, and says so."""
    take = store.create(scenario, "", None, NOW)
    (store.folder(take.id) / "take.json").unlink()
    with pytest.raises(LibraryError, match="No such file"):
        store.load(take.id)


def _change(store: TakeStore, take: Take, **changes: object) -> None:
    path = store.folder(take.id) / "take.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"status": "done"}, "status"),
        ({"n_samples": -1}, "n_samples"),
        ({"started_at": "2026-11-22T09:31:05"}, "started_at"),
        ({"colour": "red"}, "colour"),
        ({"gaps": [{"at_sample": 1, "n_samples": "x"}]}, "gaps.0.n_samples"),
    ],
)
def test_a_file_of_a_wrong_shape_names_the_place(
    store: TakeStore, scenario: Scenario, changes: dict[str, object], complaint: str
) -> None:
    """The error names the first key that is wrong."""
    take = store.create(scenario, "", None, NOW)
    _change(store, take, **changes)
    with pytest.raises(LibraryError, match=complaint):
        store.load(take.id)


def test_a_later_format_is_refused_and_left_alone(store: TakeStore, scenario: Scenario) -> None:
    """A take of a later version is not misread; what to do is said."""
    take = store.create(scenario, "", None, NOW)
    _change(store, take, format=2, new_key=[1])
    with pytest.raises(LibraryError, match="later version") as caught:
        store.load(take.id)
    assert "Update" in caught.value.hint


def test_an_earlier_file_that_lacks_keys_is_read(store: TakeStore, scenario: Scenario) -> None:
    """Only what makes a take must be there; the rest has its defaults."""
    take = store.create(scenario, "", None, NOW)
    path = store.folder(take.id) / "take.json"
    whole = json.loads(path.read_text())
    path.write_text(json.dumps({key: whole[key] for key in ("format", "scenario", "started_at", "status")}))
    assert store.load(take.id) == replace(take, scenario=replace(scenario, origin=Origin.TAKE))


def test_a_scenario_copy_that_is_unreadable_is_named(store: TakeStore, scenario: Scenario) -> None:
    """When the copy cannot be used, the take's file can still be read for lists."""
    take = store.create(replace(scenario, source_toml="id = ["), "", None, NOW)
    with pytest.raises(LibraryError, match="scenario's copy"):
        store.load(take.id)
    assert store.shape(take.id).scenario.title == "First drill"


def test_later_edits_of_the_scenario_change_no_take(store: TakeStore, scenario: Scenario) -> None:
    """A take keeps the text and the digest of what was rehearsed."""
    take = store.create(scenario, "", None, NOW)
    kept = store.load(take.id).scenario
    assert (kept.source_toml, kept.digest) == (scenario.source_toml, scenario.digest)


def test_a_deleted_take_leaves_nothing(store: TakeStore, scenario: Scenario) -> None:
    """Sound, files and folder go."""
    take = store.create(scenario, "", None, NOW)
    store.audio_path(take.id).write_bytes(b"x" * 1000)
    store.delete(take.id)
    assert store.take_ids() == ()
    assert [path.name for path in store.root.iterdir()] == [".lock"]


def test_a_deletion_that_was_cut_short_is_ended_later(store: TakeStore, scenario: Scenario) -> None:
    """A take that was being deleted is none, and its rest is swept away."""
    take = store.create(scenario, "", None, NOW)
    store.folder(take.id).rename(store.root / f".deleting-{take.id}-abcd")
    assert store.take_ids() == ()
    store.sweep()
    assert [path.name for path in store.root.iterdir()] == [".lock"]


class _Ear:
    """Notes what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def take_saved(self, take: Take) -> None:
        """Note it."""
        self.heard.append(f"saved {take.status}")

    def take_changed(self, take_id: str) -> None:
        """Note it."""
        self.heard.append(f"changed {len(take_id)}")

    def take_deleted(self, take_id: str) -> None:
        """Note it."""
        self.heard.append(f"deleted {len(take_id)}")


def test_changes_are_told(scenario: Scenario, tmp_path: Path) -> None:
    """Whoever keeps an index hears of each take that changed, but not of each segment."""
    ear = _Ear()
    store = TakeStore(tmp_path, ear)
    take = store.create(scenario, "", None, NOW)
    store.append_segment(take.id, spoken("one two"))
    store.save(replace(take, status=TakeStatus.RECORDED))
    store.set_transcript(take.id, heard())
    store.set_corrections(take.id, Corrections())
    store.delete(take.id)
    n = len(take.id)
    assert ear.heard == ["saved recording", "saved recorded", f"changed {n}", f"changed {n}", f"deleted {n}"]


def test_sound_is_found_under_either_name(store: TakeStore, scenario: Scenario) -> None:
    """The WAV is recorded into; a FLAC is found when there is no WAV."""
    take = store.create(scenario, "", None, NOW)
    folder = store.folder(take.id)
    assert (store.audio_path(take.id), store.find_audio(take.id)) == (folder / "audio.wav", None)
    (folder / "audio.flac").write_bytes(b"fLaC")
    assert store.audio_path(take.id) == store.find_audio(take.id) == folder / "audio.flac"


def test_a_disk_that_refuses_is_told(store: TakeStore, scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is a LibraryError that names the place and what to do; the old file stands."""
    take = store.create(scenario, "", None, NOW)
    before = (store.folder(take.id) / "take.json").read_bytes()

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(LibraryError, match="No space left on device") as caught:
        store.save(replace(take, name="new"))
    monkeypatch.undo()
    assert (store.folder(take.id) / "take.json").read_bytes() == before
    assert caught.value.hint


def test_a_library_that_cannot_be_made_is_told(tmp_path: Path, scenario: Scenario) -> None:
    """A file where the folder should be is a LibraryError."""
    (tmp_path / "recordings").write_text("")
    with pytest.raises(LibraryError):
        TakeStore(tmp_path / "recordings").create(scenario, "", None, NOW)


TIMES = st.floats(0, 6000, allow_nan=False).map(lambda value: round(value, 4))
WORDS = st.builds(
    Word,
    st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=12),
    TIMES,
    TIMES,
    st.floats(0, 1, allow_nan=False) | st.none(),
)


@st.composite
def segments(draw: st.DrawFn) -> list[Segment]:
    """Segments that follow one another."""
    made, at_s = [], 0.0
    for words in draw(st.lists(st.lists(WORDS, max_size=6), max_size=8)):
        at_s += draw(st.floats(0, 5))
        end_s = at_s + draw(st.floats(0.1, 26))
        made.append(Segment(at_s, end_s, tuple(words), (Span(at_s, end_s),), "base.en", draw(st.booleans())))
        at_s = end_s
    return made


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parts=segments())
def test_segments_come_back_as_they_were_added(store: TakeStore, scenario: Scenario, parts: list[Segment]) -> None:
    """Whatever was recognised is read again exactly; the take's status says whether it is whole."""
    take = store.create(scenario, "", None, NOW)
    for part in parts:
        store.append_segment(take.id, part)
    source = TranscriptSource.HEARD if parts else TranscriptSource.NONE
    assert store.transcript(take.id) == Transcript(tuple(parts), source, complete=False)
    store.save(replace(take, status=TakeStatus.TRANSCRIBED))
    assert store.transcript(take.id) == Transcript(tuple(parts), TranscriptSource.HEARD, complete=True)


@pytest.mark.parametrize(
    "transcript",
    [
        Transcript(),
        typed_transcript(""),
        typed_transcript("we split, in half"),
        heard(spoken("one two"), spoken("x", 9)),
    ],
)
def test_a_transcript_that_was_set_comes_back(store: TakeStore, scenario: Scenario, transcript: Transcript) -> None:
    """Typed, heard or none: the transcript is read as it was given, whatever stood there before."""
    take = store.create(scenario, "", None, NOW, status=TakeStatus.RECORDED)
    store.append_segment(take.id, spoken("what stood there before"))
    store.set_transcript(take.id, transcript)
    assert store.transcript(take.id) == transcript


@pytest.mark.parametrize("cut", [1, 5, 40, 90])
def test_a_torn_last_line_is_left_out(store: TakeStore, scenario: Scenario, cut: int) -> None:
    """After a power cut the whole lines are read, the transcript is not called complete, and goes on cleanly."""
    take = store.create(scenario, "", None, NOW)
    first, second, third = spoken("one two"), spoken("three four", 2.0), spoken("five", 4.0)
    store.append_segment(take.id, first)
    store.append_segment(take.id, second)
    path = store.folder(take.id) / "transcript.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    store.save(replace(take, status=TakeStatus.TRANSCRIBED))
    kept = (first,) if cut > 1 else (first, second)
    assert store.transcript(take.id) == Transcript(kept, TranscriptSource.HEARD, complete=cut == 1)
    store.append_segment(take.id, third)
    assert store.transcript(take.id).segments == (*kept, third)


@pytest.mark.parametrize(
    "tail", [b"\x00" * 300, b'{"start_s": 1', b"\xff\xfe\x00", b"null\n", b"9" * 5000, b"[" * 9999]
)
def test_rubbish_after_the_transcript_costs_no_word(store: TakeStore, scenario: Scenario, tail: bytes) -> None:
    """What a file system leaves behind a cut is passed over, and what is added later is read."""
    take = store.create(scenario, "", None, NOW)
    store.append_segment(take.id, spoken("one two"))
    with (store.folder(take.id) / "transcript.jsonl").open("ab") as file:
        file.write(tail)
    assert store.transcript(take.id).text == "one two"
    store.append_segment(take.id, spoken("three", 3.0))
    assert store.transcript(take.id).text == "one two three"


def test_a_stretch_that_was_heard_twice_is_kept_once(store: TakeStore, scenario: Scenario) -> None:
    """A recogniser that was started again does not double what was said."""
    take = store.create(scenario, "", None, NOW)
    for part in (spoken("one two"), spoken("three", 4.0), spoken("one, two"), spoken("five", 6.0)):
        store.append_segment(take.id, part)
    assert store.transcript(take.id).text == "one two three five"


def test_a_take_without_transcript_has_an_empty_one(store: TakeStore, scenario: Scenario) -> None:
    """No file is no error: the take waits."""
    take = store.create(scenario, "", None, NOW)
    assert store.transcript(take.id) == Transcript()
