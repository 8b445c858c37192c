"""How is it told that takes are marked before a question about all of them is answered?"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pmrehearse.cli.narration import Narrator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmrehearse.cli.ports import Program
    from pmrehearse.cli.practice_ports import PracticePort


@contextmanager
def marking_told() -> Iterator[Callable[[int, int], None]]:
    """A bar that grows while takes are marked.

    Yields:
        What is told (done, total) in takes.
    """
    with Narrator().bar() as draw:
        yield lambda done, total: draw("Marking takes", done, total, f"{done} of {total}")


def caught_up(program: Program) -> PracticePort:
    """Practice, with every take marked; takes are few unless the checks have just been changed."""
    with marking_told() as told:
        program.practice.catch_up(told)
    return program.practice
