"""What does the demo play, against which scenario, and when do its phases begin?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pmrehearse import places
from pmrehearse.speech import demo_voice

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A bundled spoken answer.

    Attributes:
        title: What it is called.
        scenario_id: What it answers.
        audio: Its sound.
        checkpoint: The checkpoint that knows it.
        phases_at_s: When the phases after the first begin, in seconds of the sound.
    """

    title: str
    scenario_id: str
    audio: Path
    checkpoint: str
    phases_at_s: tuple[float, ...]


def demonstration(*, weak: bool = False) -> Demonstration:
    """The answer that meets every element, or the weak one that falls short."""
    folder = places.demo_dir()
    with (folder / ("weak.toml" if weak else "strong.toml")).open("rb") as file:
        answer: dict[str, Any] = tomllib.load(file)
    return Demonstration(
        title=answer["title"],
        scenario_id=answer["scenario"],
        audio=folder / answer["audio"],
        checkpoint=demo_voice.NAME,
        phases_at_s=tuple(float(phase["sentence"][0]["start_s"]) for phase in answer["phase"][1:]),
    )
