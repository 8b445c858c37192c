"""How well does the demo voice know the demo answers, and what does it make of anything else?

    python -m tools.measure_demo_voice --write

measures what is shipped (three minutes on two cores), and writes it into `demo-voice.json` beside it, as
`tools/train_demo_voice.py` does with a new one: again whenever the answers change.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr
import whisper

from tools.espeak import RATE_HZ, Samples, SpokenWord, Voice, say
from tools.make_demo_answers import DEMO, NAMES, Answer, read_answer, speak

SPEECH_OF_A_PERSON = DEMO.parent.parent / "tests" / "jfk.flac"
MOST_OFF_S = 1.0
"""A word that is placed so far from where it sounds is no evidence."""
LONGEST_RUN_S = 26.0
"""Longest window that pmrehearse recognises in one piece."""

OTHER_SENTENCES = (
    "The train to the coast leaves at nine, and we packed far too much for two days.",
    "My metric was weekly active teams, and we ran the experiment for a month.",
    "She told me that the hypothesis was wrong, so we started again with another one.",
    "Please put the milk back into the fridge when you are done with it.",
    "Half of the writers never saw the new editor at all.",
    "We would ship it to twelve markets and look at the numbers in spring.",
    "It rained so hard that nobody could hear the results being read out.",
    "I like the first one better than the second, but both are fine.",
)
"""Not from the answers, though near them here and there; none was in the training."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of some sound."""

    text: str
    words: tuple[SpokenWord, ...]


class Listener:
    """`whisper.transcribe` as the tests call it: greedy, no earlier text, 32-bit floats."""

    def __init__(self, content: bytes) -> None:
        """Load a checkpoint from its bytes, the way a user loads a file."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "demo-voice.pt"
            path.write_bytes(content)
            self._model = whisper.load_model(str(path), device="cpu")

    def hear(self, samples: Samples, *, stamped: bool = True) -> Heard:
        """Transcribe."""
        result = whisper.transcribe(
            self._model,
            samples,
            fp16=False,
            temperature=0.0,
            condition_on_previous_text=False,
            word_timestamps=stamped,
            without_timestamps=not stamped,
        )
        said = [word for segment in result["segments"] for word in segment.get("words", [])]
        return Heard(result["text"], tuple(SpokenWord(word["word"], word["start"], word["end"]) for word in said))


def plain(text: str) -> list[str]:
    """A text's words without case and punctuation."""
    return re.sub(r"[^a-z0-9 ]", "", text.lower()).split()


