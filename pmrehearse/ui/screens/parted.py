"""How do the parts of a report share the screen: elements, transcript, timing, notes?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from pmrehearse.ui.screens.correcting import CorrectingPage
from pmrehearse.ui.widgets.findings import Detail, Elements
from pmrehearse.ui.widgets.notes import NotesPane
from pmrehearse.ui.widgets.parts_line import PartsLine
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.widgets.player_line import PlayerLine
from pmrehearse.ui.widgets.transcript import TranscriptPane

if TYPE_CHECKING:
    from textual.app import ComposeResult

PARTS = ("elements", "transcript", "timing", "notes")
"""The parts, in the order in which Tab goes through them."""
SPACIOUS = (118, 32)
"""From this many columns and lines on all parts show at once."""


class PartedPage(CorrectingPage):
    """All parts at once where there is room, else one after another."""

    SCOPE = "report"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "read_on", "Into the detail", show=False),
        Binding("left", "go_back_to_elements", "Back to the elements", show=False),
        Binding("tab", "next_part", "Next part", priority=True),
        Binding("shift+tab", "previous_part", "Part before", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    PartedPage {
        #summary { padding: 1 2 0 2; }
        PartsLine { padding: 1 2 0 2; height: 2; }
        #parts { height: 1fr; padding: 1 1 0 1; }
        &.-low #summary { padding: 0 2; }
        &.-low #parts { padding: 0 1; }
        #left, #right { height: 1fr; width: 1fr; }
        #elements { height: 1fr; }
        #detail { height: 1fr; padding: 0 0 0 2; border-left: solid $line; scrollbar-size-vertical: 1; }
        #detail-text { margin-right: 1; }
        #timing { height: auto; padding: 0 1; scrollbar-size-vertical: 1; }
        #transcript { height: 1fr; }
        #notes { height: auto; padding: 0; }
        PlayerLine { padding: 0 2; margin-top: 0; }
        &.-compact #timing, &.-compact #transcript, &.-compact #notes { display: none; }
        &.-compact.-transcript #transcript { display: block; }
        &.-compact.-transcript #left, &.-compact.-transcript #detail { display: none; }
        &.-compact.-timing #timing { display: block; height: 1fr; }
        &.-compact.-timing #elements, &.-compact.-timing #right { display: none; }
        &.-compact.-notes #notes { display: block; height: 1fr; }
        &.-compact.-notes #elements, &.-compact.-notes #right { display: none; }

        &.-spacious PartsLine { display: none; }
        &.-spacious #left { width: 56; }
        &.-spacious #elements { height: auto; max-height: 60%; }
        &.-spacious #timing { height: 1fr; margin-top: 1; padding: 1 1 0 1; border-top: solid $line; }
        &.-spacious #notes { display: none; max-height: 30%; margin-top: 1; padding-top: 1; border-top: solid $line; }
        &.-spacious.-noted #notes { display: block; }
        &.-spacious #detail { height: auto; max-height: 50%; }
        &.-spacious #right { border-left: solid $line; }
        &.-spacious #detail { border-left: none; }
        &.-spacious #transcript { margin: 1 0 0 1; padding: 1 0 0 0; border-top: solid $line; }
    }
    """

    def content(self) -> ComposeResult:
        """Summary; two columns; the player."""
        yield Plain("Reading the take …", id="summary")
        yield PartsLine(PARTS)
        with Horizontal(id="parts"):
            with Vertical(id="left"):
                yield Elements(id="elements")
                with VerticalScroll(id="timing"):
                    yield Plain("", id="timing-text")
                yield NotesPane()
            with Vertical(id="right"):
                with Detail(id="detail"):
                    yield Plain("", id="detail-text")
                yield TranscriptPane()
        yield PlayerLine(self._program, self.take_id)

    def on_resize(self) -> None:
        """Everything at once where there is room; else one part after another."""
        spacious = self.size.width >= SPACIOUS[0] and self.size.height >= SPACIOUS[1]
        self.set_class(spacious, "-spacious")
        self.set_class(not spacious, "-compact")

    def on_parts_line_chosen(self, message: PartsLine.Chosen) -> None:
        """A part was clicked."""
        self._go_to_part(message.part)

    def action_next_part(self) -> None:
        """Elements, transcript, timing, and round again."""
        self._go_to_part(PARTS[(PARTS.index(self.part) + 1) % len(PARTS)])

    def action_previous_part(self) -> None:
        """The other way round."""
        self._go_to_part(PARTS[PARTS.index(self.part) - 1])

    def action_read_on(self) -> None:
        """Scroll the detail with the arrows, until left leads back."""
        if self.part == "elements":
            self.query_one(Detail).focus()

    def action_go_back_to_elements(self) -> None:
        """The arrows move among the elements again."""
        if self.part == "elements":
            self.query_one("#elements").focus()

    @property
    def part(self) -> str:
        """The part that keys act on."""
        return self.query_one(PartsLine).part

    def _go_to_part(self, part: str) -> None:
        self.query_one(PartsLine).part = part
        for each in PARTS:
            self.set_class(each == part, f"-{each}")
        self.query_one(f"#{part}").focus()

    def on_descendant_focus(self) -> None:
        """The mouse may have gone to another part."""
        focused = self.focused.id if self.focused is not None else None
        if focused in PARTS:
            self.query_one(PartsLine).part = str(focused)

    @property
    def in_transcript(self) -> bool:
        """True when keys act on the transcript."""
        return self.part == "transcript"

    def show_transcript(self) -> None:
        """Bring the transcript to the front."""
        self._go_to_part("transcript")
