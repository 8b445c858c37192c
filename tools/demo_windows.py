"""What does the demo voice hear while it learns? Windows of up to 30 s, and what is said in them.

They are those that it meets later: stretches between two pauses, single sentences, the 30 s windows of
`whisper.transcribe` that end in the middle of a sentence, stretches cut at a word, and what is no speech or another's.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import soundfile

from tools.espeak import RATE_HZ, Samples, SpokenWord, Voice, say
from tools.make_demo_answers import DEMO, NAMES, Answer, encode, read_answer, speak

WINDOW_S = 30.0
PASSAGES = DEMO.parent.parent / "tests" / "answers" / "passages.jsonl"
"""What other people answered to other questions."""

OTHER_VOICES = (
    Voice("en-us", 150, 42),
    Voice("en-us", 165, 58),
    Voice("en", 158, 44),
    Voice("en-us+m3", 155, 50),
    Voice("en+f3", 152, 50),
)
"""Who speaks both answers besides the demo's own voices, so that a little change does no harm."""

STRANGERS = (Voice("en-us", 155, 50), Voice("en", 150, 38), Voice("en-us+f2", 165, 55), Voice("en+m7", 150, 40))
"""Who speaks the sentences that the demo voice must not know: its own two voices too."""

N_STRANGERS = 160
FEWEST_TO_CUT = 3
"""Words that a sentence must have to be cut in two."""


KINDS = ("run", "single", "full", "cut", "jumble", "unknown")
SHARES = (0.26, 0.13, 0.28, 0.11, 0.06, 0.16)
SHARES_SHORT = (0.2, 0.2, 0.0, 0.2, 0.24, 0.16)
UNKNOWN = ("silence", "noise", "tone", "stranger", "backwards", "mixed")
SHARES_UNKNOWN = (0.1, 0.12, 0.08, 0.5, 0.1, 0.1)
"""How often each kind of window is drawn."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A sentence as one voice said it."""

    samples: Samples
    words: tuple[SpokenWord, ...]
    """Times from the clip's first sample."""

    pause_s: float
    """The silence that follows it in the answer."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What Whisper calls a segment: words between two timestamps; times from the window's beginning."""

    words: tuple[SpokenWord, ...]
    open_ended: bool = False
    """The window's 30 s end before the sentence does."""

    @property
    def start_s(self) -> float:
        """Where its first word begins."""
        return self.words[0].start_s

    @property
    def end_s(self) -> float:
        """Where its last word ends."""
        return self.words[-1].end_s


@dataclass(frozen=True, slots=True)
class Window:
    """Up to 30 s of sound."""

    samples: Samples
    segments: tuple[Segment, ...] = ()
    """What is said in it; none: no speech, or none that the demo voice knows."""

    before: tuple[str, ...] = ()
    """The sentences that were said before."""

    strange: bool = False
    """What sounds in it is speech that the demo voice does not know."""


@dataclass(frozen=True, slots=True)
class File:
    """A demo answer as it is shipped."""

    samples: Samples
    clips: tuple[Clip, ...]
    starts_s: tuple[float, ...]
    """Where each clip begins in it."""


