"""What is known of the judge's model: what made it, what it was measured at, and is the file the one that was meant?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pmrehearse.checking.judging import Weighing, Weights
from pmrehearse.errors import JudgeError

MODEL = Path(__file__).with_name("judge.onnx")
"""The shipped model."""
CARD = Path(__file__).with_name("judge.json")
"""What is known of it."""
WEIGHTS = Path(__file__).with_name("weights.json")
"""How it is weighed against the rules; made by `tools.measure_judge`."""
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


def read_weights(path: Path = WEIGHTS) -> Weighing:
    """How the judge is weighed against the rules.

    Raises:
        JudgeError: There is no such file, or it is damaged.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        rows = {name: Weights(**{key: float(value) for key, value in row.items()}) for name, row in raw.items()}
        return Weighing(**rows)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise JudgeError(f"What the learned judge goes by cannot be read: {path.name}.", AGAIN) from error


def write_weights(weighing: Weighing, path: Path = WEIGHTS) -> None:
    """Put down how the judge is weighed, for `read_weights`.

    Raises:
        OSError: The file cannot be written.
    """
    rows = [f"{json.dumps(name)}: {json.dumps(row)}" for name, row in asdict(weighing).items()]
    path.write_text("{\n  " + ",\n  ".join(rows) + "\n}\n", encoding="utf-8")


def fingerprint(card: Path = CARD, weights: Path = WEIGHTS) -> str:
    """A word that changes with whatever changes the judge's verdicts.

    Raises:
        JudgeError: A file cannot be read.
    """
    try:
        return hashlib.sha256(card.read_bytes() + weights.read_bytes()).hexdigest()[:12]
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
