"""The whole program on an empty library, for what practice says of takes."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from pmrehearse.bootstrap import Program
from pmrehearse.session.clock import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program on an empty library; its clock goes on by a minute at each look, so that takes have an order."""
    minutes = count()
    began = utc_now()
    monkeypatch.setattr("pmrehearse.bootstrap.utc_now", lambda: began + timedelta(minutes=next(minutes)))
    made = Program(tmp_path / "recordings")
    yield made
    made.close()


def say(program: Program, scenario_id: str, text: str) -> str:
    """Type an answer, and mark it; the take's id."""
    take_id = program.reviewer.add_text(program.packs.find(scenario_id), text).id
    program.practice.catch_up(lambda _done, _total: None)
    return take_id
