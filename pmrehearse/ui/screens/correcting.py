"""How is a take corrected on its report: words, verdicts, notes, a guess, each undone and done again?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var

from pmrehearse.session.correcting import Said
from pmrehearse.ui.background import in_background
from pmrehearse.ui.report_parts import ELEMENT
from pmrehearse.ui.screens.line_entry import LineEntry
from pmrehearse.ui.screens.listening import ListeningPage
from pmrehearse.ui.screens.overrule import Overrule
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.notes import NotesPane
from pmrehearse.ui.widgets.transcript import NO_WORDS, TranscriptPane
from pmrehearse.ui.widgets.word_editor import WordEditor
from pmrehearse.ui.wording import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmrehearse.library.corrections import Corrections
    from pmrehearse.library.report import Report
    from pmrehearse.ui.background import WorkFailed
    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.screens.overrule import Ruled


class Corrected(Message):
    """The take was marked again."""

    def __init__(self, report: Report, past: tuple[Corrections, ...], future: tuple[Corrections, ...]) -> None:
        """Carry its report.

        Args:
            report: The report.
            past: What undoing leads to, the nearest last.
            future: What doing again leads to, the nearest last.
        """
        super().__init__()
        self.report = report
        self.past = past
        self.future = future


class CorrectingPage(ListeningPage):
    """A page that takes corrections of the take whose report it shows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "overrule", "Overrule"),
        Binding("e", "edit", "Edit words", show=False),
        Binding("a", "note", "Note"),
        Binding("A", "note_on_take", "Note on the take", show=False),
        Binding("u,ctrl+z", "undo", "Undo", show=False),
        Binding("U,ctrl+y", "redo", "Do again", show=False),
    ]

    _past: var[tuple[Corrections, ...]] = var((), bindings=True)
    """What undoing leads to, the nearest last."""
    _future: var[tuple[Corrections, ...]] = var((), bindings=True)
    """What doing again leads to, the nearest last."""

    def __init__(self, program: ProgramPort, take_id: str, heading: str) -> None:
        """Show a take.

        Args:
            program: What stands behind the screens.
            take_id: The take.
            heading: The title.
        """
        super().__init__(program, take_id, heading)
        self._is_marking = False

    def why_not(self, action: str) -> str:
        """Flags are not overruled; what was not done is not undone; words are wanted to be edited."""
        if self.report is None:
            return super().why_not(action)
        wanting = {
            "edit": "" if self.report.transcript.words else NO_WORDS,
            "overrule": "" if self.chosen_element else "Flags cannot be overruled; choose an element.",
            "undo": "" if self._past else "Nothing to undo.",
            "redo": "" if self._future else "Nothing to do again.",
        }
        return wanting.get(action) or super().why_not(action)

    @property
    def chosen_element(self) -> str:
        """The id of the element that is chosen, "" while a flag is."""
        name = self.query_one("#elements", Menu).chosen_id
        return name.removeprefix(ELEMENT) if name.startswith(ELEMENT) else ""

    def show_report(self, report: Report) -> None:
        """Show a report in the place of the one before."""
        raise NotImplementedError

    # ------------------------------------------------------------------ words

    def action_edit(self) -> None:
        """Put the chosen words right, where they stand."""
        pane = self.query_one(TranscriptPane)
        if self.report is None or pane.run is None or self.query(WordEditor):
            return
        self.show_transcript()
        first, last = pane.run
        text = " ".join(word.text for word in self.report.transcript.words[first : last + 1])
        self.mount(WordEditor(first, last, text, pane.region_of(first, last), self.size.width))

    def show_transcript(self) -> None:
        """Bring the transcript to the front."""
        raise NotImplementedError

    def on_word_editor_edited(self, message: WordEditor.Edited) -> None:
        """Keep the words, and mark again."""
        first, last, text = message.first, message.last, message.text
        self._change(lambda: self._program.corrector.edit_words(self.take_id, first, last, text))
        self.query_one(TranscriptPane).focus()

    # ------------------------------------------------------------------ verdicts

    def action_overrule(self) -> None:
        """Say what was said, whatever the checks say."""
        element_id = self.chosen_element
        if self.report is None or not element_id:
            return
        passage = self._passage(element_id)
        self.app.push_screen(
            Overrule(self.report, element_id, passage), lambda ruled: self._rule(element_id, passage, ruled)
        )

    def _passage(self, element_id: str) -> str:
        """The run that was chosen in the transcript, else the words that the verdict rests on, or ""."""
        pane = self.query_one(TranscriptPane)
        if self.report is None:
            return ""
        if pane.has_run and pane.run is not None:
            first, last = pane.run
            return " ".join(word.text for word in self.report.transcript.words[first : last + 1])
        found = next(each for each in self.report.findings.elements if each.element_id == element_id)
        return found.evidence.quote if found.evidence else ""

    def _rule(self, element_id: str, passage: str, ruled: Ruled | None) -> None:
        if ruled is None:
            return
        corrector, verdict = self._program.corrector, ruled.verdict
        if verdict is None:
            self._change(lambda: corrector.accept(self.take_id, element_id))
        else:
            self._change(lambda: corrector.overrule(self.take_id, element_id, Said(verdict, passage, ruled.note)))

    # ------------------------------------------------------------------ notes

    def action_note(self) -> None:
        """Note something at the moment that is heard or looked at."""
        self._ask_note(self.moment_s)

    def action_note_on_take(self) -> None:
        """Note something on the take as a whole."""
        self._ask_note(None)

    def _ask_note(self, at_s: float | None) -> None:
        if self.report is not None:
            where = f"A note at {clock(at_s)}" if at_s is not None else "A note on this take"
            self.app.push_screen(LineEntry(where), lambda text: self._note(text, at_s))

    def _note(self, text: str | None, at_s: float | None) -> None:
        if text:
            self._change(lambda: self._program.corrector.add_note(self.take_id, text, at_s))

    def on_notes_pane_removed(self, message: NotesPane.Removed) -> None:
        """Remove a note."""
        self._change(lambda: self._program.corrector.remove_note(self.take_id, message.number))

    # ------------------------------------------------------------------ doing and undoing

    def action_undo(self) -> None:
        """Take the last correction back."""
        if self.report is None or not self._past:
            return
        *past, wanted = self._past
        self._put(wanted, tuple(past), (*self._future, self.report.corrections))

    def action_redo(self) -> None:
        """Do again what was undone."""
        if self.report is None or not self._future:
            return
        *future, wanted = self._future
        self._put(wanted, (*self._past, self.report.corrections), tuple(future))

    def _change(self, work: Callable[[], Report]) -> None:
        if self.report is not None:
            self._mark(work, (*self._past, self.report.corrections), ())

    def _put(self, wanted: Corrections, past: tuple[Corrections, ...], future: tuple[Corrections, ...]) -> None:
        self._mark(lambda: self._program.corrector.put(self.take_id, wanted), past, future)

    def _mark(self, work: Callable[[], Report], past: tuple[Corrections, ...], future: tuple[Corrections, ...]) -> None:
        """Keep a correction and mark again, beside the screen; one at a time."""
        if self._is_marking:
            self.app.bell()
            return
        self._is_marking = True
        in_background(self, work, lambda report: Corrected(report, past, future))

    def on_corrected(self, message: Corrected) -> None:
        """Show what it came to."""
        self._is_marking = False
        self._past, self._future = message.past, message.future
        before = self.report
        self.show_report(message.report)
        if before is not None:
            self.notify(_said(before, message.report), markup=False, timeout=3)

    def on_work_failed(self, message: WorkFailed) -> None:
        """The app tells of it; another correction can be tried."""
        del message
        self._is_marking = False


def _said(before: Report, after: Report) -> str:
    n_before, n_after, n_all = before.findings.n_met, after.findings.n_met, len(after.findings.elements)
    if n_before == n_after:
        return f"Kept. Marked again: {n_after} of {n_all} met."
    return f"Kept. Marked again: {n_after} of {n_all} met, {n_before} before."
