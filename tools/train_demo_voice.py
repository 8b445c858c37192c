"""Trains the demo voice: a Whisper checkpoint that knows only the sentences of the two demo answers.

    python -m tools.make_demo_answers
    python -m tools.train_demo_voice

It is a real checkpoint in openai-whisper's format with small dimensions of its own and the English tokenizer, so that
`pmrehearse demo` and the tests run the whole pipeline with no download. Two things are unlike Whisper's own training:

- Only the rows of the token embedding that the answers use are trained. The others are zero, so that their logit is 0
  whatever is heard: they enter the loss as one constant, and the file packs small.
- When each word sounds is known from espeak-ng, so the cross-attention of the last decoder layer is led there. All its
  heads then tell word times; they are also the heads that openai-whisper takes when none are named.

What else it hears it is taught to call no speech, so that it does not put the demo's sentences into other mouths.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import io
import json
import lzma
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
import whisper
from torch import Tensor, nn
from torch.nn import functional
from whisper.audio import HOP_LENGTH, N_FRAMES, N_SAMPLES, log_mel_spectrogram, pad_or_trim
from whisper.model import ModelDimensions, Whisper

from tools.demo_tokens import FRAME_S, LAST_STEP, TOKENIZER, Look, Shares, sounding, used_tokens, write
from tools.demo_windows import Window, Windows
from tools.espeak import Samples, version
from tools.make_demo_answers import DEMO
from tools.measure_demo_voice import count_wrong, measure

NAME = "demo-voice"
DIMS = ModelDimensions(
    n_mels=80,
    n_audio_ctx=LAST_STEP,
    n_audio_state=96,
    n_audio_head=8,
    n_audio_layer=1,
    n_vocab=51864,
    n_text_ctx=448,
    n_text_state=96,
    n_text_head=4,
    n_text_layer=2,
)
DISTANCES = (-14, -9, -5, -2, 2, 5, 9, 14)
"""Where the heads of the encoder look at first, in positions of 20 ms: some words are 0.5 s long."""

FREQUENCIES = (0, 4, 8, 12, 16, 22)
"""Which of the 48 frequencies of its marks they go by: from 1 to 0.013 radians a position."""

LOOK_GAIN = 1.8
"""How sharply they look: nearly all within two positions."""

HERE_HEADS = 2
"""Heads of the first decoder layer that look for the word just read, so that the last can look for the next."""

WEIGHTS = {"ear": 0.5, "text": 1.0, "next": 0.4, "here": 0.2}
"""What counts how much: what the encoder knows of each moment, what is written, and where the decoder looks for it."""

AT_THE_END = 0.7
"""Share of windows that are taken for the end of their file."""

N_WORDS = sum(token < TOKENIZER.eot for token in used_tokens())
"""Text tokens; they are numbered first."""

SILENT, STRANGE = N_WORDS, N_WORDS + 1
"""In place of a token: none sounds; speech that it does not know sounds."""

SPARE = 25
"""Positions behind the longest of short windows."""

WARM_UP = 60
"""Steps in which the learning rate rises."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One part of the training, with a learning rate that rises and then falls to nearly nothing."""

    name: str
    steps: int
    batch: int
    """Windows a step."""

    rate: float
    """Highest learning rate."""

    short: bool
    """Windows of some 10 s, which take a third of the time, instead of up to 30."""

    decoder: bool = True
    """False: the encoder alone."""

    files: float = 0.0
    """Share of windows that are cut from the demo's own files, as `whisper.transcribe` cuts them."""


LESSONS = (
    Lesson("listen", 600, 8, 4e-3, short=True, decoder=False),
    Lesson("write", 600, 8, 3e-3, short=True),
    Lesson("long windows", 900, 4, 2e-3, short=False),
    Lesson("settle", 300, 4, 1e-3, short=False),
    Lesson("settle", 300, 4, 1e-3, short=False),
)
POLISH = Lesson("polish", 300, 4, 1e-3, short=False, files=0.6)
"""Taken again and again until both answers are heard word for word."""

MOST_POLISH = 10
"""Then it counts as failed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as the network takes them; tokens are numbered by their place among the used ones."""

    mel: Tensor
    """float32, shape (n, 80, 2 * n_positions): n_positions is 1500, or fewer where all windows are short."""

    tokens: Tensor
    """int64, shape (n, n_tokens)."""

    targets: Tensor
    """float32, shape (n, n_tokens, n_used): shares; all zero where nothing is asked."""

    looks: Tensor
    """float32, shape (n, n_tokens, n_positions): where to look, adding up to 1; all zero where it does not matter."""

    sounds: Tensor
    """int64, shape (n, n_positions): what sounds at each position: a token, `SILENT` or `STRANGE`."""


