"""How is the take of a report listened to: its evidence, from a word, on and back, slower, again and again?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import var

from pmrehearse.ui.playback import evidence_of, from_moment, next_of, passage_of, stretch_of
from pmrehearse.ui.screens.base import Page
from pmrehearse.ui.screens.dialog import Trouble
from pmrehearse.ui.take_sound import LOST, NOWHERE, TYPED
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.notes import NONE as NO_NOTE
from pmrehearse.ui.widgets.notes import NotesPane
from pmrehearse.ui.widgets.player_line import PlayerLine
from pmrehearse.ui.widgets.transcript import TranscriptPane
from pmrehearse.ui.wordlines import word_at

if TYPE_CHECKING:
    from textual.widgets import OptionList

    from pmrehearse.library.report import Report
    from pmrehearse.ui.playback import Stretch
    from pmrehearse.ui.ports import ProgramPort

_HEARD = ("play", "play_note", "play_or_pause", "silence", "skip", "speed", "loop", "element")
"""What can be done with sound alone."""


class ListeningPage(Page):
    """A page that shows the report of a take, and on which the take is heard.

    Attributes:
        take_id: The take.
    """

    report: var[Report | None] = var(None, bindings=True)
    """Its report; None before it has been computed."""
    has_sound: var[bool] = var(default=True, bindings=True)
    """False when there is no sound that could be heard."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "play", "Play", show=False),
        Binding("space", "play_or_pause", "Pause", key_display="space"),
        Binding("s", "silence", "Stop the sound", show=False),
        Binding("comma", "skip(-1)", "Back 1.5 s", show=False, key_display=",", id="listening.skip_back"),
        Binding("full_stop", "skip(1)", "On 1.5 s", show=False, key_display=".", id="listening.skip_on"),
        Binding("minus", "speed(-1)", "Slower", show=False, key_display="-", id="listening.slower"),
        Binding("plus,equals_sign", "speed(1)", "Faster", show=False, key_display="+", id="listening.faster"),
        Binding(
            "left_square_bracket",
            "element(-1)",
            "Evidence before",
            show=False,
            key_display="[",
            id="listening.evidence_before",
        ),
        Binding(
            "right_square_bracket",
            "element(1)",
            "Next evidence",
            show=False,
            key_display="]",
            id="listening.next_evidence",
        ),
        Binding("r", "loop", "Again and again", show=False),
    ]

    def __init__(self, program: ProgramPort, take_id: str, heading: str) -> None:
        """Show a take.

        Args:
            program: What stands behind the screens.
            take_id: The take.
            heading: The title.
        """
        super().__init__(heading)
        self._program = program
        self.take_id = take_id

    def why_not(self, action: str) -> str:
        """Nothing is heard of a take that was typed, or whose sound is gone; nor of what has no place in it."""
        if action not in _HEARD or self.report is None:
            return super().why_not(action)
        if not (self.report.take.n_samples and self.has_sound):
            return LOST if self.report.take.n_samples else TYPED
        if action == "play_note" and (note := self.query_one(NotesPane).chosen) is not None:
            return "" if note.at_s is not None else NOWHERE
        nowhere = action == "play" and self._stretch(self.report) is None
        return NO_NOTE if action == "play_note" else NOWHERE if nowhere else ""

    @property
    def in_transcript(self) -> bool:
        """True when keys act on the transcript."""
        raise NotImplementedError

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Play what was chosen."""
        del event
        self.action_play()

    def on_transcript_pane_chosen(self, message: TranscriptPane.Chosen) -> None:
        """Play from a word."""
        del message
        self.action_play()

    def on_notes_pane_wanted(self, message: NotesPane.Wanted) -> None:
        """A note was clicked."""
        del message
        self.action_play_note()

    def action_play_note(self) -> None:
        """Play from the moment of the chosen note."""
        note = self.query_one(NotesPane).chosen
        if note is not None:
            self._player.play(None if note.at_s is None else from_moment(note.at_s))

    def on_player_line_moved(self, message: PlayerLine.Moved) -> None:
        """Mark the word that is heard."""
        words = self.report.transcript.words if self.report is not None else ()
        self.query_one(TranscriptPane).spoken = None if message.at_s is None else word_at(words, message.at_s)

    def on_player_line_failed(self, message: PlayerLine.Failed) -> None:
        """Say what went wrong."""
        self.app.push_screen(Trouble(message.message, message.hint))

    @property
    def _player(self) -> PlayerLine:
        return self.query_one(PlayerLine)

    def action_play(self) -> None:
        """Play the evidence, or on from the word."""
        if self.report is not None:
            self._player.play(self._stretch(self.report))

    def _stretch(self, report: Report) -> Stretch | None:
        if self.in_transcript:
            start_s = self.query_one(TranscriptPane).chosen_start_s
            return None if start_s is None else from_moment(start_s)
        return stretch_of(report, self.query_one("#elements", Menu).chosen_id)

    def action_play_or_pause(self) -> None:
        """Pause; go on; begin where it was left off."""
        self._player.toggle()

    def action_silence(self) -> None:
        """Stop the sound."""
        self._player.silence()

    def action_skip(self, steps: int) -> None:
        """A little on or back."""
        self._player.skip(steps)

    def action_speed(self, steps: int) -> None:
        """Faster or slower, at the same pitch."""
        self._player.change_speed(steps)

    def action_loop(self) -> None:
        """Play the chosen words, or the evidence, again and again."""
        if self.report is None:
            return
        pane = self.query_one(TranscriptPane)
        in_words = self.in_transcript and pane.run is not None
        passage = (
            passage_of(self.report, pane.run, pane.has_run) if in_words and pane.run else self._stretch(self.report)
        )
        self._player.loop(passage)

    def action_element(self, steps: int) -> None:
        """Play the evidence that comes next in the sound."""
        if self.report is None:
            return
        name = next_of(self.report, self.moment_s, steps)
        if name:
            menu = self.query_one("#elements", Menu)
            menu.highlighted = menu.get_option_index(name)
            self._player.play(stretch_of(self.report, name))

    @property
    def moment_s(self) -> float | None:
        """The moment that is heard, else that of the word or the evidence that is looked at."""
        if self._player.at_s is not None or self.report is None:
            return self._player.at_s
        if self.in_transcript:
            return self.query_one(TranscriptPane).chosen_start_s
        evidence = evidence_of(self.report, self.query_one("#elements", Menu).chosen_id)
        return evidence.start_s if evidence is not None else None
