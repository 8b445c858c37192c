"""Is the microphone right, what will recognise what is said, and where does one begin?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.reactive import var

from pmrehearse.errors import RehearsalError, SettingsError
from pmrehearse.remembered import FIRST_START
from pmrehearse.session.sound_check import CheckStage
from pmrehearse.settings.sources import Origin
from pmrehearse.speech.official import PUBLISHED, by_sha256
from pmrehearse.ui.background import in_background
from pmrehearse.ui.first_start_parts import (
    PageKeys,
    Recognition,
    labelled,
    onward,
    recognition,
)
from pmrehearse.ui.keymap import key_of
from pmrehearse.ui.requests import CheckpointFetched, OpenDemo, RunJob, SettingChanged
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.screens.dialog import Trouble
from pmrehearse.ui.screens.fetch_question import YES, fetch_question
from pmrehearse.ui.screens.microphones import Microphones
from pmrehearse.ui.screens.pick import Pick
from pmrehearse.ui.shown import Stack, shown
from pmrehearse.ui.upkeep_jobs import CheckpointFetch
from pmrehearse.ui.widgets.menu import choice
from pmrehearse.ui.widgets.microphone_check import MicrophoneCheck
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import megabytes

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pmrehearse.speech.speed import Speed
    from pmrehearse.ui.ports import ProgramPort

NO_MICROPHONE = "No microphone is open: {first_start.microphone} chooses another."


class MachineSeen(Message):
    """It is known what is on this computer, and perhaps how fast it recognises."""

    def __init__(self, here: frozenset[str], speed: Speed | None, problem: str = "") -> None:
        """Carry it.

        Args:
            here: The checkpoints on this computer.
            speed: How fast it is; None when that is not known.
            problem: Why it could not be measured, or "".
        """
        super().__init__()
        self.here = here
        self.speed = speed
        self.problem = problem


class FirstStartPage(Page):
    """Three things before the first rehearsal, none of which must be done."""

    SCOPE = "first_start"
    PURPOSE = (
        "What is worth a look before the first rehearsal. {first_start.hear} records three seconds and plays them "
        "back; {first_start.fetch} fetches the checkpoint that writes down what you say; {first_start.demo} shows "
        "the whole way with a bundled answer. None of it must be done: {first_start.back} goes to the scenarios, and "
        "this page comes back there with {home.first_start}."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "back", "To the scenarios", key_display="enter"),
        Binding("space", "hear", "Hear yourself", key_display="space"),
        Binding("f", "fetch", "Fetch"),
        Binding("w", "demo", "Watch demo"),
        Binding("m", "microphone", "Microphone"),
        Binding("c", "checkpoint", "Another checkpoint", show=False),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    FirstStartPage {
        #steps { height: 1fr; padding: 1 1 0 2; scrollbar-size-vertical: 1; }
        #steps > * { max-width: 78; margin-right: 1; }
        #welcome, #recognition { margin-bottom: 1; }
        &.-tall #steps { padding: 2 3 0 4; }
        &.-tall #welcome { margin-bottom: 2; }
        &.-wide #steps { align-horizontal: center; }
        &.-wide.-tall #steps { padding: 4 3 0 4; }
    }
    """

    seen: var[MachineSeen | None] = var(None, bindings=True)
    """What is known of this computer; None before that was read."""

    def __init__(self, program: ProgramPort) -> None:
        """Show everything; nothing is opened yet.

        Args:
            program: What stands behind the screens.
        """
        super().__init__("pmrehearse", "before the first rehearsal")
        self._program = program
        self._chosen = ""

    def why_not(self, action: str) -> str:
        """One is heard by a microphone that is open; what is here already is not fetched."""
        if action == "hear" and self.query_one(MicrophoneCheck).stage is CheckStage.FAILED:
            return NO_MICROPHONE
        is_here = action == "fetch" and self.seen is not None and self._recognition.is_here
        return f"{self._recognition.name} is here already." if is_here else super().why_not(action)

    def content(self) -> ComposeResult:
        """Microphone, recognition, demo; how to go on below."""
        with VerticalScroll(id="steps", can_focus=False):
            yield Plain("", id="welcome")
            settings = self._program.settings
            yield MicrophoneCheck(self._program.sound_check, lambda: settings.values.microphone, lambda: self._keys)
            yield Plain(labelled("Recognition", shown(("a moment", "$muted"))), id="recognition")
            yield Plain("", id="onward")

    def on_mount(self) -> None:
        """Look round; the next start goes straight to the scenarios."""
        self._program.remembered.set(FIRST_START, "seen")
        self.query_one("#welcome", Plain).show(
            Stack(
                shown(("Rehearse an interview aloud, and read what was missing.", "bold")),
                shown(("What you say stays on this computer.", "$muted")),
            )
        )
        self.query_one("#onward", Plain).show(onward(self._keys))
        in_background(self, self._known, lambda known: known)

    def on_screen_resume(self) -> None:
        """Listen (again)."""
        self.query_one(MicrophoneCheck).listen()

    # ------------------------------------------------------------------ the microphone

    def action_hear(self) -> None:
        """Record three seconds and play them back."""
        self.query_one(MicrophoneCheck).hear_yourself()

    def action_microphone(self) -> None:
        """Choose another microphone."""
        current = self._program.settings.values.microphone
        self.app.push_screen(Microphones(self._program, current), self._take_microphone)

    def _take_microphone(self, name: str | None) -> None:
        if name is not None:
            self._program.settings.choose("microphone", name)
            self.query_one(MicrophoneCheck).change()

    # ------------------------------------------------------------------ recognition

    def _known(self) -> MachineSeen:
        """What is here, and how fast this computer is as far as it is remembered."""
        here = frozenset(each.name for each in self._program.checkpoints.available())
        return MachineSeen(here, self._program.speeds.known())

    def _measured(self, here: frozenset[str]) -> MachineSeen:
        """How fast this computer is, measured now."""
        try:
            return MachineSeen(here, self._program.measured_speed())
        except RehearsalError as error:
            return MachineSeen(here, None, f"{error.message} {error.hint}")

    def on_machine_seen(self, message: MachineSeen) -> None:
        """Say what fits; measure it, where that is not known and something must be fetched."""
        self.seen = message
        self._show_recognition()
        if not (message.speed or message.problem or self._recognition.is_here):
            in_background(self, lambda: self._measured(message.here), lambda seen: seen)

    @property
    def _recognition(self) -> Recognition:
        held = next(one for one in self._program.settings.held() if one.setting.name == "checkpoint")
        known = self.seen or MachineSeen(frozenset(), None)
        return Recognition(
            wanted=str(held.value),
            is_usual=held.origin is Origin.USUAL,
            language=self._program.settings.values.language,
            here=known.here,
            speed=known.speed,
            chosen=self._chosen,
            problem=known.problem,
        )

    def _show_recognition(self) -> None:
        if self.seen is not None:
            self.query_one("#recognition", Plain).show(recognition(self._recognition, self._keys))

    def action_checkpoint(self) -> None:
        """Choose another checkpoint."""
        known = self._recognition
        names = [one for one in PUBLISHED if by_sha256(one.sha256) is one]
        options = [
            choice(
                one.name,
                one.name,
                lead="● " if one.name == known.name else "  ",
                tail=shown(("here" if one.name in known.here else megabytes(one.about_bytes), "$muted")),
            )
            for one in names
        ]
        self.app.push_screen(Pick("Which checkpoint recognises?", options), self._take_checkpoint)

    def _take_checkpoint(self, name: str | None) -> None:
        if name:
            self._chosen = name
            if self._recognition.is_here:
                self._set(name)
            self._show_recognition()
            self.refresh_bindings()

    def action_fetch(self) -> None:
        """Fetch the checkpoint that is shown, on the user's word only."""
        known = self._recognition
        if not known.is_here:
            self.app.push_screen(fetch_question(known.name), lambda answer: self._fetch(known.name, answer))

    def _fetch(self, name: str, answer: str | None) -> None:
        if answer == YES:
            self.post_message(RunJob(CheckpointFetch(self._program, name)))

    def on_checkpoint_fetched(self, message: CheckpointFetched) -> None:
        """It is here, and it is what recognises from now on."""
        message.stop()
        self._chosen = message.name
        self._set(message.name)
        in_background(self, self._known, lambda known: known)

    def _set(self, name: str) -> None:
        """Write it into the settings, unless it is what they say already."""
        if name == self._program.settings.values.checkpoint:
            return
        try:
            self._program.settings.change("checkpoint", name)
        except SettingsError as error:
            self.app.push_screen(Trouble(error.message, error.hint))
            return
        self.post_message(SettingChanged("checkpoint"))

    # ------------------------------------------------------------------ onward

    def action_demo(self) -> None:
        """Watch the demo, and come back."""
        self.query_one(MicrophoneCheck).end()
        self.post_message(OpenDemo())

    @property
    def _keys(self) -> PageKeys:
        names = ("hear", "microphone", "fetch", "checkpoint", "demo", "back")
        return PageKeys(*(key_of(self.app, f"first_start.{name}") for name in names))
