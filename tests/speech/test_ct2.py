"""CTranslate2 behind the engine's port: converted from Whisper's own checkpoint, it hears what openai-whisper hears."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from whisper.audio import N_FRAMES, N_SAMPLES, log_mel_spectrogram, pad_or_trim

from pmrehearse import places
from pmrehearse.audio.importing import read_audio
from pmrehearse.errors import CheckpointError, SpeechWorkerError
from pmrehearse.speech import checkpoints
from pmrehearse.speech.attempts import DecodeLimits
from pmrehearse.speech.engine import DecodeCancelled, Engine, open_engine
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.segments import Span
from pmrehearse.speech.voice import VoiceActivity
from pmrehearse.speech.whisper_engine import WhisperEngine, load_model
from pmrehearse.speech.windows import Segmenter, Window

ct2_engine = pytest.importorskip("pmrehearse.speech.ct2_engine")

ANYTHING = DecodeLimits(logprob=-1e9, compression_ratio=1e9, no_speech=2.0)
WINDOW = Window(100.0, 108.0, (Span(100.2, 103.0), Span(104.5, 108.0)))


def nothing() -> None:
    """A tick that does nothing."""


@pytest.fixture(scope="module")
def sound() -> np.ndarray:
    """Eight seconds of speech."""
    return read_audio(Path(__file__).parents[1] / "jfk.flac")[: 8 * 16_000]


@pytest.fixture(scope="module")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache folder for all tests here, so that a checkpoint is converted once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _cached(own_places: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_places
    monkeypatch.setenv("PMREHEARSE_CACHE_DIR", str(shared_cache))


def ct2(checkpoint: Checkpoint, compute: str = "float32", limits: DecodeLimits | None = None) -> Engine:
    """A CTranslate2 engine."""
    engine: Engine = ct2_engine.Ct2Engine(SpeechOptions(checkpoint.name, "ctranslate2"), checkpoint, limits, compute)
    return engine


@pytest.fixture
def tiny_checkpoint(tiny: Path) -> Checkpoint:
    """The random model."""
    return Checkpoint("tiny-random", tiny)


def test_the_encoder_is_the_same(tiny_checkpoint: Checkpoint, sound: np.ndarray) -> None:
    """The same weights under other names: the encoder's output differs by rounding only."""
    model = load_model(tiny_checkpoint)
    mel = log_mel_spectrogram(sound, 80, padding=N_SAMPLES)[:, : sound.size // 160]
    with torch.no_grad():
        expected = model.encoder(pad_or_trim(mel, N_FRAMES)[None])
    engine = ct2_engine.Ct2Engine(SpeechOptions("tiny-random", "ctranslate2"), tiny_checkpoint, ANYTHING, "float32")
    found = torch.from_numpy(np.array(engine._encode(sound)))
    assert torch.allclose(found, expected, atol=1e-4)


def test_the_same_words_at_the_same_times(tiny_checkpoint: Checkpoint, sound: np.ndarray) -> None:
    """Token for token what openai-whisper makes of a random model, where every rounding counts."""
    heard = ct2(tiny_checkpoint, limits=ANYTHING).decode(sound, WINDOW, nothing)
    options = SpeechOptions("tiny-random")
    expected = WhisperEngine(options, tiny_checkpoint, ANYTHING).decode(sound, WINDOW, nothing)
    assert heard.tokens == expected.tokens
    assert [word.text for word in heard.words] == [word.text for word in expected.words]
    for word, other in zip(heard.words, expected.words, strict=True):
        assert word.start_s == pytest.approx(other.start_s, abs=0.1)
        assert word.probability == pytest.approx(other.probability, abs=1e-3)


def windows_of(sound: np.ndarray) -> list[Window]:
    """The windows of a whole recording."""
    voice, segmenter = VoiceActivity(), Segmenter()
    steps = [*voice.feed(sound), *voice.flush()]
    return [window for step in steps for window in segmenter.feed(step)] + list(segmenter.flush())


@pytest.mark.parametrize("compute", ["float32", "int8"])
def test_the_demo_voice_says_the_same(compute: str) -> None:
    """Word for word the same text of a demo answer, in floats and with 8-bit weights, each word within 0.15 s."""
    checkpoint = checkpoints.find("demo-voice")
    sound = read_audio(places.demo_dir() / "weak.ogg")
    whisper, other = WhisperEngine(SpeechOptions("demo-voice"), checkpoint), ct2(checkpoint, compute)
    n_words = 0
    for window in windows_of(sound)[:4]:
        part = sound[round(window.start_s * 16_000) : round(window.end_s * 16_000)]
        expected, heard = whisper.decode(part, window, nothing), other.decode(part, window, nothing)
        assert [word.text for word in heard.words] == [word.text for word in expected.words]
        assert heard.unsure == expected.unsure
        apart = [abs(a.start_s - b.start_s) for a, b in zip(heard.words, expected.words, strict=True)]  # type: ignore[operator]
        assert np.median(apart) < 0.05
        n_words += len(heard.words)
    assert n_words > 40


def test_it_is_converted_once(tiny_checkpoint: Checkpoint, shared_cache: Path) -> None:
    """A folder named after the checkpoint's hash stays in the cache; nothing half-made is left beside it."""
    ct2(tiny_checkpoint)
    [folder] = [path for path in shared_cache.glob("ct2-*") if path.stat().st_size and "tiny" not in path.name][:1]
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    ct2(tiny_checkpoint)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert all(path.name.count(".") == 0 for path in shared_cache.glob("ct2-*"))


def test_a_decode_can_be_left(tiny_checkpoint: Checkpoint, sound: np.ndarray) -> None:
    """Between its stages; the engine then works as before."""
    engine = ct2(tiny_checkpoint, limits=ANYTHING)
    before = engine.decode(sound, WINDOW, nothing)

    def leave() -> None:
        raise DecodeCancelled

    with pytest.raises(DecodeCancelled):
        engine.decode(sound, WINDOW, leave)
    assert engine.decode(sound, WINDOW, nothing) == before


def test_a_loop_is_cut_and_unsure(tiny_checkpoint: Checkpoint, sound: np.ndarray) -> None:
    """The cap on tokens holds here, too."""
    short = DecodeLimits(logprob=-1e9, compression_ratio=1e9, no_speech=2.0, tokens_a_second=0.0, spare_tokens=5)
    heard = ct2(tiny_checkpoint, limits=short).decode(sound, WINDOW, nothing)
    assert heard.unsure
    assert len(heard.tokens) <= 5


def test_what_cannot_be_had_is_said(tiny_checkpoint: Checkpoint, tmp_path: Path) -> None:
    """A device that is not there, a file that is no checkpoint, one that is not OpenAI's."""
    options = SpeechOptions("tiny-random", "ctranslate2", "cuda")
    with pytest.raises(SpeechWorkerError, match="cuda"):
        open_engine(options, tiny_checkpoint)
    (tmp_path / "no.pt").write_bytes(b"no checkpoint")
    with pytest.raises(CheckpointError, match="no Whisper checkpoint"):
        open_engine(SpeechOptions("no", "ctranslate2"), Checkpoint("no", tmp_path / "no.pt"))
    with pytest.raises(CheckpointError, match=r"not OpenAI's base\.en"):
        open_engine(SpeechOptions("base.en", "ctranslate2"), Checkpoint("base.en", tiny_checkpoint.path))


def test_it_has_the_port(tiny_checkpoint: Checkpoint) -> None:
    """It warms, tells what it costs, and says what is loaded."""
    engine = open_engine(SpeechOptions("tiny-random", "ctranslate2"), tiny_checkpoint)
    cost = engine.warm()
    assert cost.encode_s > 0
    assert cost.token_s > 0
    assert engine.options.engine == "ctranslate2"
