"""Scenario files, good and broken."""

from __future__ import annotations

import hashlib
import math

import pytest

from pmrehearse.errors import ScenarioError
from pmrehearse.scenario.lexicon import Lexicons
from pmrehearse.scenario.model import Cue, Origin, Phase
from pmrehearse.scenario.reader import examine, read_text


def _told(text: str, origin: Origin = Origin.USER) -> list[str]:
    """Each mistake as "line: place: message"."""
    with pytest.raises(ScenarioError) as caught:
        read_text(text, origin, "my.toml")
    return [line.removeprefix("my.toml:").strip() for line in caught.value.message.split("\n")]


def test_a_good_file_becomes_a_scenario(good: str) -> None:
    """Everything in the file stands in the scenario, with its text and the hash of that."""
    scenario = read_text(good, Origin.USER, "my.toml")
    assert (scenario.id, scenario.pack, scenario.seconds, scenario.hard_limit) == ("mine/first", "mine", 120.0, False)
    assert scenario.phases == (Phase("open", "Opening", 45.0, "One sentence."), Phase("close", "Close", 75.0))
    assert [element.id for element in scenario.elements] == ["metric", "test"]
    assert scenario.element("metric").missed_by[1] == "Retention matters."
    assert scenario.flag("ideas").raised_by[0] == "Another idea is this."
    assert scenario.cues == (Cue("And then?", at_s=60.0), Cue("Which one?", on_flag="ideas"))
    assert (scenario.vocabulary, scenario.notes) == (("RACI", "BLEU"), "From a book.")
    assert (scenario.origin, scenario.source_toml) == (Origin.USER, good)
    assert scenario.digest == hashlib.sha256(good.encode()).hexdigest()


def test_the_kept_text_reads_as_the_same_scenario(good: str) -> None:
    """The text that a take keeps gives the scenario again, whatever has become of the file."""
    first = read_text(good, Origin.TAKE, "take")
    assert read_text(first.source_toml, Origin.TAKE, "another take") == first


def test_carriage_returns_change_nothing_but_the_text(good: str) -> None:
    """A file written on Windows says the same."""
    written = good.replace("\n", "\r\n")
    unix, windows = read_text(good, Origin.USER, "my.toml"), read_text(written, Origin.USER, "my.toml")
    assert windows.source_toml == written
    assert (windows.elements, windows.phases, windows.cues) == (unix.elements, unix.phases, unix.cues)


@pytest.mark.parametrize("hard_limit", ["", "hard_limit = true\n"])
def test_without_a_target_two_thirds_of_the_time_must_be_used(good: str, hard_limit: str) -> None:
    """The band goes from two thirds of the planned length to all of it."""
    scenario = read_text(hard_limit + good, Origin.USER, "my.toml")
    assert (scenario.target_min_s, scenario.target_max_s) == (80.0, 120.0)


