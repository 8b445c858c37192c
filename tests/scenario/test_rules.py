"""How checks, patterns and lexicons are read, and what is said of mistakes in them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.scenario.lexicon import check_references, parse_lexicons
from pmrehearse.scenario.pattern_reader import parse_pattern
from pmrehearse.scenario.patterns import (
    ChoiceNode,
    Form,
    GapNode,
    OptionalNode,
    PatternError,
    RefNode,
    SequenceNode,
    Slot,
    SlotNode,
    WordNode,
)
from pmrehearse.scenario.rule_kinds import All, Nearness, RuleMistakes, Say, Scope, Within
from pmrehearse.scenario.rules import parse_rule


def test_a_pattern_is_read_with_all_its_signs() -> None:
    """Words, exact words, beginnings, gaps, references, options and choices each become their node."""
    assert parse_pattern("our? =run increas* .. @metric ..8 (a|b c)") == SequenceNode(
        (
            OptionalNode(WordNode("our")),
            WordNode("run", Form.EXACT),
            WordNode("increas", Form.PREFIX),
            GapNode(3),
            RefNode("metric"),
            GapNode(8),
            ChoiceNode((WordNode("a"), SequenceNode((WordNode("b"), WordNode("c"))))),
        )
    )


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("<count>", SlotNode(Slot.COUNT)),
        ("<count >= 10000>", SlotNode(Slot.COUNT, low=10000)),
        ("<count > 3>", SlotNode(Slot.COUNT, low=3, low_open=True)),
        ("<percent 0.04..0.06>", SlotNode(Slot.PERCENT, low=0.04, high=0.06)),
        ("<duration <= 500 ms>", SlotNode(Slot.DURATION, high=0.5)),
        ("<duration < 2 min>", SlotNode(Slot.DURATION, high=120, high_open=True)),
    ],
)
def test_a_slot_has_a_kind_and_bounds(text: str, slot: SlotNode) -> None:
    """A quantity slot is read with its bounds in the kind's own unit."""
    assert parse_pattern(text) == slot


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("a)", "closes nothing"),
        ("(a", "never closed"),
        ("(a|)", "option is empty"),
        ("..", "no word at all"),
        ("a? (b)?", "no word at all"),
        ("?", "after a word"),
        ("a .. ..20 b", "1 to 12"),
        ("<coutn>", "no kind of quantity"),
        ("<count 5..3>", "lower bound"),
        ("<count >= 3 s>", "only a duration"),
        ("hello, there", "','"),
        ("=a*", "not both"),
        ("((((((((a))))))))", "deep"),
        ("a" * 501, "500"),
    ],
)
def test_a_wrong_pattern_is_explained(text: str, told: str) -> None:
    """A text that is no pattern is refused with words that say what is wrong."""
    with pytest.raises(PatternError, match=r".+") as refused:
        parse_pattern(text)
    assert told in str(refused.value)


@given(st.text(alphabet="ab (|)?.@<>=*0123456789c,-", max_size=60))
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    """No text makes the reader fail otherwise than by saying that it is no pattern."""
    with contextlib.suppress(PatternError):
        parse_pattern(text)


def test_a_check_can_be_a_string_a_list_or_a_table() -> None:
    """The short forms mean the same as the table."""
    texts = [parse_rule(raw, "check") for raw in ("a b", ["a b"], {"say": "a b"}, {"say": ["a b"]})]
    assert all(rule == texts[0] for rule in texts)


def test_options_are_read() -> None:
    """A table's window, order, names and cancelling rule arrive in the rule."""
    rule = parse_rule(
        {
            "all": ["a", {"say": "b", "name": "a b"}],
            "within": 20,
            "ordered": True,
            "lacked": "not said",
            "unless": "c",
            "unless_in": "sentence",
        },
        "check",
    )
    assert isinstance(rule, All)
    assert (rule.within, rule.ordered, rule.lacked, rule.unless_in) == (
        Within(words=20),
        True,
        "not said",
        Nearness.SENTENCE,
    )
    assert rule.parts[1].name == "a b"
    assert isinstance(rule.unless, Say)


def test_scopes_are_handed_down() -> None:
    """What a table lets through, its parts let through, and `live = false` is all of it."""
    asked = parse_rule({"all": ["a", {"say": "b", "allow": ["wish"]}], "allow": ["question"]}, "check")
    assert isinstance(asked, All)
    allowed = [part.allow for part in asked.parts if isinstance(part, Say)]
    assert allowed == [frozenset({Scope.QUESTION}), frozenset({Scope.QUESTION, Scope.WISH})]
    dead = parse_rule({"say": "a", "live": False}, "check")
    assert isinstance(dead, Say)
    assert dead.allow == frozenset(Scope)


