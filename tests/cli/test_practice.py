"""Practice on the command line: plans, rounds, drills, what is due, trends."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from pmrehearse.audio.events import FileSource
from pmrehearse.checking.findings import Verdict
from pmrehearse.cli.drilling import DrillSitting
from pmrehearse.cli.headless import RunEndedError
from pmrehearse.cli.invocation import ScreenStart
from pmrehearse.library.rows import VerdictRow
from pmrehearse.session import events as told
from pmrehearse.speech.events import SpeechOptions
from tests.cli.fakes import BEGUN, SCENARIO, FakeProgram, report, row, take, transcript

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.cli.conftest import Caller

LENS = SCENARIO.id
METRIC, SAMPLE = f"{LENS}:metric", f"{LENS}:sample"
MET, NEAR, MISSING = Verdict.MET, Verdict.NEAR, Verdict.MISSING


def _say(program: FakeProgram, take_id: str, text: str, scenario_id: str = LENS, days_ago: float = 0) -> None:
    """A take in which this was said."""
    begun = BEGUN - timedelta(days=days_ago)
    scenario = program.packs.find(scenario_id)
    made = report(replace(take(take_id), scenario=SCENARIO), transcript(text))
    asked = {element.id for element in scenario.elements}
    kept = tuple(finding for finding in made.findings.elements if finding.element_id in asked)
    made = replace(made, take=replace(made.take, scenario=scenario), findings=replace(made.findings, elements=kept))
    program.library.reports[take_id] = made
    program.library.takes.append(row(take_id, scenario_id=scenario_id, started_at=begun, words_per_minute=131.0))
    program.library.said += [
        VerdictRow(take_id, scenario_id, begun, finding.element_id, finding.verdict, None) for finding in kept
    ]


@pytest.fixture
def practised(call: Caller) -> Caller:
    """Two takes and a drill: the metric was met, the sample was near and then met, the review is missing."""
    call.program.library.takes.clear()
    _say(call.program, "first", "we ask two thousand people", days_ago=9)
    _say(call.program, "second", "our metric is this and we ask two thousand people", days_ago=2)
    _say(call.program, "alone", "ten thousand of them", SAMPLE, days_ago=1)
    return call


# ------------------------------------------------------------------------------------------------------------- plan


def test_a_plan_is_laid_out(practised: Caller, snapshot: SnapshotAssertion) -> None:
    """Day by day: the round, its scenarios, how they stand; then how to go on."""
    called = practised("plan", "writer", "--interview", "2026-12-22")
    assert called.code == 0
    assert called.out == snapshot
    laid_out = json.loads(practised("plan", "writer", "--interview", "2026-12-22", "--json").out)
    assert (laid_out["days_left"], laid_out["is_kept"]) == (30, False)
    first = laid_out["rehearsals"][0]
    assert (first["day"], first["round"], first["due"]) == ("2026-11-22", 1, "today")
    assert first["scenarios"][0]["last"] == {"take": "second", "on": "2026-11-20", "met": 1, "of": 3}


def test_a_plan_is_kept_shown_and_forgotten(call: Caller) -> None:
    """`--keep` remembers it, `plan` alone shows it, `--forget` forgets it."""
    assert call("plan").code == 2
    assert "remembered" in call("plan", "writer", "--interview", "2026-12-22", "--keep").out
    shown = json.loads(call("plan", "--json").out)
    assert (shown["interview"], shown["made_on"], shown["is_kept"]) == ("2026-12-22", "2026-11-22", True)
    assert json.loads(call("plan", "writer", "--json").out) == shown
    moved = json.loads(call("plan", "--interview", "2026-12-30", "--json").out)
    assert (moved["loop"], moved["interview"], moved["is_kept"]) == ("writer", "2026-12-30", False)
    assert call("plan", "--forget").code == 0
    assert call("plan").code == 2


def test_a_plan_is_looked_at_on_another_day(call: Caller) -> None:
    """`--today` lays a new plan out from that day, and shows a kept one as it will stand then."""
    new = json.loads(call("plan", "writer", "--interview", "2026-12-22", "--today", "2026-12-01", "--json").out)
    assert (new["made_on"], new["days_left"]) == ("2026-12-01", 21)
    call("plan", "writer", "--interview", "2026-12-22", "--keep")
    later = json.loads(call("plan", "--today", "2026-11-24", "--json").out)
    assert (later["made_on"], later["rehearsals"][0]["due"]) == ("2026-11-22", "overdue")


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["writer", "--interview", "2026-11-01"], "2026-11-01 was 21 days ago.", "still to come"),
        (["writer"], "When is the interview?", "--interview 2026-12-24"),
        (["--interview", "2026-12-24"], "Which loop?", "pmrehearse plan writer"),
        (["writes", "--interview", "2026-12-24"], "There is no loop 'writes'.", "There are writer."),
        (["writer", "--interview", "Christmas"], "is no day: write it as 2026-12-24", "--help"),
    ],
)
def test_a_plan_that_cannot_be_made_is_explained(call: Caller, words: list[str], message: str, hint: str) -> None:
    """What is wrong, what to do, 2."""
    called = call("plan", *words)
    assert (called.code, called.out) == (2, "")
    assert message in called.err
    assert hint in called.err


# -------------------------------------------------------------------------------------------------------------- due


def test_what_is_due_is_listed(practised: Caller, snapshot: SnapshotAssertion) -> None:
    """With its last verdict, its drill's id, how often it was met, and since when it is due."""
    called = practised("due")
    assert called.code == 0
    assert called.out == snapshot
    listed = json.loads(practised("due", "--json").out)
    assert [(each["drill"], each["last"], each["due_on"]) for each in listed["due"]] == [
        (f"{LENS}:review", "missing", "2026-11-20")
    ]
    assert [each["drill"] for each in listed["later"]] == [METRIC, SAMPLE]


