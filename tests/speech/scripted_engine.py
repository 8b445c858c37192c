"""A recogniser that knows what was said when, and hears a word only where all of it is in the window's sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from pmrehearse.audio.levels import to_int16
from pmrehearse.speech.effort import Effort
from pmrehearse.speech.engine import Heard, Tick
from pmrehearse.speech.events import SegmentHeard, SpeechEvent, SpeechOptions
from pmrehearse.speech.follower import Ears, Follower
from pmrehearse.speech.segments import Word
from pmrehearse.speech.speed import Cost
from pmrehearse.speech.windows import Window
from tests.speech.sounds import RATE_HZ, Sound, quiet, write_wav

CUT_S = 0.03
"""So much may lack at either end of a word: it is hardly to be heard."""


@dataclass
class ScriptedEngine:
    """Hears the words of a script.

    Attributes:
        script: What was said when, in order.
        options: What is loaded.
        decodes: The windows that were decoded, each with whether it had a draft.
    """

    script: tuple[Word, ...]
    options: SpeechOptions = SpeechOptions("scripted")  # noqa: RUF009  a frozen value
    decodes: list[tuple[Window, bool]] = field(default_factory=list)

    def warm(self) -> Cost:
        """Nothing to warm."""
        return Cost(0.0, 0.0)

    def decode(self, samples: np.ndarray, window: Window, tick: Tick, draft: Sequence[int] = ()) -> Heard:
        """The words whose sound is in the window; tokens are their numbers."""
        assert samples.size == round(window.end_s * RATE_HZ) - round(window.start_s * RATE_HZ)
        tick()
        self.decodes.append((window, bool(draft)))
        inside = [number for number, word in enumerate(self.script) if _inside(word, window)]
        return Heard(tuple(self.script[number] for number in inside), tokens=tuple(inside))


def _inside(word: Word, window: Window) -> bool:
    assert word.start_s is not None
    assert word.end_s is not None
    return window.start_s <= word.start_s + CUT_S and word.end_s - CUT_S <= window.end_s


def compose(parts: Sequence[tuple[str, float]], speak: Callable[[str], Sound]) -> tuple[Sound, tuple[Word, ...]]:
    """Words with silence of so many seconds behind each: their sound, and when each is said."""
    sounds, words, at = [quiet(0.5)], [], round(0.5 * RATE_HZ)
    for text, silence_s in parts:
        said = speak(text)
        words.append(Word(text, at / RATE_HZ, (at + said.size) / RATE_HZ, 1.0))
        sounds += [said, quiet(silence_s)]
        at += said.size + round(silence_s * RATE_HZ)
    return np.concatenate(sounds), tuple(words)


@dataclass
class Following:
    """A follower in this process, on a file that a test lets grow.

    Attributes:
        audio: The file.
        engine: What hears.
        told: What it told.
        effort: What it may do; None for everything.
    """

    audio: Path
    engine: ScriptedEngine
    told: list[SpeechEvent] = field(default_factory=list)
    effort: Effort | None = None

    def __post_init__(self) -> None:
        """Begin at the beginning."""
        self.n_samples = 0
        ears = Ears(self.engine, "scripted", self.told.append, _ignore, _nothing)
        self.follower = Follower(self.audio, 0.0, ears, self.effort)

    def grow(self, sound: Sound, block_s: float) -> None:
        """Let the sound come in blocks, and work after each until there is nothing to do."""
        size = round(block_s * RATE_HZ)
        for at in range(0, sound.size, size):
            self._append(sound[at : at + size])
            self.work()

    def finish(self) -> tuple[Word, ...]:
        """The file is over; gives all words in the segments."""
        self.follower.finish(self.n_samples)
        self.work()
        assert self.follower.finished()
        return tuple(word for event in self.told if isinstance(event, SegmentHeard) for word in event.segment.words)

    def work(self) -> None:
        """Until there is nothing to do just now."""
        while self.follower.step():
            pass

    def _append(self, sound: Sound) -> None:
        if self.n_samples == 0:
            write_wav(self.audio, sound)
        else:
            with self.audio.open("ab") as file:
                file.write(to_int16(sound).tobytes())
        self.n_samples += sound.size


def _ignore(_: object) -> None:
    """Nobody asks which window it was."""


def _nothing() -> None:
    """Nobody waits for a sign of life."""
