"""Which screen comes next, and how does the program begin and end?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from pmrehearse.cleaning import clean_line
from pmrehearse.session.events import CueRaised, TroubleTold
from pmrehearse.ui.background import WorkFailed, in_background
from pmrehearse.ui.commands import commands_of, keys_of
from pmrehearse.ui.jobs import Fetched, JobFailed, TakeDone, TakeLeft
from pmrehearse.ui.live import LiveRun
from pmrehearse.ui.requests import (
    HOME,
    AtBriefing,
    AtReport,
    CheckpointFetched,
    JobEnded,
    LiveReady,
    OpenBriefing,
    OpenReport,
    RunJob,
    SessionTold,
    StartAt,
)
from pmrehearse.ui.screens.base import Page
from pmrehearse.ui.screens.briefing import Briefing
from pmrehearse.ui.screens.dialog import Ask, Choice, Trouble
from pmrehearse.ui.screens.help import Help
from pmrehearse.ui.screens.history import History
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.screens.working import Working
from pmrehearse.ui.themes import THEMES, next_theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import SystemCommand
    from textual.screen import Screen

    from pmrehearse.ui.ports import ProgramPort

_QUIT = "A take is being recorded."


class RehearsalApp(App[None]):
    """The screens, one on another, and the run that is live."""

    TITLE = "pmrehearse"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+t", "next_theme", "Next theme", show=False),
    ]

    def __init__(self, program: ProgramPort, start: StartAt = HOME) -> None:
        """Prepare the screens.

        Args:
            program: What stands behind them.
            start: Where to begin.
        """
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        known = {theme.name for theme in THEMES}
        remembered = program.remembered.get("theme") or ""
        self.theme = remembered if remembered in known else THEMES[0].name
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (118, "-wide")]  # Textual types them as the app's own
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
        self.program = program
        self.live: LiveRun | None = None
        self._start = start

    def get_default_screen(self) -> Screen[Any]:
        """Home lies under everything."""
        return Home(self.program)

    def on_mount(self) -> None:
        """Go where the program was asked to begin."""
        if isinstance(self._start, AtReport):
            self.push_screen(ReportPage(self.program, self._start.take_id))
        elif isinstance(self._start, AtBriefing):
            self.post_message(OpenBriefing(self._start))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the command palette offers."""
        return commands_of(self, screen)

    def _go(self, screen: Screen[Any], *, replace: bool) -> None:
        if replace and len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    # ------------------------------------------------------------------ what screens ask for

    def on_open_briefing(self, message: OpenBriefing) -> None:
        """Prepare a run beside the screens, then brief it."""
        in_background(
            self,
            lambda: LiveRun(self.program, message.at, self.post_message),
            lambda live: LiveReady(live, replace=message.replace),
        )

    def on_live_ready(self, message: LiveReady) -> None:
        """Brief the run."""
        self.close_live()
        self.live = message.live
        self._go(Briefing(self.program, message.live), replace=message.replace)

    def on_open_report(self, message: OpenReport) -> None:
        """Show a take."""
        self._go(ReportPage(self.program, message.take_id), replace=message.replace)

    def on_open_history(self) -> None:
        """Show all takes; from a report that was opened there, go back to them."""
        below = self.screen_stack[-2] if len(self.screen_stack) > 1 else None
        if isinstance(below, History):
            self.pop_screen()
        else:
            self._go(History(self.program), replace=not isinstance(self.screen, Home))

    def on_run_job(self, message: RunJob) -> None:
        """Show a job at work."""
        self._go(Working(message.job, self.program.clock), replace=message.replace)

    def on_job_ended(self, message: JobEnded) -> None:
        """Go on with what came of a job."""
        result = message.result
        if isinstance(result, TakeDone):
            self.close_live()
            self.switch_screen(ReportPage(self.program, result.take_id))
        elif isinstance(result, TakeLeft) and not message.was_left:
            self.close_live()
            self.switch_screen(ReportPage(self.program, result.take_id, message=result.message, hint=result.hint))
        else:
            self.pop_screen()
            self._after_pop(message)

    def _after_pop(self, message: JobEnded) -> None:
        if isinstance(message.result, Fetched):
            self.screen.post_message(CheckpointFetched(message.result.name))
            return
        self.close_live()
        if isinstance(message.result, JobFailed) and message.result.message and not message.was_left:
            self.push_screen(Trouble(message.result.message, message.result.hint))

    def on_session_told(self, message: SessionTold) -> None:
        """Ring for the interviewer; tell what is wrong. Everything else stands in the view."""
        if isinstance(message.event, CueRaised):
            self.bell()
        elif isinstance(message.event, TroubleTold):
            told = clean_line(f"{message.event.message} {message.event.hint}")
            self.notify(told, severity="warning", markup=False)

    def on_work_failed(self, message: WorkFailed) -> None:
        """Show what failed, calmly."""
        self.push_screen(Trouble(message.message, message.hint))

    # ------------------------------------------------------------------ help, themes, the end

    def action_help(self) -> None:
        """The help of this screen."""
        if isinstance(self.screen, Page):
            self.push_screen(Help(self.screen.bar.heading, self.screen.PURPOSE, keys_of(self.screen)))

    def action_next_theme(self) -> None:
        """Dark, light, and the terminal's own colours."""
        self.theme = next_theme(self.theme)

    def watch_theme(self, theme: str) -> None:
        """Remember the theme."""
        if self.is_running:
            self.program.remembered.set("theme", theme)

    def action_help_quit(self) -> None:
        """Ctrl+C: the same as quitting."""
        self.call_later(self.action_quit)

    async def action_quit(self) -> None:
        """Leave; while a take is recorded, ask, and keep recording unless told otherwise."""
        if self.live is None or not self.live.is_recording:
            self.exit()
        elif not (isinstance(self.screen, Ask) and self.screen.question == _QUIT):
            choices = (Choice("stay", "Keep recording", "k"), Choice("quit", "Finish the take, and quit", "f"))
            self.push_screen(Ask(_QUIT, "What was said so far is safe either way.", choices), self._quit)

    def _quit(self, answer: str | None) -> None:
        if answer == "quit":
            if self.live is not None:
                self.live.conductor.finish()
            self.exit()

    def close_live(self) -> None:
        """End the run that is live, beside the screens."""
        if self.live is not None:
            self.live.close()
