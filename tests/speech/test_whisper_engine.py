"""The openai-whisper engine, on a model of real form with random weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from whisper import timing
from whisper.audio import N_FRAMES, N_SAMPLES, log_mel_spectrogram, pad_or_trim
from whisper.tokenizer import get_tokenizer

from pmrehearse.audio.importing import read_audio
from pmrehearse.errors import CheckpointError, SpeechWorkerError
from pmrehearse.speech.attempts import DecodeLimits
from pmrehearse.speech.drafted import DraftedTask
from pmrehearse.speech.engine import DecodeCancelled, Engine, Heard, open_engine
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.segments import Span
from pmrehearse.speech.whisper_engine import WhisperEngine, load_model
from pmrehearse.speech.whisper_words import align, spoken_words
from pmrehearse.speech.windows import Window

ANYTHING = DecodeLimits(logprob=-1e9, compression_ratio=1e9, no_speech=2.0)
"""Limits that let a random model's text pass."""
WINDOW = Window(100.0, 108.0, (Span(100.2, 103.0), Span(104.5, 108.0)))


@pytest.fixture(scope="module")
def sound(jfk_sound: np.ndarray) -> np.ndarray:
    """Eight seconds of speech."""
    return jfk_sound[: 8 * 16_000]


@pytest.fixture(scope="module")
def jfk_sound() -> np.ndarray:
    """Eleven seconds of speech."""
    return read_audio(Path(__file__).parents[1] / "jfk.flac")


def engine(tiny: Path, limits: DecodeLimits = ANYTHING, **options: Any) -> WhisperEngine:
    """An engine on the random model."""
    return WhisperEngine(SpeechOptions("tiny-random", **options), Checkpoint("tiny-random", tiny), limits)


def nothing() -> None:
    """A tick that does nothing."""


def test_words_lie_in_speech(tiny: Path, sound: np.ndarray) -> None:
    """Whatever the model babbles, each word has a time inside a span of the window's speech."""
    heard = engine(tiny).decode(sound, WINDOW, nothing)
    assert len(heard.words) > 4
    for word in heard.words:
        assert word.start_s is not None
        assert word.end_s is not None
        assert word.probability is not None
        assert any(span.start_s <= word.start_s <= word.end_s <= span.end_s for span in WINDOW.speech)
        assert 0.0 <= word.probability <= 1.0
        assert word.text == word.text.strip() != ""


def test_the_same_sound_gives_the_same_words(tiny: Path, sound: np.ndarray) -> None:
    """Also where the second, random try was taken, and in another engine."""
    strict = DecodeLimits(no_speech=2.0, logprob=0.0)
    assert engine(tiny).decode(sound, WINDOW, nothing) == engine(tiny).decode(sound, WINDOW, nothing)
    assert engine(tiny, strict).decode(sound, WINDOW, nothing) == engine(tiny, strict).decode(sound, WINDOW, nothing)


def test_babble_is_unsure(tiny: Path, sound: np.ndarray) -> None:
    """A text that the model itself finds unlikely, twice, is marked; within the limits it is not."""
    assert engine(tiny, DecodeLimits(no_speech=2.0, logprob=0.0)).decode(sound, WINDOW, nothing).unsure
    assert not engine(tiny).decode(sound, WINDOW, nothing).unsure


def test_a_loop_is_cut_and_unsure(tiny: Path, sound: np.ndarray) -> None:
    """A decoder that does not stop is stopped by the length of the sound, and marked."""
    short = DecodeLimits(logprob=-1e9, compression_ratio=1e9, no_speech=2.0, tokens_a_second=0.0, spare_tokens=5)
    heard = engine(tiny, short).decode(sound, WINDOW, nothing)
    assert heard.unsure
    assert len(heard.words) <= 5
    repeating = DecodeLimits(logprob=-1e9, compression_ratio=0.0, no_speech=2.0)
    assert engine(tiny, repeating).decode(sound, WINDOW, nothing).unsure


def test_what_is_hardly_speech_gives_no_words(tiny: Path, sound: np.ndarray) -> None:
    """An unlikely text where the model hears no speech is dropped, as Whisper does."""
    heard = engine(tiny, DecodeLimits(no_speech=-1.0, logprob=0.0)).decode(sound, WINDOW, nothing)
    assert heard == Heard(())


def test_a_decode_can_be_left(tiny: Path, sound: np.ndarray) -> None:
    """The tick ends it at any moment, and the engine then works as before."""
    whisper, before = engine(tiny), engine(tiny).decode(sound, WINDOW, nothing)
    for n_ticks in (0, 1, 2, 5):
        left = iter(range(n_ticks))

        def tick(left: Any = left) -> None:
            if next(left, None) is None:
                raise DecodeCancelled

        with pytest.raises(DecodeCancelled):
            whisper.decode(sound, WINDOW, tick)
    assert whisper.decode(sound, WINDOW, nothing) == before


