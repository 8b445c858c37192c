"""What was said, what was missing, and where is the proof?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.rows import TakeFilter
from pmrehearse.scenario.ids import drill_id, scenario_and_element
from pmrehearse.ui.background import in_background
from pmrehearse.ui.library_requests import ExportedTake, OpenExport
from pmrehearse.ui.playback import evidence_of
from pmrehearse.ui.practice_requests import AtDrill, OpenDrill
from pmrehearse.ui.report_parts import detail, finding_options, summary, waits
from pmrehearse.ui.requests import FIRST, AtBriefing, OpenBriefing, OpenComparison, OpenHistory, Within
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY
from pmrehearse.ui.screens.guess import GuessFirst
from pmrehearse.ui.screens.other_take import MOST, OtherTake, others
from pmrehearse.ui.screens.other_take import NONE as NO_OTHER
from pmrehearse.ui.screens.parted import PartedPage
from pmrehearse.ui.screens.waiting import WaitingTake
from pmrehearse.ui.timing_parts import timing
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.notes import NotesPane
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.widgets.player_line import PlayerLine
from pmrehearse.ui.widgets.transcript import NO_WORDS, TranscriptPane
from pmrehearse.ui.wording import moment
from pmrehearse.ui.wordlines import word_at

if TYPE_CHECKING:
    from textual.widgets import OptionList

    from pmrehearse.library.report import Report
    from pmrehearse.ui.ports import ProgramPort


class ReportLoaded(Message):
    """A report has been computed."""

    def __init__(self, report: Report) -> None:
        """Carry it.

        Args:
            report: The report.
        """
        super().__init__()
        self.report = report


class TakeSeen(Message):
    """It is known what else there is of the take."""

    def __init__(self, has_sound: bool, n_others: int) -> None:  # noqa: FBT001  it says what it is
        """Carry it.

        Args:
            has_sound: Whether its sound can be heard.
            n_others: Marked takes of the scenario beside it.
        """
        super().__init__()
        self.has_sound = has_sound
        self.n_others = n_others


class ReportPage(PartedPage):
    """Elements with their evidence, the transcript, the timing; or how a take that waits can go on."""

    PURPOSE = (
        f"Each element shows its verdict: {Verdict.MET.sign} met, {Verdict.NEAR.sign} near (some of it was said), "
        f"{Verdict.MISSING.sign} missing, {Verdict.UNKNOWN.sign} unknown. "
        "A flag (⚑) is raised by what should not have been said. "
        "{elements.select} plays the words that the verdict rests on, from a second before; where an element is "
        "missing, the moment in which it was due. While it plays, the spoken word is marked: in the transcript "
        "the arrows go from word to word, {transcript.choose} or a click plays from there, and "
        "{transcript.edit} puts right what was misheard."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "compare", "Compare"),
        Binding("y", "copy", "Copy"),
        Binding("E", "export", "Export"),
        Binding("t", "again", "Again"),
        Binding("d", "drill", "Drill"),
        Binding("h", "history", "Takes"),
        BACK_KEY,
        HELP_KEY,
    ]

    n_others: var[int | None] = var(None, bindings=True)
    """Marked takes of the scenario beside this one; None before they were counted."""

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

    def on_mount(self) -> None:
        """Compute the report."""
        self.query_one(PlayerLine).display = False
        in_background(self, lambda: self._program.reviewer.report(self.take_id), ReportLoaded)

    def why_not(self, action: str) -> str:
        """Two takes are compared, words are copied, elements are drilled."""
        if self.report is None:
            return super().why_not(action)
        wanting = {
            "compare": NO_OTHER if self.n_others == 0 else "",
            "copy": "" if self.report.transcript.words else NO_WORDS,
            "drill": "" if self.chosen_element else "Choose an element: flags are not drilled.",
        }
        return wanting.get(action) or super().why_not(action)

    def on_screen_resume(self) -> None:
        """Takes may have come or gone meanwhile."""
        if self.report is not None:
            self._see(self.report)

    def _see(self, report: Report) -> None:
        library, wanted = self._program.library, TakeFilter(scenario_id=report.take.scenario.id)

        def look() -> TakeSeen:
            beside = others(library.rows(wanted, MOST), self.take_id)
            return TakeSeen(library.audio_path(self.take_id) is not None, len(beside))

        in_background(self, look, lambda seen: seen)

    def on_take_seen(self, message: TakeSeen) -> None:
        """Keys that need them follow."""
        self.has_sound, self.n_others = message.has_sound, message.n_others
        if self.report is not None:
            self.query_one(PlayerLine).show(self.report, has_sound=self.has_sound)

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
        self._see(report)
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
        self.query_one(PlayerLine).show(report, has_sound=self.has_sound)
        self.set_class(bool(report.corrections.notes), "-noted")
        elements = self.query_one("#elements", Menu)
        elements.fill(finding_options(report))
        self._show_detail(elements.chosen_id)

    # ------------------------------------------------------------------ elements

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another element is looked at; the transcript goes with it."""
        if event.option_list.id == "elements" and self.report is not None and event.option_id:
            self._show_detail(event.option_id)
            evidence = evidence_of(self.report, event.option_id)
            if evidence is not None and self.part == "elements":
                self.query_one(TranscriptPane).go_to(evidence.first_word)

    def _show_detail(self, name: str) -> None:
        if self.report is not None and name:
            self.query_one("#detail-text", Plain).show(detail(self.report, name))
            self.query_one("#detail").scroll_home(animate=False)

    # ------------------------------------------------------------------ elsewhere

    def action_copy(self) -> None:
        """Copy the transcript, or the words that the chosen verdict rests on."""
        if self.report is None:
            return
        evidence = evidence_of(self.report, self.query_one("#elements", Menu).chosen_id)
        quote = self.part == "elements" and evidence is not None
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
        if self.chosen_element:
            self.post_message(OpenDrill(AtDrill((drill_id(scenario_id, self.chosen_element),))))

    def action_history(self) -> None:
        """To all takes."""
        self.post_message(OpenHistory())