def test_a_target_is_taken_as_it_is(good: str) -> None:
    """The file's own band counts."""
    scenario = read_text("target = [100, 130.5]\n" + good, Origin.USER, "my.toml")
    assert (scenario.target_min_s, scenario.target_max_s) == (100.0, 130.5)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "mine/first"', 'id = "first"', "2: id: a scenario's id is a pack and a name"),
        ('id = "mine/first"', 'id = "mine/../etc"', "2: id: an id is made of small letters"),
        ('title = "First drill"', "title = 5", "3: title: this must be text in quotes"),
        ('title = "First drill"', 'title = "  "', "3: title: this must not be empty"),
        ("seconds = 120", "seconds = 100", "5: seconds: the phases last 120 s together, and this says 100"),
        ("seconds = 120", "seconds = nan", "5: seconds: this must be a finite number"),
        ("seconds = 120", 'seconds = "120"', "5: seconds: this must be a number"),
        ("seconds = 120", "seconds = true", "5: seconds: this must be a number"),
        ("seconds = 120", "seconds = 120\nhard_limit = 1", "6: hard_limit: this must be true or false"),
        ("seconds = 120", "seconds = 120\ntarget = [5]", "6: target: there must be at least 2 of these"),
        ("seconds = 120", "seconds = 120\ntarget = [90, 60]", "6: target: the first number is the shortest answer"),
        ("seconds = 120", "seconds = 120\ntarget = [130, 140]", "6: target: the shortest answer is longer than"),
        (
            "seconds = 120",
            "seconds = 120\nhard_limit = true\ntarget = [60, 121]",
            "7: target: the longest answer is longer than the hard limit of 120 s",
        ),
        ('id = "test"', 'id = "metric"', "31: element 2 'metric': id: element 1 has this id already"),
        (
            'phase = "close"',
            'phase = "clsoe"',
            "35: element 2 'test': phase: there is no phase 'clsoe' (did you mean 'close'?); there are open, close",
        ),
        ('hint = "Pick one."', "", "40: flag 1 'ideas': 'hint' is missing"),
        ('on = "ideas"', 'on = "idea"', "54: cue 2: on: there is no flag 'idea' (did you mean 'ideas'?)"),
        ('on = "ideas"', 'at = 5\non = "ideas"', "53: cue 2: a cue has either 'at' (seconds) or 'on'"),
        ("at = 60\n", "", "49: cue 1: a cue has either 'at' (seconds) or 'on'"),
        ("at = 60", "at = 121", "50: cue 1: at: the scenario ends at 120 s"),
        ("within = 20", "within = 500", "36: element 2 'test': check.within:"),
        ('["half", "split"]', '["half", "(split"]', "36: element 2 'test': check.all[1]: a '(' is never closed"),
        ('check = "another idea"', "check = 5", "45: flag 1 'ideas': check: a rule is a pattern"),
        ('vocabulary = ["RACI", "BLEU"]', "vocabulary = [1]", "7: vocabulary[0]: this must be text in quotes"),
        ("format = 1\n", "", "'format' is missing"),
        ("format = 1", 'format = "1"', "1: format: this must be 1"),
        ("format = 1", "format = 0", "1: format: this must be 1"),
        ("format = 1", "format = ", "1: the file is no TOML: Invalid value"),
        ('title = "The test"', 'title = "a"\ntitle = "b"', "33: the file is no TOML: Cannot overwrite a value"),
        ("seconds = 120", f"seconds = 1{'0' * 5000}", "5: a number has more than 1,000 digits"),
        ("seconds = 120", "seconds = 0x" + "f" * 5000, "5: seconds: this must be a number"),
        ("seconds = 120", "seconds = 2026-13-45", "5: the file is no TOML: "),
        ("seconds = 120", "seconds = 2026-02-30", "5: the file is no TOML: "),
        ("seconds = 120", "seconds = 0123", "5: the file is no TOML: "),
        ("seconds = 120", "seconds = 1:30", "5: the file is no TOML: "),
        ("seconds = 120", "seconds = no", "5: the file is no TOML: "),
        ('title = "First drill"', 'title = "\\ud800"', "3: the file is no TOML: "),
        ('title = "First drill"', 'title = "\x07"', "3: the file is no TOML: "),
    ],
)
def test_a_mistake_is_told_with_line_place_and_what_is_allowed(good: str, old: str, new: str, expected: str) -> None:
    """One wrong thing in the file gives one mistake, at its line."""
    assert old in good
    (told,) = _told(good.replace(old, new, 1))
    assert told.startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'prompt = "State',
            'promt = "State',
            ["'prompt' is missing", "4: promt: there is no such key (did you mean 'prompt'?); known are format, id,"],
        ),
        (
            'criterion = "Lists',
            'criteria = "Lists',
            [
                "40: flag 1 'ideas': 'criterion' is missing",
                "43: flag 1 'ideas': criteria: there is no such key (did you mean 'criterion'?); known are id, title,",
            ],
        ),
        (
            'id = "close"',
            'id = "open"',
            [
                "16: phase 2 'open': id: phase 1 has this id already",
                "35: element 2 'test': phase: there is no phase 'close'; there are open",
            ],
        ),
        (
            "raised_by = [",
            'unless = ["tets"]\nraised_by = [',
            ["46: flag 1 'ideas': unless: there is no element 'tets' (did you mean 'test'?); there are metric, test"],
        ),
        (
            'id = "close"',
            'id = "nul"',
            [
                "16: phase 2 'nul': id: 'nul' is a device's name on Windows; choose another id",
                "35: element 2 'test': phase: there is no phase 'close'; there are open, nul",
            ],
        ),
        (
            "seconds = 120",
            "seconds = 20000",
            [
                "5: seconds: this must be at most 14400",
                "5: seconds: the phases last 120 s together, and this says 20000",
            ],
        ),
        ("seconds = 45", "seconds = -45", ["12: phase 1 'open': seconds: this must be more than 0"]),
        ("seconds = 120", "seconds = -120", ["5: seconds: this must be more than 0"]),
        ("[[cue]]\nat = 60", "[[cue]]\non = 5", ["50: cue 1: on: this must be text in quotes"]),
    ],
)
def test_a_mistake_may_bring_others(good: str, old: str, new: str, expected: list[str]) -> None:
    """What follows from a mistake is told too, but nothing is made of a number that cannot be."""
    told = _told(good.replace(old, new, 1))
    assert [line[: len(start)] for line, start in zip(told, expected, strict=True)] == expected


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(good: str) -> None:
    """Shapes, sums, references and rules are all looked at, whatever else is wrong."""
    broken = (
        good.replace("seconds = 75", "seconds = 70")
        .replace('title = "First drill"', "title = []")
        .replace('phase = "open"', 'phase = "opne"')
        .replace("within = 20", "within = -1")
        .replace('on = "ideas"', 'on = "nothing"')
    )
    assert [told.split(": ")[0] for told in _told(broken)] == ["3", "5", "25", "36", "54"]


