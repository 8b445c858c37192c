"""Which screen comes after which when takes go out, come in or are looked after?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.message import Message

from pmrehearse.cleaning import clean
from pmrehearse.library.imports.reading import SOUND_SUFFIXES, SUFFIXES, is_transcript
from pmrehearse.places import home_short, outgoing_dir
from pmrehearse.ui import pages
from pmrehearse.ui.background import in_background
from pmrehearse.ui.home_parts import scenario_options
from pmrehearse.ui.navigation import Navigation
from pmrehearse.ui.requests import RunJob
from pmrehearse.ui.screens.pick import Pick
from pmrehearse.ui.take_jobs import ImportWish, TakeImport
from pmrehearse.ui.widgets.menu import choice

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.scenario.packs import Listed
    from pmrehearse.ui.library_requests import OpenExport, OpenImport

TOLD_S = 10.0
"""How long it is shown where a file was written."""
FILES = "Sound (WAV, FLAC, MP3, OGG, Opus, AIFF, M4A), or a transcript (text, SRT, VTT, Whisper's JSON)."
ALONE, WITH_SOUND = "alone", "sound"
"""The answers to whether there is sound beside a transcript."""


class ScenariosListed(Message):
    """It is known what a file can answer."""

    def __init__(self, file: Path, scenarios: tuple[Listed, ...]) -> None:
        """Carry them.

        Args:
            file: The file.
            scenarios: All of them, broken ones too.
        """
        super().__init__()
        self.file = file
        self.scenarios = scenarios


class LibraryNavigation(Navigation):
    """The screens, with those for takes that go out, come in and are looked after among them."""

    _folder = ""
    """Where the last file was taken from, as it was written; "" before the first."""
    _scenario_id = ""
    """What the file that comes in answers, most likely."""

    def on_open_library(self) -> None:
        """Show what can be done to the library as a whole."""
        self.push_screen(pages.LibraryPage(self.program))

    def on_open_export(self, message: OpenExport) -> None:
        """Ask as what and where; say where it stands."""
        self.push_screen(pages.Export(self.program, message.take, message.table), self._written)

    def _written(self, path: Path | None) -> None:
        if path is not None:
            self.notify(clean(home_short(path)), title="Written", timeout=TOLD_S, markup=False)

    # ------------------------------------------------------------------ in

    def on_open_import(self, message: OpenImport) -> None:
        """Ask for a file, for what it answers, and for the sound of a transcript."""
        self._scenario_id = message.scenario_id
        self._ask_file(self._folder or f"{home_short(outgoing_dir())}/")

    def _ask_file(self, start: str) -> None:
        picker = pages.FilePicker("Import an answer", FILES, start, (*SOUND_SUFFIXES, *SUFFIXES))
        self.push_screen(picker, self._file_chosen)

    def _file_chosen(self, file: Path | None) -> None:
        if file is not None:
            self._folder = f"{home_short(file.parent)}/"
            self._pick_scenario(file)

    def _pick_scenario(self, file: Path) -> None:
        in_background(
            self, lambda: tuple(self.program.packs.all_scenarios()), lambda found: ScenariosListed(file, found)
        )

    def on_scenarios_listed(self, message: ScenariosListed) -> None:
        """Ask what it answers; leaving leads back to the file."""
        file, name = message.file, clean(message.file.name)
        options = scenario_options([each for each in message.scenarios if not each.problem])
        pick = Pick(f"What does {name} answer?", options, chosen=self._scenario_id)
        self.push_screen(pick, lambda chosen: self._scenario_chosen(file, chosen))

    def _scenario_chosen(self, file: Path, scenario_id: str | None) -> None:
        if not scenario_id:
            self._ask_file(home_short(file))
            return
        self._scenario_id = scenario_id
        wish = ImportWish(file, scenario_id)
        if is_transcript(file):
            self._ask_for_sound(wish)
        else:
            self._import(wish)

    def _ask_for_sound(self, wish: ImportWish) -> None:
        answers = [choice(ALONE, "No, import the transcript alone"), choice(WITH_SOUND, "Yes, choose the recording")]
        pick = Pick("Is there sound that it belongs to?", answers, detail="With it, the words can be heard.")
        self.push_screen(pick, lambda answer: self._sound_answered(wish, answer))

    def _sound_answered(self, wish: ImportWish, answer: str | None) -> None:
        if answer is None:
            self._pick_scenario(wish.file)
        elif answer == ALONE:
            self._import(wish)
        else:
            picker = pages.FilePicker("The sound of this transcript", wish.file.name, self._folder, SOUND_SUFFIXES)
            self.push_screen(picker, lambda audio: self._sound_chosen(wish, audio))

    def _sound_chosen(self, wish: ImportWish, audio: Path | None) -> None:
        if audio is None:
            self._ask_for_sound(wish)
        else:
            self._import(replace(wish, audio=audio))

    def _import(self, wish: ImportWish) -> None:
        self.post_message(RunJob(TakeImport(self.program, wish)))
