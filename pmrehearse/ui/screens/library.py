"""What is done to the library as a whole, and what came of it?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from pmrehearse.places import home_short, outgoing_dir, whole
from pmrehearse.session.upkeep import Deed
from pmrehearse.ui.background import in_background
from pmrehearse.ui.requests import RunJob
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.screens.path_entry import PathEntry
from pmrehearse.ui.upkeep_jobs import LibraryUpkeep
from pmrehearse.ui.upkeep_parts import deed_options, troubles
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList
    from textual.widgets.option_list import Option

    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.requests import Came


class UpkeepRead(Message):
    """It is known when each deed was last done."""

    def __init__(self, folder: Path, options: list[Option]) -> None:
        """Carry it.

        Args:
            folder: The library's folder.
            options: The deeds as a list shows them.
        """
        super().__init__()
        self.folder = folder
        self.options = options


class Deeds(Menu):
    """What can be done; Enter does it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Do it", key_display="enter")]


class LibraryPage(Page):
    """Verify, pack, back up, rebuild: what each does, when it was last done, and what came of it."""

    PURPOSE = (
        "{deeds.select} does what is chosen, beside the screens and with its progress; it can be left at any time. "
        "What is wrong with a take stands under the list. The commands `pmrehearse library verify`, `pack`, "
        "`backup` and `rebuild` do the same."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "do('verify')", "Verify", id="library.verify"),
        Binding("p", "do('pack')", "Pack", id="library.pack"),
        Binding("b", "do('backup')", "Back up", id="library.backup"),
        Binding("r", "do('rebuild')", "Rebuild", id="library.rebuild"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    LibraryPage {
        #deeds { height: auto; margin: 1 1 0 1; }
        #found { width: 100%; height: 1fr; margin-top: 1; padding: 0 2; border-top: solid $line; }
        #found { scrollbar-size-vertical: 1; }
        &.-tall #deeds { margin: 2 1 1 1; }
        &.-wide.-tall #deeds { margin: 2 11 1 11; }
        &.-wide.-tall #found { padding: 1 12; }
    }
    """

    def __init__(self, program: ProgramPort) -> None:
        """Do nothing yet.

        Args:
            program: What stands behind the screens.
        """
        super().__init__("Library")
        self._program = program

    def content(self) -> ComposeResult:
        """The deeds over what they found."""
        yield Deeds(id="deeds")
        with VerticalScroll(id="found"):
            yield Plain("", id="troubles")

    def on_mount(self) -> None:
        """Ready for the keys."""
        self.query_one("#found").display = False
        self.query_one(Deeds).focus()
        self._read()

    def _read(self) -> None:
        """Read what came of each deed the last time; the library may have to be opened for that."""
        upkeep = self._program.upkeep
        in_background(
            self, lambda: (upkeep.folder, deed_options(upkeep.last)), lambda found: UpkeepRead(found[0], found[1])
        )

    def on_upkeep_read(self, message: UpkeepRead) -> None:
        """Show it."""
        self.bar.remark = home_short(message.folder)
        self.query_one(Deeds).fill(message.options)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do it."""
        event.stop()
        self.action_do(event.option_id or "")

    def action_do(self, name: str) -> None:
        """Do it, with its progress; a copy needs a place first."""
        deed = Deed(name)
        if deed is not Deed.BACKUP:
            self.post_message(RunJob(LibraryUpkeep(self._program, deed)))
            return
        target = outgoing_dir() / f"pmrehearse-{self._program.practice.today.isoformat()}.zip"
        entry = PathEntry(
            "Back up to", "A new folder, or a new archive where the name ends in .zip.", home_short(target)
        )
        self.app.push_screen(entry, self._back_up)

    def _back_up(self, target: str | None) -> None:
        if target:
            self.post_message(RunJob(LibraryUpkeep(self._program, Deed.BACKUP, Path(whole(target)))))

    def on_came(self, message: Came) -> None:
        """Show what came of it."""
        message.stop()
        tended = message.tended
        self.query_one("#found").display = bool(tended.troubles)
        self.query_one("#troubles", Plain).show(troubles(tended))
        self._read()
