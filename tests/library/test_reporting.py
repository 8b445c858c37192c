"""What a report says, from takes and transcripts made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.audio.events import GapMarked
from pmrehearse.library.report import CueAnswer, MissedMoment, PhaseTime
from pmrehearse.library.reporting import make_report, phase_times
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.rehearsal.log import CueShown, PhaseStart, RunLog
from pmrehearse.scenario.model import Scenario
from pmrehearse.speech.segments import Transcript, typed_transcript
from tests.library.making import NOW, RATE, HandChecks, heard, spoken


def _take(scenario: Scenario, duration_s: float, *starts_s: float, cues_s: tuple[float, ...] = ()) -> Take:
    phases = tuple(
        PhaseStart(phase.id, round(at_s * RATE)) for phase, at_s in zip(scenario.phases, starts_s, strict=False)
    )
    cues = tuple(CueShown("And then?", round(at_s * RATE)) for at_s in cues_s)
    log = RunLog(phases, cues)
    return Take("t", scenario, NOW, TakeStatus.TRANSCRIBED, "Yeti", round(duration_s * RATE), log, ended="finished")


def test_phases_are_measured_in_samples(scenario: Scenario) -> None:
    """A phase lasts until the next one begins, the last one until the sound ends."""
    take = _take(scenario, 100.0, 0.0, 30.5)
    assert phase_times(take, take.duration_s) == (
        PhaseTime("open", "Opening", 45.0, 30.5, 0.0),
        PhaseTime("close", "Close", 75.0, 69.5, 30.5),
    )


def test_a_phase_that_never_began_lasted_no_time(scenario: Scenario) -> None:
    """Ending early leaves the later phases without a beginning."""
    take = _take(scenario, 20.0, 0.0)
    assert phase_times(take, take.duration_s)[1] == PhaseTime("close", "Close", 75.0, 0.0, None)


def test_a_take_without_phases_has_none(scenario: Scenario) -> None:
    """A recording made elsewhere, or a typed text: nothing began."""
    assert [phase.start_s for phase in phase_times(_take(scenario, 20.0), 20.0)] == [None, None]


def test_a_missed_moment_quotes_what_was_being_said(scenario: Scenario) -> None:
    """For a missing element: the end of its phase, and the words from 6 s before to 2 s after it."""
    transcript = heard(spoken("one two three four five six seven eight nine ten", 20.0, 1.0))
    take = _take(scenario, 60.0, 0.0, 27.0)
    report = make_report(take, transcript, HandChecks(scenario).check(transcript.words), HandChecks(scenario).check)
    assert report.missed == (
        MissedMoment("metric", 27.0, "two three four five six seven eight nine"),
        MissedMoment("test", 60.0, ""),
    )


def test_elements_that_were_met_or_whose_phase_never_began_have_no_missed_moment(scenario: Scenario) -> None:
    """Only what lacks and was due has one."""
    transcript = heard(spoken("our metric is retention"))
    report = make_report(
        _take(scenario, 10.0, 0.0), transcript, HandChecks(scenario).check(transcript.words), HandChecks(scenario).check
    )
    assert report.missed == ()


def test_typed_takes_have_no_missed_moments(scenario: Scenario) -> None:
    """There is no time at which anything was due."""
    take = replace(_take(scenario, 0.0), device="")
    transcript = typed_transcript("we ship it")
    report = make_report(take, transcript, HandChecks(scenario).check(transcript.words), HandChecks(scenario).check)
    assert (report.missed, report.cues, report.delivery.n_words, report.findings.n_met) == ((), (), 3, 0)


def test_a_card_is_answered_by_the_next_speech_that_begins(scenario: Scenario) -> None:
    """Speech that was under way does not answer; after the last speech there is no answer."""
    transcript = heard(spoken("a b c d e", 0.0), spoken("f g", 6.5), spoken("h", 20.0))
    take = _take(scenario, 60.0, 0.0, cues_s=(1.0, 5.0, 20.1))
    report = make_report(take, transcript, HandChecks(scenario).check(transcript.words), HandChecks(scenario).check)
    assert report.cues == (
        CueAnswer("And then?", 1.0, 5.5),
        CueAnswer("And then?", 5.0, 1.5),
        CueAnswer("And then?", 20.1, None),
    )


def test_a_card_of_a_flag_tells_when_the_speaker_recovered(scenario: Scenario) -> None:
    """The flag stands to the end, and the metric came 2 s after the card."""
    transcript = heard(spoken("another idea and another idea", 0.0), spoken("well our metric is retention", 4.0))
    take = _take(scenario, 60.0, 0.0)
    take = replace(take, log=replace(take.log, cues=(CueShown("Which one?", 4 * RATE, "ideas"),)))
    checks = HandChecks(scenario)
    [answer] = make_report(take, transcript, checks.check(transcript.words), checks.check).cues
    assert answer == CueAnswer("Which one?", 4.0, 0.0, "ideas", 2.0, "metric")


def test_missing_sound_counts_as_no_pause(scenario: Scenario) -> None:
    """Where the microphone was gone, the speaker did not pause."""
    transcript = heard(spoken("a b", 0.0), spoken("c d", 10.0))
    take = _take(scenario, 20.0, 0.0)
    gone = replace(take, gaps=(GapMarked(2 * RATE, 6 * RATE, "unplugged"),))
    findings = HandChecks(scenario).check(transcript.words)
    assert len(make_report(take, transcript, findings, HandChecks(scenario).check).delivery.long_pauses) == 1
    assert make_report(gone, transcript, findings, HandChecks(scenario).check).delivery.long_pauses == ()


def test_a_take_that_still_grows_is_as_long_as_what_was_heard(scenario: Scenario) -> None:
    """Before its length is known, the last words tell it."""
    take = replace(_take(scenario, 0.0, 0.0), status=TakeStatus.RECORDING)
    transcript = heard(spoken("a b c d e", 8.0))
    report = make_report(take, transcript, HandChecks(scenario).check(transcript.words), HandChecks(scenario).check)
    assert (report.delivery.duration_s, report.phases[0].actual_s) == (10.0, 10.0)


def test_a_take_without_a_transcript_still_has_a_report(scenario: Scenario) -> None:
    """Phases are known before a word is."""
    report = make_report(
        _take(scenario, 50.0, 0.0, 40.0), Transcript(), HandChecks(scenario).check(()), HandChecks(scenario).check
    )
    assert [phase.actual_s for phase in report.phases] == [40.0, 10.0]


@given(starts=st.lists(st.floats(0, 500), max_size=2).map(sorted), length=st.floats(0, 600))
def test_phases_fill_the_take(starts: list[float], length: float) -> None:
    """The phases that began last, together, from the first beginning to the end, and never less than nothing."""
    from pmrehearse.scenario.model import Origin  # noqa: PLC0415 - a fixture cannot be used with given
    from pmrehearse.scenario.reader import read_text  # noqa: PLC0415
    from tests.library.conftest import TOML  # noqa: PLC0415

    take = _take(read_text(TOML, Origin.USER, "first.toml"), length, *starts)
    times = phase_times(take, take.duration_s)
    assert all(time.actual_s >= 0 for time in times)
    if starts and take.duration_s >= starts[-1]:
        assert sum(time.actual_s for time in times) == pytest.approx(take.duration_s - starts[0], abs=1e-3)
