"""How is a take corrected: words, verdicts, notes, a guess? Each change is kept, and the take is marked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pmrehearse.cleaning import clean
from pmrehearse.errors import UsageError
from pmrehearse.library.corrections import Note, Overruling
from pmrehearse.library.editing import edited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from pmrehearse.checking.findings import Verdict
    from pmrehearse.library.corrections import Corrections
    from pmrehearse.library.report import Report
    from pmrehearse.library.take import Take
    from pmrehearse.speech.segments import Transcript


class CorrectionStore(Protocol):
    """The files of takes, as far as correcting needs them."""

    def load(self, take_id: str) -> Take:
        """The take."""

    def recognised(self, take_id: str) -> Transcript:
        """What was heard or typed, before corrections."""

    def corrections(self, take_id: str) -> Corrections:
        """What was corrected."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the speaker says of an element.

    Attributes:
        verdict: MET ("I did say this") or MISSING ("I did not").
        quote: The passage that it rests on, or that was taken for it; "" for none.
        note: Why, or "".
    """

    verdict: Verdict
    quote: str = ""
    note: str = ""


class Corrector:
    """Corrects takes. Every method waits, and gives the report of the take as it is then.

    All raise a UsageError when there is no such take, and a LibraryError when it cannot be read or written.
    """

    def __init__(
        self, store: CorrectionStore, keep: Callable[[str, Corrections], Report], utc_now: Callable[[], datetime]
    ) -> None:
        """Correct the takes of one library.

        Args:
            store: Their files.
            keep: Keeps corrections and marks the take again.
            utc_now: The wall's time, aware.
        """
        self._store = store
        self._keep = keep
        self._utc_now = utc_now

    def put(self, take_id: str, corrections: Corrections) -> Report:
        """Let these be all corrections: what undoing and doing again need."""
        return self._keep(take_id, corrections)

    def edit_words(self, take_id: str, first: int, last: int, text: str) -> Report:
        """Put other words in the place of some; as `library.editing.edited`."""
        kept = self._store.corrections(take_id)
        return self._keep(take_id, edited(self._store.recognised(take_id), kept, first, last, clean(text)))

    def overrule(self, take_id: str, element_id: str, said: Said) -> Report:
        """Let the speaker's verdict on an element count.

        Raises:
            UsageError: The take's scenario has no such element.
        """
        self._require_element(take_id, element_id)
        kept = self._store.corrections(take_id)
        ruling = Overruling(element_id, said.verdict, clean(said.quote), clean(said.note), self._utc_now())
        others = tuple(one for one in kept.verdicts if one.element_id != element_id)
        return self._keep(take_id, replace(kept, verdicts=(*others, ruling)))

    def accept(self, take_id: str, element_id: str) -> Report:
        """Let the checks' verdict on an element count again.

        Raises:
            UsageError: The take's scenario has no such element.
        """
        self._require_element(take_id, element_id)
        kept = self._store.corrections(take_id)
        others = tuple(one for one in kept.verdicts if one.element_id != element_id)
        return self._keep(take_id, replace(kept, verdicts=others))

    def add_note(self, take_id: str, text: str, at_s: float | None = None) -> Report:
        """Note something on the take, or at a moment of its sound; notes stand in the order of time.

        Raises:
            UsageError: The note is empty.
        """
        if not text.strip():
            raise UsageError("The note is empty.", "Say what is to be remembered.")
        kept = self._store.corrections(take_id)
        notes = sorted((*kept.notes, Note(clean(text).strip(), at_s)), key=lambda note: note.at_s or 0.0)
        return self._keep(take_id, replace(kept, notes=tuple(notes)))

    def remove_note(self, take_id: str, number: int) -> Report:
        """Remove a note.

        Args:
            take_id: The take.
            number: Its index among the notes, from 0.

        Raises:
            UsageError: There is no such note.
        """
        kept = self._store.corrections(take_id)
        if not 0 <= number < len(kept.notes):
            raise UsageError(f"There is no note {number + 1}.", f"The take has {len(kept.notes)}.")
        return self._keep(take_id, replace(kept, notes=kept.notes[:number] + kept.notes[number + 1 :]))

    def guess(self, take_id: str, element_ids: Iterable[str]) -> Report:
        """Keep which elements the speaker thinks to have met.

        Raises:
            UsageError: The take's scenario has no such element.
        """
        wanted = tuple(dict.fromkeys(element_ids))
        for element_id in wanted:
            self._require_element(take_id, element_id)
        return self._keep(take_id, replace(self._store.corrections(take_id), guess=wanted))

    def _require_element(self, take_id: str, element_id: str) -> None:
        known = [element.id for element in self._store.load(take_id).scenario.elements]
        if element_id not in known:
            raise UsageError(
                f"The scenario of this take has no element {clean(element_id)!r}.", f"It has {', '.join(known)}."
            )
