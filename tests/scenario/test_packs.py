"""The scenarios that there are, from files that come, change and break."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pmrehearse.errors import ScenarioError, UsageError
from pmrehearse.scenario import packs
from pmrehearse.scenario.model import Origin

Shelves = tuple[Path, Path]


def _put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def stocked(shelves: Shelves, good: str) -> Shelves:
    """Two shipped scenarios and one of the user's."""
    shipped, own = shelves
    _put(shipped / "writer" / "long.toml", good.replace("mine/first", "writer/long"))
    short = good.replace("mine/first", "writer/short").replace("= 120", "= 90").replace("= 75", "= 45")
    _put(shipped / "writer" / "short.toml", short)
    _put(own / "first.toml", good)
    return shelves


@pytest.mark.usefixtures("stocked")
def test_shipped_ones_come_first_and_short_ones_before_long_ones() -> None:
    """The list goes pack by pack from short to long, then the user's own."""
    listed = packs.all_scenarios()
    assert [(one.id, one.seconds, one.origin) for one in listed] == [
        ("writer/short", 90.0, Origin.SHIPPED),
        ("writer/long", 120.0, Origin.SHIPPED),
        ("mine/first", 120.0, Origin.USER),
    ]
    assert packs.list_ids() == ("writer/short", "writer/long", "mine/first")
    assert [scenario.id for scenario in packs.scenarios()] == list(packs.list_ids())


def test_packs_stand_in_their_order(stocked: Shelves, good: str) -> None:
    """The writer's pack stands first, then the other one, then whatever pack there is beside them."""
    for name in ("another/pack", "medium/call"):
        _put(stocked[0] / f"{name}.toml", good.replace("mine/first", name))
    assert [listed.pack for listed in packs.all_scenarios()] == ["writer", "writer", "medium", "another", "mine"]


@pytest.mark.usefixtures("stocked")
def test_a_list_says_what_the_whole_file_says() -> None:
    """What a list tells from the first keys is what the scenario is."""
    for listed in packs.all_scenarios():
        scenario = packs.find(listed.id)
        assert (listed.title, listed.prompt, listed.seconds, listed.hard_limit, listed.pack, listed.origin) == (
            scenario.title,
            scenario.prompt,
            scenario.seconds,
            scenario.hard_limit,
            scenario.pack,
            scenario.origin,
        )
        assert (listed.n_elements, listed.n_flags) == (len(scenario.elements), len(scenario.flags))


def test_a_broken_file_takes_no_other_down(stocked: Shelves, good: str) -> None:
    """A file of the user's with mistakes is listed with them; asking for it tells them; the others stand."""
    _put(stocked[1] / "zebra.toml", good.replace("mine/first", "mine/zebra").replace("at = 60", "at = 600"))
    _put(stocked[1] / "pack" / "noise.toml", "\x00\x01")
    os.mkfifo(stocked[1] / "pipe.toml")
    assert packs.list_ids() == ("writer/short", "writer/long", "mine/first")
    problems = {broken.path.name: broken.message for broken in packs.broken()}
    assert list(problems) == ["pipe.toml", "zebra.toml", "noise.toml"]
    assert problems["zebra.toml"].endswith("zebra.toml:50: cue 1: at: the scenario ends at 120 s")
    with pytest.raises(ScenarioError, match="the scenario ends at 120 s"):
        packs.find("mine/zebra")


def test_two_files_may_not_have_one_id(stocked: Shelves, good: str) -> None:
    """A file of the user's with the id of another scenario is told to choose another; the first keeps it."""
    _put(stocked[1] / "second.toml", good)
    _put(stocked[1] / "third.toml", good.replace("mine/first", "writer/short"))
    assert packs.list_ids() == ("writer/short", "writer/long", "mine/first")
    assert [broken.path.name for broken in packs.broken()] == ["second.toml", "third.toml"]
    assert packs.find("writer/short").origin is Origin.SHIPPED
    assert packs.find("mine/first").origin is Origin.USER


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ("writer/shrot", "Did you mean writer/short or writer/long?"),
        ("short", "Did you mean writer/short?"),
        ("first", "Did you mean mine/first?"),
        ("zzzzzz", "`pmrehearse scenario list` shows all of them."),
        ("../../etc/passwd", "`pmrehearse scenario list` shows all of them."),
        ("x" * 100_000, "`pmrehearse scenario list` shows all of them."),
    ],
)
def test_an_unknown_id_is_answered_with_the_nearest(wanted: str, hint: str) -> None:
    """Asking for what there is not is a wrong use, with the ids that were perhaps meant."""
    with pytest.raises(UsageError) as caught:
        packs.find(wanted)
    assert caught.value.exit_code == 2
    assert caught.value.hint.startswith(hint)
    assert len(caught.value.message) < 200


@pytest.mark.usefixtures("shelves")
def test_a_file_can_be_named_instead_of_an_id(tmp_path: Path, good: str) -> None:
    """A path ending in .toml is read where it stands."""
    path = _put(tmp_path / "elsewhere.toml", good)
    assert packs.find(str(path)) == packs.load(path)
    with pytest.raises(ScenarioError, match="No such file"):
        packs.find(str(tmp_path / "missing.toml"))


def test_a_file_is_read_again_when_it_has_changed(stocked: Shelves, good: str) -> None:
    """An edit shows at the next look; without one the same value is given."""
    assert packs.find("mine/first") is packs.find("mine/first")
    _put(stocked[1] / "first.toml", good.replace("First drill", "A drill of another name"))
    assert packs.find("mine/first").title == "A drill of another name"
    (stocked[1] / "first.toml").unlink()
    with pytest.raises(UsageError):
        packs.find("mine/first")


