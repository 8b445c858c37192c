"""The transcript, paragraph by paragraph, with the evidence marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.ui.paragraphs import Paragraph, paragraph_text, paragraphs, underlinings
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu, choice, gap, heading
from pmrehearse.ui.wording import clock

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from pmrehearse.library.report import Report

_WORD = "word:"


class TranscriptPane(Menu):
    """A list of paragraphs; Enter plays from the one that is highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Play", key_display="enter")]

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(id="transcript")
        self._paragraphs: tuple[Paragraph, ...] = ()

    def show(self, report: Report) -> None:
        """Show the transcript of a report."""
        self._paragraphs = paragraphs(report.transcript)
        words, lines = report.transcript.words, underlinings(report)
        starts = {phase.title: phase.start_s for phase in report.phases if phase.start_s is not None}
        options: list[Option] = []
        for paragraph in self._paragraphs:
            for title in _due(starts, paragraph):
                options.extend([gap(), heading(title)] if options else [heading(title)])
            lead = f"{clock(paragraph.start_s):>5}  " if paragraph.start_s is not None else ""
            text = paragraph_text(paragraph, words, lines)
            options.append(choice(f"{_WORD}{paragraph.first_word}", text, lead=shown((lead, "$muted"))))
        self.fill(options or [heading("Nothing was heard.")])

    def go_to(self, word: int) -> None:
        """Move the highlight to the paragraph that holds a word."""
        paragraph = next((each for each in self._paragraphs if each.holds(word)), None)
        if paragraph is not None:
            self.highlighted = self.get_option_index(f"{_WORD}{paragraph.first_word}")
            self.call_after_refresh(self.scroll_to_highlight)  # its height may change with the detail above it

    @property
    def chosen_start_s(self) -> float | None:
        """When the highlighted paragraph begins; None without times."""
        wanted = self.chosen_id
        return next((each.start_s for each in self._paragraphs if f"{_WORD}{each.first_word}" == wanted), None)


def _due(starts: dict[str, float], paragraph: Paragraph) -> list[str]:
    """Titles of the phases that have begun by this paragraph and stand nowhere yet; they are taken out of `starts`."""
    if paragraph.start_s is None:
        return []
    due = [title for title, start_s in starts.items() if start_s <= paragraph.start_s]
    for title in due:
        del starts[title]
    return due
