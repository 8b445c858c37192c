"""Does a recogniser keep up with somebody who speaks without a rest? Pure."""

from __future__ import annotations

from dataclasses import dataclass

TOKENS_A_SECOND = 3.7
"""Speech at 150 words a minute: 111 tokens in 30 s, measured with Whisper's English tokens."""
WINDOW_S = 10.0
"""What a window holds where sentences end in pauses (`windows.WindowLimits.pauses`)."""
ENOUGH = 0.7
"""A recogniser that needs more of the time than this has nothing in hand for a busy machine."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What recognition costs on this machine.

    Attributes:
        encode_s: Seconds for a window of any length up to 30 s.
        token_s: Seconds for each token of its text.
    """

    encode_s: float
    token_s: float

    @property
    def real_time_factor(self) -> float:
        """Seconds of work for a second of speech without a rest, each window decoded once."""
        return self.encode_s / WINDOW_S + self.token_s * TOKENS_A_SECOND

    @property
    def keeps_up(self) -> bool:
        """Whether recognition stays beside the speaker."""
        return self.real_time_factor <= ENOUGH