def test_there_is_a_tick_for_each_token(tiny: Path, sound: np.ndarray) -> None:
    """So a hang is noticed, and a cancel waits for one token at most."""
    ticks: list[None] = []
    engine(tiny).decode(sound, WINDOW, lambda: ticks.append(None))
    assert len(ticks) > 10


def test_nothing_is_put_into_the_decoders_mouth(tiny: Path, sound: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    """No prompt, no prefix, no text of the window before: base.en answers silence with its prompt, word for word."""
    seen: list[tuple[Any, tuple[int, ...]]] = []
    make = DraftedTask.__init__

    def looked_at(task: DraftedTask, model: Any, options: Any, *rest: Any) -> None:
        make(task, model, options, *rest)
        seen.append((options, task.initial_tokens))

    monkeypatch.setattr(DraftedTask, "__init__", looked_at)
    whisper = engine(tiny)
    first = whisper.decode(sound, WINDOW, nothing)
    assert first.words
    assert whisper.decode(sound, WINDOW, nothing) == first
    start = get_tokenizer(multilingual=False).sot_sequence
    assert [(options.prompt, options.prefix, tokens) for options, tokens in seen] == [(None, None, start)] * 2


def test_the_encoding_is_whispers(tiny: Path, sound: np.ndarray) -> None:
    """The spectrogram is made and padded as `whisper.transcribe` does it."""
    model = load_model(Checkpoint("tiny-random", tiny))
    mel = log_mel_spectrogram(sound, 80, padding=N_SAMPLES)
    segment = pad_or_trim(mel[:, : mel.shape[-1] - N_FRAMES], N_FRAMES)
    with torch.no_grad():
        expected = model.encoder(segment[None])
        assert torch.equal(engine(tiny)._encode(torch.from_numpy(sound)), expected)


def test_word_times_are_whispers(tiny: Path, sound: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the encoding alone, each word has the times and probability that `whisper.timing` finds from the sound."""
    monkeypatch.setattr(timing, "backtrace", timing.backtrace.py_func)
    monkeypatch.setattr(timing, "dtw", lambda costs: timing.dtw_cpu.py_func(costs.double().numpy()))
    model = load_model(Checkpoint("tiny-random", tiny))
    tokenizer = get_tokenizer(multilingual=False)
    mel = pad_or_trim(log_mel_spectrogram(sound, 80, padding=N_SAMPLES)[:, : sound.size // 160], N_FRAMES)
    for text in (" And so, my fellow Americans (ask not) what your country can do.", " 12,000 users", " a"):
        tokens = tokenizer.encode(text)
        expected = timing.find_alignment(model, tokenizer, tokens, mel, sound.size // 160)
        with torch.no_grad():
            found = align(model, tokenizer, model.encoder(mel[None]), tokens, sound.size // 320)
        assert [(each.word, each.start, each.end) for each in found] == [
            (each.word, each.start, each.end) for each in expected
        ]
        assert [each.probability for each in found] == pytest.approx([each.probability for each in expected], rel=1e-4)


def test_punctuation_belongs_to_its_word(tiny: Path, sound: np.ndarray) -> None:
    """Words are what stands between spaces; timestamps are no words."""
    model = load_model(Checkpoint("tiny-random", tiny))
    tokenizer = get_tokenizer(multilingual=False)
    start = tokenizer.timestamp_begin
    tokens = [start, *tokenizer.encode(' And so, "my fellow" users:'), start + 50, start + 50]
    features = torch.randn(1, 1500, 32)
    words = spoken_words(model, features, tokens, sound.size, "en")
    assert [word.text for word in words] == ["And", "so,", '"my', 'fellow"', "users:"]
    assert spoken_words(model, features, [start], sound.size, "en") == ()


def test_a_wrong_hash_loads_nothing(tiny: Path) -> None:
    """A file under one of Whisper's own names must be OpenAI's."""
    with pytest.raises(CheckpointError, match=r"not OpenAI's base\.en") as error:
        open_engine(SpeechOptions("base.en"), Checkpoint("base.en", tiny))
    assert "pmrehearse model fetch base.en" in error.value.hint


def test_what_cannot_be_had_is_said(tiny: Path) -> None:
    """An engine or a device that this machine has not."""
    with pytest.raises(SpeechWorkerError, match="unheard-of"):
        open_engine(SpeechOptions(engine="unheard-of"), Checkpoint("tiny-random", tiny))
    with pytest.raises(SpeechWorkerError, match="cuda"):
        engine(tiny, device="cuda")


def test_the_engine_is_one(tiny: Path) -> None:
    """It has the form of the port, and warms without a window."""
    whisper: Engine = engine(tiny)
    whisper.warm()
