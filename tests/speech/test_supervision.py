"""What follows when a worker dies."""

from __future__ import annotations

from pathlib import Path

from pmrehearse.speech.events import RecognisedTo, SegmentHeard
from pmrehearse.speech.segments import Segment, Span
from pmrehearse.speech.supervision import Job, Patience, Supervision, Verdict, unheard
from pmrehearse.speech.windows import Window

TOO_MANY = Patience().window_deaths
WINDOW = Window(4.0, 14.0, (Span(4.2, 13.9),))


def at_work(window: Window | None = None) -> tuple[Supervision, Job]:
    """A loaded worker with a file."""
    job = Job(1, Path("a.wav"), 2.0, window=window)
    return Supervision(Patience(), loaded=True, job=job), job


def deaths(state: Supervision, n: int) -> list[Verdict]:
    """The worker dies n times, loaded again between."""
    verdicts = []
    for _ in range(n):
        verdicts.append(state.note_death())
        state.note_ready()
    return verdicts


def test_too_many_deaths_at_a_window_leave_it_out() -> None:
    """All but the last start another worker, and the last one, too, behind the window."""
    state, _ = at_work(WINDOW)
    assert deaths(state, TOO_MANY) == [Verdict.RESTART] * (TOO_MANY - 1) + [Verdict.SKIP_WINDOW]
    assert state.restarts == TOO_MANY


def test_progress_forgives() -> None:
    """A segment or silence passed between the deaths begins the count anew."""
    state, job = at_work(WINDOW)
    deaths(state, TOO_MANY - 1)
    job.note_segment(SegmentHeard(Segment(4.0, 14.0, (), WINDOW.speech)))
    assert (job.done_s, job.window, job.speech_s) == (14.0, None, 13.9 - 4.2)
    job.window = WINDOW
    assert deaths(state, TOO_MANY - 1) == [Verdict.RESTART] * (TOO_MANY - 1)
    job.note_progress(RecognisedTo(15.0, 20.0))
    assert deaths(state, TOO_MANY - 1) == [Verdict.RESTART] * (TOO_MANY - 1)


def test_progress_that_is_none_does_not() -> None:
    """Told the same place again, the count stays."""
    state, job = at_work(WINDOW)
    deaths(state, TOO_MANY - 1)
    job.note_progress(RecognisedTo(2.0, 20.0))
    assert deaths(state, 1) == [Verdict.SKIP_WINDOW]


def test_deaths_outside_a_window_are_borne_longer() -> None:
    """Ten without progress, as when somebody kills it again and again."""
    state, _ = at_work()
    assert deaths(state, 10) == [Verdict.RESTART] * 9 + [Verdict.GIVE_UP]


def test_three_deaths_while_loading_end_it() -> None:
    """Without a checkpoint loaded between."""
    state = Supervision(Patience())
    assert [state.note_death() for _ in range(3)] == [Verdict.RESTART, Verdict.RESTART, Verdict.GIVE_UP]


def test_patience_grows_with_the_window() -> None:
    """Loading has the longest; a long window more than idling."""
    state, job = at_work()
    idle_s = state.silence_allowed_s()
    job.window = WINDOW
    assert state.silence_allowed_s() == idle_s + 5.0 * 10.0
    state.loaded = False
    assert state.silence_allowed_s() == 180.0


def test_an_unheard_window_keeps_its_speech() -> None:
    """Its segment says when there was speech, and that nothing is known of it."""
    assert unheard(WINDOW, "base.en") == Segment(4.0, 14.0, (), WINDOW.speech, "base.en", unsure=True)
