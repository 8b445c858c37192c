"""How much may recognition do beyond what it must, so that a slow machine never falls behind? Pure.

What must be done is each window once. Beyond it, what stands is decoded ahead: at pauses, so that nothing is left at
the stop, and inside long speech, so that words are on the screen while it lasts. A machine that falls behind does less
of it, first inside speech, then at pauses, and then wants a lighter checkpoint. Nothing is ever left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from pmrehearse.speech.speed import TOKENS_A_SECOND

FEWEST_TOKENS = 10
"""A text of fewer counts as one of so many: most of what a short window costs is the encoder's run over 30 s."""


class Passes(IntEnum):
    """What is decoded; each kind includes those before it."""

    COMMITTED = 0
    """Windows that are complete."""
    PAUSES = 1
    """What stands when a pause begins."""
    SPEECH = 2
    """What stands every few seconds of speech."""


@dataclass(frozen=True, slots=True)
class EffortLimits:
    """When less is done, and when more again.

    Attributes:
        every_s: New speech after which the window that is being filled is decoded again; simulated on the costs of
            base.en, words then reach the screen 2.1 to 2.4 s after they are spoken, for a third of two cores.
        share: Of the time, the most that decoding inside speech may take; a slower machine waits longer for it.
        behind_s: Sound that waits after a decode, from which on one kind of pass is given up.
        calm_s: Sound heard without such a wait, after which one kind is taken up again; doubled each time it proves
            too much.
        longest_calm_s: And no longer than this.
        far_behind_s: Sound that waits when a lighter checkpoint is wanted, if also …
        load: … windows take more than this share of their own length.
    """

    every_s: float = 3.0
    share: float = 0.5
    behind_s: float = 6.0
    calm_s: float = 60.0
    longest_calm_s: float = 600.0
    far_behind_s: float = 45.0
    load: float = 0.9


@dataclass(frozen=True, slots=True)
class Decoded:
    """One decode, as its cost is reckoned.

    Attributes:
        decode_s: How long it took.
        sound_s: The length of its window.
        n_tokens: Tokens of its text.
        ahead: True when it was done ahead of time.
    """

    decode_s: float
    sound_s: float
    n_tokens: int
    ahead: bool = False


@dataclass(slots=True)
class Effort:
    """What recognition costs here, and what it may do.

    Attributes:
        limits: When less is done.
        passes: What may be decoded now.
        load: Seconds of work for each second of a complete window, a running mean; 0 before the first.
        ms_per_token: Milliseconds of work for each token of text, the encoder's included, a running mean; 0 before the
            first. Speech has 3.7 tokens a second: more than 270 ms cannot keep up, however little waits just now.
    """

    limits: EffortLimits = field(default_factory=EffortLimits)
    passes: Passes = Passes.SPEECH
    load: float = 0.0
    ms_per_token: float = 0.0
    _ahead_s: float = field(default=0.0, init=False)
    _backlog_s: float = field(default=0.0, init=False)
    _calm_from_s: float = field(default=0.0, init=False)
    _calm_s: float = field(default=0.0, init=False)

    def note(self, decoded: Decoded, backlog_s: float, at_s: float) -> None:
        """Take in one decode.

        Args:
            decoded: What it cost.
            backlog_s: Sound in the file that was not even listened to when it ended.
            at_s: How far in the take it happened.
        """
        self._backlog_s = backlog_s
        self.ms_per_token = _mean(self.ms_per_token, 1000 * decoded.decode_s / max(decoded.n_tokens, FEWEST_TOKENS))
        if decoded.ahead:
            self._ahead_s = decoded.decode_s
        else:
            self.load = _mean(self.load, decoded.decode_s / max(decoded.sound_s, 1.0))
        self._adapt(backlog_s, at_s)

    def every_s(self) -> float:
        """New speech after which the window that is being filled may be decoded again."""
        return max(self.limits.every_s, self._ahead_s / self.limits.share)

    @property
    def wants_lighter(self) -> bool:
        """True when only a lighter checkpoint would keep up: nothing is done but what must, and it takes too long."""
        far = self._backlog_s >= self.limits.far_behind_s
        return self.passes is Passes.COMMITTED and far and self.load > self.limits.load

    def _adapt(self, backlog_s: float, at_s: float) -> None:
        limits = self.limits
        self._calm_s = self._calm_s or limits.calm_s
        falls_behind = self.ms_per_token * TOKENS_A_SECOND > 1000.0  # noqa: PLR2004  a second of work for one of speech
        if falls_behind or backlog_s >= limits.behind_s:
            if self.passes > Passes.COMMITTED:
                self.passes = Passes(self.passes - 1)
                self._calm_s = min(2 * self._calm_s, limits.longest_calm_s)
            self._calm_from_s = at_s
        elif self.passes < Passes.SPEECH and at_s - self._calm_from_s >= self._calm_s:
            self.passes = Passes(self.passes + 1)
            self._calm_from_s = at_s


def _mean(before: float, now: float) -> float:
    """A running mean over about four values; the first one counts whole."""
    return now if before == 0.0 else before + (now - before) / 4
