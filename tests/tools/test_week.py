"""The week behind the pictures of `docs/week.md` is one that the program could have seen."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pmrehearse.bootstrap import Program
from pmrehearse.checking.findings import Verdict
from pmrehearse.library.take import TakeStatus
from pmrehearse.scenario import packs
from tools.make_week import INTERVIEW, LENS, MORNING_AFTER, Said, keep, spoken, week

ROOT = Path(__file__).resolve().parents[2]
WEEK = week()


def test_the_week_is_a_week() -> None:
    """Answers follow one another from Monday to Sunday, before the morning of the pictures and the interview."""
    assert all(one.when < other.when for one, other in pairwise(WEEK))
    assert WEEK[-1].when - WEEK[0].when < timedelta(days=7)
    assert WEEK[-1].when < MORNING_AFTER
    assert MORNING_AFTER.date() < INTERVIEW
    assert [said.when.strftime("%a") for said in (WEEK[0], WEEK[-1])] == ["Mon", "Sun"]


def test_every_part_is_said() -> None:
    """No text stands in the file that no answer uses."""
    parts = tomllib.loads((ROOT / "tools" / "week.toml").read_text(encoding="utf-8"))["parts"]
    said = {part for one in WEEK for phase in one.phases for part in phase}
    assert set(parts.values()) == said


@pytest.mark.parametrize("said", WEEK, ids=lambda said: f"{said.when:%a-%H-%M}")
def test_an_answer_fits_its_scenario(said: Said) -> None:
    """It has the scenario's phases, is not longer than the scenario, and is as fast as it says."""
    scenario = packs.find(said.scenario_id)
    transcript, starts, length_s = spoken(said)
    assert len(starts) == len(scenario.phases)
    assert length_s <= scenario.seconds
    assert 60 * len(transcript.words) / length_s == pytest.approx(said.words_per_minute)
    assert all(one.end_s <= other.start_s for one, other in pairwise(transcript.segments))


def test_the_last_answer_is_whole(tmp_path: Path) -> None:
    """A take made of it can be read, heard and marked, and meets what the page says that it meets."""
    program = Program(tmp_path / "recordings")
    try:
        last = next(said for said in reversed(WEEK) if said.scenario_id == LENS)
        report = program.library.report(keep(program, last))
        assert report.take.status is TakeStatus.TRANSCRIBED
        assert [each.element_id for each in report.findings.elements if each.verdict is not Verdict.MET] == []
        assert report.delivery.words_per_minute == pytest.approx(last.words_per_minute, abs=0.1)
        assert [row.problem for row in program.library.rows()] == [""]
    finally:
        program.close()
