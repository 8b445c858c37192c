"""What does the index hold of a take, and how is it read from the take's files, however damaged?"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.wavfile import HEADER_BYTES, SAMPLE_BYTES
from pmrehearse.checking.findings import Findings, Verdict
from pmrehearse.errors import LibraryError, RehearsalError
from pmrehearse.library.corrections import corrected
from pmrehearse.library.naming import parts_of
from pmrehearse.library.overruling import overrule
from pmrehearse.library.reading import TakeReader
from pmrehearse.library.reporting import delivery_of
from pmrehearse.library.rows import TakeRow
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.scenario.model import Scenario
from pmrehearse.speech.segments import Transcript, Word


class Checking(Protocol):
    """The checks of one scenario."""

    def check(self, words: Sequence[Word]) -> Findings:
        """The findings on these words."""


Checks = Callable[[Scenario], Checking]
"""Compiles the checks of a scenario."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the checks said of a take.

    Attributes:
        verdicts: One an element: its id, the verdict, and when it was said.
        raised: The ids of the flags that were raised.
    """

    verdicts: tuple[tuple[str, Verdict, float | None], ...]
    raised: tuple[str, ...]

    @property
    def n_met(self) -> int:
        """Elements met."""
        return sum(verdict is Verdict.MET for _, verdict, _ in self.verdicts)


@dataclass(frozen=True, slots=True)
class Entry:
    """All that the index holds of one take.

    Attributes:
        row: What lists show.
        text: The words that can be evidence, joined by single spaces.
        starts: When each of them began, seconds; NaN for one without time.
        marks: What the checks said; None where they were not asked, or could not say.
        was_asked: True when the checks were asked: asking the same ones again gives nothing new.
        stamp: The state of the folder that was read (`stamp_of`); None for one that must be read again.
    """

    row: TakeRow
    text: str = ""
    starts: tuple[float, ...] = ()
    marks: Marks | None = None
    was_asked: bool = False
    stamp: int | None = None


def stamp_of(reader: TakeReader, take_id: str) -> int:
    """A number that changes when a file of the take is replaced, made or removed: the folder's time of change, in ns.

    Raises:
        UsageError: There is no such take.
    """
    return reader.folder(take_id).stat().st_mtime_ns


def row_of(take: Take) -> TakeRow:
    """What a take's own file tells a list; marks and pace come from its transcript."""
    return TakeRow(
        take_id=take.id,
        scenario_id=take.scenario.id,
        title=take.scenario.title,
        started_at=take.started_at,
        status=take.status,
        duration_s=take.duration_s,
        planned_s=take.scenario.seconds,
        n_elements=len(take.scenario.elements),
        name=take.name,
        tags=take.tags,
    )


def entry_of(take: Take, transcript: Transcript, findings: Findings | None, stamp: int | None) -> Entry:
    """What the index holds of a take that is known whole."""
    words, delivery = transcript.words, delivery_of(take, transcript)
    marks = marks_of(findings) if findings is not None else None
    row = replace(row_of(take), words_per_minute=delivery.words_per_minute)
    if take.status is TakeStatus.TRANSCRIBED:
        row = replace(row, n_fillers=sum(each.count for each in delivery.fillers))
    if marks is not None:
        row = replace(row, n_met=marks.n_met, n_raised=len(marks.raised), raised=marks.raised)
    starts = tuple(math.nan if word.start_s is None else word.start_s for word in words)
    return Entry(row, " ".join(word.text for word in words), starts, marks, marks is not None, stamp)


def marks_of(findings: Findings) -> Marks:
    """What the checks said, as the index keeps it."""
    verdicts = tuple(
        (finding.element_id, finding.verdict, finding.evidence.start_s if finding.evidence and finding.met else None)
        for finding in findings.elements
    )
    return Marks(verdicts, tuple(flag.flag_id for flag in findings.raised))


def read_entry(reader: TakeReader, take_id: str, checks: Checks | None = None) -> Entry:
    """What the files of a take say, as far as they can be read.

    Args:
        reader: The library.
        take_id: The take.
        checks: The checks to mark a transcribed take with; None to leave it unmarked.

    Raises:
        UsageError: There is no such take.
    """
    stamp, wants_marks = stamp_of(reader, take_id), checks is not None
    try:
        take, corrections = reader.load(take_id), reader.corrections(take_id)
        transcript = corrected(reader.recognised(take_id), corrections.words)
    except LibraryError as error:
        return Entry(row_of_files(reader, take_id, error.message), was_asked=wants_marks, stamp=stamp)
    problem = problem_with_sound(reader, take)
    findings = None
    if checks is not None and take.status is TakeStatus.TRANSCRIBED:
        try:
            checked = checks(take.scenario).check(transcript.words)
            findings, _ = overrule(checked, corrections.verdicts, transcript.words)
        except RehearsalError as error:
            problem = error.message
    entry = entry_of(take, transcript, findings, stamp)
    return replace(entry, row=replace(entry.row, problem=problem), was_asked=wants_marks)


def problem_with_sound(reader: TakeReader, take: Take) -> str:
    """What can be seen to be wrong with a take's sound without reading it; "" when nothing is."""
    if not take.n_samples:
        return ""
    audio = reader.find_audio(take.id)
    if audio is None:
        return "its sound is missing"
    if audio.suffix == ".wav" and audio.stat().st_size < HEADER_BYTES + SAMPLE_BYTES * take.n_samples:
        return "its sound was cut off"
    return ""


def row_of_files(reader: TakeReader, take_id: str, problem: str = "") -> TakeRow:
    """What can be known of a take at a glance: from its own file, else from the folder's name.

    Args:
        reader: The library.
        take_id: The take.
        problem: What is known to be wrong with it.

    Raises:
        UsageError: There is no such take.
    """
    try:
        shape = reader.shape(take_id)
    except LibraryError as error:
        return replace(row_of_name(take_id), status=TakeStatus.RECORDED, problem=problem or error.message)
    return TakeRow(
        take_id=take_id,
        scenario_id=shape.scenario.id,
        title=shape.scenario.title,
        started_at=shape.started_at,
        status=shape.status,
        duration_s=shape.n_samples / SAMPLE_RATE_HZ,
        planned_s=shape.scenario.seconds,
        n_elements=shape.scenario.n_elements,
        name=shape.name,
        tags=shape.tags,
        problem=problem,
    )


def row_of_name(take_id: str) -> TakeRow:
    """What a take's name alone tells; it counts as transcribed, as nearly all are, until its files are read."""
    parts = parts_of(take_id)
    return TakeRow(take_id, parts.scenario, parts.scenario, parts.started_at, TakeStatus.TRANSCRIBED)
