"""What a setting may be, and what other parts of the house say of the same."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from whisper.tokenizer import LANGUAGES as WHISPERS

from pmrehearse.errors import SettingsError
from pmrehearse.session.live import LiveDetail
from pmrehearse.settings.values import LANGUAGES, NAMES, SETTINGS, Settings, in_words, setting
from pmrehearse.speech.engine import ENGINES
from pmrehearse.speech.events import SpeechOptions
from pmrehearse.ui.themes import THEMES


def test_every_setting_is_described() -> None:
    """The table and the values name the same settings, with the same usual values."""
    assert (*(one.name for one in SETTINGS), "keys") == NAMES
    usual = Settings()
    assert {one.name: one.usual for one in SETTINGS} == {
        each.name: getattr(usual, each.name) for each in fields(Settings) if each.name != "keys"
    }


def test_choices_are_those_of_the_house() -> None:
    """Languages, engines, details, themes and the usual checkpoint are those that the other packages know."""
    assert sorted(LANGUAGES) == sorted(WHISPERS)
    assert setting("engine").choices == ("auto", *ENGINES)
    assert setting("live").choices == tuple(LiveDetail)
    assert setting("theme").choices == tuple(theme.name for theme in THEMES)
    assert setting("checkpoint").usual == SpeechOptions().checkpoint


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("bell", "off", False),
        ("bell", " TRUE ", True),
        ("judge", "0", False),
        ("count_in", "10", 10),
        ("count_in", "0", 0),
        ("theme", "Light", "light"),
        ("microphone", "", ""),
        ("microphone", "USB  headset", "USB headset"),
        ("language", "de", "de"),
        ("library", "~/takes", "~/takes"),
    ],
)
def test_texts_are_read(name: str, text: str, value: object) -> None:
    """Switches, numbers, choices and texts, as people write them; what is written again reads the same."""
    read = setting(name).read(text)
    assert (read, type(read)) == (value, type(value))
    assert setting(name).read(in_words(read)) == read


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("bell", "offf", "this must be on or off (did you mean 'off'?)"),
        ("count_in", "11", "this must be 0 to 10"),
        ("count_in", "-1", "this must be a whole number"),
        ("count_in", "9" * 5000, "this must be a whole number"),
        ("live", "spars", "this must be off, sparse or full (did you mean 'sparse'?)"),
        ("language", "klingon", "Whisper knows no language 'klingon'; it is a code such as en, de or fr"),
        ("checkpoint", "  ", "this must not be empty"),
        ("library", "takes", "this must be a whole path, from / or ~"),
        ("microphone", "x" * 501, "this may have at most 500 characters"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(name: str, text: str, problem: str) -> None:
    """Each refusal says what is allowed, and the nearest of it."""
    with pytest.raises(ValueError, match=f"^{re.escape(problem)}$"):
        setting(name).read(text)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    """And with all that are known."""
    with pytest.raises(SettingsError, match=r"^There is no setting 'them' \(did you mean 'theme'\?\)\.$") as refused:
        setting("them")
    assert "microphone, checkpoint" in refused.value.hint
