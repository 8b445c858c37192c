"""What is said of takes that were cut short and that this call found and finished?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line

if TYPE_CHECKING:
    from pmrehearse.library.recovery import Recovery


def tell_recovery(recovery: Recovery) -> None:
    """Tell on stderr which takes were finished, and which could not be; nothing when all was well."""
    for take_id in recovery.finished:
        name = clean_line(take_id)
        sys.stderr.write(f"A take that was cut short is whole: `pmrehearse transcribe {name}` goes on with it.\n")
    for trouble in recovery.troubles:
        sys.stderr.write(f"The take {clean_line(trouble.take_id)}: {clean_line(trouble.message)}\n")
        if trouble.hint:
            sys.stderr.write(f"  {clean_line(trouble.hint)}\n")
