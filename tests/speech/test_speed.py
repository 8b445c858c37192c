"""Which checkpoints keep up with speech on a machine, and how that is measured."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pmrehearse import places
from pmrehearse.speech import measuring
from pmrehearse.speech.events import Checkpoint, SpeechOptions
from pmrehearse.speech.speed import Cost, Speed, reckoned
from tests.speech.fake_engine import open_fake
from tests.speech.tiny_whisper import DIMS


def test_the_work_for_a_second_of_speech() -> None:
    """Windows of 10 s and 3.7 tokens a second: 0.648 s and 20.8 ms a token make 0.14 s."""
    assert Cost(0.648, 0.0208).real_time_factor == pytest.approx(0.1418, abs=1e-3)
    assert Cost(0.648, 0.0208).keeps_up
    assert not Cost(6.0, 0.05).keeps_up


def test_larger_checkpoints_are_reckoned_from_base() -> None:
    """In the order of size; what nobody compared is not named."""
    speed = Speed("whisper", "cpu", Cost(0.65, 0.021))
    assert speed.keeping_up() == (("tiny.en", "base.en", "small.en"), ("medium.en",))
    assert speed.of("large-v3") is None
    assert speed.of("base") == speed.cost


def test_the_one_to_begin_with_keeps_up_and_is_no_great_download() -> None:
    """The largest that keeps up, but none of a gigabyte and more; base.en where none does."""
    assert Speed("whisper", "cuda", Cost(0.01, 0.002)).keeping_up()[0][-1] == "medium.en"
    assert Speed("whisper", "cuda", Cost(0.01, 0.002)).fitting() == "small.en"
    assert Speed("whisper", "cpu", Cost(2.0, 0.05)).fitting() == "base.en"
    assert Speed("whisper", "cpu", Cost(6.0, 0.15)).fitting() == "tiny.en"
    assert Speed("whisper", "cpu", Cost(30.0, 1.0)).fitting() == "base.en"


def test_the_machine_is_reckoned_from_any_size() -> None:
    """A small.en that was loaded tells what base.en would cost."""
    speed = reckoned("small.en", "whisper", "cpu", Cost(3.6, 0.048))
    assert speed is not None
    assert speed.cost.encode_s == pytest.approx(1.0)
    assert speed.cost.token_s == pytest.approx(0.02)
    assert reckoned("demo-voice", "whisper", "cpu", Cost(1.0, 0.1)) is None


def test_it_is_measured_in_a_worker() -> None:
    """A process of its own loads, warms and tells; nothing of it is left."""
    ready = measuring.measured(open_fake)
    assert ready.options.checkpoint == "base.en"
    assert ready.cost == Cost(0.0, 0.0)


def test_a_random_model_is_measured_and_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engines that are installed are tried on it; no file of it stays in the cache."""
    monkeypatch.setattr(measuring, "BASE_EN", DIMS)
    open_random = measuring.RandomModel(places.cache_dir() / "measuring-0")
    engine = open_random(SpeechOptions("base.en", "auto", "cpu"), Checkpoint("base.en", Path()))
    assert engine.options.checkpoint == "base.en"
    assert engine.options.engine in {"whisper", "whisper-int8", "ctranslate2"}
    assert engine.warm().encode_s > 0
    assert list(places.cache_dir().iterdir()) == []


def test_what_a_killed_program_left_is_deleted() -> None:
    """When it is old: another program may be measuring just now."""
    old, new = places.cache_dir() / "measuring-1", places.cache_dir() / "measuring-2"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "model.pt").write_bytes(b"weights")
    os.utime(old, (0.0, 0.0))
    measuring.measured(open_fake)
    assert (old.exists(), new.exists()) == (False, True)


def test_leaving_while_it_is_measured_leaves_nothing(tmp_path: Path) -> None:
    """The program ends at once, and what was written so far is gone with it."""
    program = (
        "import sys, threading, time, pathlib\n"
        "from pmrehearse.speech import measuring\n"
        "if __name__ == '__main__':\n"
        "    threading.Thread(target=measuring.measured, daemon=True).start()\n"
        "    while not list(pathlib.Path(sys.argv[1]).glob('measuring-*/*.pt')):\n"
        "        time.sleep(0.05)\n"
    )
    (tmp_path / "program.py").write_text(program)
    environment = {**os.environ, "PMREHEARSE_CACHE_DIR": str(tmp_path / "cache")}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    subprocess.run(
        [sys.executable, str(tmp_path / "program.py"), str(tmp_path / "cache")],
        env=environment,
        check=True,
        timeout=900,
    )
    assert list((tmp_path / "cache").iterdir()) == []
