"""What do commands return of takes and scenarios, and when there is nothing but a sentence or a text?

Frozen values, put together from those of the other packages; `render` makes text or JSON of them. What they return of
practice stands in `practice_values`, of this computer in `machine_values`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.checking.agreement import Agreement, Difference
    from pmrehearse.checking.examples import WrongExample
    from pmrehearse.checking.findings import Findings
    from pmrehearse.library.comparing import Comparison
    from pmrehearse.library.corrections import Note
    from pmrehearse.library.recovery import Trouble
    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import Hit, TakeRow
    from pmrehearse.scenario.model import Loop, Scenario
    from pmrehearse.scenario.packs import Listed
    from pmrehearse.session.upkeep import Tended
    from pmrehearse.speech.segments import Transcript


@dataclass(frozen=True, slots=True)
class ReportShown:
    """The report of one take.

    Attributes:
        report: The report.
        recogniser_note: What must be known of the checkpoint ("demo voice: knows the demo answers only"), or "".
        with_transcript: True to show the whole transcript too.
    """

    report: Report
    recogniser_note: str = ""
    with_transcript: bool = False


@dataclass(frozen=True, slots=True)
class TextChecked:
    """A text that was marked without becoming a take.

    Attributes:
        scenario: What it was checked against.
        transcript: The text.
        findings: The verdicts.
        with_transcript: True to show the whole text too.
    """

    scenario: Scenario
    transcript: Transcript
    findings: Findings
    with_transcript: bool = False


@dataclass(frozen=True, slots=True)
class ScenarioList:
    """The scenarios and loops there are.

    Attributes:
        scenarios: Pack by pack, the user's last; those with mistakes too.
        loops: The loops.
    """

    scenarios: tuple[Listed, ...]
    loops: tuple[Loop, ...]


@dataclass(frozen=True, slots=True)
class ScenarioShown:
    """One scenario with all that it asks."""

    scenario: Scenario


@dataclass(frozen=True, slots=True)
class ScenarioBegun:
    """A scenario of the user's that was begun.

    Attributes:
        id: Its id.
        path: Its file.
    """

    id: str
    path: Path


@dataclass(frozen=True, slots=True)
class FileChecked:
    """What is wrong with one scenario file.

    Attributes:
        name: The file, or the id of a shipped scenario.
        problem: Every mistake, one a line; "" when it can be read.
        n_examples: How many examples were tried.
        wrong: Those that the checks judge otherwise.
    """

    name: str
    problem: str
    n_examples: int
    wrong: tuple[WrongExample, ...]

    @property
    def is_good(self) -> bool:
        """True when it can be read and every example is judged as its author says."""
        return not self.problem and not self.wrong


@dataclass(frozen=True, slots=True)
class FilesChecked:
    """What is wrong with scenario files, in the order of the question."""

    files: tuple[FileChecked, ...]


@dataclass(frozen=True, slots=True)
class TakeList:
    """Takes, the newest first.

    Attributes:
        rows: Those asked for.
        n_all: How many there are in all.
        folder: Where they are kept.
        refused: Those of all that were cut short and cannot be made whole as yet.
    """

    rows: tuple[TakeRow, ...]
    n_all: int
    folder: Path
    refused: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Takes in which something was said.

    Attributes:
        text: What was looked for.
        hits: The best of them, best first.
        n_found: How many there are in all.
    """

    text: str
    hits: tuple[Hit, ...]
    n_found: int


@dataclass(frozen=True, slots=True)
class LibraryVerified:
    """What a look at every take found.

    Attributes:
        folder: The library.
        n_takes: How many takes there are.
        tended: What came of it.
        notice: What should be known of the index, or "".
    """

    folder: Path
    n_takes: int
    tended: Tended
    notice: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well the checks agree with human markers.

    Attributes:
        n_answers: How many answers were marked.
        agreement: Every decision.
        with_failures: True to show where the two differ.
        difference: What changed since an earlier measurement, or None.
    """

    n_answers: int
    agreement: Agreement
    with_failures: bool = False
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class TakesCompared:
    """Two takes beside one another."""

    comparison: Comparison


@dataclass(frozen=True, slots=True)
class NotesShown:
    """The notes of a take, in the order of time.

    Attributes:
        take_id: The take.
        notes: The notes; those on the take as a whole first.
    """

    take_id: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """Something was done, and one sentence says what.

    Attributes:
        sentence: For people.
        facts: For programs: names and values of the JSON object.
    """

    sentence: str
    facts: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text that goes to stdout as it is: a transcript, subtitles, an export.

    Attributes:
        text: The text, its last newline included.
        is_exact: True where a program reads it: no sign gives way to one of another encoding that looks like it, and
            the ends of its lines stay what they are.
    """

    text: str
    is_exact: bool = False
