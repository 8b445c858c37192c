"""What does the library look like after ten years of daily practice?

Takes of every shipped scenario and drills of its elements, spoken at 130 words a minute in sentences of the labelled
answers; a few typed, a few waiting, a few named and tagged. Their sound is a file of the right length that holds
nothing. Files are written without waiting for the disk, and the index is told of each take as the library itself would
tell it, but in large pieces: ten thousand takes stand in a minute.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.audio.wavfile import header
from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding, Verdict
from pmrehearse.library import writing
from pmrehearse.library.entries import Entry, entry_of, stamp_of
from pmrehearse.library.keeping import IndexKeeper
from pmrehearse.library.naming import new_take_id
from pmrehearse.library.reading import SOUND_FILES, TAKE_FILE, TRANSCRIPT_FILE, TakeReader
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.rehearsal.log import PhaseStart, RunLog
from pmrehearse.scenario import packs
from pmrehearse.speech.events import SpeechOptions
from pmrehearse.speech.segments import Segment, Span, Transcript, TranscriptSource, Word, typed_transcript

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmrehearse.scenario.model import Scenario

ANSWERS = Path(__file__).parent.parent / "tests" / "answers" / "dev.jsonl"
MARKED_BY = "drawn"
"""The name of the checks that mark these takes."""
YEARS = 10
NEWEST = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
WORD_S = 60 / 130
SEGMENT_WORDS = 25
LONGEST_WORDS = 650
"""Five minutes: longer takes differ in nothing that a list or a search sees but their number of words."""
N_WAITING = 5
"""So many of the newest takes wait for their transcript."""
BATCH = 200
RARE = "zeugma"
"""A word that one take in a thousand says."""


class DrawnChecks:
    """Marks by lot, the same words always alike: what lists and trends read is the same, whoever marked."""

    def __init__(self, scenario: Scenario) -> None:
        """Mark takes of this scenario.

        Args:
            scenario: What was asked.
        """
        self._scenario = scenario

    def check(self, words: Sequence[Word]) -> Findings:
        """A verdict for each element: half met, a fifth near, a few unknown."""
        lot = random.Random(f"{len(words)} {words[0].text if words else ''} {self._scenario.id}")
        verdicts = lot.choices(
            (Verdict.MET, Verdict.NEAR, Verdict.MISSING, Verdict.UNKNOWN),
            (50, 20, 28, 2),
            k=len(self._scenario.elements),
        )
        elements = tuple(
            _finding(element.id, verdict, words, lot)
            for element, verdict in zip(self._scenario.elements, verdicts, strict=True)
        )
        return Findings(
            self._scenario.id,
            elements,
            tuple(FlagFinding(flag.id, lot.random() < 0.15) for flag in self._scenario.flags),
        )


def _finding(element_id: str, verdict: Verdict, words: Sequence[Word], lot: random.Random) -> ElementFinding:
    if verdict is not Verdict.MET or not words:
        return ElementFinding(element_id, verdict, lacked="" if verdict is Verdict.MET else "drawn by lot")
    at = lot.randrange(len(words))
    said = words[at]
    return ElementFinding(element_id, verdict, Evidence(said.text, at, at, said.start_s, said.end_s), "drawn")


@dataclass(frozen=True)
class MadeLibrary:
    """So many takes in a folder.

    Attributes:
        root: The folder; nothing stands there yet.
        n_takes: How many takes to make.
    """

    root: Path
    n_takes: int

    def make(self) -> None:
        """Write all takes, and the index over them."""
        self.root.mkdir(mode=0o700, parents=True)
        keeper = IndexKeeper(TakeReader(self.root), DrawnChecks, MARKED_BY)
        entries = self._entries()
        while batch := list(islice(entries, BATCH)):
            keeper.asked(lambda index, some=batch: index.put(some, MARKED_BY))  # type: ignore[misc]
        keeper.close()

    def _entries(self) -> Iterator[Entry]:
        reader = TakeReader(self.root)
        for number in range(self.n_takes):
            take, transcript = self._take(number)
            write_take(self.root / take.id, take, transcript)
            is_marked = take.status is TakeStatus.TRANSCRIBED
            findings = DrawnChecks(take.scenario).check(transcript.words) if is_marked else None
            yield replace(entry_of(take, transcript, findings, stamp_of(reader, take.id)), was_asked=is_marked)

    def _take(self, number: int) -> tuple[Take, Transcript]:
        lot = random.Random(number)
        scenario = lot.choice(self._drills if lot.random() < 0.15 else self._scenarios)
        age = (self.n_takes - number - lot.random() * 0.5) / self.n_takes
        started_at = NEWEST - timedelta(days=age * YEARS * 365)
        n_words = min(LONGEST_WORDS, max(20, round(scenario.seconds / WORD_S * lot.uniform(0.6, 1.1))))
        said = self._said(lot, scenario.id, n_words)
        is_typed, waits = lot.random() < 0.03, number >= self.n_takes - N_WAITING
        transcript = typed_transcript(" ".join(said)) if is_typed else _heard(said)
        n_samples = 0 if is_typed and not waits else round((len(said) * WORD_S + 2) * 16_000)
        take = Take(
            new_take_id(scenario.id, started_at),
            scenario,
            started_at,
            TakeStatus.RECORDED if waits else TakeStatus.TRANSCRIBED,
            device="" if is_typed else "Built-in Microphone",
            n_samples=n_samples,
            log=_log(scenario, n_samples),
            options=SpeechOptions("base.en"),
            ended="typed" if is_typed else "finished",
            name=f"{lot.choice(('calm', 'rushed', 'before the interview'))} {number}" if lot.random() < 0.05 else "",
            tags=tuple(tag for tag in ("demo", "good", "coach") if lot.random() < 0.02),
        )
        return take, Transcript((), TranscriptSource.HEARD, complete=False) if waits else transcript

    def _said(self, lot: random.Random, scenario_id: str, n_words: int) -> list[str]:
        sentences = self._sentences.get(scenario_id.partition(":")[0]) or self._sentences["writer/three-phase-lens"]
        said: list[str] = [RARE] if lot.random() < 0.001 else []
        while len(said) < n_words:
            said += lot.choice(sentences)
        return said[:n_words]

    @cached_property
    def _scenarios(self) -> tuple[Scenario, ...]:
        return packs.scenarios()

    @cached_property
    def _drills(self) -> tuple[Scenario, ...]:
        return tuple(packs.drill(f"{each.id}:{each.elements[0].id}") for each in self._scenarios)

    @cached_property
    def _sentences(self) -> dict[str, list[list[str]]]:
        found: dict[str, list[list[str]]] = {}
        for line in ANSWERS.read_text(encoding="utf-8").splitlines():
            answer = json.loads(line)
            found.setdefault(answer["scenario"], []).extend(part.split() for part in answer["text"].split(". "))
        return found


def write_take(folder: Path, take: Take, transcript: Transcript) -> None:
    """The files of a take; its sound takes no room on a disk that keeps holes."""
    folder.mkdir(mode=0o700)
    (folder / TAKE_FILE).write_bytes(writing.take_bytes(take))
    (folder / TRANSCRIPT_FILE).write_bytes(writing.transcript_bytes(transcript))
    if take.n_samples:
        with (folder / SOUND_FILES[0]).open("wb") as sound:
            sound.write(header(2 * take.n_samples))
            sound.truncate(len(header(0)) + 2 * take.n_samples)
    for path in folder.iterdir():
        path.chmod(0o600)


def _heard(said: Sequence[str]) -> Transcript:
    words = [Word(text, round(at * WORD_S, 3), round((at + 0.9) * WORD_S, 3), 0.93) for at, text in enumerate(said)]
    pieces = [tuple(words[at : at + SEGMENT_WORDS]) for at in range(0, len(words), SEGMENT_WORDS)]
    segments = tuple(
        Segment(_first(piece), _last(piece), piece, (Span(_first(piece), _last(piece)),), "base.en") for piece in pieces
    )
    return Transcript(segments, TranscriptSource.HEARD, complete=True)


def _first(piece: Sequence[Word]) -> float:
    return piece[0].start_s or 0.0


def _last(piece: Sequence[Word]) -> float:
    return piece[-1].end_s or 0.0


def _log(scenario: Scenario, n_samples: int) -> RunLog:
    """The phases in equal parts of the sound."""
    step = n_samples // max(1, len(scenario.phases))
    return RunLog(
        tuple(PhaseStart(phase.id, at * step) for at, phase in enumerate(scenario.phases)) if n_samples else ()
    )
