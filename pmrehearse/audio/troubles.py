"""Which troubles of the sound are on just now, and how is each told once?"""

from __future__ import annotations

from collections.abc import Callable

from pmrehearse.audio.events import RecorderEvent, TroubleBegan, TroubleEnded, TroubleKind
from pmrehearse.cleaning import clean_line


class Troubles:
    """The troubles that are on; tells each beginning and each end once."""

    def __init__(self, tell: Callable[[RecorderEvent], None]) -> None:
        self._tell = tell
        self._on: dict[TroubleKind, str] = {}

    def begin(self, kind: TroubleKind, message: str, hint: str = "") -> None:
        """Tell a trouble, unless it is told already in these words."""
        if self._on.get(kind) != message:
            self._on[kind] = message
            self._tell(TroubleBegan(kind, clean_line(message), hint))

    def end(self, *kinds: TroubleKind) -> None:
        """Tell that these are over, where they were on."""
        for kind in kinds:
            if self._on.pop(kind, None) is not None:
                self._tell(TroubleEnded(kind))

    def is_on(self, kind: TroubleKind) -> bool:
        """Whether that trouble was told and is not over."""
        return kind in self._on