def test_a_newer_format_is_refused_by_its_version(good: str) -> None:
    """Nothing else is said of a file that a later version wrote, however odd it looks to this one."""
    assert _told("unheard = 1\n" + good.replace("format = 1", "format = 2")) == [
        "2: format: the file is of a newer format; this version reads 1: update pmrehearse"
    ]


@pytest.mark.parametrize("declared", ["9999999999999999999999", "0x" + "f" * 9000])
def test_a_format_of_any_size_is_refused(good: str, declared: str) -> None:
    """A version may be any number."""
    assert "newer format" in _told(good.replace("format = 1", f"format = {declared}"))[0]


def test_scarce_examples_are_a_mistake_in_shipped_files_and_a_warning_in_others(good: str) -> None:
    """Three passages of each kind belong to each check; a take's copy is taken as it is."""
    scarce = good.replace('"We ship it.", "We ask people.", ', "").replace(
        'raised_by = ["Another', 'raised_b = ["Another'
    )
    scarce = scarce.replace(
        'raised_b = ["Another idea is this.", "And another idea.", "Then another idea of mine."]\n', ""
    )
    assert _told(scarce, Origin.SHIPPED) == [
        "30: element 2 'test': missed_by has 1; at least 3 passages belong there",
        "40: flag 1 'ideas': raised_by has none; at least 3 passages belong there",
    ]
    reading = examine(scarce, Origin.USER)
    assert reading.scenario is not None
    assert [(warning.line, warning.place) for warning in reading.warnings] == [
        (30, "element 2 'test'"),
        (40, "flag 1 'ideas'"),
    ]
    assert examine(scarce, Origin.TAKE).warnings == ()


def test_rules_may_only_ask_for_what_there_is(good: str) -> None:
    """With the lexicons at hand, an unknown lexicon or element is a mistake; without them it is left open."""
    asking = good.replace('check = "another idea"', 'check = { any = ["@nothing", { element = "tset" }] }')
    assert [mistake.message for mistake in examine(asking, Origin.USER, Lexicons()).mistakes] == [
        "there is no lexicon 'nothing'",
        "there is no element 'tset' (did you mean 'test'?)",
    ]
    assert examine(asking, Origin.TAKE).mistakes == ()


def test_only_the_user_s_elements_may_go_without_a_check(good: str) -> None:
    """An element with a criterion alone is left to the learned judge; ours need a rule, and so do all flags."""
    lines = good.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("check"))
    unchecked = "\n".join(lines[:at] + lines[at + 1 :])
    assert read_text(unchecked, Origin.USER, "my.toml").elements[0].check is None
    assert any("'check' is missing" in line for line in _told(unchecked, Origin.SHIPPED))
    last = max(number for number, line in enumerate(lines) if line.startswith("check"))
    assert any("'check' is missing" in line for line in _told("\n".join(lines[:last] + lines[last + 1 :])))


def test_texts_are_clean_wherever_they_stand(good: str) -> None:
    """No escape sequence gets out of a file, neither by its scenario nor by its mistakes."""
    hostile = "\\u001b]52;c;SEVMTE8=\\u0007"
    scenario = read_text(good.replace("First drill", hostile).replace("One sentence.", hostile), Origin.USER, "my.toml")
    assert "\x1b" not in scenario.title + scenario.phases[0].prompt
    broken = good.replace('id = "test"', f'id = "{hostile}"').replace('phase = "open"', f'phase = "{hostile}"')
    with pytest.raises(ScenarioError) as caught:
        read_text(broken.replace("at = 60", f'at = 60\n"{hostile}" = 1'), Origin.USER, "\x1b[31m.toml")
    assert caught.value.message.isprintable() or set(caught.value.message) & set("\x1b\x07") == set()


def test_a_file_of_mistakes_is_told_in_part(good: str) -> None:
    """Fifty mistakes are told, and how many more there are."""
    told = _told(good + "[[cue]]\n" * 40)
    assert len(told) == 51
    assert told[-1].endswith("and 30 more")


def test_floats_of_phases_may_add_up_nearly(good: str) -> None:
    """Thirds of a minute are a minute."""
    thirds = good.replace("seconds = 45", "seconds = 0.1").replace("seconds = 75", "seconds = 0.2")
    scenario = read_text(
        thirds.replace("seconds = 120", "seconds = 0.3").replace("at = 60", "at = 0"), Origin.USER, "x"
    )
    assert math.isclose(sum(phase.seconds for phase in scenario.phases), scenario.seconds)
