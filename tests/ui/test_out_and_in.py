"""Do takes go out as files and come in from files, on the screens?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from pmrehearse.errors import AudioFileError
from pmrehearse.library.rows import TakeFilter
from pmrehearse.library.take import TakeStatus
from pmrehearse.ui.folders import Entry, listing
from pmrehearse.ui.practice_requests import AtProgress
from pmrehearse.ui.requests import AtReport
from pmrehearse.ui.screens.dialog import Ask, Trouble
from pmrehearse.ui.screens.export import Export
from pmrehearse.ui.screens.file_picker import FilePicker
from pmrehearse.ui.screens.history import History
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.pick import Pick
from pmrehearse.ui.screens.progress import ProgressPage
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.screens.waiting import WaitingTake
from pmrehearse.ui.screens.working import Working
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.path_field import PathField
from tests.ui import samples
from tests.ui.conftest import Walk, walking
from tests.ui.fakes import FakeProgram, FakeRow
from tests.ui.progress_samples import practise

if TYPE_CHECKING:
    from pathlib import Path

NAME = samples.TAKE


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program is called in a folder of the user's home."""
    folder = tmp_path / "answers"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(folder)
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _path(walk: Walk) -> str:
    return walk.screen.query_one(PathField).value


async def _to(walk: Walk, text: str) -> None:
    walk.screen.query_one(PathField).put(text)
    await walk.pilot.pause()


async def _export(walk: Walk) -> None:
    await walk.until_shown("2 of 7 met")
    await walk.press("E")
    await walk.until_on(Export)


# ---------------------------------------------------------------------- out


async def test_a_report_is_written_where_the_program_was_called(program: FakeProgram, here: Path) -> None:
    """`E`, Enter: what the command writes, and it is said where it stands."""
    async with walking(program, AtReport(samples.TAKE)) as walk:
        await _export(walk)
        assert _path(walk) == f"~/answers/{NAME}.md"
        await walk.press("enter")
        await walk.until_on(ReportPage)
        await walk.until_shown("Written")
    assert (here / f"{NAME}.md").read_text() == program.exporter.text(samples.TAKE, "md")


async def test_the_path_ends_as_the_format_does(program: FakeProgram, here: Path) -> None:
    """While one goes through the formats, a name of one's own stays; a name without a known end is left alone."""
    async with walking(program, AtReport(samples.TAKE)) as walk:
        await _export(walk)
        await walk.press("j", "j")
        assert _path(walk) == f"~/answers/{NAME}.srt"
        await _to(walk, "~/answers/coach.srt")
        await walk.press("j")
        assert _path(walk) == "~/answers/coach.vtt"
        await _to(walk, "~/answers/coach")
        await walk.press("j")
        assert _path(walk) == "~/answers/coach"
        await walk.press("enter")
        await walk.until_on(ReportPage)
    assert (here / "coach").read_text() == program.exporter.text(samples.TAKE, "txt")


async def test_a_page_can_leave_the_sound_out(program: FakeProgram, here: Path) -> None:
    """The last of the formats is the page without it; a typed take has no such choice."""
    async with walking(program, AtReport(samples.TAKE)) as walk:
        await _export(walk)
        await walk.press("G", "enter")
        await walk.until_on(ReportPage)
    assert (here / f"{NAME}.html").read_text() == program.exporter.text(samples.TAKE, "html", with_sound=False)


async def test_a_file_that_is_there_is_kept_unless_told_otherwise(program: FakeProgram, here: Path) -> None:
    """Escape keeps it and leads back to the path; the letter replaces it."""
    path = here / f"{NAME}.md"
    path.write_text("mine")
    async with walking(program, AtReport(samples.TAKE)) as walk:
        await _export(walk)
        await walk.press("enter")
        await walk.until_on(Ask)
        await walk.press("escape")
        await walk.until_on(Export)
        assert path.read_text() == "mine"
        assert walk.screen.query_one(PathField).has_focus
        await walk.press("enter")
        await walk.until_on(Ask)
        await walk.press("r")
        await walk.until_on(ReportPage)
    assert path.read_text() == program.exporter.text(samples.TAKE, "md")