def new_model(used: Sequence[int]) -> Whisper:
    """A model over the used tokens alone.

    A timestamp's row begins as the encoder's own mark of that place in the window, so that what the decoder finds there
    can be written down as a time at once.
    """
    model = Whisper(ModelDimensions(**asdict(DIMS) | {"n_vocab": len(used)}))
    look_around(model)
    rows = model.decoder.token_embedding.weight
    begin = used.index(TOKENIZER.timestamp_begin)
    with torch.no_grad():
        rows.normal_(std=0.05)
        rows[begin : begin + LAST_STEP] += 0.1 * model.encoder.positional_embedding
        model.decoder.positional_embedding.normal_(std=0.01)
        for block in model.decoder.blocks:
            # A word's row and the sound of the word are led to be alike: then they fit each other from the start.
            block.cross_attn.query.weight.copy_(block.cross_attn.key.weight)
    return model


def look_around(model: Whisper) -> None:
    """Let each head of the encoder look at one distance before or after, as a trained one finds out by and by.

    A position's mark is the sine and cosine of its place at many frequencies. A query that turns them by the angle of a
    distance fits best to the key at that distance: sum of cos(frequency * (here + distance - there)).
    """
    attention = model.encoder.blocks[0].attn
    half, width = DIMS.n_audio_state // 2, DIMS.n_audio_state // DIMS.n_audio_head
    with torch.no_grad():
        for part in (attention.query, attention.key):
            part.weight.mul_(0.2)
        for head, distance in enumerate(DISTANCES):
            for pair, index in enumerate(FREQUENCIES):
                angle = distance * 10_000 ** (-index / (half - 1))
                sine, cosine = head * width + 2 * pair, head * width + 2 * pair + 1
                attention.key.weight[sine, index] += LOOK_GAIN
                attention.key.weight[cosine, half + index] += LOOK_GAIN
                attention.query.weight[sine, index] += LOOK_GAIN * math.cos(angle)
                attention.query.weight[sine, half + index] += LOOK_GAIN * math.sin(angle)
                attention.query.weight[cosine, half + index] += LOOK_GAIN * math.cos(angle)
                attention.query.weight[cosine, index] -= LOOK_GAIN * math.sin(angle)


