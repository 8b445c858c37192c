"""How does an error read on stderr? "pmrehearse: what happened", and below it what to do."""

from __future__ import annotations

import sys

from pmrehearse.cleaning import clean

NAME = "pmrehearse"
LONGEST = 20_000
"""Characters of a message at most: a scenario file can have hundreds of mistakes."""


def complain(message: str, hint: str = "") -> None:
    """Write a message and, on a line of its own, what can be done.

    Args:
        message: What happened; more lines than one are told as they are.
        hint: What to do, or "".
    """
    sys.stderr.write(f"{NAME}: {clean(message, LONGEST).strip()}\n")
    for line in clean(hint, LONGEST).strip().splitlines():
        sys.stderr.write(f"{' ' * len(NAME)}  {line}\n")
