"""How are times, sizes, counts and shares written for people?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line

if TYPE_CHECKING:
    from datetime import date, datetime

_MINUTE_S = 60
_HOUR_S = 3600
_KILO = 1000


def clock(seconds: float) -> str:
    """A length or a moment as "1:05" or "1:30:00", rounded down; negative ones with "−"."""
    if seconds < 0:
        return "−" + clock(-seconds)
    whole = int(seconds + 1e-6)
    hours, rest = divmod(whole, _HOUR_S)
    minutes, left = divmod(rest, _MINUTE_S)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 word", "2 words"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(n_bytes: float) -> str:
    """A size in decimal units: "145 MB"."""
    for unit in ("B", "kB", "MB", "GB"):
        if n_bytes < _KILO:
            return f"{n_bytes:.0f} {unit}" if n_bytes >= 10 or unit == "B" else f"{n_bytes:.1f} {unit}"  # noqa: PLR2004
        n_bytes /= _KILO
    return f"{n_bytes:.1f} TB"


def moment(at: datetime) -> str:
    """A moment in the reader's own time zone: "22 Nov 2026, 09:31"."""
    here = at.astimezone()
    return f"{here.day} {here:%b %Y, %H:%M}"


def day_and_time(at: datetime) -> str:
    """A moment in the reader's own time zone without its year: "22 Nov, 09:31"."""
    here = at.astimezone()
    return f"{here.day} {here:%b, %H:%M}"


def day(when: date) -> str:
    """A day without its year: "Thu 26 Nov"."""
    return f"{when:%a} {when.day} {when:%b}"


def shortened(text: str, longest: int) -> str:
    """A text from outside on one line, cut at a word to `longest` characters, with "…" where it was cut."""
    line = clean_line(text)
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–-") + "…"


def quoted(text: str, longest: int = 400) -> str:
    """Words that somebody said, in quotation marks."""
    return f"“{shortened(text, longest)}”"
