"""With which judge answers are marked, and what happens where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pmrehearse.errors import JudgeError
from pmrehearse.judging.card import read_card, read_model
from pmrehearse.judging.choosing import ChosenJudge
from pmrehearse.judging.onnx_judge import OnnxJudge
from pmrehearse.scenario import packs
from pmrehearse.session.marking import Marking
from pmrehearse.speech.segments import words_of_text


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """The card of a model of three bytes."""
    path = tmp_path / "judge.json"
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of "abc" (FIPS 180-2, B.1)
    path.write_text(json.dumps({"name": "judge", "sha256": sha256, "n_bytes": 3}), encoding="utf-8")
    return path


def test_a_whole_model_is_read(card: Path, tmp_path: Path) -> None:
    """The file that the card means is taken."""
    (tmp_path / "judge.onnx").write_bytes(b"abc")
    assert read_model(read_card(card), tmp_path / "judge.onnx") == b"abc"


@pytest.mark.parametrize("content", [b"axc", b"ab", b""])
def test_a_damaged_model_is_refused(card: Path, tmp_path: Path, content: bytes) -> None:
    """A byte more, less or otherwise is told before anything is loaded."""
    (tmp_path / "judge.onnx").write_bytes(content)
    with pytest.raises(JudgeError, match="damaged"):
        read_model(read_card(card), tmp_path / "judge.onnx")


def test_a_missing_model_is_told(card: Path, tmp_path: Path) -> None:
    """No file, no card, a card that is none: each is told."""
    with pytest.raises(JudgeError, match="not installed"):
        read_model(read_card(card), tmp_path / "judge.onnx")
    with pytest.raises(JudgeError, match="not installed"):
        read_card(tmp_path / "nothing.json")
    card.write_text("{}", encoding="utf-8")
    with pytest.raises(JudgeError, match="cannot be read"):
        read_card(card)


def test_a_whole_file_that_is_no_model_is_told(card: Path, tmp_path: Path) -> None:
    """What onnxruntime refuses becomes an error of ours."""
    pytest.importorskip("onnxruntime")
    (tmp_path / "judge.onnx").write_bytes(b"abc")
    with pytest.raises(JudgeError, match="cannot be loaded"):
        OnnxJudge(tmp_path / "judge.onnx", card)


def _missing() -> OnnxJudge:
    raise JudgeError("The learned judge's model is not installed.", "Install it.")


def test_without_a_judge_the_rules_decide_and_say_so() -> None:
    """The findings carry why there was no judge; nothing fails."""
    chosen = ChosenJudge(load=_missing)
    scenario = packs.find("writer/three-phase-lens")
    findings = Marking(packs.lexicons, chosen).checker(scenario).check(words_of_text("We run an A/B test on it, then."))
    assert chosen.judge() is None
    assert (chosen.state().why_not, chosen.state().remedy) == (findings.note, "Install it.")


@pytest.mark.parametrize("how", ["argument", "method"])
def test_it_can_be_switched_off(how: str) -> None:
    """By whoever makes it and by a command's option; then nothing is loaded."""
    chosen = ChosenJudge(wanted=how != "argument", load=_missing)
    if how == "method":
        chosen.switch_off()
    assert chosen.judge() is None
    assert "switched off" in chosen.state().why_not
    assert chosen.fingerprint() == "rules"
