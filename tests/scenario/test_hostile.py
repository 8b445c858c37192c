"""Scenario files that were made to do harm, or are none: one clear refusal each.

The long forms are `python -m tests.soak.hostile_files` and `python -m tests.soak.fuzzing`.
"""

from __future__ import annotations

import tomllib
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmrehearse.errors import ScenarioError
from pmrehearse.scenario.model import Origin
from pmrehearse.scenario.prescan import Refused, decode
from pmrehearse.scenario.reader import examine, read_file, read_text
from tests.rigs.hostile import BOMBS, CROWDS, FILES, HEAVY, KEYS, PIECES, VALUES, is_sound


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_unparsed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text whose shape would choke the parser never reaches it; one mistake is told, with its line."""
    monkeypatch.setattr(tomllib, "loads", lambda _text: pytest.fail("the text was parsed"))
    (mistake,) = examine("format = 1\n" + text, Origin.USER).mistakes
    assert mistake.line == 2


@pytest.mark.parametrize("text", CROWDS.values(), ids=CROWDS)
def test_crowds_are_refused_unparsed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with more tables, keys or values than any scenario has never reaches the parser; one mistake is told."""
    monkeypatch.setattr(tomllib, "loads", lambda _text: pytest.fail("the text was parsed"))
    (mistake,) = examine("format = 1\n" + text, Origin.USER).mistakes
    assert mistake.message.endswith("no scenario has as many")
    assert mistake.line is not None


@pytest.mark.parametrize("text", [*BOMBS.values(), *CROWDS.values(), *HEAVY.values()], ids=[*BOMBS, *CROWDS, *HEAVY])
def test_whatever_is_read_fits_in_fifty_megabytes(text: str) -> None:
    """Reading any file of 64 KB needs less than 50 MB, and what is told of it stays readable."""
    assert len(text) <= 65_536
    tracemalloc.start()
    with pytest.raises(ScenarioError) as caught:
        read_text(text, Origin.USER, "bomb.toml")
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 50_000_000
    assert len(caught.value.message.split("\n")) <= 51
    assert max(map(len, caught.value.message.split("\n"))) < 1_000


@pytest.mark.parametrize(("make", "expected"), FILES.values(), ids=FILES)
def test_what_is_no_scenario_file_is_refused(tmp_path: Path, make: Callable[[Path], None], expected: str) -> None:
    """Each is refused at once, by the file's name and the reason."""
    path = tmp_path / "my.toml"
    make(path)
    with pytest.raises(ScenarioError) as caught:
        read_file(path, Origin.USER)
    assert expected in caught.value.message
    assert caught.value.message.startswith(str(path))
    assert caught.value.hint


def test_a_take_keeps_its_own_copy(tmp_path: Path, good: str) -> None:
    """When the file is edited or removed, the text that the take keeps reads as the scenario of that day."""
    path = tmp_path / "my.toml"
    path.write_text(good)
    rehearsed = read_file(path, Origin.USER)
    path.write_text(good.replace("First drill", "Second drill"))
    edited = read_file(path, Origin.USER)
    path.unlink()
    kept = read_text(rehearsed.source_toml, Origin.TAKE, "take")
    assert (kept.title, kept.digest) == ("First drill", rehearsed.digest)
    assert (edited.title, edited.digest != kept.digest) == ("Second drill", True)


@pytest.mark.parametrize("expression", ["(a+)+$", ".*plan.*customer.*zebra", "(?:uh )+zebra"])
def test_expressions_that_ruin_others_are_data_here(good: str, expression: str) -> None:
    """Reading a scenario compiles no expression of its author's, so none can hold it up."""
    asking = good.replace('check = "another idea"', f"check = {{ re2 = '{expression}' }}")
    assert examine(asking, Origin.USER).scenario is not None


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_reading(data: bytes) -> None:
    """No bytes bring anything but a scenario or its mistakes."""
    try:
        text = decode(data)
    except Refused:
        return
    assert is_sound(examine(text, Origin.USER), text)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 40), PIECES), min_size=1, max_size=6))
def test_a_good_file_broken_anywhere_ends_in_a_reading(good: str, edits: list[tuple[int, int, str]]) -> None:
    """Cuts and insertions in a scenario bring a scenario or mistakes at lines of the file, never another error."""
    text = good
    for at, n_cut, piece in edits:
        text = text[:at] + piece + text[at + n_cut :]
    assert is_sound(examine(text, Origin.USER), text)
    assert is_sound(examine(text, Origin.SHIPPED), text)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5),
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5),
    st.sampled_from(["phase", "element", "flag", "cue"]),
)
def test_any_values_at_any_keys_end_in_a_reading(
    good: str, head: dict[str, object], table: dict[str, object], name: str
) -> None:
    """A value of any type at any key brings mistakes, never another error."""
    loads = tomllib.loads

    def meddled(text: str) -> dict[str, object]:
        tables = loads(text) | head
        return tables | {name: [table, *tables[name]]} if isinstance(tables.get(name), list) else tables

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tomllib, "loads", meddled)
        assert is_sound(examine(good, Origin.USER), good)
