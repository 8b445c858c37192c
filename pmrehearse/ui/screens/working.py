"""How far is it, and when will it be done?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Middle

from pmrehearse.ui.background import REDRAW_S
from pmrehearse.ui.jobs import JobFailed, Unit
from pmrehearse.ui.progress import TimeLeft
from pmrehearse.ui.requests import JobEnded
from pmrehearse.ui.screens.base import HELP_KEY, Page
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.widgets.progress_line import ProgressLine
from pmrehearse.ui.wording import clock, megabytes, time_left

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pmrehearse.session.ports import Clock
    from pmrehearse.ui.jobs import Job, JobResult, JobState


WRITTEN = {Unit.SECONDS: clock, Unit.BYTES: megabytes, Unit.TAKES: "{:.0f}".format}
"""How an amount reads."""


class Working(Page):
    """A line that grows, with the time that is left."""

    PURPOSE = "{working.back} leaves: what is done stays done, and the rest can be done later."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Leave it for later", key_display="esc"),
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    Working {
        align: center middle;
        Middle { width: 60; max-width: 90%; height: 1fr; }
        ProgressLine { margin: 1 0; }
        #words { color: $muted; margin-top: 1; height: 2; }
        #safe { color: $muted; margin-top: 1; }
    }
    """

    def __init__(self, job: Job, now: Clock) -> None:
        """Show a job and start it.

        Args:
            job: What is done.
            now: Gives the time for the estimate.
        """
        super().__init__("")
        self.job = job
        self._now = now
        self._left = TimeLeft()
        self._ended = False

    def content(self) -> ComposeResult:
        """The line, numbers, the last words; what is done stands in the title."""
        with Middle():
            yield ProgressLine()
            yield Plain("", id="numbers")
            yield Plain("", id="words")
            yield Plain(self.job.reassurance, id="safe")

    def on_mount(self) -> None:
        """Start, and look."""
        self.job.start()
        self._look()
        self.set_interval(REDRAW_S, self._look)

    def _look(self) -> None:
        state = self.job.state()
        if state.doing != self.bar.heading:  # another part of the work, with a speed of its own
            self._left = TimeLeft()
        self.bar.heading, self.bar.remark = state.doing, state.note
        self.query_one(ProgressLine).share = state.done / state.total if state.total else 0.0
        self.query_one("#numbers", Plain).show(self._numbers(state))
        self.query_one("#words", Plain).show(f"… {state.words}" if state.words else "")
        if state.result is not None and self.is_current:
            self._end(state.result, was_left=False)

    def _numbers(self, state: JobState) -> str:
        if not state.total:
            return f"{WRITTEN[state.unit](state.done)} so far" if state.done else "starting …"
        told = f"{WRITTEN[state.unit](state.done)} of {WRITTEN[state.unit](state.total)}"
        told += " takes" if state.unit is Unit.TAKES else ""
        left_s = self._left.after(self._now.now_s(), state.done, state.total)
        return told if left_s is None else f"{told} · {time_left(left_s)} left"

    def action_back(self) -> None:
        """Leave at once; the job stops when it can, and what it has done stays done."""
        self.job.leave()
        self._end(JobFailed(""), was_left=True)

    def _end(self, result: JobResult, *, was_left: bool) -> None:
        if not self._ended:
            self._ended = True
            self.post_message(JobEnded(result, was_left=was_left, ends_the_run=self.job.ends_the_run))
