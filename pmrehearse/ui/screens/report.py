"""What was said, what was missing, and where is the proof?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message

from pmrehearse.scenario.ids import drill_id, scenario_and_element
from pmrehearse.ui.background import in_background
from pmrehearse.ui.library_requests import ExportedTake, OpenExport
from pmrehearse.ui.playback import evidence_of
from pmrehearse.ui.practice_requests import AtDrill, OpenDrill
from pmrehearse.ui.report_parts import ELEMENT, detail, finding_options, summary, waits
from pmrehearse.ui.requests import FIRST, AtBriefing, OpenBriefing, OpenComparison, OpenHistory, Within
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY
from pmrehearse.ui.screens.correcting import CorrectingPage
from pmrehearse.ui.screens.guess import GuessFirst
from pmrehearse.ui.screens.other_take import OtherTake
from pmrehearse.ui.screens.waiting import WaitingTake
from pmrehearse.ui.timing_parts import timing
from pmrehearse.ui.widgets.findings import Detail, Elements
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.notes import NotesPane
from pmrehearse.ui.widgets.parts_line import PartsLine
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.widgets.player_line import PlayerLine
from pmrehearse.ui.widgets.transcript import TranscriptPane
from pmrehearse.ui.wording import moment
from pmrehearse.ui.wordlines import word_at

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.library.report import Report
    from pmrehearse.ui.ports import ProgramPort

PARTS = ("elements", "transcript", "timing", "notes")
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


class ReportPage(CorrectingPage):
    """Elements with their evidence, the transcript, the timing; or how a take that waits can go on."""

    PURPOSE = (
        "Each element shows its verdict: ✓ met, ≈ near (some of it was said), ✗ missing, ? unknown. "
        "{elements.select} plays the words that the verdict rests on, from a second before; where an element is "
        "missing, the moment in which it was due. While it plays, the spoken word is marked: in the transcript "
        "the arrows go from word to word, {transcript.choose} or a click plays from there, and "
        "{transcript.edit} puts right what was misheard."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "read_on", "Into the detail", show=False),
        Binding("left", "go_back_to_elements", "Back to the elements", show=False),
        Binding("tab", "next_part", "Next part", priority=True),
        Binding("shift+tab", "previous_part", "Part before", show=False, priority=True),
        Binding("c", "compare", "Compare"),
        Binding("y", "copy", "Copy"),
        Binding("E", "export", "Export"),
        Binding("t", "again", "Again"),
        Binding("d", "drill", "Drill"),
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

    def __init__(
        self, program: ProgramPort, take_id: str, *, message: str = "", hint: str = "", at: Within = FIRST
    ) -> None:
        """Show a take.

        Args:
            program: What stands behind the screens.
            take_id: The take.
            message: Why it has no transcript, when that has just been found out.
            hint: What to do about it.
            at: Where to begin.
        """
        super().__init__(program, take_id, "Report")
        self._message = message
        self._hint = hint
        self._at = at

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

    def on_mount(self) -> None:
        """Compute the report."""
        self.query_one(PlayerLine).display = False
        in_background(self, lambda: self._program.reviewer.report(self.take_id), ReportLoaded)

    def on_report_loaded(self, message: ReportLoaded) -> None:
        """Show it; a take without a transcript has a page of its own; a guess may come first."""
        report = message.report
        if waits(report):
            self.app.switch_screen(WaitingTake(self._program, report, self._message, self._hint))
        elif self._at.is_new and report.corrections.guess is None and self._program.settings.values.guess:
            self.app.push_screen(GuessFirst(report.take.scenario), lambda guess: self._guessed(report, guess))
        else:
            self._begin(report)

    def _guessed(self, report: Report, guess: tuple[str, ...] | None) -> None:
        if guess is None:
            self._begin(report)
        else:
            in_background(self, lambda: self._program.corrector.guess(self.take_id, guess), ReportLoaded)

    def _begin(self, report: Report) -> None:
        self.bar.heading = report.take.name or report.take.scenario.title
        self.bar.remark = moment(report.take.started_at)
        self.show_report(report)
        self.query_one("#elements").focus()
        word = None if self._at.moment_s is None else word_at(report.transcript.words, self._at.moment_s)
        if word is not None:
            self.show_transcript()
            self.query_one(TranscriptPane).go_to(word)

    def show_report(self, report: Report) -> None:
        """Show a report in the place of the one before."""
        self.report = report
        self.query_one("#summary", Plain).show(summary(report))
        self.query_one("#timing-text", Plain).show(timing(report))
        self.query_one(TranscriptPane).show(report)
        self.query_one(NotesPane).show(report.corrections.notes)
        self.query_one(PlayerLine).show(report)
        self.set_class(bool(report.corrections.notes), "-noted")
        elements = self.query_one("#elements", Menu)
        elements.fill(finding_options(report))
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
            if evidence is not None and self._part == "elements":
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

    @property
    def in_transcript(self) -> bool:
        """True when keys act on the transcript."""
        return self._part == "transcript"

    def show_transcript(self) -> None:
        """Bring the transcript to the front."""
        self._go_to_part("transcript")

    # ------------------------------------------------------------------ elsewhere

    def action_copy(self) -> None:
        """Copy the transcript, or the words that the chosen verdict rests on."""
        if self.report is None:
            return
        evidence = evidence_of(self.report, self.query_one("#elements", Menu).chosen_id)
        quote = self._part == "elements" and evidence is not None
        self.app.copy_to_clipboard(evidence.quote if quote and evidence else self.report.transcript.text)
        self.notify("Copied the quote." if quote else "Copied the transcript.", markup=False, timeout=3)

    def action_export(self) -> None:
        """Write the take for others."""
        if self.report is not None:
            take = self.report.take
            about = f"{take.name or take.scenario.title} · {moment(take.started_at)}"
            self.post_message(OpenExport(ExportedTake(take.id, about, has_sound=take.n_samples > 0)))

    def action_compare(self) -> None:
        """Beside another take of the scenario, the earlier one first."""
        if self.report is not None:
            self.app.push_screen(OtherTake(self._program, self.report.take), self._compare)

    def _compare(self, other: str | None) -> None:
        if other:
            self.post_message(OpenComparison(*sorted((self.take_id, other))))

    def action_again(self) -> None:
        """Rehearse the same scenario again."""
        if self.report is not None:
            self.post_message(OpenBriefing(AtBriefing(self.report.take.scenario.id), replace=True))

    def action_drill(self) -> None:
        """Drill the element that is looked at, or one that can be chosen."""
        if self.report is None:
            return
        scenario_id, _ = scenario_and_element(self.report.take.scenario.id)
        name = self.query_one("#elements", Menu).chosen_id
        if name.startswith(ELEMENT):
            self.post_message(OpenDrill(AtDrill((drill_id(scenario_id, name.removeprefix(ELEMENT)),))))
        else:
            self.notify("Choose an element: flags are not drilled.", markup=False, timeout=4)

    def action_history(self) -> None:
        """To all takes."""
        self.post_message(OpenHistory())
