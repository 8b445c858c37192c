"""What was said, what was missing, and where is the proof?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message

from pmrehearse.errors import RehearsalError
from pmrehearse.ui.background import in_background
from pmrehearse.ui.playback import Stretch, evidence_of, stretch_of
from pmrehearse.ui.report_parts import detail, finding_options, summary, waits
from pmrehearse.ui.requests import AtBriefing, OpenBriefing, OpenHistory
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.screens.dialog import Trouble
from pmrehearse.ui.screens.waiting import WaitingTake
from pmrehearse.ui.shown import shown
from pmrehearse.ui.take_sound import TakeSound
from pmrehearse.ui.timing_parts import timing
from pmrehearse.ui.widgets.findings import Detail, Elements
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.parts_line import PartsLine
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.widgets.transcript import TranscriptPane
from pmrehearse.ui.wording import clock, moment

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.library.report import Report
    from pmrehearse.ui.ports import ProgramPort

LOOK_AT_PLAYER_S = 0.25
"""How often the place of the player is shown."""
PARTS = ("elements", "transcript", "timing")
"""The parts, in the order in which Tab goes through them."""
SPACIOUS = (118, 32)
"""From this many columns and lines on all parts show at once."""


class ReportLoaded(Message):
    """A report has been computed."""

    def __init__(self, report: Report) -> None:
        """Carry it.

        Args:
            report: The report.
        """
        super().__init__()
        self.report = report


class ReportPage(Page):
    """Elements with their evidence, the transcript, the timing; or how a take that waits can go on."""

    PURPOSE = (
        "Each element shows its verdict: ✓ met, ≈ near (some of it was said), ✗ missing, ? unknown. "
        "Enter plays the words that the verdict rests on, from a second before; where an element is missing, "
        "the moment in which it was due."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "play", "Play", show=False),
        Binding("right", "read_on", "Into the detail", show=False),
        Binding("left", "go_back_to_elements", "Back to the elements", show=False),
        Binding("s", "silence", "Stop the sound", show=False),
        Binding("tab", "next_part", "Next part", priority=True),
        Binding("shift+tab", "previous_part", "Part before", show=False, priority=True),
        Binding("y", "copy", "Copy"),
        Binding("t", "again", "Again"),
        Binding("h", "history", "Takes"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    ReportPage {
        #summary { padding: 1 2 0 2; }
        PartsLine { padding: 1 2 0 2; height: 2; }
        #parts { height: 1fr; padding: 1 1 0 1; }
        &.-low #summary { padding: 0 2; }
        &.-low #parts { padding: 0 1; }
        #left, #right { height: 1fr; width: 1fr; }
        #elements { height: 1fr; }
        #detail { height: 1fr; padding: 0 1 0 2; border-left: solid $line; scrollbar-size-vertical: 1; }
        #timing { height: auto; padding: 0 1; scrollbar-size-vertical: 1; }
        #transcript { height: 1fr; }
        &.-compact #timing, &.-compact #transcript { display: none; }
        &.-compact.-transcript #transcript { display: block; }
        &.-compact.-transcript #left, &.-compact.-transcript #detail { display: none; }
        &.-compact.-timing #timing { display: block; height: 1fr; }
        &.-compact.-timing #elements, &.-compact.-timing #right { display: none; }

        &.-spacious PartsLine { display: none; }
        &.-spacious #left { width: 56; }
        &.-spacious #elements { height: auto; max-height: 60%; }
        &.-spacious #timing { height: 1fr; margin-top: 1; padding: 1 1 0 1; border-top: solid $line; }
        &.-spacious #detail { height: auto; max-height: 50%; }
        &.-spacious #right { border-left: solid $line; }
        &.-spacious #detail { border-left: none; }
        &.-spacious #transcript { margin: 1 0 0 1; padding: 1 0 0 0; border-top: solid $line; }
    }
    """

    def __init__(self, program: ProgramPort, take_id: str, *, message: str = "", hint: str = "") -> None:
        """Show a take.

        Args:
            program: What stands behind the screens.
            take_id: The take.
            message: Why it has no transcript, when that has just been found out.
            hint: What to do about it.
        """
        super().__init__("Report")
        self._program = program
        self.take_id = take_id
        self._message = message
        self._hint = hint
        self._sound = TakeSound(program, take_id)
        self.report: Report | None = None

    def content(self) -> ComposeResult:
        """Summary; two columns."""
        yield Plain("Reading the take …", id="summary")
        yield PartsLine(PARTS)
        with Horizontal(id="parts"):
            with Vertical(id="left"):
                yield Elements(id="elements")
                with VerticalScroll(id="timing"):
                    yield Plain("", id="timing-text")
            with Vertical(id="right"):
                with Detail(id="detail"):
                    yield Plain("", id="detail-text")
                yield TranscriptPane()

    def on_mount(self) -> None:
        """Compute the report."""
        self._load()
        self.set_interval(LOOK_AT_PLAYER_S, self._show_player)

    def _load(self) -> None:
        in_background(self, lambda: self._program.reviewer.report(self.take_id), ReportLoaded)

    def on_report_loaded(self, message: ReportLoaded) -> None:
        """Show it; a take without a transcript has a page of its own."""
        report = message.report
        if waits(report):
            self.app.switch_screen(WaitingTake(self._program, report, self._message, self._hint))
            return
        self.report = report
        self.bar.heading = report.take.scenario.title
        self._show_player()
        self.query_one("#summary", Plain).show(summary(report))
        self.query_one("#timing-text", Plain).show(timing(report))
        self.query_one(TranscriptPane).show(report)
        elements = self.query_one("#elements", Menu)
        elements.fill(finding_options(report))
        elements.focus()
        self._show_detail(elements.chosen_id)

    def on_resize(self) -> None:
        """Everything at once where there is room; else one part after another."""
        spacious = self.size.width >= SPACIOUS[0] and self.size.height >= SPACIOUS[1]
        self.set_class(spacious, "-spacious")
        self.set_class(not spacious, "-compact")

    # ------------------------------------------------------------------ parts

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another element is looked at; the transcript goes with it."""
        if event.option_list.id == "elements" and self.report is not None and event.option_id:
            self._show_detail(event.option_id)
            evidence = evidence_of(self.report, event.option_id)
            if evidence is not None:
                self.query_one(TranscriptPane).go_to(evidence.first_word)

    def _show_detail(self, name: str) -> None:
        if self.report is not None and name:
            self.query_one("#detail-text", Plain).show(detail(self.report, name))
            self.query_one("#detail").scroll_home(animate=False)

    def on_parts_line_chosen(self, message: PartsLine.Chosen) -> None:
        """A part was clicked."""
        self._go_to_part(message.part)

    def action_next_part(self) -> None:
        """Elements, transcript, timing, and round again."""
        self._go_to_part(PARTS[(PARTS.index(self._part) + 1) % len(PARTS)])

    def action_previous_part(self) -> None:
        """The other way round."""
        self._go_to_part(PARTS[PARTS.index(self._part) - 1])

    def action_read_on(self) -> None:
        """Scroll the detail with the arrows, until left leads back."""
        if self._part == "elements":
            self.query_one(Detail).focus()

    def action_go_back_to_elements(self) -> None:
        """The arrows move among the elements again."""
        if self._part == "elements":
            self.query_one("#elements").focus()

    @property
    def _part(self) -> str:
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

    # ------------------------------------------------------------------ sound

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Play what was chosen."""
        del event
        self.action_play()

    def action_play(self) -> None:
        """Play the evidence, or the paragraph."""
        if self.report is None:
            return
        try:
            silent_because = self._sound.play(self._stretch(self.report))
        except RehearsalError as error:
            self.app.push_screen(Trouble(error.message, error.hint))
            return
        if silent_because:
            self.notify(silent_because, markup=False, timeout=4)
        self._show_player()

    def _stretch(self, report: Report) -> Stretch | None:
        if self._part == "transcript":
            start_s = self.query_one(TranscriptPane).chosen_start_s
            return None if start_s is None else Stretch(start_s)
        return stretch_of(report, self.query_one("#elements", Menu).chosen_id)

    def action_silence(self) -> None:
        """Stop the sound."""
        self._sound.stop()
        self._show_player()

    def _show_player(self) -> None:
        if self.report is None:
            return
        try:
            at_s = self._sound.at_s()
        except RehearsalError as error:
            at_s = None
            self.app.push_screen(Trouble(error.message, error.hint))
        playing = shown((f"▶ {clock(at_s or 0.0)}", "bold $primary"), ("  s stops", "$muted"))
        self.bar.remark = moment(self.report.take.started_at) if at_s is None else playing

    # ------------------------------------------------------------------ elsewhere

    def action_copy(self) -> None:
        """Copy the transcript, or the words that the chosen verdict rests on."""
        if self.report is None:
            return
        evidence = evidence_of(self.report, self.query_one("#elements", Menu).chosen_id)
        quote = self._part == "elements" and evidence is not None
        self.app.copy_to_clipboard(evidence.quote if quote and evidence else self.report.transcript.text)
        self.notify("Copied the quote." if quote else "Copied the transcript.", markup=False, timeout=3)

    def action_again(self) -> None:
        """Rehearse the same scenario again."""
        if self.report is not None:
            self.post_message(OpenBriefing(AtBriefing(self.report.take.scenario.id), replace=True))

    def action_history(self) -> None:
        """To all takes."""
        self.post_message(OpenHistory())

    def on_unmount(self) -> None:
        """Leave in silence."""
        self._sound.close()
