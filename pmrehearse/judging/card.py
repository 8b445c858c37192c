"""What is known of the judge's model: what made it, what it was measured at, and is the file the one that was meant?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pmrehearse.checking.judging import Bars
from pmrehearse.errors import JudgeError

MODEL = Path(__file__).with_name("judge.onnx")
"""The shipped model."""
CARD = Path(__file__).with_name("judge.json")
"""What is known of it."""
BARS = Path(__file__).with_name("bars.json")
"""How sure it must be, by criterion; made by `tools.measure_judge`."""
AGAIN = "Install pmrehearse again; without the learned judge the rules decide alone."


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a model.

    Attributes:
        name: The model's name, with its day ("judge 2026-11-26").
        sha256: Of the file, hexadecimal.
        n_bytes: The file's length.
    """

    name: str
    sha256: str
    n_bytes: int


def read_card(path: Path = CARD) -> Card:
    """The card of a model.

    Raises:
        JudgeError: There is none, or it is damaged.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Card(str(raw["name"]), str(raw["sha256"]), int(raw["n_bytes"]))
    except FileNotFoundError as error:
        raise JudgeError("The learned judge's model is not installed.", AGAIN) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise JudgeError(f"The learned judge's card cannot be read: {path.name}.", AGAIN) from error


def read_bars(path: Path = BARS) -> dict[str, Bars]:
    """How sure the judge must be, by criterion; under "" what holds for all others.

    Raises:
        JudgeError: There is no such file, or it is damaged.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        found = {str(criterion): Bars(*(float(each) for each in bars)) for criterion, bars in raw.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise JudgeError(f"What the learned judge goes by cannot be read: {path.name}.", AGAIN) from error
    if "" not in found:
        raise JudgeError(f"What the learned judge goes by is not complete: {path.name}.", AGAIN)
    return found


def fingerprint(card: Path = CARD, bars: Path = BARS) -> str:
    """A word that changes with whatever changes the judge's verdicts.

    Raises:
        JudgeError: A file cannot be read.
    """
    try:
        return hashlib.sha256(card.read_bytes() + bars.read_bytes()).hexdigest()[:12]
    except OSError as error:
        raise JudgeError("The learned judge is not installed.", AGAIN) from error


def read_model(card: Card, path: Path = MODEL) -> bytes:
    """The model's file, looked through.

    Raises:
        JudgeError: There is none, or it is not the one that the card means.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise JudgeError("The learned judge's model is not installed.", AGAIN) from error
    if len(content) != card.n_bytes or hashlib.sha256(content).hexdigest() != card.sha256:
        raise JudgeError(f"The learned judge's model is damaged: {path.name} is not what it should be.", AGAIN)
    return content
