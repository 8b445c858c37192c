"""Does any text from outside reach the terminal, or an exported file, raw by way of the commands?"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from pmrehearse import places
from pmrehearse.bootstrap import program
from pmrehearse.cli.invocation import Invocation
from tests.cli.conftest import Called, Shell
from tests.rigs.terminal_scan import EVIL, SHOWN, raw_controls
from tests.scenario.conftest import GOOD

FIRST = "mine/first"
ANSWER = "Our metric is weekly retention. We split them in half. Another idea is this."
CAPTION = "1\n00:00:01,000 --> 00:00:04,000\n"
POISONED = ("title", "prompt", "notes", "criterion", "hint", "say")
ASKED = (
    ("scenario", "list"),
    ("scenario", "show", FIRST),
    ("check", FIRST, "--text", EVIL + ANSWER),
    ("takes",),
    ("takes", "--csv"),
    ("show", "last"),
    ("note", "last"),
    ("tag", "last"),
    ("search", "metric"),
    ("search", EVIL),
    ("compare", "last", "last"),
    ("show", EVIL),
    ("scenario", "show", EVIL),
    ("transcribe", "last", "--typed", EVIL),
    ("export", "last", "--format", EVIL),
    ("due",),
    ("trends",),
    ("trends", FIRST),
    ("library", "verify"),
    ("config", "show"),
    ("config", "validate"),
    (EVIL,),
)
EXPORTS = ("md", "json", "html", "srt", "vtt", "txt")


def _toml(text: str) -> str:
    """The text as it may stand between quotes in TOML: every sign that does something, escaped."""
    signs = (sign if sign.isprintable() and sign not in '"\\' else f"\\U{ord(sign):08x}" for sign in text)
    return "".join(signs)


def _raw(text: str) -> list[str]:
    """What is raw in an answer of many lines."""
    text = re.sub(r"\r\n|\n|\t", "", text)  # lines and columns
    return raw_controls(text.encode("utf-8", "surrogatepass"))


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The composed program, on a library and settings of an attacker's."""
    monkeypatch.setenv("PMREHEARSE_LIBRARY", str(tmp_path / "takes"))
    evil = _toml(EVIL.replace("\ud800", ""))
    names = "|".join(POISONED)
    scenario = re.sub(rf'^({names}) = "', lambda found: f'{found[1]} = "{evil}', GOOD, flags=re.MULTILINE)
    mine = places.user_scenarios_dir() / "mine"
    mine.mkdir(parents=True)
    (mine / "first.toml").write_text(scenario, encoding="utf-8")
    (mine / "broken.toml").write_text(f'title = "{evil}"\n"{evil}" = "{evil}"\n', encoding="utf-8")
    (places.config_dir() / "config.toml").write_text(f'microphone = "{evil}"\n"{evil}" = 1\n', encoding="utf-8")
    return Shell(capsys, monkeypatch)


def _call(shell: Shell, *words: str, stdin: str = "") -> Called:
    called = shell.run(Invocation(program, _no_screens), words, stdin.encode("utf-8", "replace"))
    assert "Traceback" not in called.err
    return called


def _no_screens(_open_program: object, _start: object) -> int:
    pytest.fail("no screen is wanted here")


def test_no_command_lets_a_foreign_text_out_raw(shell: Shell, tmp_path: Path) -> None:
    """An attacker's scenario, captions, name, tag, note and words: every answer and export is text alone."""
    captions = tmp_path / "call.srt"
    captions.write_text(CAPTION + re.sub("[\ud800\0]", "", EVIL) + ANSWER, encoding="utf-8", newline="")
    made = [_call(shell, "review", str(captions), "--scenario", FIRST)]
    made += [_call(shell, "rename", "last", EVIL), _call(shell, "tag", "last", EVIL, "calm")]
    made += [_call(shell, "note", "last", EVIL), _call(shell, "overrule", "last", "metric", "met", "--note", EVIL)]
    told = [_call(shell, *words, *form) for words in ASKED for form in ((), ("--json",))]
    assert [each.code for each in made] == [1, 0, 0, 0, 0], made[0].err
    assert [raw for each in made + told for raw in _raw(each.out) + _raw(each.err)] == []
    shown = [each.out for each in told if SHOWN in each.out or SHOWN in each.err]
    assert len(shown) > len(ASKED)
    for name in EXPORTS:
        path = tmp_path / f"e.{name}"
        assert _call(shell, "export", "last", "--format", name, "--output", str(path)).code == 0
        written = path.read_bytes().decode()
        assert "nope" in written
        assert _raw(written) == []
    made_files = [os.fsencode(path.name) for path in (tmp_path / "takes").rglob("*")]
    assert [name for name in made_files if not re.fullmatch(rb"[\w.:-]+", name)] == []
