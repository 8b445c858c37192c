"""Which screen comes after which when an element is drilled, a round is rehearsed, or the plan is followed?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmrehearse.practice.rehearsals import DEMO_TAG
from pmrehearse.ui import pages
from pmrehearse.ui.background import in_background
from pmrehearse.ui.jobs import TakeDone, TakeLeft
from pmrehearse.ui.library_navigation import LibraryNavigation
from pmrehearse.ui.practice_requests import (
    AtDrill,
    AtProgress,
    AtRound,
    DemoTagged,
    DrillAt,
    OpenDebrief,
    OpenDrill,
    OpenRound,
    RoundAt,
    RoundFound,
)
from pmrehearse.ui.requests import AtBriefing, JobEnded, OpenBriefing

if TYPE_CHECKING:
    from textual.screen import Screen

    from pmrehearse.ui.live import LiveRun


class PracticeNavigation(LibraryNavigation):
    """The screens, with those of practice among them."""

    def on_mount(self) -> None:
        """Go where the program was asked to begin; Textual calls the base class's handler, too."""
        if isinstance(self._start, AtDrill):
            self.on_open_drill(OpenDrill(self._start))
        elif isinstance(self._start, AtRound):
            self.on_open_round(OpenRound(self._start))
        elif isinstance(self._start, AtProgress):
            self._go(pages.ProgressPage(self.program, self._start.scenario_id))

    def briefing_of(self, live: LiveRun) -> Screen[Any]:
        """A drill and a round have pages of their own."""
        if live.at.drill is not None:
            return pages.DrillPage(self.program, live, live.at.drill)
        if live.at.round is not None:
            return pages.RoundBriefing(self.program, live, live.at.round)
        return super().briefing_of(live)

    def after_run(self, message: JobEnded, live: LiveRun) -> bool:
        """To the next try of a drill, the next scenario of a round, or its debrief; False when it is none of them."""
        at, result = live.at, message.result
        take_id = result.take_id if isinstance(result, TakeDone | TakeLeft) else live.view().take_id
        if isinstance(result, TakeDone) and at.is_demo:
            in_background(self, lambda: self.program.library.tag(take_id, (DEMO_TAG,)), lambda _take: DemoTagged())
        if at.drill is not None and isinstance(result, TakeDone):
            self._under_the_run(replace(at, drill=replace(at.drill, take_ids=(*at.drill.take_ids, take_id))))
            return True
        if at.round is not None and take_id and (isinstance(result, TakeDone | TakeLeft) or message.was_left):
            self._go_on_with(replace(at.round, take_ids=(*at.round.take_ids, take_id)), at)
            return True
        return False

    def _under_the_run(self, at: AtBriefing) -> None:
        """Back to the page that the run was started from, made anew for the next run."""
        self.pop_screen()
        self.on_open_briefing(OpenBriefing(at, replace=True))

    def _go_on_with(self, round_: RoundAt, at: AtBriefing) -> None:
        n_done = len(round_.take_ids)
        if n_done < len(round_.scenario_ids):
            self._under_the_run(replace(at, scenario_id=round_.scenario_ids[n_done], round=round_))
        else:
            self.pop_screen()
            self.on_open_debrief(OpenDebrief(round_))

    def on_open_drill(self, message: OpenDrill) -> None:
        """Drill elements, one after another."""
        at = message.at
        drill = DrillAt(at.names, (), at.seconds)
        self.on_open_briefing(OpenBriefing(AtBriefing(at.names[0], at.source, at.checkpoint, drill=drill)))

    def on_open_round(self, message: OpenRound) -> None:
        """Find out what a round asks for."""
        at = message.at
        in_background(
            self, lambda: self.program.planning.round(at.loop_id, at.number), lambda found: RoundFound(at, found)
        )

    def on_round_found(self, message: RoundFound) -> None:
        """Brief the first scenario of a round."""
        at = message.at
        round_ = RoundAt(at.loop_id, at.number, message.scenario_ids)
        first = AtBriefing(message.scenario_ids[0], checkpoint=at.checkpoint, round=round_)
        self.on_open_briefing(OpenBriefing(first))

    def on_open_debrief(self, message: OpenDebrief) -> None:
        """Show what a round came to, in the place of its briefing."""
        page = pages.DebriefPage(self.program, message.at)
        self._go(page, replace=isinstance(self.screen, pages.RoundBriefing))

    def on_open_plan(self) -> None:
        """Show the plan."""
        self._go(pages.PlanPage(self.program))

    def on_open_progress(self) -> None:
        """Show how everything went over the takes."""
        self._go(pages.ProgressPage(self.program))
