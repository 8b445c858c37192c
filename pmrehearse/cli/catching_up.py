"""How is it told that takes are marked before a question about all of them is answered?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.cli.narration import Narrator

if TYPE_CHECKING:
    from pmrehearse.cli.ports import PracticePort, Program


def caught_up(program: Program) -> PracticePort:
    """Practice, with every take marked; takes are few unless the checks have just been changed."""
    with Narrator().bar() as draw:
        program.practice.catch_up(lambda done, total: draw("Marking takes", done, total, f"{done} of {total}"))
    return program.practice
