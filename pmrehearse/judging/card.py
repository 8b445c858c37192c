"""What is known of the judge's model: what made it, what it was measured at, and is the file the one that was meant?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pmrehearse.errors import JudgeError

MODEL = Path(__file__).with_name("judge.onnx")
"""The shipped model."""
CARD = Path(__file__).with_name("judge.json")
"""What is known of it."""
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
