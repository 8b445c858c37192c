"""Which takes are there, which say this, which one is meant? Answered from the index, without opening a take.

Only a search may have to read takes first: the newest of those that changed since their words were read.
"""

from __future__ import annotations

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import UsageError
from pmrehearse.library.keeping import IndexKeeper
from pmrehearse.library.rows import EVERY, Hit, MarkedTake, TakeFilter, TakeRow, VerdictRow


class TakeLists:
    """The lists of one library."""

    def __init__(self, keeper: IndexKeeper) -> None:
        self._keeper = keeper

    @property
    def notice(self) -> str:
        """What the user should know of the index ("the disk is read-only"), or ""."""
        return self._keeper.notice

    def rows(self, wanted: TakeFilter = EVERY, limit: int | None = None, offset: int = 0) -> tuple[TakeRow, ...]:
        """The wanted takes, the newest first.

        Args:
            wanted: Which.
            limit: At most so many; None for all.
            offset: How many of the newest to leave out.

        Raises:
            LibraryError: The library cannot be read.
        """
        return self._keeper.asked(lambda index: index.rows(wanted, limit, offset))

    def count(self, wanted: TakeFilter = EVERY) -> int:
        """How many takes are wanted.

        Raises:
            LibraryError: The library cannot be read.
        """
        return self._keeper.asked(lambda index: index.count(wanted))

    def search(self, text: str, wanted: TakeFilter = EVERY, limit: int = 20, offset: int = 0) -> tuple[Hit, ...]:
        """The wanted takes whose transcript or name says this, the best first.

        Args:
            text: Words that must all be there, with any ending; in quotes, words that must follow one another.
            wanted: Which takes to look at.
            limit: At most so many, ≥ 1.
            offset: How many of the best to leave out.

        Raises:
            LibraryError: The library cannot be read.
        """
        return self._keeper.asked_for_words(lambda index: index.search(text, wanted, limit, offset))

    def count_found(self, text: str, wanted: TakeFilter = EVERY) -> int:
        """How many takes `search` finds in all.

        Raises:
            LibraryError: The library cannot be read.
        """
        return self._keeper.asked_for_words(lambda index: index.count_found(text, wanted))

    def verdicts(self, wanted: TakeFilter = EVERY, element_id: str = "") -> tuple[VerdictRow, ...]:
        """What the wanted takes say of each element, the oldest first.

        Args:
            wanted: Which takes.
            element_id: Only this element; "" for all.

        Raises:
            LibraryError: The library cannot be read.
        """
        return self._keeper.asked(lambda index: index.verdicts(wanted, element_id))

    def marked(self) -> tuple[MarkedTake, ...]:
        """Every take that was marked, the oldest first.

        Raises:
            LibraryError: The library cannot be read.
        """
        return self._keeper.asked(lambda index: index.marked())

    def revision(self) -> tuple[int, ...]:
        """Another value whenever the answers may be others: what was made of them can be kept that long.

        Raises:
            LibraryError: The library cannot be read.
        """
        return self._keeper.asked(lambda index: index.revision())

    def has_unread(self) -> bool:
        """Whether there are takes whose words are not known yet; a search reads some of them.

        Raises:
            LibraryError: The library cannot be read.
        """
        return bool(self._keeper.asked(lambda index: index.unread()))

    def scenario_ids(self) -> tuple[str, ...]:
        """The scenarios that takes were made of.

        Raises:
            LibraryError: The library cannot be read.
        """
        return self._keeper.asked(lambda index: index.scenario_ids())

    def not_transcribed(self) -> tuple[str, ...]:
        """Takes that are being recorded, were cut short, or wait, and damaged ones: what `recovery` looks at.

        Raises:
            LibraryError: The library cannot be read.
        """
        return self._keeper.asked(lambda index: index.not_transcribed())

    def resolve(self, wanted: str) -> str:
        """The id of the take that is meant: its id, the end or another part of it that no other has, or "last".

        Raises:
            UsageError: None is meant, or several are.
            LibraryError: The library cannot be read.
        """
        if wanted == "last" and (rows := self.rows(limit=1)):
            return rows[0].take_id
        found = self._keeper.asked(lambda index: index.ids_with(wanted)) if wanted else ()
        if len(found) == 1 or wanted in found:
            return wanted if wanted in found else found[0]
        if found:
            hint = f"For example {', '.join(found[:3])}."
            raise UsageError(f"{len(found)} takes have '{clean_line(wanted, 80)}' in their ids.", hint)
        raise UsageError(f"There is no take '{clean_line(wanted, 80)}'.", "`pmrehearse takes` shows all of them.")
