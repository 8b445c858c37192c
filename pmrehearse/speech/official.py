"""Which checkpoints did OpenAI publish for Whisper, where, of what size and with which hash?

Our own table, so that listing them imports no torch; a test holds it equal to the installed package's.
"""

from __future__ import annotations

from dataclasses import dataclass

BASE_URL = "https://openaipublic.azureedge.net/main/whisper/models"
"""Where the files stand, each as SHA256/FILE."""


@dataclass(frozen=True, slots=True)
class Published:
    """One published checkpoint.

    Attributes:
        name: Whisper's own name; ".en" knows English only and hears it better.
        sha256: Of the whole file, as it stands in openai-whisper's table of addresses.
        file: The name of the file, in OpenAI's store and in Whisper's cache.
        about_bytes: Its size, to a few percent: from the number of parameters, which are 16 bit.
        parameters: How many millions of parameters it has (README of openai-whisper).
    """

    name: str
    sha256: str
    file: str
    about_bytes: int
    parameters: int


def _published(name: str, sha256: str, megabytes: int, parameters: int, file: str = "") -> Published:
    return Published(name, sha256, file or f"{name}.pt", megabytes * 1_000_000, parameters)


_LARGE_V3 = "e5b1a55b89c1367dacf97e3e19bfd829a01529dbfdeefa8caeb59b3f1b81dadb"
_TURBO = "aff26ae408abcba5fbf8813c21e62b0941638c5f6eebfb145be0c9839262a19a"

PUBLISHED: tuple[Published, ...] = (
    _published("tiny.en", "d3dd57d32accea0b295c96e26691aa14d8822fac7d9d27d5dc00b4ca2826dd03", 75, 39),
    _published("tiny", "65147644a518d12f04e32d6f3b26facc3f8dd46e5390956a9424a650c0ce22b9", 75, 39),
    _published("base.en", "25a8566e1d0c1e2231d1c762132cd20e0f96a85d16145c3a00adf5d1ac670ead", 145, 74),
    _published("base", "ed3a0b6b1c0edf879ad9b11b1af5a0e6ab5db9205f891f668f8b0e6c6326e34e", 145, 74),
    _published("small.en", "f953ad0fd29cacd07d5a9eda5624af0f6bcf2258be67c92b79389873d91e0872", 483, 244),
    _published("small", "9ecf779972d90ba49c06d968637d720dd632c55bbf19d441fb42bf17a411e794", 483, 244),
    _published("medium.en", "d7440d1dc186f76616474e0ff0b3b6b879abc9d1a4926b7adfa41db2d497ab4f", 1528, 769),
    _published("medium", "345ae4da62f9b3d59415adc60127b97c714f32e89e936602e85993674d08dcb1", 1528, 769),
    _published("large-v1", "e4b87e7e0bf463eb8e6956e646f1e277e901512310def2c24bf0e11bd3c28e9a", 3087, 1550),
    _published("large-v2", "81f7c96c852ee8fc832187b0132e569d6c3065a3252ed18e56effd0b6a73e524", 3087, 1550),
    _published("large-v3", _LARGE_V3, 3088, 1550),
    _published("large", _LARGE_V3, 3088, 1550, "large-v3.pt"),
    _published("large-v3-turbo", _TURBO, 1618, 809),
    _published("turbo", _TURBO, 1618, 809, "large-v3-turbo.pt"),
)
"""Every name that openai-whisper knows, smallest first; "large" and "turbo" are second names."""

BY_NAME: dict[str, Published] = {published.name: published for published in PUBLISHED}
"""The same, by name."""


def by_sha256(sha256: str) -> Published | None:
    """The published checkpoint with this hash, under its first name; None when it is none of them."""
    return next((published for published in PUBLISHED if published.sha256 == sha256), None)
