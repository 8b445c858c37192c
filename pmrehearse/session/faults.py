"""In which words is a speaker told of a fault beside the recording?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.errors import RehearsalError

if TYPE_CHECKING:
    from pathlib import Path


def words_for(fault: Exception) -> tuple[str, str]:
    """What happened, and what to do."""
    if isinstance(fault, RehearsalError):
        return fault.message, fault.hint
    if isinstance(fault, OSError):
        return (
            f"The disk refused: {fault.strerror or fault}",
            "What was recorded is kept; make room or choose a folder.",
        )
    return "Something unexpected went wrong beside the recording.", "`pmrehearse paths` names the log."


def moved(path: Path) -> tuple[str, str]:
    """The same of sound that stands at `path` because the library's disk took no more."""
    return (
        f"The disk of the takes took no more: the sound of this take stands in {path}.",
        "The next start brings it home, when there is room.",
    )
