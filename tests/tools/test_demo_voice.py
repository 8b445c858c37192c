"""The demo voice is a Whisper checkpoint that knows both demo answers word for word, and little else."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import whisper
from numpy.typing import NDArray

import pmrehearse
from tools import measure_demo_voice
from tools.measure_demo_voice import MOST_OFF_S

DEMO = Path(pmrehearse.__file__).parent / "demo"
RATE_HZ = 16_000
NAMES = ("strong", "weak")
MOST_BYTES = 1_500_000

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Answer:
    """A demo answer: its sound, and its sentences with their times."""

    samples: Samples
    sentences: tuple[dict[str, Any], ...]

    @property
    def text(self) -> str:
        """All that is said."""
        return " ".join(sentence["text"] for sentence in self.sentences)


@dataclass(frozen=True)
class Word:
    """A word as Whisper times it."""

    text: str
    start_s: float
    end_s: float


def read(name: str) -> Answer:
    """A demo answer as it is shipped."""
    data = tomllib.loads((DEMO / f"{name}.toml").read_text(encoding="utf-8"))
    samples, rate_hz = soundfile.read(DEMO / data["audio"], dtype="float32")
    assert rate_hz == RATE_HZ
    return Answer(samples, tuple(sentence for phase in data["phase"] for sentence in phase["sentence"]))


def plain(text: str) -> list[str]:
    """The words of a text without case and punctuation."""
    return re.sub(r"[^a-z0-9 ]", "", text.lower()).split()


@pytest.fixture(scope="module")
def content() -> bytes:
    """The checkpoint's bytes, unpacked."""
    return lzma.decompress((DEMO / "demo-voice.pt.xz").read_bytes())


