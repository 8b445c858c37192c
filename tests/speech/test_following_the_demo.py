"""The demo voice on a demo answer that grows: what following costs in words against the whole file at once."""

from __future__ import annotations

import difflib
from pathlib import Path

import numpy as np

from pmrehearse import places
from pmrehearse.audio.importing import read_audio
from pmrehearse.audio.levels import to_int16
from pmrehearse.speech import checkpoints
from pmrehearse.speech.events import SegmentHeard, SpeechEvent, SpeechOptions
from pmrehearse.speech.follower import Ears, Follower
from pmrehearse.speech.segments import Word
from pmrehearse.speech.whisper_engine import WhisperEngine
from tests.speech.sounds import RATE_HZ, write_wav

MOST_OFF = 0.04
"""Share of the words in which the two may differ: the demo voice is small, and hears the edge of a window less well."""

WORST_OFF_S = 1.5
"""So far apart may the two time a word: the demo voice's attention is rough, and no word leaves its span of speech."""


def heard(audio: Path, sound: np.ndarray, block_s: float) -> tuple[Word, ...]:
    """What a follower hears in a file that grows by such blocks."""
    told: list[SpeechEvent] = []
    engine = WhisperEngine(SpeechOptions("demo-voice"), checkpoints.find("demo-voice"))
    follower = Follower(audio, 0.0, Ears(engine, "demo-voice", told.append, lambda _: None, lambda: None))
    block = round(block_s * RATE_HZ)
    write_wav(audio, sound[:block])
    for at in range(block, sound.size + block, block):
        while follower.step():
            pass
        with audio.open("ab") as file:
            file.write(to_int16(sound[at : at + block]).tobytes())
    follower.finish(sound.size)
    while follower.step():
        pass
    assert follower.finished()
    return tuple(word for event in told if isinstance(event, SegmentHeard) for word in event.segment.words)


def test_following_hears_what_the_whole_file_gives(tmp_path: Path) -> None:
    """The same words but for a few at the edges of windows, none of them twice, each at the same time."""
    sound = read_audio(places.demo_dir() / "weak.ogg")[: 45 * RATE_HZ]
    following = heard(tmp_path / "a.wav", sound, 1.0)
    whole = heard(tmp_path / "b.wav", sound, 45.0)
    said, expected = ([word.text.strip(".,?!").lower() for word in words] for words in (following, whole))
    same = difflib.SequenceMatcher(a=expected, b=said, autojunk=False).get_matching_blocks()
    n_same = sum(block.size for block in same)
    assert n_same >= (1 - MOST_OFF) * max(len(said), len(expected))
    apart = [
        abs((following[block.b + at].start_s or 0.0) - (whole[block.a + at].start_s or 0.0))
        for block in same
        for at in range(block.size)
    ]
    assert sorted(apart)[len(apart) * 9 // 10] < 0.3
    assert max(apart) < WORST_OFF_S
    assert len(said) > 60