def test_all_mistakes_are_told_with_their_places() -> None:
    """A check with many mistakes is refused once, with each of them and where it stands."""
    raw = {"all": ["(", {"say": 5}, {"first": "a"}, {"saay": "a"}], "withn": 2, "within": 500}
    with pytest.raises(RuleMistakes) as refused:
        parse_rule(raw, "element.x.check")
    assert [place for place, _ in refused.value.mistakes] == [
        "element.x.check.withn",
        "element.x.check.all[0]",
        "element.x.check.all[1].say",
        "element.x.check.all[2]",
        "element.x.check.all[3]",
        "element.x.check.within",
    ]


@pytest.mark.parametrize(
    "raw",
    [
        7,
        [],
        {},
        {"say": "a", "any": ["b"]},
        {"at_least": 3, "of": ["a", "b"]},
        {"distinct": 1, "of": "a"},
        {"before": ["a"]},
        {"in_order": ["a"]},
        {"say": "a", "allow": ["nothing"]},
        {"say": "a", "live": True},
        {"say": "a", "unless_in": "clause"},
        {"re2": "x" * 201},
        {"use": ""},
        {"say": "a", "name": "x" * 301},
    ],
)
def test_a_wrong_table_is_refused(raw: object) -> None:
    """A table that is no rule is refused."""
    with pytest.raises(RuleMistakes):
        parse_rule(raw, "check")


def test_rules_do_not_stand_endlessly_in_one_another() -> None:
    """Deep nesting is a mistake, not a crash."""
    raw: object = "a"
    for _ in range(40):
        raw = {"any": [raw]}
    with pytest.raises(RuleMistakes):
        parse_rule(raw, "check")


def test_lexicons_of_several_files_are_one() -> None:
    """Lexicons, checks and sound-alikes of all files are found by their names."""
    lexicons = parse_lexicons(
        {
            "a.toml": {"lexicon": {"people": {"about": "people", "phrases": ["user", "@more"]}}},
            "b.toml": {
                "lexicon": {"more": {"phrases": ["writer"]}},
                "check": {"seen": {"about": "seen", "rule": "@people"}},
                "sound-alikes": {"raci": ["racy", "ray see"]},
            },
        }
    )
    assert set(lexicons.phrases) == {"people", "more"}
    assert set(lexicons.checks) == {"seen"}
    assert lexicons.sound_alikes == (("racy", "raci"), ("ray see", "raci"))
    assert lexicons.about["people"] == "people"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a.toml": {"lexicon": {"x": {"phrases": ["@y"]}}}}, "no lexicon 'y'"),
        ({"a.toml": {"lexicon": {"peple": {"phrases": ["a"]}, "x": {"phrases": ["@people"]}}}}, "mean 'peple'"),
        ({"a.toml": {"lexicon": {"x": {"phrases": ["@y"]}, "y": {"phrases": ["@x"]}}}}, "asks for itself"),
        ({"a.toml": {"check": {"x": {"rule": {"use": "x"}}}}}, "asks for itself"),
        ({"a.toml": {"lexicon": {"x": {"phrases": ["("]}}}}, "option is empty"),
        ({"a.toml": {"lexicon": {"x": {"phrases": []}}}}, "a list of"),
        ({"a.toml": {"lexicon": {"X y": {"phrases": ["a"]}}}}, "lower-case"),
        ({"a.toml": {"wrong": {}}}, "holds lexicon"),
        ({"a.toml": {"sound-alikes": {"raci": "racy"}}}, "heard phrases"),
        (
            {"a.toml": {"lexicon": {"x": {"phrases": ["a"]}}}, "b.toml": {"lexicon": {"x": {"phrases": ["a"]}}}},
            "stands already in a.toml",
        ),
    ],
)
def test_wrong_lexicons_are_explained(files: dict[str, dict[str, object]], told: str) -> None:
    """A lexicon that cannot be used is refused with its place and what is wrong."""
    with pytest.raises(RuleMistakes) as refused:
        parse_lexicons(files)
    assert told in str(refused.value)
    assert "a.toml" in str(refused.value)


def test_names_that_do_not_exist_are_told() -> None:
    """A rule that asks for an unknown lexicon, check or element is a mistake with a hint at what was meant."""
    lexicons = parse_lexicons(
        {"a.toml": {"lexicon": {"people": {"phrases": ["user"]}}, "check": {"ok": {"rule": "a"}}}}
    )
    rule = parse_rule({"all": ["@peple", {"use": "okk"}, {"element": "first"}], "within": "answer"}, "check")
    told = check_references(rule, lexicons, frozenset({"firts"}), "element.x.check")
    assert [message for _, message in told] == [
        "there is no lexicon 'peple' (did you mean 'people'?)",
        "there is no check 'okk' (did you mean 'ok'?)",
        "there is no element 'first' (did you mean 'firts'?)",
    ]
