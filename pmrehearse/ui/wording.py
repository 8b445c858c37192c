"""How are times, lengths, days, moments and sizes written on the screens?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


def clock(seconds: float) -> str:
    """A time of the take's clock: "0:07", "12:30", "1:02:03"; a negative one has a minus."""
    sign = "-" if seconds < 0 else ""
    whole = int(abs(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, seconds_left = divmod(rest, 60)
    if hours:
        return f"{sign}{hours}:{minutes:02}:{seconds_left:02}"
    return f"{sign}{minutes}:{seconds_left:02}"


def length(seconds: float) -> str:
    """A planned length in words: "45 s", "3 min", "1 min 15 s", "90 min"."""
    whole = round(seconds)
    minutes, seconds_left = divmod(whole, 60)
    if not minutes:
        return f"{seconds_left} s"
    return f"{minutes} min {seconds_left} s" if seconds_left else f"{minutes} min"


def minutes(seconds: float) -> str:
    """A planned length for a narrow column: "3 min", "45 s", "1.5 min"."""
    if seconds < 60:  # noqa: PLR2004  a minute
        return f"{round(seconds)} s"
    return f"{seconds / 60:.1f}".removesuffix(".0") + " min"


def time_left(seconds: float) -> str:
    """An estimate, as coarse as it is uncertain: "a few seconds", "about 40 s", "about 3 min"."""
    if seconds < 10:  # noqa: PLR2004  under this an estimate jumps
        return "a few seconds"
    if seconds < 90:  # noqa: PLR2004  a minute and a half
        return f"about {round(seconds / 10) * 10} s"
    return f"about {round(seconds / 60)} min"


def moment(when: datetime) -> str:
    """When a take began, in the time of this place: "2026-11-22 09:31"."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def day(when: date) -> str:
    """A day: "Thu 26 Nov"."""
    return f"{when:%a} {when.day} {when:%b}"


def megabytes(n_bytes: float) -> str:
    """A size: "145 MB"."""
    return f"{n_bytes / 1e6:.0f} MB"


def size(n_bytes: float) -> str:
    """A file's size: "4 KB", "2.1 MB", "145 MB"."""
    if n_bytes < 1e6:  # noqa: PLR2004  a megabyte
        return f"{max(1, round(n_bytes / 1e3))} KB" if n_bytes else "empty"
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes < 1e7 else megabytes(n_bytes)  # noqa: PLR2004  ten of them


def count(n: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 element", "7 elements"."""
    return f"{n} {one if n == 1 else many or one + 's'}"
