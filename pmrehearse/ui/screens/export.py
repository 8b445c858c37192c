"""As what, and where, is a take or a table of takes written for others?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from pmrehearse.errors import FileThereError
from pmrehearse.places import home_short, outgoing_dir, whole
from pmrehearse.session.exporting import TABLE
from pmrehearse.ui.background import Abandoned, in_background
from pmrehearse.ui.export_offers import CSV, offers, option
from pmrehearse.ui.screens.dialog import Ask, Choice, Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu, heading
from pmrehearse.ui.widgets.path_field import PathField
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.widgets import OptionList
    from textual.widgets.option_list import Option

    from pmrehearse.ui.background import WorkFailed
    from pmrehearse.ui.export_offers import Offer
    from pmrehearse.ui.library_requests import ExportedTable, ExportedTake
    from pmrehearse.ui.ports import ProgramPort

KEYS = "enter writes it · tab to the path · esc leaves"
REPLACE = "replace"
"""The answer that lets a file be written over."""


class FileWritten(Message):
    """A file stands there."""

    def __init__(self, path: Path) -> None:
        """Carry where.

        Args:
            path: The file.
        """
        super().__init__()
        self.path = path


class FileFound(Message):
    """A file stands there that was not to be written over unasked."""

    def __init__(self, said: str) -> None:
        """Carry what is said of it.

        Args:
            said: One sentence.
        """
        super().__init__()
        self.said = said


class Marked(Message):
    """So many takes are marked, before they are written."""

    def __init__(self, done: int, total: int) -> None:
        """Carry the numbers.

        Args:
            done: How many are.
            total: How many are to be.
        """
        super().__init__()
        self.done = done
        self.total = total

    def can_replace(self, message: Message) -> bool:
        """Only the last one counts."""
        return isinstance(message, Marked)


class Export(Dialog[Path]):
    """Writes a file, and gives back where it stands; None when none was written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("shift+tab", "app.focus_previous", "Part before", show=False),
    ]

    DEFAULT_CSS = """
    Export > Vertical { width: 78; }
    Export Horizontal { height: 1; margin-top: 1; }
    Export #to { width: 4; color: $muted; }
    Export PathField { width: 1fr; }
    """

    def __init__(self, program: ProgramPort, take: ExportedTake | None, table: ExportedTable | None) -> None:
        """Offer what there is.

        Args:
            program: What stands behind the screens.
            take: The take that can be written, if any.
            table: The takes that can be written as a table, if any.
        """
        super().__init__()
        self._program = program
        self._take = take
        self._table = table
        self._offers = {each.name: each for each in offers(take, with_table=table is not None)}
        self._is_writing = self._was_left = False

    def content(self) -> ComposeResult:
        """What can be written, and where it goes."""
        yield Plain(shown(("Export", "bold")))
        yield Menu(*self._options())
        with Horizontal():
            yield Plain("To", id="to")
            yield PathField("")
        yield Plain(KEYS, id="keys", classes="dialog-keys")

    def _options(self) -> Iterator[Option]:
        formats = [each for each in self._offers.values() if each.format]
        if self._take is not None:
            yield heading(self._take.about)
            yield from (option(each) for each in formats)
        if self._table is not None:
            yield heading(self._table.about)
            yield option(self._offers[CSV])

    def on_mount(self) -> None:
        """Formats first; the path is a good one."""
        menu = self.query_one(Menu)
        menu.focus()
        menu.action_first()
        self._field.put(home_short(outgoing_dir() / self._file_name(self._chosen)))

    @property
    def _field(self) -> PathField:
        return self.query_one(PathField)

    @property
    def _chosen(self) -> Offer:
        name = self.query_one(Menu).chosen_id
        return self._offers.get(name) or next(iter(self._offers.values()))

    def _file_name(self, offer: Offer) -> str:
        """What its file is called unless the user says otherwise."""
        return f"{self._take.take_id}{offer.suffix}" if offer.format and self._take is not None else TABLE

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The path ends as files of this format do; a name of the user's own stays."""
        event.stop()
        text, offer = self._field.value, self._chosen
        if not text:
            return
        before, name = text[: len(text) - len(Path(text).name)], Path(text).name
        ours = {self._file_name(each) for each in self._offers.values()}
        if name in ours:
            self._field.put(before + self._file_name(offer))
        elif Path(name).suffix in {each.suffix for each in self._offers.values()}:
            self._field.put(before + Path(name).stem + offer.suffix)

    # ------------------------------------------------------------------ writing

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Write it."""
        event.stop()
        self._write(replace=False)

    def on_input_submitted(self, event: PathField.Submitted) -> None:
        """Write it."""
        event.stop()
        self._write(replace=False)

    def _write(self, *, replace: bool) -> None:
        text = self._field.value.strip()
        if self._is_writing or not text:
            self.app.bell()
            return
        self._is_writing = True
        self._say("writing …")
        offer, target = self._chosen, Path(whole(text))

        def work() -> Message:
            try:
                return FileWritten(self._written(offer, target, replace=replace))
            except FileThereError as error:
                return FileFound(error.message)

        in_background(self, work, lambda message: message)

    def _written(self, offer: Offer, target: Path, *, replace: bool) -> Path:
        """Write, beside the screen."""
        exporter = self._program.exporter
        if offer.format and self._take is not None:
            return exporter.write(
                self._take.take_id, offer.format, target, with_sound=offer.with_sound, replace=replace
            )
        if self._table is None:
            raise Abandoned
        path, _ = exporter.write_table(target, self._table.wanted, self._marked, replace=replace)
        return path

    def _marked(self, done: int, total: int) -> None:
        if self._was_left:
            raise Abandoned
        self.post_message(Marked(done, total))

    def on_marked(self, message: Marked) -> None:
        """Say how far it is."""
        if self._is_writing and message.total:
            self._say(f"marking {message.done} of {message.total} takes …")

    def on_file_written(self, message: FileWritten) -> None:
        """Done."""
        self.dismiss(message.path)

    def on_file_found(self, message: FileFound) -> None:
        """Ask before anything is written over."""
        self._is_writing = False
        self._say("")
        choices = (Choice("keep", "Keep it, and choose another name", "k"), Choice(REPLACE, "Replace it", "r"))
        self.app.push_screen(Ask(message.said, "", choices), self._answered)

    def _answered(self, answer: str | None) -> None:
        if answer == REPLACE:
            self._write(replace=True)
        else:
            self._field.focus()

    def on_work_failed(self, message: WorkFailed) -> None:
        """Say here what is wrong: another place can be named."""
        message.stop()
        self._is_writing = False
        self._say(f"{message.message} {message.hint}", is_wrong=True)

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        """What there is to say stands where the keys are told."""
        said = shown(("! ", "bold $error"), (text, "$error")) if is_wrong else shown(text or KEYS)
        self.query_one("#keys", Plain).show(said)

    def action_leave(self) -> None:
        """Write nothing; a table that takes are still being marked for is given up."""
        self._was_left = True
        self.dismiss(None)
