"""What takes are there, what do they say, and how are they changed? The library as commands and screens see it.

The takes' files (`store`) and the index over them, kept together: whatever changes a take through either is in the
index at once. Lists and searches read the index alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.checking.findings import Findings
from pmrehearse.cleaning import clean_line
from pmrehearse.library.cases import OverruledCase, overruled_cases
from pmrehearse.library.catching_up import Progress, silent
from pmrehearse.library.corrections import Corrections, corrected
from pmrehearse.library.entries import Checks, entry_of, problem_with_sound, stamp_of
from pmrehearse.library.keeping import IndexKeeper
from pmrehearse.library.lists import TakeLists
from pmrehearse.library.overruling import overrule
from pmrehearse.library.reading import TakeReader
from pmrehearse.library.report import Report
from pmrehearse.library.reporting import make_report
from pmrehearse.library.store import TakeStore
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.library.unpacked import packable
from pmrehearse.speech.segments import Transcript

if TYPE_CHECKING:
    from pmrehearse.audio.sending import SoundCopy
    from pmrehearse.library.backup import BackedUp
    from pmrehearse.library.packing import Packed
    from pmrehearse.library.recovery import Recovery, Trouble


@dataclass(frozen=True, slots=True)
class OpenTake:
    """A take with all that its files say.

    Attributes:
        take: The take.
        transcript: What was said, corrections applied.
        corrections: What was corrected.
    """

    take: Take
    transcript: Transcript
    corrections: Corrections


class Library(TakeLists):
    """The takes of one folder; for any thread.

    Attributes:
        root: The folder.
        store: The takes' files; what is saved through it is in the index too.
    """

    def __init__(self, root: Path, checks: Checks, marked_by: str = "") -> None:
        """Nothing is read or made yet.

        Args:
            root: The folder.
            checks: Compiles the checks of a scenario.
            marked_by: A name for these checks (the program's version): takes that others marked are marked again.
        """
        self.root = root
        self._checks = checks
        self._to_pack: tuple[str, ...] | None = None
        super().__init__(IndexKeeper(TakeReader(root), checks, marked_by))
        self.store = TakeStore(root, self._keeper)

    # ------------------------------------------------------------------ one take

    def open(self, take_id: str) -> OpenTake:
        """A take with all that its files say.

        Raises:
            UsageError: There is no such take.
            LibraryError: A file of it is damaged or of a later version.
        """
        take, corrections = self.store.load(take_id), self.store.corrections(take_id)
        return OpenTake(take, corrected(self.store.recognised(take_id), corrections.words), corrections)

    def report(self, take_id: str) -> Report:
        """All that is shown of a take, computed anew; what the index says of it is brought up to date.

        Raises:
            UsageError: There is no such take.
            LibraryError: A file of it is damaged or of a later version.
        """
        stamp = stamp_of(self.store, take_id)
        opened = self.open(take_id)
        checks = self._checks(opened.take.scenario)
        checked = checks.check(opened.transcript.words)
        report = make_report(opened.take, opened.transcript, checked, checks.check, opened.corrections)
        self._learn(opened.take, opened.transcript, report.findings, stamp)
        return report

    def audio_path(self, take_id: str) -> Path | None:
        """The take's sound, or None when it has none.

        Raises:
            UsageError: There is no such take.
        """
        return self.store.find_audio(take_id)

    def sound_to_send(self, take_id: str) -> SoundCopy | None:
        """The take's sound as it is sent to others, or None when it has none; takes seconds a recorded hour.

        Raises:
            UsageError: There is no such take.
            AudioFileError: Its sound cannot be read.
        """
        audio = self.audio_path(take_id)
        if audio is None:
            return None
        from pmrehearse.audio.sending import copy_to_send  # noqa: PLC0415  numpy, soundfile: lists need none of it

        return copy_to_send(audio)

    def save(self, take: Take) -> None:
        """Keep a changed take.

        Raises:
            UsageError: There is no such take.
            LibraryError: The disk is full, gone or read-only.
        """
        self.store.save(take)

    def rename(self, take_id: str, name: str) -> Take:
        """Give a take another name, "" for none; its id stays.

        Raises:
            UsageError: There is no such take.
            LibraryError: It cannot be read or written.
        """
        return self._changed(replace(self.store.load(take_id), name=clean_line(name)))

    def tag(self, take_id: str, tags: Iterable[str]) -> Take:
        """Give a take these tags and no others.

        Raises:
            UsageError: There is no such take.
            LibraryError: It cannot be read or written.
        """
        wanted = tuple(dict.fromkeys(text for tag in tags if (text := clean_line(tag))))
        return self._changed(replace(self.store.load(take_id), tags=wanted))

    def correct(self, take_id: str, corrections: Corrections) -> Report:
        """Keep what was corrected, and mark the take again.

        Raises:
            UsageError: There is no such take.
            LibraryError: It cannot be read or written.
        """
        self.store.set_corrections(take_id, corrections)
        return self.report(take_id)

    def delete(self, take_id: str) -> None:
        """Remove the take: sound, files, and every trace in the index.

        Raises:
            UsageError: There is no such take.
            LibraryError: The files cannot be removed.
        """
        self.store.delete(take_id)

    # ------------------------------------------------------------------ as a whole

    @property
    def is_recording(self) -> bool:
        """True while this program records a take: what can wait should."""
        return self.store.is_busy

    def catch_up(self, on_progress: Progress = silent, *, with_marks: bool = True) -> int:
        """Read takes that were changed or copied in behind the index's back, and mark those that are not; the number.

        Raises:
            LibraryError: The library cannot be read.
        """
        return self._keeper.catch_up(on_progress, with_marks=with_marks)

    def rebuild(self, on_progress: Progress = silent) -> int:
        """Make the index again from the takes' files; how many takes there are.

        Raises:
            LibraryError: The library cannot be read, or the disk refuses.
        """
        return self._keeper.rebuild(on_progress)

    def overruled_cases(self) -> Iterator[OverruledCase]:
        """The takes in which verdicts were overruled, as labelled answers, the oldest first.

        Raises:
            LibraryError: The library cannot be read.
        """
        return overruled_cases(self.store)

    def verify(self, on_progress: Progress = silent) -> tuple[Trouble, ...]:
        """Everything that is wrong with the takes' files; nothing is changed.

        Raises:
            LibraryError: The library cannot be read.
        """
        from pmrehearse.library.verifying import verify  # noqa: PLC0415 - it needs numpy, lists do not

        return verify(self.store, on_progress)

    def pack(self, on_progress: Progress = silent) -> Packed:
        """Keep the sound of every take as FLAC, the same sample for sample; ends when a take is recorded.

        Raises:
            LibraryError: The library cannot be read.
        """
        from pmrehearse.library.packing import pack_takes  # noqa: PLC0415 - numpy, soundfile

        return pack_takes(self.store, packable(self.store), self._keeper.take_packed, self._is_quiet, on_progress)

    def pack_some(self) -> int:
        """Pack the oldest take that can be, beside whatever else goes on; how many were.

        While a take is recorded, nothing is. What cannot be packed is tried again at the next start.

        Raises:
            LibraryError: The library cannot be read.
        """
        if self.is_recording:
            return 0
        waiting = packable(self.store) if self._to_pack is None else self._to_pack
        first, self._to_pack = waiting[:1], waiting[1:]
        if not first:
            self._to_pack = None
            return 0
        from pmrehearse.library.packing import pack_takes  # noqa: PLC0415 - the same

        pack_takes(self.store, first, self._keeper.take_packed, self._is_quiet)
        return 1

    def _is_quiet(self) -> bool:
        return not self.is_recording and not self.store.is_recorded_elsewhere()

    def recover(self, rescued: Path | None = None) -> Recovery:
        """Finish takes that were cut short, and say which wait for their transcript.

        Args:
            rescued: The folder into which the recorder puts takes whose own disk failed; None to look nowhere else.

        Raises:
            LibraryError: The library cannot be read.
        """
        from pmrehearse.library.recovery import recover  # noqa: PLC0415 - lists need none of it

        self.store.sweep()
        self._keeper.note_changes()
        return recover(self.store, self.not_transcribed(), rescued)

    def backup(self, target: Path, on_progress: Progress = silent) -> BackedUp:
        """Copy all takes and the index to a new folder, or to a new ".zip"; the copy is read back and compared.

        Raises:
            UsageError: Something stands at `target`, or it lies in the library.
            LibraryError: The library cannot be read, or the disk refuses; nothing is left.
        """
        from pmrehearse.library.backup import back_up  # noqa: PLC0415 - zipfile, which lists do without

        return back_up(self.store, self._keeper.backup, self._keeper.path.name, target, on_progress)

    def close(self) -> None:
        """Close the index and let other programs record."""
        self.store.close()
        self._keeper.close()

    # ------------------------------------------------------------------ inside

    def _changed(self, take: Take) -> Take:
        self.store.save(take)
        stamp, opened, findings = stamp_of(self.store, take.id), self.open(take.id), None
        if take.status is TakeStatus.TRANSCRIBED:
            checked = self._checks(take.scenario).check(opened.transcript.words)
            findings, _ = overrule(checked, opened.corrections.verdicts, opened.transcript.words)
        self._learn(take, opened.transcript, findings, stamp)
        return take

    def _learn(self, take: Take, transcript: Transcript, findings: Findings | None, stamp: int) -> None:
        is_marked = take.status is TakeStatus.TRANSCRIBED
        entry = entry_of(take, transcript, findings if is_marked else None, stamp)
        self._keeper.learn(replace(entry, row=replace(entry.row, problem=problem_with_sound(self.store, take))))
