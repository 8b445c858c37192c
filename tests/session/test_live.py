"""What a speaker sees of recognition while speaking."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, Verdict
from pmrehearse.session.live import EVERY_S, LiveCue, LiveDetail, next_cue

IDS = ("a", "b", "c")


def findings(*met: str) -> Findings:
    """These of three elements are ticked."""
    evidence = Evidence("said", 0, 0)
    return Findings(
        "p/s",
        tuple(
            ElementFinding(each, Verdict.MET, evidence) if each in met else ElementFinding(each, Verdict.MISSING)
            for each in IDS
        ),
    )


def test_nothing_is_shown_unless_asked_for() -> None:
    """Off is off."""
    assert next_cue(None, findings("a"), 500.0, LiveDetail.OFF) is None


def test_full_shows_each_tick_at_once() -> None:
    """With what is new; a tick that is taken back goes, too."""
    first = next_cue(None, findings("a"), 1.0, LiveDetail.FULL)
    assert first == LiveCue(1.0, ("a",), ("a",), 3)
    assert next_cue(first, findings("a"), 2.0, LiveDetail.FULL) is first
    assert next_cue(first, findings("a", "b"), 3.0, LiveDetail.FULL) == LiveCue(3.0, ("a", "b"), ("b",), 3)
    assert next_cue(first, findings(), 3.0, LiveDetail.FULL) == LiveCue(3.0, (), (), 3)


def test_sparse_waits_for_twenty_seconds() -> None:
    """Then it shows all that came meanwhile."""
    assert next_cue(None, findings("a"), 19.9, LiveDetail.SPARSE) is None
    first = next_cue(None, findings("a"), 20.0, LiveDetail.SPARSE)
    assert first == LiveCue(20.0, ("a",), ("a",), 3)
    assert next_cue(first, findings("a", "b"), 39.9, LiveDetail.SPARSE) is first
    assert next_cue(first, findings("a", "b", "c"), 40.0, LiveDetail.SPARSE) == LiveCue(40.0, IDS, ("b", "c"), 3)


@given(st.lists(st.tuples(st.floats(0.01, 5.0), st.sets(st.sampled_from(IDS))), max_size=60))
def test_sparse_cues_are_never_closer(steps: list[tuple[float, set[str]]]) -> None:
    """Whatever is heard: between two cues lie 20 s at least, and none comes without news."""
    cue: LiveCue | None = None
    clock_s, shown = 0.0, [0.0]
    for step_s, met in steps:
        clock_s += step_s
        after = next_cue(cue, findings(*met), clock_s, LiveDetail.SPARSE)
        if after is not None and after is not cue:
            shown.append(after.at_s)
        cue = after
    assert all(after - before >= EVERY_S for before, after in pairwise(shown))


def test_the_choice_goes_round() -> None:
    """Off, sparse, full, off."""
    assert [each.following for each in LiveDetail] == [LiveDetail.SPARSE, LiveDetail.FULL, LiveDetail.OFF]
