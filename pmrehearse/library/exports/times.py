"""How is a moment of the take's sound written in exports?"""

from __future__ import annotations

import math


def clock(seconds: float) -> str:
    """Hours, minutes and whole seconds, cut not rounded: "00:00:04"."""
    whole = math.floor(max(seconds, 0.0))
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def stamp(moment_ms: int, point: str) -> str:
    """Hours to milliseconds, as subtitles have it: "00:00:04,250".

    Args:
        moment_ms: The moment in milliseconds, ≥ 0.
        point: What stands before the milliseconds: "," in SRT, "." in VTT.
    """
    whole, ms = divmod(moment_ms, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{ms:03}"


def minutes(seconds: float) -> str:
    """Minutes and whole seconds, for lengths: "2:58"."""
    whole = round(max(seconds, 0.0))
    return f"{whole // 60}:{whole % 60:02}"
