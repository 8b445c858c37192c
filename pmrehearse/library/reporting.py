"""What does a take say? Its findings beside its phases, its missed moments, its cards and its delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.checking.delivery import Delivery
from pmrehearse.checking.findings import Findings, Verdict
from pmrehearse.checking.speaking import measure, spans_of_speech
from pmrehearse.library.comeback import Check, comeback
from pmrehearse.library.corrections import UNCORRECTED, Corrections
from pmrehearse.library.overruling import overrule
from pmrehearse.library.report import CueAnswer, MissedMoment, PhaseTime, Report
from pmrehearse.library.take import Take
from pmrehearse.rehearsal.log import CueShown
from pmrehearse.speech.segments import Span, Transcript, Word

BEFORE_S = 6.0
"""How far before the moment at which an element was due its words are shown: about fifteen of them."""
AFTER_S = 2.0
"""How far after it."""


def make_report(
    take: Take, transcript: Transcript, checked: Findings, check: Check, corrections: Corrections = UNCORRECTED
) -> Report:
    """All that is shown of one take.

    Args:
        take: The take.
        transcript: What was heard, corrections applied.
        checked: What the checks found in it.
        check: The checks, asked again on its beginnings where a flag brought a card.
        corrections: What the speaker corrected; its verdicts take the place of those of the checks.
    """
    findings, overruled = overrule(checked, corrections.verdicts, transcript.words)
    phases = phase_times(take, length_s(take, transcript))
    return Report(
        take=take,
        transcript=transcript,
        findings=findings,
        delivery=delivery_of(take, transcript),
        phases=phases,
        missed=missed_moments(take, transcript.words, findings, phases),
        cues=tuple(
            _with_comeback(answer, transcript.words, checked, check)
            for answer in cue_answers(take.log.cues, spans_of_speech(transcript.segments))
        ),
        corrections=corrections,
        overruled=overruled,
    )


def delivery_of(take: Take, transcript: Transcript) -> Delivery:
    """Pace, pauses and fillers of a take."""
    gaps = [Span(gap.at_sample / SAMPLE_RATE_HZ, (gap.at_sample + gap.n_samples) / SAMPLE_RATE_HZ) for gap in take.gaps]
    return measure(transcript, length_s(take, transcript), gaps)


def length_s(take: Take, transcript: Transcript) -> float:
    """The length of the take's sound; while it still grows, as far as words were heard."""
    if take.n_samples:
        return take.duration_s
    return max((segment.end_s for segment in transcript.segments), default=0.0)


def phase_times(take: Take, duration_s: float) -> tuple[PhaseTime, ...]:
    """Each phase of the scenario as it was planned and as it was.

    Args:
        take: The take, its phases in samples.
        duration_s: The end of the last phase.
    """
    starts = [(start.phase_id, start.at_sample / SAMPLE_RATE_HZ) for start in take.log.phases]
    began: dict[str, float] = {}
    lasted: dict[str, float] = {}
    for (phase_id, start_s), (_, end_s) in pairwise([*starts, ("", duration_s)]):
        began.setdefault(phase_id, start_s)
        lasted[phase_id] = lasted.get(phase_id, 0.0) + max(end_s - start_s, 0.0)
    return tuple(
        PhaseTime(phase.id, phase.title, phase.seconds, lasted.get(phase.id, 0.0), began.get(phase.id))
        for phase in take.scenario.phases
    )


def missed_moments(
    take: Take, words: Sequence[Word], findings: Findings, phases: Sequence[PhaseTime]
) -> tuple[MissedMoment, ...]:
    """What was being said at the end of the phase in which a missing element was due.

    Elements of a phase that never began have no such moment.
    """
    ends_s = {phase.phase_id: phase.start_s + phase.actual_s for phase in phases if phase.start_s is not None}
    lacking = [finding for finding in findings.elements if finding.verdict in (Verdict.NEAR, Verdict.MISSING)]
    due = [(finding.element_id, ends_s.get(take.scenario.element(finding.element_id).phase)) for finding in lacking]
    return tuple(
        MissedMoment(element_id, due_s, said_around(words, due_s)) for element_id, due_s in due if due_s is not None
    )


def said_around(words: Sequence[Word], at_s: float) -> str:
    """The words from a little before a moment to just after it, or ""."""
    return " ".join(
        word.text for word in words if word.start_s is not None and at_s - BEFORE_S <= word.middle_s <= at_s + AFTER_S
    )


def cue_answers(cues: Sequence[CueShown], speech: Sequence[Span]) -> tuple[CueAnswer, ...]:
    """For each card, how long it took until speech began again."""
    answers = []
    for cue in cues:
        at_s = cue.at_sample / SAMPLE_RATE_HZ
        next_s = next((span.start_s for span in speech if span.start_s >= at_s), None)
        answers.append(CueAnswer(cue.say, at_s, None if next_s is None else next_s - at_s, cue.on_flag))
    return tuple(answers)


def _with_comeback(answer: CueAnswer, words: Sequence[Word], findings: Findings, check: Check) -> CueAnswer:
    if answer.on_flag is None:
        return answer
    found = comeback(answer.on_flag, answer.at_s, words, findings, check)
    return answer if found is None else replace(answer, recovered_after_s=found.after_s, recovered_by=found.element_id)