def wrong_words(expected: Sequence[str], heard: Sequence[str]) -> int:
    """How many words must be changed, left out or put in (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(expected, start=1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def whole_words(words: Sequence[SpokenWord]) -> list[SpokenWord]:
    """Whisper gives "24,000" as two words, the second without a space before it: joined again."""
    joined: list[SpokenWord] = []
    for word in words:
        if joined and not word.text.startswith(" "):
            joined[-1] = SpokenWord(joined[-1].text + word.text, joined[-1].start_s, word.end_s)
        else:
            joined.append(word)
    return joined


def measure(content: bytes) -> dict[str, Any]:
    """All figures, ready for JSON."""
    listener = Listener(content)
    answers = {name: _measure_answer(listener, read_answer(name)) for name in NAMES}
    return answers | {"what_it_cannot_know": _measure_unknown(listener)}


def count_wrong(content: bytes) -> dict[str, int]:
    """The figure that must be 0, alone: words misheard in each answer, whole and in single sentences, or misplaced."""
    listener = Listener(content)
    return {name: _wrong_in(listener, read_answer(name)) for name in NAMES}


def _wrong_in(listener: Listener, answer: Answer) -> int:
    samples, _ = soundfile.read(DEMO / answer.about["audio"], dtype="float32")
    texts = [sentence.text for sentence in answer.sentences]
    singles = [listener.hear(_around(samples, answer, first, first + 1)).text for first in range(len(texts))]
    whole = listener.hear(samples)
    misheard = _wrong([" ".join(texts), *texts], [whole.text, *singles])
    return misheard or _misplaced(answer, whole_words(whole.words))


def _misplaced(answer: Answer, words: Sequence[SpokenWord]) -> int:
    """How many sentences seem to begin or end a second or more from where they do."""
    n_off = at = 0
    for sentence in answer.sentences:
        first, last = words[at], words[at + len(sentence.text.split()) - 1]
        n_off += max(abs(first.start_s - sentence.start_s), abs(last.end_s - sentence.end_s)) >= MOST_OFF_S
        at += len(sentence.text.split())
    return n_off


def _measure_answer(listener: Listener, answer: Answer) -> dict[str, Any]:
    samples, _ = soundfile.read(DEMO / answer.about["audio"], dtype="float32")
    _, said, _ = speak(answer)
    true = [
        SpokenWord(word.text, word.start_s + sentence.start_s, word.end_s + sentence.start_s)
        for sentence, one in zip(answer.sentences, said, strict=True)
        for word in one.words
    ]
    texts = [sentence.text for sentence in answer.sentences]
    heard = listener.hear(samples)
    singles = [listener.hear(_around(samples, answer, first, first + 1)).text for first in range(len(texts))]
    runs = [
        (first, last)
        for first in range(len(texts))
        for last in range(first + 2, first + 7)
        if _fits(answer, first, last)
    ]
    heard_runs = {
        stamped: [listener.hear(_around(samples, answer, *run), stamped=stamped).text for run in runs]
        for stamped in (True, False)
    }
    expected_runs = [" ".join(texts[first:last]) for first, last in runs]
    return {
        "words": len(true),
        "wrong_in_whole_file": wrong_words(plain(" ".join(texts)), plain(heard.text)),
        "punctuation_as_written": heard.text.split() == " ".join(texts).split(),
        "wrong_in_single_sentences": _wrong(texts, singles),
        "runs_of_2_to_6_sentences": len(runs),
        "words_in_runs": sum(len(plain(text)) for text in expected_runs),
        "wrong_in_runs": _wrong(expected_runs, heard_runs[True]),
        "wrong_in_runs_without_timestamps": _wrong(expected_runs, heard_runs[False]),
        "word_times": _time_errors(true, whole_words(heard.words)),
    }


def _wrong(expected: Sequence[str], heard: Sequence[str]) -> int:
    return sum(wrong_words(plain(one), plain(other)) for one, other in zip(expected, heard, strict=True))


def _fits(answer: Answer, first: int, last: int) -> bool:
    sentences = answer.sentences
    return last <= len(sentences) and sentences[last - 1].end_s - sentences[first].start_s <= LONGEST_RUN_S


def _around(samples: Samples, answer: Answer, first: int, last: int) -> Samples:
    """The sound of sentences `first`:`last` with a little of the silence around."""
    begin, end = answer.sentences[first].start_s - 0.2, answer.sentences[last - 1].end_s + 0.2
    return samples[round(begin * RATE_HZ) : round(end * RATE_HZ)]


def _time_errors(true: Sequence[SpokenWord], heard: Sequence[SpokenWord]) -> dict[str, float] | None:
    """Errors of word times in seconds; None where the words are not the same."""
    if [plain(word.text) for word in true] != [plain(word.text) for word in heard]:
        return None
    starts = np.array([abs(one.start_s - other.start_s) for one, other in zip(true, heard, strict=True)])
    ends = np.array([abs(one.end_s - other.end_s) for one, other in zip(true, heard, strict=True)])
    figures = {
        "start_median_s": np.median(starts),
        "start_90th_percentile_s": np.quantile(starts, 0.9),
        "start_worst_s": starts.max(),
        "end_median_s": np.median(ends),
        "end_90th_percentile_s": np.quantile(ends, 0.9),
    }
    return {name: round(float(figure), 3) for name, figure in figures.items()}


def _measure_unknown(listener: Listener) -> dict[str, Any]:
    rng = np.random.default_rng(7)
    second = RATE_HZ
    person, rate_hz = soundfile.read(SPEECH_OF_A_PERSON, dtype="float32", always_2d=True)
    sounds = {
        "silence": np.zeros(10 * second, np.float32),
        "noise": (0.05 * rng.standard_normal(10 * second)).astype(np.float32),
        "hum": (0.1 * np.sin(2 * np.pi * 110 * np.arange(10 * second) / second)).astype(np.float32),
        "a person (tests/jfk.flac)": soxr.resample(person.mean(axis=1), rate_hz, RATE_HZ),
    }
    other = {name: listener.hear(sound).text.strip() for name, sound in sounds.items()}
    voices = (Voice("en-us", 155, 50), Voice("en", 150, 38))
    spoken = [say(text, voices[turn % 2]) for turn, text in enumerate(OTHER_SENTENCES)]
    texts = [listener.hear(one.samples * np.float32(0.8)).text.strip() for one in spoken]
    return other | {
        "other sentences by its own speakers": len(texts),
        "of them given any words": sum(bool(plain(text)) for text in texts),
        "words it made up there": sum(len(plain(text)) for text in texts),
    }


def write(card: Path, figures: dict[str, Any]) -> None:
    """Put the figures into the description of a demo voice; all else in it stays.

    Args:
        card: The description, `demo-voice.json`.
        figures: What `measure` gives.
    """
    about = json.loads(card.read_text(encoding="utf-8")) | {"measured": figures}
    card.write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Print the figures of the shipped demo voice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path, nargs="?", default=DEMO / "demo-voice.pt.xz")
    parser.add_argument("--write", action="store_true", help="write them into demo-voice.json beside it, too")
    options = parser.parse_args()
    figures = measure(lzma.decompress(options.packed.read_bytes()))
    print(json.dumps(figures, indent=2))
    if options.write:
        write(options.packed.with_name("demo-voice.json"), figures)


if __name__ == "__main__":
    main()