def test_nothing_is_due_before_the_first_take(call: Caller) -> None:
    """And that is said."""
    call.program.library.takes.clear()
    called = call("due")
    assert (called.code, called.out) == (0, "Nothing is due: elements come back once they were rehearsed.\n")


# ----------------------------------------------------------------------------------------------------------- trends


def test_trends_show_scenarios_and_what_fails(practised: Caller, snapshot: SnapshotAssertion) -> None:
    """Takes, last and best of each scenario; then the elements that fail most."""
    called = practised("trends")
    assert called.code == 0
    assert called.out == snapshot
    known = json.loads(practised("trends", "--json").out)
    assert [take["coverage"] for take in known["scenarios"][0]["takes"]] == [0.0, pytest.approx(1 / 3, abs=1e-3)]
    sample = next(element for element in known["elements"] if element["id"] == "sample")
    assert [made["verdict"] for made in sample["tries"]] == ["near", "near", "met"]
    assert known["weakest"] == [f"{LENS}:review"]
    assert known["n_drills"] == 1


def test_trends_of_one_scenario_show_all_its_elements(practised: Caller, snapshot: SnapshotAssertion) -> None:
    """Those that hold too, with their last verdicts; another scenario's id is answered with the nearest."""
    assert practised("trends", "--scenario", LENS).out == snapshot
    assert practised("trends", "--scenario", "writer/lens").code == 2


def test_trends_go_to_the_screens(call: Caller) -> None:
    """`--screen` draws them: of everything, or of one scenario; nothing is read for that here."""
    call("trends", "--screen")
    call("trends", "--screen", "--scenario", LENS)
    assert call.screens == [ScreenStart(progress=True), ScreenStart(scenario_id=LENS, progress=True)]


def test_there_are_no_trends_before_the_first_take(call: Caller) -> None:
    """One sentence."""
    call.program.library.takes.clear()
    assert call("trends").out == "Nothing has been rehearsed yet.\n"


