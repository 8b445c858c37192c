"""What holds of every run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pmrehearse.rehearsal.events import (
    CountdownBegan,
    End,
    EndReason,
    FlagsHeld,
    Mark,
    NextPhase,
    Pause,
    RecordingStarted,
    Resume,
    RunEvent,
    Tick,
)
from pmrehearse.rehearsal.run import Run, RunStage, advance
from pmrehearse.scenario.model import Cue, Phase, Scenario

_SECONDS = st.floats(0.0, 400.0)
_FLAGS = ("one", "two", "none")
_CUES = st.lists(
    st.builds(Cue, st.text(max_size=3), at_s=st.floats(0.0, 300.0))
    | st.builds(Cue, st.text(max_size=3), on_flag=st.sampled_from(_FLAGS[:2])),
    max_size=6,
)
_HELD = st.builds(FlagsHeld, st.lists(st.sampled_from(_FLAGS), max_size=3).map(tuple))
_STEPS = st.lists(
    st.tuples(
        st.floats(0.0, 20.0),
        st.sampled_from((Tick(), NextPhase(), Mark())) | _HELD,
    ),
    max_size=30,
)


def _scenario(cues: list[Cue], hard_limit: bool) -> Scenario:  # noqa: FBT001 - drawn by Hypothesis
    phases = (Phase("a", "A", 60.0), Phase("b", "B", 90.0), Phase("c", "C", 30.0))
    return Scenario("mine/one", "One", "Say it.", 180.0, hard_limit, 120.0, 180.0, phases, (), cues=tuple(cues))


def _started(scenario: Scenario) -> Run:
    return advance(Run(scenario), 0.0, RecordingStarted())


@settings(deadline=None)
@given(st.floats(0.0, 89.0), st.floats(0.0, 90.0))
def test_remaining_time_falls_one_second_a_second(from_s: float, by_s: float) -> None:
    """Between two ticks the whole's and the phase's remaining time fall by just the time between them."""
    before = advance(_started(_scenario([], hard_limit=True)), from_s, Tick())
    after = advance(before, from_s + by_s, Tick())
    assert before.remaining_s - after.remaining_s == pytest.approx(by_s)
    assert before.phase_remaining_s - after.phase_remaining_s == pytest.approx(by_s)


@settings(deadline=None)
@given(_CUES, _STEPS, st.data())
def test_pausing_changes_no_log_times(
    cues: list[Cue], steps: list[tuple[float, RunEvent]], data: st.DataObject
) -> None:
    """A run with pauses put between its steps has the log of the same run without them, but for the pauses."""
    plain = paused = _started(_scenario(cues, hard_limit=False))
    now_s = 0.0
    for passed_s, event in steps:
        now_s += passed_s
        plain = advance(plain, now_s, event)
        paused = advance(paused, now_s, event)
        if data.draw(st.booleans()):
            paused = advance(advance(paused, now_s, Pause()), now_s + 50.0, Resume(50.0))
    assert replace(paused.log, pauses=()) == plain.log


@settings(deadline=None)
@given(_CUES, _STEPS, _STEPS)
def test_cards_come_once_and_in_order(
    cues: list[Cue], steps: list[tuple[float, RunEvent]], more: list[tuple[float, RunEvent]]
) -> None:
    """No card comes twice, none before its time or flag, and of two with times the earlier is never the later."""
    run, now_s, raised = _started(_scenario(cues, hard_limit=False)), 0.0, set[str]()
    for passed_s, event in steps + more:
        now_s += passed_s
        run = advance(run, now_s, event)
        raised |= set(event.flag_ids) if isinstance(event, FlagsHeld) else set()
    shown = [run.scenario.cues[index] for index in run.shown]
    times = [cue.at_s for cue in shown if cue.at_s is not None]
    assert len(set(run.shown)) == len(run.shown) == len(run.log.cues)
    assert times == sorted(times)
    assert all(time_s <= run.clock_s for time_s in times)
    assert {cue.on_flag for cue in shown if cue.on_flag} <= raised
    due = {index for index, cue in enumerate(cues) if cue.at_s is not None and cue.at_s <= run.clock_s}
    assert due <= set(run.shown)


class RunMachine(RuleBasedStateMachine):
    """Every order of events, with a clock that jitters as block counts do."""

    @initialize(cues=_CUES, hard_limit=st.booleans())
    def ready(self, cues: list[Cue], hard_limit: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
        """A run that has not begun."""
        self.run = self.before = Run(_scenario(cues, hard_limit))

    def _do(self, now_s: float, event: RunEvent) -> None:
        self.before, self.run = self.run, advance(self.run, now_s, event)

    @rule(event=st.sampled_from((CountdownBegan(), RecordingStarted())))
    def begin(self, event: RunEvent) -> None:
        """The countdown, the first block."""
        self._do(0.0, event)

    @rule(
        passed_s=st.floats(-0.2, 40.0),
        event=st.sampled_from((Tick(), NextPhase(), Mark(), Pause(), Resume(4.0))) | _HELD,
    )
    def go_on(self, passed_s: float, event: RunEvent) -> None:
        """Something happens a while later, or a part of a block earlier."""
        self._do(self.run.clock_s + passed_s, event)

    @precondition(lambda self: self.run.clock_s > 100.0)
    @rule(reason=st.sampled_from(EndReason))
    def end(self, reason: EndReason) -> None:
        """The run is ended from outside."""
        self._do(self.run.clock_s, End(reason))

    @invariant()
    def time_goes_forward(self) -> None:
        """The clock goes forward, within the limit, and only while the run runs."""
        assert self.before.clock_s <= self.run.clock_s <= self.run.limit_s
        if self.before.stage is not RunStage.RUNNING:
            assert self.run.clock_s == self.before.clock_s

    @invariant()
    def the_log_only_grows(self) -> None:
        """What is logged stays; each list is in the order of time and within the clock."""
        for name in ("phases", "cues", "pauses"):
            old, new = getattr(self.before.log, name), getattr(self.run.log, name)
            samples = [entry.at_sample for entry in new]
            assert new[: len(old)] == old
            assert samples == sorted(samples)
            assert all(0 <= sample <= self.run.sample for sample in samples)

    @invariant()
    def phases_go_forward(self) -> None:
        """The phases that began are the first of the scenario's, in order; their times make up the clock."""
        begun = [start.phase_id for start in self.run.log.phases]
        assert begun == [phase.id for phase in self.run.scenario.phases][: len(begun)]
        assert sum(self.run.phase_spent_s(index) for index in range(3)) == pytest.approx(self.run.clock_s, abs=1e-3)

    @invariant()
    def the_end_has_a_reason(self) -> None:
        """A run has a reason to have ended if it has ended, and an ended run no longer changes."""
        assert (self.run.ended is not None) == (self.run.stage is RunStage.ENDED)
        if self.before.stage is RunStage.ENDED:
            assert self.run == self.before


TestRunMachine = RunMachine.TestCase
TestRunMachine.settings = settings(max_examples=50, stateful_step_count=25, deadline=None)
