"""Does the model travel with the program?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from pmrehearse.judging.card import CARD, MODEL, read_card, read_model

ROOT = Path(__file__).parent.parent.parent
FILES = {f"pmrehearse/judging/{name}" for name in ("judge.onnx", "judge.json", "weights.json", "LICENSE-judge.txt")}
LARGEST_BYTES = 15_000_000


@pytest.mark.parametrize("builder", [WheelBuilder, SdistBuilder])
def test_wheel_and_sdist_hold_the_model(builder: type[WheelBuilder | SdistBuilder]) -> None:
    """Model, card and licence are in both, where the program looks for them."""
    held = {file.distribution_path for file in builder(str(ROOT)).recurse_included_files()}
    assert {path for path in FILES if any(place.endswith(path) for place in held)} == FILES


def test_the_shipped_model_is_whole_and_small() -> None:
    """It is the file that its card means, and no larger than a demo may be."""
    assert len(read_model(read_card(CARD), MODEL)) <= LARGEST_BYTES