class Windows:
    """An endless supply, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        """Speak everything once; the windows are then put together from it."""
        self._rng = np.random.default_rng(seed)
        self._files = [_file(name) for name in NAMES]
        self._takes = _takes()
        self._strangers = _strangers(self._rng)
        self._noises = [_noise(tilt, self._rng) for tilt in np.linspace(0, 1, 9)]

    def draw(self, *, short: bool = False) -> Window:
        """One more window; `short`: of some 10 s, from which words are learned faster."""
        kind = str(self._rng.choice(KINDS, p=SHARES_SHORT if short else SHARES))
        if kind == "unknown":
            window = self._unknown(8.0 if short else 28.0)
        else:
            window = self._known(kind, self._rng.uniform(4, 8) if short else self._rng.uniform(5, 24))
        return replace(window, samples=self._room(window.samples))

    def draw_from_file(self) -> Window:
        """30 s of a demo file from one of its sentences on, as `whisper.transcribe` takes them: half of them untouched.

        It goes on at the last timestamp that was written, which is where a sentence begins or ends, give or take.
        """
        file = self._files[int(self._rng.integers(len(self._files)))]
        first = int(self._rng.integers(len(file.clips)))
        begin_s = max(0.0, file.starts_s[first] - abs(self._rng.normal(0, 0.15)))
        if first and self._chance(0.5):
            before_s = file.starts_s[first - 1] + len(file.clips[first - 1].samples) / RATE_HZ
            begin_s = self._rng.uniform(before_s, max(before_s, begin_s))
        begin = round(begin_s * RATE_HZ)
        segments = [
            Segment(_later(clip.words, start_s - begin / RATE_HZ))
            for clip, start_s in zip(file.clips[first:], file.starts_s[first:], strict=True)
            if start_s - begin_s < WINDOW_S
        ]
        samples = file.samples[begin : begin + round(WINDOW_S * RATE_HZ)]
        window = Window(samples, _within(segments))
        return window if self._chance(0.5) else replace(window, samples=self._room(samples))

    def _known(self, kind: str, wanted_s: float) -> Window:
        take = self._takes[self._rng.integers(len(self._takes))]
        if kind == "jumble":
            return self._join([self._some_words(take) for _ in range(round(wanted_s / 1.5))])
        wanted_s = {"single": 0.0, "full": WINDOW_S}.get(kind, wanted_s)
        first = int(self._rng.integers(len(take)))
        clips = list(take[first : first + 1])
        for clip in take[first + 1 :]:
            if sum(len(one.samples) / RATE_HZ + 0.6 for one in clips) >= wanted_s:
                break
            clips.append(clip)
        if kind == "cut":
            clips[0], clips[-1] = self._cut_head(clips[0]), self._cut_tail(clips[-1])
        before = tuple(" ".join(word.text for word in clip.words) for clip in take[max(0, first - 4) : first])
        return replace(self._join(clips), before=before)

    def _some_words(self, take: Sequence[Clip]) -> Clip:
        """Two to five words out of a sentence: what follows them cannot be guessed, only heard."""
        clip = take[int(self._rng.integers(len(take)))]
        count = int(self._rng.integers(2, 6))
        first = int(self._rng.integers(max(1, len(clip.words) - count + 1)))
        words = clip.words[first : first + count]
        begin, end = round(words[0].start_s * RATE_HZ), round(words[-1].end_s * RATE_HZ)
        return Clip(clip.samples[begin:end], _later(words, -begin / RATE_HZ), float(self._rng.uniform(0.05, 0.4)))

    def _join(self, clips: Sequence[Clip]) -> Window:
        """Clips one after another with silence before, between and after; what goes beyond 30 s is cut off."""
        lead_s = self._rng.choice([self._rng.uniform(0, 0.5), self._rng.uniform(0.2, 3)], p=[0.8, 0.2])
        parts = [_silence(float(lead_s))]
        at = len(parts[0])
        segments = []
        for clip in clips:
            segments.append(Segment(_later(clip.words, at / RATE_HZ)))
            pause = _silence(self._pause_s(clip))
            parts += [clip.samples, pause]
            at += len(clip.samples) + len(pause)
        samples = np.concatenate(parts)
        return Window(samples[: round(WINDOW_S * RATE_HZ)], _within(segments))

    def _chance(self, share: float) -> bool:
        return bool(self._rng.random() < share)

    def _pause_s(self, clip: Clip) -> float:
        own, other, long = clip.pause_s, self._rng.uniform(0.1, 1.3), self._rng.uniform(1.5, 4)
        return float(self._rng.choice([own, other, long], p=[0.5, 0.45, 0.05]))

    def _cut_head(self, clip: Clip) -> Clip:
        if self._chance(0.4) or len(clip.words) < FEWEST_TO_CUT:
            return clip
        index = int(self._rng.integers(1, len(clip.words) - 1))
        at = round(self._rng.uniform(clip.words[index - 1].end_s, clip.words[index].start_s) * RATE_HZ)
        return Clip(clip.samples[at:], _later(clip.words[index:], -at / RATE_HZ), clip.pause_s)

    def _cut_tail(self, clip: Clip) -> Clip:
        if self._chance(0.3) or len(clip.words) < FEWEST_TO_CUT:
            return clip
        index = int(self._rng.integers(1, len(clip.words)))
        at = round(self._rng.uniform(clip.words[index - 1].end_s, clip.words[index].start_s) * RATE_HZ)
        return Clip(clip.samples[:at], clip.words[:index], clip.pause_s)

    def _unknown(self, longest_s: float) -> Window:
        """No speech, or another's, or its own turned backwards or chopped and mixed."""
        kind = str(self._rng.choice(UNKNOWN, p=SHARES_UNKNOWN))
        seconds = self._rng.uniform(1, longest_s)
        count = round(seconds * RATE_HZ)
        if kind == "silence":
            return Window(np.zeros(count, np.float32))
        if kind == "noise":
            return Window(self._noise(count) * np.float32(10 ** self._rng.uniform(-3, -0.8)))
        if kind == "tone":
            hz = self._rng.uniform(60, 3000) * (1 + 0.1 * np.sin(np.arange(count) / RATE_HZ * self._rng.uniform(0, 9)))
            return Window(0.1 * np.sin(2 * np.pi * np.cumsum(hz) / RATE_HZ).astype(np.float32))
        sounds: list[Samples] = []
        while sum(len(sound) for sound in sounds) < count:
            sounds += [self._odd_speech(kind), _silence(self._rng.uniform(0.2, 1))]
        samples = np.concatenate([_silence(self._rng.uniform(0, 1)), *sounds])[: round(WINDOW_S * RATE_HZ)]
        return Window(samples, strange=True)

    def _odd_speech(self, kind: str) -> Samples:
        if kind == "stranger":
            return self._strangers[self._rng.integers(len(self._strangers))]
        take = self._takes[self._rng.integers(len(self._takes))]
        clip = take[self._rng.integers(len(take))]
        if kind == "backwards":
            return clip.samples[::-1].copy()
        pieces = np.array_split(clip.samples, max(2, len(clip.samples) // (RATE_HZ // 4)))
        return np.concatenate([pieces[index] for index in self._rng.permutation(len(pieces))])

    def _room(self, samples: Samples) -> Samples:
        """Another level, and the noise of a room under it."""
        loud = samples * np.float32(10 ** (self._rng.uniform(-14, 4) / 20))
        if self._chance(0.5):
            under_db = self._rng.uniform(22, 55)
            loud = loud + self._noise(len(loud)) * np.float32(0.1 * 10 ** (-under_db / 20))
        return np.asarray(np.clip(loud, -1, 1), np.float32)

    def _noise(self, count: int) -> Samples:
        """White to brown, root mean square 1."""
        noise = self._noises[self._rng.integers(len(self._noises))]
        begin = int(self._rng.integers(len(noise) - count + 1))
        return noise[begin : begin + count]


def _file(name: str) -> File:
    answer = read_answer(name)
    samples, _ = soundfile.read(DEMO / answer.about["audio"], dtype="float32")
    return File(samples, tuple(_clips(answer, samples)), tuple(sentence.start_s for sentence in answer.sentences))


def _takes() -> list[list[Clip]]:
    """The sentences of each answer by each voice, in order, as Opus gives them back; the demo's own files twice."""
    takes = []
    for name in NAMES:
        answer = read_answer(name)
        own, _ = soundfile.read(DEMO / answer.about["audio"], dtype="float32")
        takes += [_clips(answer, own)] * 2
        for voice in OTHER_VOICES:
            about = answer.about | {"voice": voice.name, "words_a_minute": voice.words_a_minute, "pitch": voice.pitch}
            takes.append(_clips(replace(answer, about=about)))
    return takes


def _clips(answer: Answer, heard: Samples | None = None) -> list[Clip]:
    """Say an answer and cut it into sentences; `heard`: the sound to cut, where the answer's own times hold."""
    samples, said, placed = speak(answer)
    if heard is None:
        heard, _ = soundfile.read(io.BytesIO(encode(samples)), dtype="float32")
    else:
        placed = list(answer.sentences)
    clips = []
    for sentence, one in zip(placed, said, strict=True):
        at = round(sentence.start_s * RATE_HZ)
        clips.append(Clip(heard[at : at + len(one.samples)], one.words, sentence.pause_s))
    return clips


def _strangers(rng: np.random.Generator) -> list[Samples]:
    """Other people's passages, as espeak-ng speaks them, at the level of the answers."""
    texts = [json.loads(line)["text"] for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    chosen = rng.choice(len(texts), size=N_STRANGERS, replace=False)
    sounds = [say(texts[index][:200], STRANGERS[turn % len(STRANGERS)]).samples for turn, index in enumerate(chosen)]
    return [sound * np.float32(0.08 / np.sqrt(np.mean(sound**2))) for sound in sounds]


def _noise(tilt: float, rng: np.random.Generator) -> Samples:
    """40 s of noise, root mean square 1; the tilt goes from white (0) to brown (1)."""
    count = 40 * RATE_HZ
    spectrum = np.fft.rfft(rng.standard_normal(count)) * np.maximum(np.fft.rfftfreq(count, 1 / RATE_HZ), 30.0) ** -tilt
    noise = np.fft.irfft(spectrum, count)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)), np.float32)


def _silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def _later(words: Sequence[SpokenWord], by_s: float) -> tuple[SpokenWord, ...]:
    return tuple(SpokenWord(word.text, max(0.0, word.start_s + by_s), word.end_s + by_s) for word in words)


def _within(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """What of the segments is heard in 30 s; the last may be open-ended."""
    heard = []
    for segment in segments:
        words = tuple(word for word in segment.words if word.end_s <= WINDOW_S)
        if words:
            heard.append(Segment(words, open_ended=len(words) < len(segment.words)))
    return tuple(heard)
