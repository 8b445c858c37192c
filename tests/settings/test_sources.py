"""Which of all that was said counts."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as some

from pmrehearse.settings.sources import Origin, Source, held, remembered, variables
from pmrehearse.settings.values import SETTINGS, Settings

ORDER = (Origin.NOW, Origin.OPTION, Origin.VARIABLE, Origin.FILE, Origin.REMEMBERED)
NOTHING = MappingProxyType[str, str]({})


def _whole(path: str) -> str:
    return f"/here/{path}"


@given(some.lists(some.sampled_from(ORDER), unique=True))
def test_the_strongest_that_says_something_counts(speaking: list[Origin]) -> None:
    """A choice of this run, an option, a variable, the file, what is remembered, what is usual: in this order."""
    numbers = dict(zip(ORDER, range(5, 10), strict=True))
    sources = tuple(
        Source(origin, {"count_in": numbers[origin]} if origin in speaking else {}, {"count_in": origin.name})
        for origin in ORDER
    )
    found = {one.setting.name: one for one in held(sources)}["count_in"]
    strongest = next((origin for origin in ORDER if origin in speaking), None)
    if strongest is None:
        assert (found.value, found.origin, found.place) == (Settings().count_in, Origin.USUAL, "")
    else:
        assert (found.value, found.origin, found.place) == (numbers[strongest], strongest, strongest.name)


def test_every_setting_has_a_variable() -> None:
    """PMREHEARSE_ and its name; an empty one says nothing, one that cannot be is told and passed over."""
    environ = {one.variable: "" for one in SETTINGS} | {
        "PMREHEARSE_THEME": "light",
        "PMREHEARSE_JUDGE": "no",
        "PMREHEARSE_LIVE": "ful",
        "PMREHEARSE_LIBRARY": "takes",
        "PMREHEARSE_KEYS": "x",
    }
    source, wrong = variables(environ, _whole)
    assert dict(source.values) == {"theme": "light", "judge": False, "library": "/here/takes"}
    assert source.places["judge"] == "PMREHEARSE_JUDGE"
    assert wrong == ("PMREHEARSE_LIVE: this must be off, sparse or full (did you mean 'full'?)",)


def test_only_choices_of_the_screens_are_remembered() -> None:
    """What is kept under other names, or makes no sense any more, is passed over."""
    kept = {"theme": "light", "lights": "off", "live": "loud", "judge": "off", "speed": "{}"}
    assert dict(remembered(kept.get).values) == {"theme": "light", "lights": False}