async def test_a_failing_write_is_told_where_the_path_stands(program: FakeProgram, here: Path) -> None:
    """The dialog stays, another place can be named, and nothing is left behind."""
    async with walking(program, AtReport(samples.TAKE)) as walk:
        await _export(walk)
        await _to(walk, "~/gone/report.md")
        await walk.press("enter")
        await walk.until_shown("cannot be written: No such file or")
        await _to(walk, "~/answers/report.md")
        await walk.press("enter")
        await walk.until_on(ReportPage)
    assert _names(here) == ["report.md"]


async def test_what_cannot_be_subtitles_is_told(program: FakeProgram, here: Path) -> None:
    """A typed take has no times; its page is offered without a word of sound."""
    program.reviewer.reports[samples.TAKE] = samples.typed_report("our metric is retention")
    async with walking(program, AtReport(samples.TAKE)) as walk:
        await walk.until_shown("a typed text")
        await walk.press("E")
        await walk.until_on(Export)
        assert "without the sound" not in walk.text()
        await walk.press("j", "j", "enter")
        await walk.until_shown("! ")
        await walk.press("escape")
        await walk.until_on(ReportPage)
    assert _names(here) == []


async def test_the_takes_of_the_list_become_a_table(program: FakeProgram, here: Path) -> None:
    """In the list of takes, the take under the cursor and all that are listed are offered; of a filter, those."""
    program.library.takes.append(FakeRow("board", "writer/whiteboard", "Whiteboard"))
    async with walking(program) as walk:
        await walk.until_shown("Last takes")
        await walk.press("h")
        await walk.until_shown("3 takes")
        await walk.press("E")
        await walk.until_on(Export)
        await walk.until_shown("All 3 takes")
        await walk.press("G")
        assert _path(walk) == "~/answers/takes.csv"
        await walk.press("enter")
        await walk.until_on(History)
        assert len((here / "takes.csv").read_text().splitlines()) == 1 + 3
        await walk.press("f")
        await walk.until_on(Pick)
        await walk.press("G", "enter")
        await walk.until_shown("Whiteboard · 1 take")
        await walk.press("E")
        await walk.until_shown("The 1 take of this list")
        await _to(walk, "~/answers/boards.csv")
        await walk.press("G", "enter")
        await walk.until_on(History)
    (line,) = (here / "boards.csv").read_text().splitlines()[1:]
    assert line.startswith("board,")


async def test_the_takes_of_a_scenario_become_a_table(program: FakeProgram, here: Path) -> None:
    """On the progress of all, all takes; of a scenario, its takes."""
    practise(program)
    n_all, n_lens = len(program.library.takes), len(program.library.rows(TakeFilter(scenario_id=samples.LENS)))
    async with walking(program, AtProgress(samples.LENS)) as walk:
        await walk.until_shown("takes · ")
        await walk.press("E")
        await walk.until_shown("All takes of Three-Phase Impact Lens")
        await walk.press("enter")
        await walk.until_on(ProgressPage)
        assert len((here / "takes.csv").read_text().splitlines()) == 1 + n_lens
        await walk.press("g", "E")
        await walk.until_on(Export)
        await _to(walk, "all.csv")
        await walk.press("enter")
        await walk.until_on(ProgressPage)
    assert len((here / "all.csv").read_text().splitlines()) == 1 + n_all
    assert n_lens < n_all


# ---------------------------------------------------------------------- in


async def _choose(walk: Walk, *letters: str) -> None:
    """Import the file whose name begins so, as an answer to the scenario that is looked at."""
    await walk.until_shown("Last takes")
    await walk.press("I")
    await walk.until_on(FilePicker)
    await walk.until_shown("../")
    await walk.press(*letters)
    field = walk.screen.query_one(PathField)
    await walk.press("tab")
    await walk.until(lambda: "." in field.value)
    await walk.press("enter")
    await walk.until_on(Pick)


