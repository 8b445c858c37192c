"""How much of an earlier text of the same window may be kept? In the worker process; imports torch.

While somebody speaks, the window that is being filled is decoded again and again, and each text begins as the one
before. So the earlier one goes through the decoder in one batch, the part that greedy decoding would choose again is
kept, and decoding goes on behind it: the same text as from nothing, in a fraction of the steps (base: 1455 ms from
nothing, 254 ms so).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import torch
from whisper.decoding import DecodingOptions, DecodingTask, LogitFilter, PyTorchInference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whisper.model import Whisper

    from pmrehearse.speech.engine import Tick

Pass = tuple[torch.Tensor, torch.Tensor, list[float]]
"""What openai-whisper's loop gives: tokens, shape (1, n); sums of log probabilities, shape (1,); no speech, (1,)."""


class DraftedTask(DecodingTask):  # type: ignore[misc]  # whisper has no types
    """openai-whisper's decoding of one window, which may begin with a draft."""

    def __init__(
        self, model: Whisper, options: DecodingOptions, tick: Tick, draft: Sequence[int] = (), threads: int = 1
    ) -> None:
        """Prepare a decode.

        Args:
            model: What decodes.
            options: How.
            tick: Called before each token.
            draft: Tokens of an earlier text of this window, without the start; only greedy decoding may have one.
            threads: For the draft; a single token is too little work for more than one.
        """
        super().__init__(model, options)
        self.logit_filters.append(_Ticking(tick))
        self._draft = list(draft)[: self.sample_len]
        self._threads = threads

    def _main_loop(self, audio_features: torch.Tensor, tokens: torch.Tensor) -> Pass:
        """`DecodingTask._main_loop`, the draft's part of it done in one step."""
        sums = torch.zeros(1, device=audio_features.device)
        try:
            logits = self._first_logits(audio_features, tokens)
            no_speech = logits[:, self.sot_index].float().softmax(dim=-1)[:, self.tokenizer.no_speech].tolist()
            tokens, done, n_steps = self._keep(tokens, logits, sums)
            while not done and n_steps < self.sample_len:
                logits = self.inference.logits(tokens, audio_features)
                tokens, done = self._step(tokens, logits[:, -1], sums)
                n_steps += 1
        finally:
            self.inference.cleanup_caching()
        return tokens, sums, cast("list[float]", no_speech)

    def _first_logits(self, features: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
        """Logits after the start and after each token of the draft, shape (1, n_start + n_draft, n_vocab)."""
        draft = torch.tensor([self._draft], dtype=tokens.dtype, device=tokens.device)
        inference: PyTorchInference = self.inference
        n_start = inference.initial_token_length
        inference.initial_token_length = n_start + len(self._draft)
        torch.set_num_threads(self._threads if self._draft else 1)
        try:
            return cast("torch.Tensor", inference.logits(torch.cat([tokens, draft], dim=1), features))
        finally:
            torch.set_num_threads(1)
            inference.initial_token_length = n_start

    def _keep(self, tokens: torch.Tensor, logits: torch.Tensor, sums: torch.Tensor) -> tuple[torch.Tensor, bool, int]:
        """Take the draft's tokens as far as they are chosen again, and the one chosen in the place of the first other.

        Returns:
            The tokens so far, whether the text is over, and how many steps of greedy decoding they stand for.
        """
        n_start, n_steps, done = tokens.shape[1], 0, False
        while not done and n_steps < self.sample_len:
            tokens, done = self._step(tokens, logits[:, n_start + n_steps - 1], sums)
            n_steps += 1
            if n_steps > len(self._draft) or tokens[0, -1] != self._draft[n_steps - 1]:
                break
        self._forget(n_start + n_steps - 1)
        return tokens, done, n_steps

    def _step(self, tokens: torch.Tensor, logits: torch.Tensor, sums: torch.Tensor) -> tuple[torch.Tensor, bool]:
        """One token more, chosen as `DecodingTask` does it; whether the text is over."""
        for logit_filter in self.logit_filters:
            logit_filter.apply(logits, tokens)
        tokens, completed = self.decoder.update(tokens, logits, sums)
        return tokens, bool(completed) or tokens.shape[-1] > self.n_ctx

    def _forget(self, n_tokens: int) -> None:
        """Let the decoder's memory end behind so many tokens; what it knows of the sound (1500 places) stays."""
        inference: PyTorchInference = self.inference
        memory: dict[Any, torch.Tensor] = inference.kv_cache
        for layer, kept in memory.items():
            if kept.shape[1] <= self.n_ctx:
                memory[layer] = kept[:, :n_tokens]


class _Ticking(LogitFilter):  # type: ignore[misc]  # the same
    """Changes nothing; gives a sign of life before each token, and ends the decode when that raises."""

    def __init__(self, tick: Tick) -> None:
        self._tick = tick

    def apply(self, logits: torch.Tensor, tokens: torch.Tensor) -> None:
        """Tick."""
        del logits, tokens
        self._tick()
