"""Scenario files led by coverage: what `tests.soak.fuzzing` starts when atheris is installed; it ends its process.

python -m tests.soak.guided -runs=20000
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["pmrehearse.scenario", "tomllib"]):
    from pmrehearse.scenario.model import Origin
    from pmrehearse.scenario.prescan import Refused, decode
    from pmrehearse.scenario.reader import examine

from tests.rigs.hostile import is_sound
from tests.scenario.conftest import GOOD


def read(data: bytes) -> None:
    """Any bytes, alone and behind a good beginning."""
    try:
        text = decode(data)
    except Refused:
        return
    for whole in (text, GOOD[: len(data) % len(GOOD)] + text):
        if not is_sound(examine(whole, Origin.USER), whole):
            raise AssertionError(whole)


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
