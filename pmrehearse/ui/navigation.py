"""Which screen comes after which?

Home lies under everything. What a screen asks for comes up as a message; the screen that follows lies on the one that
asked, or takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from pmrehearse.cleaning import clean_line
from pmrehearse.session.events import CueRaised, TroubleTold
from pmrehearse.ui import pages
from pmrehearse.ui.background import WorkFailed, in_background
from pmrehearse.ui.jobs import Fetched, JobFailed, LibraryTended, TakeDone, TakeLeft
from pmrehearse.ui.live import LiveRun
from pmrehearse.ui.requests import (
    AtBriefing,
    AtReport,
    Came,
    CheckpointFetched,
    JobEnded,
    LiveReady,
    OpenBriefing,
    OpenComparison,
    OpenReport,
    RunJob,
    SessionTold,
    StartAt,
    Within,
)
from pmrehearse.ui.screens.dialog import Trouble
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.preparing import Preparing

if TYPE_CHECKING:
    from textual.screen import Screen

    from pmrehearse.ui.ports import ProgramPort


class Navigation(App[None]):
    """The screens, one on another, and the run that is live.

    Attributes:
        program: What stands behind the screens.
        live: The last run that was prepared; None before the first.
    """

    def __init__(self, program: ProgramPort, start: StartAt, *, no_colour: bool = False) -> None:
        """Prepare the screens.

        Args:
            program: What stands behind them.
            start: Where to begin.
            no_colour: True to write no colour at all.
        """
        super().__init__(ansi_color=True if no_colour else None)  # with NO_COLOR, Textual drops the terminal's own
        self.program = program
        self.live: LiveRun | None = None
        self._start = start

    def get_default_screen(self) -> Screen[Any]:
        """Home lies under everything."""
        return Home(self.program)

    def on_mount(self) -> None:
        """Go where the program was asked to begin."""
        if isinstance(self._start, AtReport):
            self._go(pages.ReportPage(self.program, self._start.take_id))
        elif isinstance(self._start, AtBriefing):
            self.on_open_briefing(OpenBriefing(self._start))

    def _go(self, screen: Screen[Any], *, replace: bool = False) -> None:
        if replace and len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def on_open_briefing(self, message: OpenBriefing) -> None:
        """Prepare a run beside the screens."""
        page = Preparing(message.at.scenario_id)
        self._go(page, replace=message.replace)
        in_background(
            self, lambda: LiveRun(self.program, message.at, self.post_message), lambda live: LiveReady(live, page)
        )

    def on_live_ready(self, message: LiveReady) -> None:
        """Brief the run, if it is still waited for."""
        if self.screen is not message.asked_by:
            message.live.close()
            return
        self.close_live()
        self.live = message.live
        self.switch_screen(self.briefing_of(message.live))

    def briefing_of(self, live: LiveRun) -> Screen[Any]:
        """The page that a run is started from."""
        return pages.Briefing(self.program, live)

    def after_run(self, message: JobEnded, live: LiveRun) -> bool:
        """Go on after a run in some other way than to the report of its take; True when that was done.

        Args:
            message: What came of it.
            live: The run.
        """
        del message, live
        return False

    def on_open_report(self, message: OpenReport) -> None:
        """Show a take."""
        self._go(pages.ReportPage(self.program, message.take_id, at=message.at), replace=message.replace)

    def on_open_history(self) -> None:
        """Show all takes, in the place of a report; from a report that was opened there, go back to them."""
        below = self.screen_stack[-2] if len(self.screen_stack) > 1 else None
        if isinstance(below, pages.History):
            self.pop_screen()
        else:
            self._go(pages.History(self.program), replace=isinstance(self.screen, pages.ReportPage))

    def on_open_settings(self) -> None:
        """Show what is set."""
        self._go(pages.SettingsPage(self.program))

    def on_open_comparison(self, message: OpenComparison) -> None:
        """Show two takes beside one another."""
        self._go(pages.ComparePage(self.program, message.before, message.after))

    def on_run_job(self, message: RunJob) -> None:
        """Show a job at work."""
        self._go(pages.Working(message.job, self.program.clock), replace=message.replace)

    def on_job_ended(self, message: JobEnded) -> None:
        """Go on with what came of a job."""
        result = message.result
        if message.ends_the_run and self.live is not None and self.after_run(message, self.live):
            self.close_live()
        elif isinstance(result, Fetched):
            self.pop_screen()
            self.screen.post_message(CheckpointFetched(result.name))
        elif isinstance(result, LibraryTended):
            self.pop_screen()
            self.screen.post_message(Came(result.tended))
        elif isinstance(result, TakeDone):
            self.switch_screen(pages.ReportPage(self.program, result.take_id, at=Within(is_new=True)))
        elif isinstance(result, TakeLeft) and not message.was_left:
            self.switch_screen(pages.ReportPage(self.program, result.take_id, message=result.message, hint=result.hint))
        else:
            self.pop_screen()
            if isinstance(result, JobFailed) and not message.was_left:
                self.push_screen(Trouble(result.message, result.hint))
        if message.ends_the_run:
            self.close_live()

    def on_session_told(self, message: SessionTold) -> None:
        """Ring for the interviewer; tell what is wrong and stands on no banner. The view says everything else."""
        event = message.event
        if isinstance(event, CueRaised):
            self.bell()
        elif isinstance(event, TroubleTold) and event.message not in self._on_banner():
            self.notify(clean_line(f"{event.message} {event.hint}"), severity="warning", markup=False)

    def _on_banner(self) -> set[str]:
        return {trouble.message for trouble in self.live.view().troubles} if self.live is not None else set()

    def on_work_failed(self, message: WorkFailed) -> None:
        """Show what failed, calmly."""
        if isinstance(self.screen, Preparing):
            self.pop_screen()
        self.push_screen(Trouble(message.message, message.hint))

    def close_live(self) -> None:
        """End the run that is live, beside the screens."""
        if self.live is not None:
            self.live.close()
