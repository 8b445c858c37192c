"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

from tests.rigs.small_disk import small_disk
from tests.rigs.virtual_mic import virtual_mic, virtual_mic_daemon

__all__ = ["small_disk", "virtual_mic", "virtual_mic_daemon"]

TESTS = Path(__file__).parent

# A busy machine may take long over one example: the number of examples is the limit.
hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("busy")


@pytest.fixture
def jfk() -> Path:
    """Eleven seconds of a man speaking, 44.1 kHz (public domain)."""
    return TESTS / "jfk.flac"


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the user's own settings, logs, caches or takes.

    The cache of Whisper's checkpoints is left as it is.
    """
    home = tmp_path_factory.mktemp("places")
    for name in ("CONFIG_DIR", "STATE_DIR", "CACHE_DIR", "LIBRARY"):
        monkeypatch.setenv(f"PMREHEARSE_{name}", str(home / name.lower()))
    return home