# ------------------------------------------------------------------------------------------------------------ round


def _ready(program: FakeProgram, take_id: str, text: str, scenario_id: str = LENS) -> None:
    """The next run becomes this take."""
    _say(program, take_id, text, scenario_id)
    program.endings.append(told.TakeReady(take_id))


def test_a_round_ends_with_its_debrief(call: Caller, snapshot: SnapshotAssertion) -> None:
    """Scenario after scenario on stderr, the debrief on stdout; 1, as something is missing."""
    _ready(call.program, "made", "our metric is this and we ask two thousand people")
    called = call("round", "writer/1", "--no-screen", "--audio", "a.wav")
    assert called.code == 1
    assert "Scenario 1 of 1" in called.err
    assert called.out == snapshot
    assert call.program.options == [SpeechOptions()]


def test_a_round_in_json_says_what_is_next(call: Caller) -> None:
    """Missing elements, near ones first, and what to drill and to take again."""
    _ready(call.program, "made", "our metric is this and we ask two thousand people")
    said = json.loads(call("round", "writer/1", "--no-screen", "--json").out)
    assert [(one["element_id"], one["verdict"]) for one in said["missed"]] == [
        ("sample", "near"),
        ("review", "missing"),
    ]
    assert said["next"] == {"drill": [SAMPLE, f"{LENS}:review"], "rehearse": [LENS]}
    assert (said["met"], said["of"], said["not_taken"]) == (1, 3, [])


def test_a_round_that_lacks_nothing_ends_with_0(call: Caller) -> None:
    """Everything met, no flag."""
    _ready(call.program, "made", "our metric and ten thousand people and a review")
    called = call("round", "writer/1", "--no-screen")
    assert called.code == 0
    assert "Nothing is missing over the round." in called.out


def test_a_round_that_breaks_off_tells_why(call: Caller) -> None:
    """What the run says ends it, with its code; nothing was taken, nothing is shown."""
    call.program.ending = told.SessionFailed("The microphone is gone.", "Plug it in.", 3)
    called = call("round", "writer/1", "--no-screen")
    assert (called.code, called.out) == (3, "")
    assert "The microphone is gone." in called.err


def test_a_round_opens_on_the_screen(call: Caller) -> None:
    """Unless no screen is wanted."""
    assert call("round", "writer/1").code == 0
    assert call.screens == [ScreenStart(round=("writer", 1))]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["writer"], "write the loop and the number"),
        (["writer/2"], "The loop writer has no round 2."),
        (["medium/1"], "There is no loop 'medium'."),
        (["writer/1", "--no-screen", "--audio", "a", "--audio", "b"], "This round has 1 scenarios"),
        (["writer/1", "--device", "Desk"], "go with --no-screen"),
    ],
)
def test_a_round_that_cannot_be_is_told(call: Caller, words: list[str], message: str) -> None:
    """2, and what can be said instead."""
    called = call("round", *words)
    assert called.code == 2
    assert message in called.err


# ------------------------------------------------------------------------------------------------------------ drill


def test_a_drill_is_marked_try_after_try(call: Caller, snapshot: SnapshotAssertion) -> None:
    """Each try on stderr with the verdicts before it; the sitting on stdout; 0, as the last try met it."""
    _ready(call.program, "one", "nothing of the kind", METRIC)
    _ready(call.program, "two", "our metric is this", METRIC)
    called = call("drill", METRIC, "--no-screen", "--times", "2", "--audio", "a.wav", "--seconds", "30")
    assert called.code == 0
    assert called.out == snapshot
    assert "✗ missing: no metric was named" in called.err
    assert [conductor.asked[-1] for conductor in call.program.conductors] == ["close", "close"]
    assert isinstance(call.program.conductors[0].source, FileSource)


