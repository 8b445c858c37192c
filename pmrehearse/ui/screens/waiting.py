"""How can a take without a transcript go on?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Middle
from textual.message import Message

from pmrehearse.library.take import TakeStatus
from pmrehearse.ui.background import in_background
from pmrehearse.ui.keymap import key_of
from pmrehearse.ui.requests import CheckpointFetched, OpenReport, RunJob
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.screens.fetch_question import YES, fetch_question
from pmrehearse.ui.screens.text_entry import TextEntry
from pmrehearse.ui.shown import Row, Stack, shown
from pmrehearse.ui.take_jobs import TakeTranscription
from pmrehearse.ui.upkeep_jobs import CheckpointFetch
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import clock, moment

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from pmrehearse.library.report import Report
    from pmrehearse.speech.events import SpeechOptions
    from pmrehearse.ui.ports import ProgramPort

_LATER = "It can be transcribed now or at any later time."
_THEIRS = "It can be transcribed when that rehearsal has ended."


class RecogniserLooked(Message):
    """It is known whether there is a checkpoint."""

    def __init__(self, options: SpeechOptions | None) -> None:
        """Carry it.

        Args:
            options: How it would be recognised; None without a checkpoint.
        """
        super().__init__()
        self.options = options


class WaitingTake(Page):
    """The sound is safe; here is what can be done with it."""

    PURPOSE = "A take is never lost for want of a transcript: recognise it now, later, or write down what you said."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,enter", "finish", "Transcribe it", key_display="f"),
        Binding("p", "paste", "Paste a text"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    WaitingTake {
        align: center middle;
        Middle { width: 68; max-width: 92%; height: 1fr; }
    }
    """

    def __init__(self, program: ProgramPort, report: Report, message: str = "", hint: str = "") -> None:
        """Show a take that waits.

        Args:
            program: What stands behind the screens.
            report: What is known of it.
            message: Why it waits, when that has just been found out.
            hint: What to do about it.
        """
        super().__init__(report.take.scenario.title, moment(report.take.started_at))
        self._program = program
        self._report = report
        refused = [each for each in program.recovery.troubles if each.take_id == report.take.id]
        self._message = message or (refused[0].message if refused else "")
        self._hint = hint or (refused[0].hint if refused else "")
        self._options: SpeechOptions | None = None

    def why_not(self, action: str) -> str:
        """A take that another program records is left to it."""
        return _THEIRS if action in ("finish", "paste") and self._is_theirs else super().why_not(action)

    @property
    def _is_theirs(self) -> bool:
        return self._report.take.status is TakeStatus.RECORDING and not self._message

    def content(self) -> ComposeResult:
        """One text in the middle."""
        with Middle():
            yield Plain(self._text(None), id="text")

    def on_mount(self) -> None:
        """Look for a checkpoint."""
        in_background(self, lambda: self._program.speech_options(None), RecogniserLooked)

    def on_recogniser_looked(self, message: RecogniserLooked) -> None:
        """Say what `f` does."""
        self._options = message.options
        name = message.options.checkpoint if message.options else ""
        self.query_one("#text", Plain).show(self._text(name))

    def _text(self, checkpoint: str | None) -> Stack:
        take = self._report.take
        if self._is_theirs:
            return Stack(shown(("Another program is recording this take.", "bold")), shown(_THEIRS))
        what = "This take was cut short." if take.ended == "interrupted" else "This take waits for its transcript."
        sound = f"{clock(take.duration_s)} of sound are safe. " if take.n_samples else "What was recorded is safe. "
        parts: list[Content | Row] = [shown((what, "bold")), shown(sound + _LATER)]
        if self._message:
            parts.extend(
                [shown(""), Row(shown(self._message + " ", (self._hint, "$muted")), shown(("! ", "$warning")))]
            )
        transcribe = {
            None: "transcribe it",
            "": f"fetch the checkpoint {self._program.settings.values.checkpoint}, then transcribe it",
        }
        parts.extend(
            [
                shown(""),
                _key(
                    key_of(self.app, "waiting_take.finish"),
                    transcribe.get(checkpoint, f"transcribe it with {checkpoint}"),
                ),
                _key(key_of(self.app, "waiting_take.paste"), "paste or type what you said instead"),
                _key(key_of(self.app, "page.back"), "leave it for later"),
            ]
        )
        return Stack(*parts)

    def action_finish(self) -> None:
        """Transcribe it; without a checkpoint, ask to fetch one first."""
        if self._options is not None:
            self._transcribe()
        else:
            self.app.push_screen(fetch_question(self._program.settings.values.checkpoint), self._fetch)

    def _fetch(self, answer: str | None) -> None:
        if answer == YES:
            self.post_message(RunJob(CheckpointFetch(self._program, self._program.settings.values.checkpoint)))

    def on_checkpoint_fetched(self, message: CheckpointFetched) -> None:
        """Go on with it."""
        message.stop()
        self._transcribe()

    def _transcribe(self) -> None:
        self.post_message(RunJob(TakeTranscription(self._program, self._report.take.id), replace=True))

    def action_paste(self) -> None:
        """Write down what was said."""
        self.app.push_screen(TextEntry(self._report.take.scenario.title), self._set_text)

    def _set_text(self, text: str | None) -> None:
        if text:
            in_background(
                self,
                lambda: self._program.reviewer.set_text(self._report.take.id, text),
                lambda take: OpenReport(take.id, replace=True),
            )


def _key(key: str, meaning: str) -> Row:
    return Row(shown(meaning), shown((key.ljust(5), "bold $primary")))