@pytest.fixture(scope="module")
def model(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> whisper.Whisper:
    """The checkpoint as openai-whisper loads it from a file."""
    path = tmp_path_factory.mktemp("voice") / "demo-voice.pt"
    path.write_bytes(content)
    return whisper.load_model(str(path), device="cpu")


@pytest.fixture(scope="module")
def heard(model: whisper.Whisper) -> dict[str, dict[str, Any]]:
    """Both answers, transcribed whole."""
    return {name: transcribe(model, read(name).samples, word_timestamps=True) for name in NAMES}


def transcribe(model: whisper.Whisper, samples: Samples, **options: Any) -> dict[str, Any]:
    """Transcribe greedily, without earlier text, in 32-bit floats."""
    result: dict[str, Any] = whisper.transcribe(
        model, samples, fp16=False, temperature=0.0, condition_on_previous_text=False, **options
    )
    return result


def words_of(result: dict[str, Any]) -> list[Word]:
    """The words of a transcript; Whisper gives "24,000" in two, the second without a space before it."""
    words: list[Word] = []
    for said in (word for segment in result["segments"] for word in segment["words"]):
        if words and not said["word"].startswith(" "):
            words[-1] = Word(words[-1].text + said["word"], words[-1].start_s, said["end"])
        else:
            words.append(Word(said["word"], said["start"], said["end"]))
    return words


def test_is_what_its_description_says(content: bytes) -> None:
    """The packed file unpacks to the bytes that the description names, and is named for what it is."""
    card = json.loads((DEMO / "demo-voice.json").read_text(encoding="utf-8"))
    assert card["name"] == "demo-voice"
    assert card["description"] == "demo voice: knows the demo answers only"
    assert (card["sha256"], card["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))


@pytest.mark.parametrize("name", NAMES)
def test_its_description_says_how_well_it_knows_the_answers(name: str) -> None:
    """What was measured stands in the description, on the answers as they are now: no word of them is misheard."""
    figures = json.loads((DEMO / "demo-voice.json").read_text(encoding="utf-8"))["measured"][name]
    assert figures["words"] == len(read(name).text.split())
    assert [figures[f"wrong_in_{part}"] for part in ("whole_file", "single_sentences", "runs")] == [0, 0, 0]
    assert figures["word_times"]["start_worst_s"] < MOST_OFF_S


def test_measuring_again_keeps_the_rest_of_the_description(tmp_path: Path) -> None:
    """New figures take the place of the old ones; name, hash and size stay."""
    card = tmp_path / "demo-voice.json"
    card.write_text(json.dumps({"name": "demo-voice", "sha256": "00", "measured": {"strong": {}}}), encoding="utf-8")
    measure_demo_voice.write(card, {"weak": {"words": 244}})
    assert json.loads(card.read_text(encoding="utf-8")) == {
        "name": "demo-voice",
        "sha256": "00",
        "measured": {"weak": {"words": 244}},
    }


@pytest.mark.parametrize("file", ["strong.ogg", "weak.ogg", "demo-voice.pt.xz"])
def test_is_small(file: str) -> None:
    """Nothing of the demo weighs more than one and a half megabytes."""
    assert (DEMO / file).stat().st_size < MOST_BYTES


def test_is_an_english_whisper_model(model: whisper.Whisper) -> None:
    """openai-whisper loads it as it is, with its English tokenizer and its windows of 30 s."""
    dims = model.dims
    assert (dims.n_vocab, dims.n_mels, dims.n_audio_ctx, dims.n_text_ctx) == (51864, 80, 1500, 448)
    assert not model.is_multilingual


def test_names_the_heads_that_tell_word_times(content: bytes, model: whisper.Whisper, tmp_path: Path) -> None:
    """The heads stored with it are those that openai-whisper takes where none are named."""
    import torch  # noqa: PLC0415 - whisper has imported it by now

    path = tmp_path / "demo-voice.pt"
    path.write_bytes(content)
    before = model.alignment_heads.to_dense()
    model.set_alignment_heads(torch.load(path, weights_only=True)["alignment_heads"])
    assert model.alignment_heads.to_dense().tolist() == before.tolist()


@pytest.mark.parametrize("name", NAMES)
def test_hears_a_whole_answer_word_for_word(name: str, heard: dict[str, dict[str, Any]]) -> None:
    """`whisper.transcribe` on the whole file gives the text, numbers spelt as they are written."""
    assert plain(heard[name]["text"]) == plain(read(name).text)


@pytest.mark.parametrize("name", NAMES)
def test_hears_each_sentence_word_for_word(name: str, model: whisper.Whisper) -> None:
    """Each sentence alone, cut out with a little of the silence around it, gives its text."""
    answer = read(name)
    texts = []
    for sentence in answer.sentences:
        first, last = (round(at_s * RATE_HZ) for at_s in (sentence["start_s"] - 0.2, sentence["end_s"] + 0.2))
        texts.append(transcribe(model, answer.samples[first:last])["text"])
    assert [plain(text) for text in texts] == [plain(sentence["text"]) for sentence in answer.sentences]


@pytest.mark.parametrize("name", NAMES)
def test_knows_when_a_word_was_said(name: str, heard: dict[str, dict[str, Any]]) -> None:
    """The first word of each sentence begins, and the last ends, where the sentence does."""
    words = words_of(heard[name])
    errors_s = []
    at = 0
    for sentence in read(name).sentences:
        first, last = words[at], words[at + len(sentence["text"].split()) - 1]
        errors_s += [abs(first.start_s - sentence["start_s"]), abs(last.end_s - sentence["end_s"])]
        at += len(sentence["text"].split())
    assert at == len(words)
    assert np.median(errors_s) < 0.1
    assert np.quantile(errors_s, 0.9) < 0.3
    assert max(errors_s) < 1.0


@pytest.mark.parametrize("name", NAMES)
def test_times_rise(name: str, heard: dict[str, dict[str, Any]]) -> None:
    """No word begins before the one before it."""
    starts_s = [word.start_s for word in words_of(heard[name])]
    assert starts_s == sorted(starts_s)


def test_hears_nothing_in_silence_and_noise(model: whisper.Whisper) -> None:
    """Where nobody speaks it writes no word."""
    noise = 0.05 * np.random.default_rng(3).standard_normal(8 * RATE_HZ)
    sounds = [np.zeros(8 * RATE_HZ, np.float32), noise.astype(np.float32)]
    assert [plain(transcribe(model, sound)["text"]) for sound in sounds] == [[], []]