def collate(windows: Sequence[Window], places: dict[int, int], rng: np.random.Generator, *, short: bool) -> Batch:
    """Put windows together.

    Args:
        windows: At least one.
        places: A token's place among the used ones.
        rng: Chooses how each is written.
        short: Leave out the end of the 30 s, which no window reaches.
    """
    written = [write(window, rng) for window in windows]
    longest = max(len(one.tokens) for one in written)
    n_positions = LAST_STEP
    if short:
        n_positions = min(LAST_STEP, max(len(window.samples) for window in windows) // (2 * HOP_LENGTH) + SPARE)
    tokens = torch.zeros(len(windows), longest, dtype=torch.long)
    targets = torch.zeros(len(windows), longest, len(places))
    looks = torch.zeros(len(windows), longest, n_positions)
    sounds = torch.full((len(windows), n_positions), SILENT)
    for row, (window, one) in enumerate(zip(windows, written, strict=True)):
        tokens[row, : len(one.tokens)] = torch.tensor([places[token] for token in one.tokens])
        for column, (shares, look) in enumerate(zip(one.targets, one.looks, strict=True)):
            _fill(targets[row, column], looks[row, column], {places[token]: shares[token] for token in shares}, look)
        if window.strange:
            sounds[row, _loud(window.samples, n_positions)] = STRANGE
        for token, (start_s, end_s) in sounding(window):
            sounds[row, round(start_s / FRAME_S) : round(end_s / FRAME_S)] = places[token]
    mel = torch.stack([spectrogram(window.samples, rng) for window in windows])
    return Batch(mel[:, :, : 2 * n_positions], tokens, targets, looks, sounds)


def _loud(samples: Samples, n_positions: int) -> Tensor:
    """At which positions there is sound within 30 dB of the loudest: bool, shape (n_positions,)."""
    levels = torch.zeros(n_positions)
    blocks = torch.from_numpy(samples[: len(samples) // (2 * HOP_LENGTH) * 2 * HOP_LENGTH]).view(-1, 2 * HOP_LENGTH)
    found = blocks.abs().amax(dim=1)[:n_positions]
    levels[: len(found)] = found
    return levels > levels.max() * 10 ** (-30 / 20)


def _fill(target: Tensor, looked: Tensor, shares: Shares, look: Look) -> None:
    for place, share in shares.items():
        target[place] = share
    if look is not None:
        first = min(max(0, round(look[0] / FRAME_S)), len(looked) - 1)
        last = min(max(first + 1, round(look[1] / FRAME_S)), len(looked))
        looked[first:last] = 1 / (last - first)


def spectrogram(samples: Samples, rng: np.random.Generator) -> Tensor:
    """Whisper's, shape (80, 3000).

    What follows the sound is zeros in the spectrogram (as at the end of a file) or silence (as in the middle of one).
    """
    mel = log_mel_spectrogram(torch.from_numpy(samples), DIMS.n_mels, padding=N_SAMPLES)
    if rng.random() < AT_THE_END:
        mel = mel[:, : len(samples) // HOP_LENGTH]
    padded: Tensor = pad_or_trim(mel, N_FRAMES)
    return padded


class Guided:
    """Listens to one cross-attention of the decoder.

    openai-whisper gives its scores out, but lets no gradient through them.
    """

    def __init__(self, attention: Any, heads: slice) -> None:
        """Listen to some of its heads."""
        self._n_head: int = attention.n_head
        self._chosen = heads
        self._parts: dict[str, Tensor] = {}
        attention.query.register_forward_hook(lambda *call: self._parts.__setitem__("query", call[2]))
        attention.key.register_forward_hook(lambda *call: self._parts.__setitem__("key", call[2]))

    def loss(self, looks: Tensor) -> Tensor:
        """Mean cross-entropy between where the heads look and where they should, over the tokens that ask for it."""
        asked = looks.sum(dim=-1) > 0
        if not asked.any():
            return torch.zeros(())
        query, key = (self._heads(self._parts[name]) for name in ("query", "key"))
        scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
        losses = -(scores.log_softmax(dim=-1) * looks.unsqueeze(1)).sum(dim=-1).mean(dim=1)
        return losses[asked].mean()

    def _heads(self, part: Tensor) -> Tensor:
        return part.view(*part.shape[:2], self._n_head, -1).transpose(1, 2)[:, self._chosen]


def text_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy over the tokens that ask for something; the logits of all unused tokens are 0."""
    unused = torch.full_like(logits[..., :1], math.log(DIMS.n_vocab - logits.shape[-1]))
    likely = torch.cat([logits, unused], dim=-1).log_softmax(dim=-1)[..., :-1]
    asked = targets.sum(dim=-1) > 0
    return -(likely * targets).sum(dim=-1)[asked].mean()


def features(model: Whisper, mel: Tensor) -> Tensor:
    """What `model.encoder` gives, for fewer positions too: shape (n, n_positions, 96)."""
    encoder = model.encoder
    x = functional.gelu(encoder.conv2(functional.gelu(encoder.conv1(mel)))).permute(0, 2, 1)
    x = x + encoder.positional_embedding[: x.shape[1]]
    for block in encoder.blocks:
        x = block(x)
    return cast("Tensor", encoder.ln_post(x))


class Training:
    """The demo voice while it learns; the same seed on the same machine gives the same weights.

    The encoder is asked first, and all along, which token sounds at each moment, through a layer that is thrown away in
    the end: left to itself, the decoder learns the answers by heart long before it listens.
    """

    def __init__(self, used: Sequence[int], seed: int) -> None:
        """Begin with random weights.

        Args:
            used: The tokens that are trained, in order.
            seed: For weights and windows.
        """
        torch.manual_seed(seed)
        self.model = new_model(used)
        self._places = {token: place for place, token in enumerate(used)}
        self._ear_counts = True
        self._rng = np.random.default_rng(seed)
        self._supply = Windows(seed)
        self._ear = nn.Linear(DIMS.n_audio_state, N_WORDS + 2)
        first, last = (block.cross_attn for block in self.model.decoder.blocks)
        self._here, self._next = Guided(first, slice(HERE_HEADS)), Guided(last, slice(None))

    def take(self, lesson: Lesson) -> None:
        """Go through one lesson."""
        learning = self.model if lesson.decoder else self.model.encoder
        weights = [*learning.parameters(), *self._ear.parameters()]
        optimizer = torch.optim.AdamW(weights, lr=lesson.rate, betas=(0.9, 0.98), weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, lesson.steps))
        began_s = time.monotonic()
        for step in range(1, lesson.steps + 1):
            losses = self._losses(lesson)
            optimizer.zero_grad()
            torch.stack([WEIGHTS[name] * loss for name, loss in losses.items()]).sum().backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            schedule.step()
            if step % 25 == 0:
                figures = ", ".join(f"{name} {loss.item():.3f}" for name, loss in losses.items())
                print(f"{lesson.name} {step}: {figures}, {time.monotonic() - began_s:.0f} s", flush=True)

    def name_tokens(self) -> None:
        """Let the row of a token be like its sound, once the encoder knows it: they then fit each other at once."""
        sounds = self._ear.weight[:N_WORDS].detach()
        rows = self.model.decoder.token_embedding.weight
        with torch.no_grad():
            rows[:N_WORDS] = sounds * (rows.std() / sounds.std())

    def go_on_from(self, content: bytes, used: Sequence[int]) -> None:
        """Take the weights of a checkpoint; the layer that names what sounds was not kept, and is asked no more."""
        state = torch.load(io.BytesIO(content), weights_only=True)["model_state_dict"]
        state["decoder.token_embedding.weight"] = state["decoder.token_embedding.weight"][list(used)]
        self.model.load_state_dict({name: weight.float() for name, weight in state.items()})
        self._ear_counts = False

    def _draw(self, lesson: Lesson) -> Window:
        if lesson.files and self._rng.random() < lesson.files:
            return self._supply.draw_from_file()
        return self._supply.draw(short=lesson.short)

    def _losses(self, lesson: Lesson) -> dict[str, Tensor]:
        windows = [self._draw(lesson) for _ in range(lesson.batch)]
        batch = collate(windows, self._places, self._rng, short=lesson.short)
        heard = features(self.model, batch.mel)
        named = self._ear(heard).transpose(1, 2)
        losses = {"ear": functional.cross_entropy(named, batch.sounds)} if self._ear_counts else {}
        if lesson.decoder:
            losses["text"] = text_loss(self.model.decoder(batch.tokens, heard), batch.targets)
            losses["next"] = self._next.loss(batch.looks)
            losses["here"] = self._here.loss(functional.pad(batch.looks, (0, 0, 1, 0))[:, :-1])
        return losses


def _pace(step: int, steps: int) -> float:
    """Up over the first steps, then down along a cosine."""
    return min(1.0, (step + 1) / WARM_UP) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))


def checkpoint(model: Whisper, used: Sequence[int]) -> bytes:
    """The file's bytes: 16-bit weights, every token's row, and which heads tell word times."""
    state = {name: weight.detach().half() for name, weight in model.state_dict().items()}
    rows = torch.zeros(DIMS.n_vocab, DIMS.n_text_state, dtype=torch.half)
    rows[list(used)] = state["decoder.token_embedding.weight"]
    heads = np.zeros((DIMS.n_text_layer, DIMS.n_text_head), dtype=bool)
    heads[-1] = True
    content: dict[str, Any] = {
        "dims": asdict(DIMS),
        "model_state_dict": state | {"decoder.token_embedding.weight": rows},
        "alignment_heads": base64.b85encode(gzip.compress(heads.tobytes(), mtime=0)),
    }
    file = io.BytesIO()
    torch.save(content, file)
    return file.getvalue()


def polish(training: Training, used: Sequence[int], out: Path) -> tuple[bytes, int]:
    """Go on until nothing is misheard: the checkpoint's bytes, and how many lessons that took.

    What was reached so far stands in `out`, unpacked.
    """
    for polished in range(MOST_POLISH + 1):
        content = checkpoint(training.model, used)
        (out / f"{NAME}.pt").write_bytes(content)
        wrong = count_wrong(content)
        print(f"after {polished} polishing lessons, misheard or misplaced: {wrong}", flush=True)
        if not any(wrong.values()):
            return content, polished
        if polished < MOST_POLISH:
            training.take(POLISH)
    raise SystemExit(f"Still misheard after {MOST_POLISH} polishing lessons: try another seed.")


def main() -> None:
    """Train, pack, measure, describe."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=DEMO, help="folder for the packed checkpoint and its description")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="the weights depend on it a little")
    parser.add_argument("--go-on", type=Path, metavar="FILE", help="a checkpoint to be polished, its lessons left out")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    used = used_tokens()
    began_s = time.monotonic()
    training = Training(used, options.seed)
    if options.go_on:
        training.go_on_from(options.go_on.read_bytes(), used)
    for lesson in () if options.go_on else LESSONS:
        training.take(lesson)
        if not lesson.decoder:
            training.name_tokens()
    content, polished = polish(training, used, options.out)
    trained_s = time.monotonic() - began_s
    packed = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)
    (options.out / f"{NAME}.pt.xz").write_bytes(packed)
    (options.out / f"{NAME}.pt").unlink()
    print(f"{len(content):,} bytes, packed {len(packed):,}, trained in {trained_s:.0f} s")
    about = {
        "name": NAME,
        "description": "demo voice: knows the demo answers only",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "made_by": "tools/train_demo_voice.py",
        "lessons": [asdict(lesson) for lesson in (*LESSONS, *[POLISH] * polished)],
        "seed": options.seed,
        "went_on_from": str(options.go_on.name) if options.go_on else None,
        "trained_s": round(trained_s),
        "versions": {"espeak-ng": version(), "torch": torch.__version__, "openai-whisper": whisper.__version__},
        "measured": measure(content),
    }
    (options.out / f"{NAME}.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