async def test_sound_made_elsewhere_becomes_a_take(program: FakeProgram, here: Path) -> None:
    """`I`, the file (Tab completes its name), what it answers: progress, then its report."""
    (here / "memo.m4a").write_bytes(b"sound")
    program.reviewer.may_end.clear()
    async with walking(program) as walk:
        await _choose(walk, *"me")
        await walk.until_shown("What does memo.m4a answer?")
        await walk.press("enter")
        await walk.until_on(Working)
        await walk.until_shown("0:41 of 1:22")
        program.reviewer.may_end.set()
        await walk.until_on(ReportPage)
    assert program.reviewer.imported == [(here / "memo.m4a", samples.LENS, None)]


async def test_without_a_checkpoint_sound_waits(program: FakeProgram, here: Path) -> None:
    """The take is made; its page offers to fetch one."""
    (here / "memo.wav").write_bytes(b"sound")
    program.checkpoints.names = []
    async with walking(program) as walk:
        await _choose(walk, *"me")
        await walk.press("enter")
        await walk.until_on(WaitingTake)
        await walk.until_shown("There is no Whisper checkpoint")


async def test_a_transcript_brings_its_sound(program: FakeProgram, here: Path) -> None:
    """It is asked for; without sound the words alone become a take."""
    (here / "memo.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nour metric is retention\n")
    (here / "sound.ogg").write_bytes(b"sound")
    async with walking(program) as walk:
        await _choose(walk, *"me")
        await walk.press("enter")
        await walk.until_shown("Is there sound that it belongs to?")
        await walk.press("j", "enter")
        await walk.until_on(FilePicker)
        await walk.until_shown("sound.ogg")
        assert walk.screen.query_one(Menu).option_count == 2
        await walk.press("escape")
        await walk.until_shown("Is there sound that it belongs to?")
        await walk.press("j", "enter")
        await walk.until_shown("sound.ogg")
        await walk.press("down", "enter")
        await walk.until_on(ReportPage)
        await walk.press("escape")
        await walk.until_on(Home)
        await _choose(walk, *"me")
        await walk.press("enter")
        await walk.until_shown("Is there sound that it belongs to?")
        await walk.press("escape")
        await walk.until_shown("What does memo.srt answer?")
        await walk.press("enter")
        await walk.until_shown("Is there sound that it belongs to?")
        await walk.press("enter")
        await walk.until_on(ReportPage)
    assert [audio for _, _, audio in program.reviewer.imported] == [here / "sound.ogg", None]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("memo.flac", "", "memo.flac holds no sound"),
        ("memo.srt", "no times", "Nothing is said in memo.srt."),
        ("memo.json", "{}", "memo.json is no JSON of a Whisper program."),
    ],
)
async def test_a_damaged_file_is_told(program: FakeProgram, here: Path, name: str, text: str, told: str) -> None:
    """In the command's words, and back where it was asked for; no take is made."""
    (here / name).write_text(text)
    program.reviewer.import_error = AudioFileError("memo.flac holds no sound that can be read.", "Give a file in WAV.")
    async with walking(program) as walk:
        await _choose(walk, *"me")
        await walk.press("enter")
        if not name.endswith("flac"):
            await walk.until_shown("Is there sound that it belongs to?")
            await walk.press("enter")
        await walk.until_on(Trouble)
        await walk.until_shown(told)
        await walk.press("enter")
        await walk.until_on(Home)
    assert program.reviewer.imported == []


async def test_an_import_can_be_left(program: FakeProgram, here: Path) -> None:
    """Escape leads back at once; what was copied waits."""
    (here / "memo.wav").write_bytes(b"sound")
    program.reviewer.may_end.clear()
    async with walking(program) as walk:
        await _choose(walk, *"me")
        await walk.press("enter")
        await walk.until_on(Working)
        await walk.until_shown("0:41 of 1:22")
        await walk.press("escape")
        await walk.until_on(Home)
    assert program.reviewer.reports[samples.WAITING].take.status is not TakeStatus.TRANSCRIBED


