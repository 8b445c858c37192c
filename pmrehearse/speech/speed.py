"""Does a recogniser keep up with somebody who speaks without a rest? Pure."""

from __future__ import annotations

from dataclasses import dataclass

from pmrehearse.speech.official import BY_NAME, PUBLISHED, by_sha256

TOKENS_A_SECOND = 3.7
"""Speech at 150 words a minute: 111 tokens in 30 s, measured with Whisper's English tokens."""
WINDOW_S = 10.0
"""What a window holds where sentences end in pauses (`windows.WindowLimits.pauses`)."""
ENOUGH = 0.7
"""A recogniser that needs more of the time than this has nothing in hand for a busy machine."""
REFERENCE = "base.en"
"""The checkpoint that others are compared with."""
MOST_FETCHED = 600_000_000
"""The largest download that is advised to somebody who has just begun, in bytes: larger ones are for those who ask."""
RELATIVE = {"tiny": (0.5, 0.65), "base": (1.0, 1.0), "small": (3.6, 2.4), "medium": (11.0, 6.0)}
"""What a window and a token cost, against `base`: measured up to small on 2 cores, medium by its parameters. Larger
ones are for GPUs."""


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


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast this machine recognises with the engine that is fastest here.

    Attributes:
        engine: That engine.
        device: Where it computes.
        cost: What `REFERENCE` costs there.
    """

    engine: str
    device: str
    cost: Cost

    def of(self, name: str) -> Cost | None:
        """What one of Whisper's own checkpoints costs, reckoned from `REFERENCE`; None for one that nobody measured."""
        relative = RELATIVE.get(name.removesuffix(".en"))
        if relative is None:
            return None
        return Cost(self.cost.encode_s * relative[0], self.cost.token_s * relative[1])

    def keeping_up(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of the checkpoints that keep up with speech here, and of those that do not, the smallest first."""
        names = [one.name for one in PUBLISHED if one.name.endswith(".en") and by_sha256(one.sha256) is one]
        costs = [(name, cost) for name in names if (cost := self.of(name)) is not None]
        return (
            tuple(name for name, cost in costs if cost.keeps_up),
            tuple(name for name, cost in costs if not cost.keeps_up),
        )

    def fitting(self) -> str:
        """The checkpoint to begin with here: the largest that keeps up and is no great download, else `REFERENCE`."""
        keep, _ = self.keeping_up()
        return next((name for name in reversed(keep) if BY_NAME[name].about_bytes <= MOST_FETCHED), REFERENCE)


def reckoned(name: str, engine: str, device: str, cost: Cost) -> Speed | None:
    """The machine's speed, from what a checkpoint was found to cost; None for one that nobody compared."""
    relative = RELATIVE.get(name.removesuffix(".en"))
    if relative is None:
        return None
    return Speed(engine, device, Cost(cost.encode_s / relative[0], cost.token_s / relative[1]))