def test_a_drill_that_does_not_hold_ends_with_1(call: Caller) -> None:
    """The last try decides; JSON keeps all of them."""
    _ready(call.program, "one", "nothing of the kind", METRIC)
    called = call("drill", METRIC, "--no-screen", "--json")
    assert called.code == 1
    (drilled,) = json.loads(called.out)["drilled"]
    assert (drilled["element"], drilled["stands"], drilled["met"]) == ("metric", False, 0)
    assert [made["verdict"] for made in drilled["tries"]] == ["missing"]


def test_without_a_name_what_is_due_is_drilled(practised: Caller) -> None:
    """One due element after another; they go to the screens in the same order."""
    _say(practised.program, "third", "nothing of the kind", METRIC)
    names = (f"{LENS}:review", METRIC)
    assert practised("drill", "--seconds", "60").code == 0
    assert practised.screens == [ScreenStart(drills=names, seconds=60.0)]
    practised.program.library.takes.clear()
    called = practised("drill", "--no-screen")
    assert called.code == 0
    assert called.out.startswith("Nothing is due")


def test_a_wrong_element_is_answered_with_the_nearest(call: Caller) -> None:
    """2, and what may have been meant."""
    called = call("drill", f"{LENS}:metrik")
    assert called.code == 2
    assert "Did you mean metric?" in called.err


def test_a_drill_asks_after_each_try(call: Caller) -> None:
    """Enter: again; n: the next element; q: enough."""
    program = call.program
    answers = ["", "n", "q"]
    for name, drill_id in (("a", METRIC), ("b", METRIC), ("c", SAMPLE), ("d", SAMPLE)):
        _ready(program, name, "our metric is this", drill_id)
    sitting = DrillSitting(program, FileSource(None), SpeechOptions(), None, lambda: answers.pop(0))  # type: ignore[arg-type]
    drilled, code = sitting.carry_through([program.packs.drill(name) for name in (METRIC, SAMPLE, METRIC)])
    assert ([len(each.tries) for each in drilled], code, answers) == ([2, 1], 0, [])


def test_a_try_that_breaks_off_ends_the_drill(call: Caller) -> None:
    """What was tried is shown, and the code is that of the run."""
    program = call.program
    _ready(program, "a", "our metric is this", METRIC)
    program.endings.append(told.SessionFailed("The microphone is gone.", "", 3))
    sitting = DrillSitting(program, FileSource(None), SpeechOptions(), 2)  # type: ignore[arg-type]
    drilled, code = sitting.carry_through([program.packs.drill(METRIC)])
    assert ([len(each.tries) for each in drilled], code) == ([1], RunEndedError("", "", 3).exit_code)


# ---------------------------------------------------------------------------------------------------- scenario new


def test_a_new_scenario_is_written_once(call: Caller, own_places: Path) -> None:
    """It stands in the user's folder, private; what is there stays as it is."""
    path = own_places / "config_dir" / "scenarios" / "mine" / "case.toml"
    called = call("scenario", "new", "mine/case", "--title", "My case", "--minutes", "5")
    assert called.code == 0
    assert called.out.splitlines()[0] == str(path)
    assert called.out.splitlines()[-2:] == [f"  pmrehearse scenario check {path}", "  pmrehearse rehearse mine/case"]
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("mine")
    again = call("scenario", "new", "mine/case")
    assert (again.code, path.read_text()) == (2, "mine")
    assert "nothing was changed" in again.err
    assert json.loads(call("scenario", "new", "mine/other", "--json").out)["id"] == "mine/other"


@pytest.mark.parametrize("name", ["case", "Mine/case", "mine/../case", "lexicons/case", LENS, f"{LENS}:x"])
def test_an_id_that_is_none_writes_nothing(call: Caller, own_places: Path, name: str) -> None:
    """No such id, or one that is taken: 2, and no file anywhere."""
    assert call("scenario", "new", name).code == 2
    assert not [path for path in (own_places / "config_dir").rglob("*") if path.is_file()]