def test_lists_parse_no_rules(stocked: Shelves, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of shipped scenarios reads only what stands before their first table."""
    (stocked[1] / "first.toml").unlink()
    monkeypatch.setattr("pmrehearse.scenario.packs._read", lambda *_: pytest.fail("a file was read whole"))
    assert len(packs.all_scenarios()) == 2


def test_a_list_needs_no_pydantic(stocked: Shelves) -> None:
    """Its import takes longer than all lists: `--help` and Home do without it."""
    program = (
        "import sys; from pathlib import Path; from pmrehearse import places; from pmrehearse.scenario import packs; "
        "places.shipped_scenarios_dir = lambda: Path(sys.argv[1]); assert len(packs.all_scenarios()) == 2; "
        "assert 'pydantic' not in sys.modules"
    )
    environment = {**os.environ, "PMREHEARSE_CONFIG_DIR": str(stocked[0])}
    subprocess.run([sys.executable, "-W", "error", "-c", program, str(stocked[0])], env=environment, check=True)


@pytest.mark.usefixtures("shelves")
def test_without_folders_there_are_no_scenarios(tmp_path: Path) -> None:
    """A first start, with nothing of the user's, is no error."""
    (tmp_path / "config" / "scenarios").rmdir()
    assert packs.all_scenarios() == ()


def test_the_users_lexicons_stand_beside_the_shipped_ones(stocked: Shelves, good: str) -> None:
    """A scenario may ask for the user's own lexicons, and is told when it asks for one that there is not."""
    asking = good.replace('check = "another idea"', 'check = "@my-ideas"').replace("mine/first", "mine/asking")
    _put(stocked[1] / "asking.toml", asking)
    with pytest.raises(ScenarioError, match="there is no lexicon 'my-ideas'"):
        packs.find("mine/asking")
    _put(stocked[1] / "lexicons" / "mine.toml", '[lexicon.my-ideas]\nphrases = ["another idea"]\n')
    assert packs.find("mine/asking").flag("ideas").check
    assert set(packs.lexicons().phrases) == {"my-ideas"}


def test_a_broken_lexicon_of_the_users_is_left_out(stocked: Shelves) -> None:
    """Its mistakes are told; the shipped lexicons and the user's others are there."""
    shipped, own = stocked
    _put(shipped / "lexicons" / "base.toml", '[lexicon.base]\nphrases = ["one"]\n')
    _put(own / "lexicons" / "good.toml", '[lexicon.good]\nphrases = ["two"]\n')
    _put(own / "lexicons" / "wrong.toml", '[lexicon.wrong]\nphrases = ["(three"]\n')
    _put(own / "lexicons" / "needs.toml", '[lexicon.needs]\nphrases = ["@wrong"]\n')
    _put(own / "lexicons" / "twice.toml", '[lexicon.base]\nphrases = ["four"]\n')
    _put(own / "lexicons" / "noise.toml", "[[[")
    assert set(packs.lexicons().phrases) == {"base", "good"}
    assert {broken.path.name for broken in packs.broken()} == {"wrong.toml", "needs.toml", "twice.toml", "noise.toml"}
    assert packs.list_ids() == ("writer/short", "writer/long", "mine/first")


def test_a_broken_shipped_lexicon_is_an_error(shelves: Shelves) -> None:
    """The program does not mark with half of its words."""
    _put(shelves[0] / "lexicons" / "base.toml", '[lexicon.base]\nphrases = ["(one"]\n')
    with pytest.raises(ScenarioError, match=r"base\.toml: lexicon\.base\.phrases\[0\]"):
        packs.lexicons()


LOOPS = """\
format = 1
[[loop]]
id = "writer"
title = "Writer"
days = 30
gap_days = 1
minutes = [60, 90]
rounds = [["writer/short", "writer/later"], ["writer/long"]]
"""


def test_a_loop_lacks_scenarios_that_are_not_there_yet(stocked: Shelves) -> None:
    """A loop is listed whatever its scenarios."""
    _put(stocked[0] / "loops.toml", LOOPS)
    (loop,) = packs.loops()
    assert (loop.id, loop.days, loop.gap_days, loop.round_minutes) == ("writer", 30, 1, (60.0, 90.0))
    assert loop.rounds == (("writer/short", "writer/later"), ("writer/long",))
    assert "writer/later" not in packs.list_ids()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("days = 30", "days = 0", "loops.toml:5: loop 1: days: this must be at least 1"),
        ("days = 30", "days = 3.5", "loops.toml:5: loop 1: days: this must be a whole number"),
        ("gap_days", "gap_dayz", "loops.toml:6: loop 1: gap_dayz: there is no such key (did you mean 'gap_days'?)"),
        ('"writer/long"', '"long"', "loops.toml:8: loop 1: rounds[1][0]: a scenario's id is a pack and a name"),
        ("format = 1", "format", "loops.toml:1: the file is no TOML"),
    ],
)
def test_mistakes_in_loops_are_told(shelves: Shelves, old: str, new: str, expected: str) -> None:
    """The file of loops is checked as scenarios are."""
    _put(shelves[0] / "loops.toml", LOOPS.replace(old, new, 1))
    with pytest.raises(ScenarioError) as caught:
        packs.loops()
    assert expected in caught.value.message
