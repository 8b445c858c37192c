"""What do commands return?

Frozen values, put together from those of the other packages; `render` makes text or JSON of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from pmrehearse.checking.agreement import Agreement, Difference
    from pmrehearse.checking.examples import WrongExample
    from pmrehearse.checking.findings import Findings
    from pmrehearse.library.comparing import Comparison
    from pmrehearse.library.corrections import Note
    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import Hit, TakeRow
    from pmrehearse.practice.debrief import Debrief
    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.practice.plan import Plan
    from pmrehearse.practice.records import ElementName, Records
    from pmrehearse.scenario.model import Loop, Scenario
    from pmrehearse.scenario.packs import Listed
    from pmrehearse.session.practising import DueElement
    from pmrehearse.session.upkeep import Tended
    from pmrehearse.settings.sources import Held
    from pmrehearse.speech.events import Checkpoint
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
class Place:
    """Where something of the program stands.

    Attributes:
        name: What stands there.
        path: Where.
        variable: The environment variable that changes it, or "".
        exists: True when it is there already.
    """

    name: str
    path: Path
    variable: str
    exists: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Every place."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """The settings as they hold.

    Attributes:
        path: The settings file.
        exists: True when there is one.
        held: Every setting but the keys.
        keys: Keys that are not the usual ones: the action, its keys, and where that is said.
    """

    path: Path
    exists: bool
    held: tuple[Held, ...]
    keys: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class KeyShown:
    """What a key does on the screens.

    Attributes:
        action: The name by which the key is changed.
        keys: The keys, with commas between them.
        meaning: What they do.
        is_changed: True when they are not the usual ones.
    """

    action: str
    keys: str
    meaning: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class KeysShown:
    """All that keys do on the screens."""

    keys: tuple[KeyShown, ...]


@dataclass(frozen=True, slots=True)
class SettingsChecked:
    """What is wrong with a settings file, and with the variables beside it.

    Attributes:
        path: The file.
        exists: True when there is one.
        problems: What is wrong, one mistake a line.
    """

    path: Path
    exists: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeviceList:
    """The microphones.

    Attributes:
        devices: Name, and whether the system would take it.
    """

    devices: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class CheckpointList:
    """The Whisper checkpoints.

    Attributes:
        here: Those on this computer.
        fetchable: Whisper's own that are not: (name, about how many bytes).
        usual: The name of the one that is used unless another is named.
    """

    here: tuple[Checkpoint, ...]
    fetchable: tuple[tuple[str, int], ...]
    usual: str


@dataclass(frozen=True, slots=True)
class TakeList:
    """Takes, the newest first.

    Attributes:
        rows: Those asked for.
        n_all: How many there are in all.
        folder: Where they are kept.
    """

    rows: tuple[TakeRow, ...]
    n_all: int
    folder: Path


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
class PlanShown:
    """The rehearsals of a loop.

    Attributes:
        plan: The days.
        is_kept: True when it is the plan that is remembered.
    """

    plan: Plan
    is_kept: bool


@dataclass(frozen=True, slots=True)
class DueList:
    """The elements that are due.

    Attributes:
        today: The day.
        due: Those due today, what is due first first.
        later: Those that come back on a later day, the next first.
    """

    today: date
    due: tuple[DueElement, ...]
    later: tuple[DueElement, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """How scenarios and elements went over the takes.

    Attributes:
        records: Those asked for.
        titles: The title of each element that still exists, by its scenario and id.
        whole: True to show every element, not only those that fail.
    """

    records: Records
    titles: Mapping[ElementName, str]
    whole: bool


@dataclass(frozen=True, slots=True)
class DrillShown:
    """Elements that were drilled, in the order of the drill."""

    drilled: tuple[Drilled, ...]


@dataclass(frozen=True, slots=True)
class RoundShown:
    """The debrief of a round."""

    debrief: Debrief


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
