"""What is remembered between runs: nothing that is damaged, and not too much."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pmrehearse.remembered import MOST_PLACES, Remembered

if TYPE_CHECKING:
    from pathlib import Path


def test_places_are_kept_beside_names(tmp_path: Path) -> None:
    """Where listening left off survives a new start, and is forgotten when a take was heard to its end."""
    Remembered(tmp_path).set_place("one", 12.345)
    Remembered(tmp_path).set("theme", "light")
    again = Remembered(tmp_path)
    assert (again.place("one"), again.place("two"), again.get("theme")) == (12.35, None, "light")
    again.set_place("one", None)
    again.set_place("never", None)
    assert again.place("one") is None


def test_what_is_forgotten_is_gone(tmp_path: Path) -> None:
    """The rest stays; what was never known can be forgotten, too."""
    remembered = Remembered(tmp_path)
    remembered.set("theme", "light")
    remembered.set("live", "full")
    remembered.forget("theme")
    remembered.forget("never")
    assert (Remembered(tmp_path).get("theme"), Remembered(tmp_path).get("live")) == (None, "full")


def test_the_oldest_places_are_forgotten(tmp_path: Path) -> None:
    """So many takes and no more; one that is heard again counts as new."""
    remembered = Remembered(tmp_path)
    places = {f"take-{number}": 1.0 for number in range(MOST_PLACES)}
    (tmp_path / "remembered.json").write_text(json.dumps({"places": places}))
    remembered.set_place("take-0", 2.0)
    remembered.set_place("new", 3.0)
    assert (remembered.place("take-0"), remembered.place("take-1"), remembered.place("new")) == (2.0, None, 3.0)


@pytest.mark.parametrize("places", ["[]", "3", '{"one": "x"}', '{"one": -1}', '{"one": 1e999}', '{"one": null}'])
def test_damaged_places_are_none(tmp_path: Path, places: str) -> None:
    """Whatever stands there, nothing is known then."""
    (tmp_path / "remembered.json").write_text(f'{{"places": {places}}}')
    assert Remembered(tmp_path).place("one") is None