async def test_leaving_leads_back_a_step(program: FakeProgram, here: Path) -> None:
    """From the scenarios to the file, with its path; from there to where it was asked for."""
    (here / "memo.wav").write_bytes(b"sound")
    async with walking(program) as walk:
        await _choose(walk, *"me")
        await walk.press("escape")
        await walk.until_on(FilePicker)
        assert _path(walk) == "~/answers/memo.wav"
        await walk.press("escape")
        await walk.until_on(Home)


async def test_folders_are_walked_through(program: FakeProgram, here: Path) -> None:
    """Arrows and Enter lead into folders and up again; what is no sound and no transcript is not listed."""
    (here / "rounds").mkdir()
    (here / "rounds" / "one.opus").write_bytes(b"sound")
    (here / "letter.pdf").write_bytes(b"no sound")
    async with walking(program) as walk:
        await walk.until_shown("Last takes")
        await walk.press("h")
        await walk.until_on(History)
        await walk.press("I")
        await walk.until_on(FilePicker)
        await walk.until_shown("rounds/")
        assert "letter.pdf" not in walk.text()
        await walk.press("down", "enter")
        await walk.until_shown("one.opus")
        assert _path(walk) == "~/answers/rounds/"
        await walk.press("g", "enter")
        await walk.until_shown("rounds/  ")
        field = walk.screen.query_one(PathField)
        field.focus()
        await _to(walk, "~/answers/zebra.wav")
        await walk.press("enter")
        await walk.until_shown("~/answers/zebra.wav cannot be found.")
        await _to(walk, "~/answers/rounds")
        await walk.press("enter")
        await walk.until_shown("one.opus")
        await walk.until(lambda: walk.screen.query_one(Menu).option_count == 2)
        await walk.pilot.click(Menu, offset=(3, 1))
        await walk.until_on(Pick)
        await walk.until_shown("What does one.opus answer?")


# ---------------------------------------------------------------------- paths


def test_a_path_is_completed_as_in_a_shell(here: Path) -> None:
    """As far as there is one way to go on; case does not matter; hidden files are asked for by their dot."""
    for name in ("round-one.wav", "round-two.wav", "Notes.txt", ".hidden.wav"):
        (here / name).write_text("x")
    (here / "folder").mkdir()
    assert [entry.name for entry in listing("").entries] == ["folder", "Notes.txt", "round-one.wav", "round-two.wav"]
    assert listing("~/answers/ro").completed == "~/answers/round-"
    assert listing("~/answers/round-").completed == "~/answers/round-"
    assert listing("~/answers/round-t").completed == "~/answers/round-two.wav"
    assert listing("notes").completed == "Notes.txt"
    assert listing("fo").completed == "folder/"
    assert listing("zebra").completed == "zebra"
    assert listing(".h", (".wav",)).entries == (Entry(".hidden.wav", is_folder=False, n_bytes=1),)
    assert [entry.name for entry in listing("", (".txt",)).entries] == ["folder", "Notes.txt"]


def test_a_folder_that_cannot_be_read_is_told(here: Path) -> None:
    """A name of another kind, one that is not there, one that is no path, a home that nobody has."""
    (here / "file").write_text("x")
    assert "Not a directory" in listing("~/answers/file/").problem
    assert "No such file" in listing("~/gone/").problem
    assert listing("a\0b/").problem
    assert listing("~nobody-at-all/").problem


async def test_tab_leads_on_where_nothing_is_to_be_completed(program: FakeProgram, here: Path) -> None:
    """A path that is whole lets the focus go."""
    assert _names(here) == []
    async with walking(program, AtReport(samples.TAKE)) as walk:
        await _export(walk)
        await walk.press("tab")
        assert isinstance(walk.app.focused, Input)
        await walk.press("tab")
        await walk.until(lambda: isinstance(walk.app.focused, Menu))
