"""What is something that takes a while and shows its progress?

The jobs themselves: of takes in `take_jobs`, of checkpoints and the library in `upkeep_jobs`.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from pmrehearse.ui.background import Abandoned, WorkFailed, attempted

if TYPE_CHECKING:
    from pmrehearse.session.upkeep import Deed, Tended


class Unit(Enum):
    """In what a job is measured."""

    SECONDS = "seconds of sound"
    BYTES = "bytes"
    TAKES = "takes"


@dataclass(frozen=True, slots=True)
class TakeDone:
    """The take can be reviewed."""

    take_id: str


@dataclass(frozen=True, slots=True)
class TakeLeft:
    """The take's sound is safe, but it has no transcript; `message` says why ("" when it was left on purpose)."""

    take_id: str
    message: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A checkpoint has come."""

    name: str


@dataclass(frozen=True, slots=True)
class JobFailed:
    """Nothing came of it."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LibraryTended:
    """Something was done to the library as a whole."""

    deed: Deed
    tended: Tended


JobResult = TakeDone | TakeLeft | Fetched | LibraryTended | JobFailed


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is.

    Attributes:
        doing: What is done, one word or two ("Transcribing").
        done: How much is done.
        total: How much there is; 0 while that is not known.
        unit: What both are measured in.
        note: With what it is done, or what is fetched ("base.en"); "" where there is nothing to add.
        words: What was heard last.
        result: What came of it; None while it goes on.
    """

    doing: str
    done: float = 0.0
    total: float = 0.0
    unit: Unit = Unit.SECONDS
    note: str = ""
    words: str = ""
    result: JobResult | None = None


class Job(Protocol):
    """Something that takes a while."""

    @property
    def reassurance(self) -> str:
        """What the user should know while it goes on."""

    @property
    def ends_the_run(self) -> bool:
        """True when it is the last piece of a run that is live."""

    def start(self) -> None:
        """Begin; returns at once."""

    def state(self) -> JobState:
        """How far it is; at any time."""

    def leave(self) -> None:
        """Stop it; what is done stays done. A result follows."""


class Beside(ABC):
    """A job in a daemon thread of its own.

    Attributes:
        reassurance: What the user should know while it goes on.
        ends_the_run: True when it is the last piece of a run that is live.
    """

    reassurance = ""
    ends_the_run = False

    def __init__(self, state: JobState) -> None:
        """Begin nothing yet.

        Args:
            state: What is shown of it at first.
        """
        self._state = state
        self._left = False

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._run, name="job", daemon=True).start()

    def leave(self) -> None:
        """Stop at the next piece of progress."""
        self._left = True

    def state(self) -> JobState:
        """How far it is."""
        return self._state

    @abstractmethod
    def work(self) -> JobResult:
        """Do it; called in the thread."""

    def failed(self, message: str, hint: str) -> JobResult:
        """What a failure comes to."""
        return JobFailed(message, hint)

    def tell(self, done: float, total: float) -> None:
        """Show how far it is; whoever left ends it.

        Raises:
            Abandoned: Nobody waits any more.
        """
        self._state = replace(self._state, done=done, total=total)
        if self._left:
            raise Abandoned

    def go_on(self, doing: str, note: str = "") -> None:
        """Show that another part of the work begins."""
        self._state = replace(self._state, doing=doing, note=note, done=0.0, total=0.0)

    def _run(self) -> None:
        result = attempted(self.work)
        if result is None:
            result = self.failed("", "")
        elif isinstance(result, WorkFailed):
            result = self.failed(result.message, result.hint)
        self._state = replace(self._state, result=result)
