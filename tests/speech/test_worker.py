"""The speech worker: real child processes that follow real files, with a fake recogniser."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from pmrehearse import places
from pmrehearse.speech.events import (
    RecognisedTo,
    SegmentHeard,
    TranscriptFinished,
    WorkerFailed,
    WorkerReady,
    WorkerRestarted,
)
from pmrehearse.speech.segments import Segment, Span
from pmrehearse.speech.supervision import Patience
from tests.speech.sounds import RATE_HZ, Sound, quiet, write_wav
from tests.speech.worker_rig import DEADLINE_S, GrowingFile, Rig, wait_until

SENTENCES = (
    "Our primary metric is first week completion.",
    "I would run an experiment with twelve thousand users.",
    "Then we look at the result, and decide.",
    "She owns the launch in April.",
)


@pytest.fixture(scope="module")
def answer(speak: Callable[[str], Sound]) -> Sound:
    """Half a minute of sentences with silence of two and a half seconds between them."""
    return np.concatenate([part for text in SENTENCES for part in (speak(text), quiet(2.5))])


def spans_of(segments: list[Segment]) -> list[Span]:
    """All speech in the segments, in order of the segments."""
    return [span for segment in segments for span in segment.speech]


def assert_all_speech_once(segments: list[Segment], answer: Sound, speak: Callable[[str], Sound]) -> None:
    """Each sentence is in one segment, to a fifth of a second, and no segment overlaps another."""
    at_s, truth = 0.0, []
    for text in SENTENCES:
        end_s = at_s + speak(text).size / RATE_HZ
        truth.append((at_s, end_s))
        at_s = end_s + 2.5
    assert at_s == pytest.approx(answer.size / RATE_HZ, abs=0.01)
    assert all(before.end_s <= after.start_s for before, after in pairwise(segments))
    spans = spans_of(segments)
    for start_s, end_s in truth:
        inside = [span for span in spans if start_s - 0.3 <= span.start_s and span.end_s <= end_s + 0.3]
        assert inside, f"nothing of {start_s:.2f} to {end_s:.2f}"
        assert inside[0].start_s == pytest.approx(start_s, abs=0.2)
        assert inside[-1].end_s == pytest.approx(end_s, abs=0.2)
        assert sum(span.duration_s for span in inside) > 0.8 * (end_s - start_s)
    assert sum(span.duration_s for span in spans) < sum(end_s - start_s for start_s, end_s in truth) + 1.0


def test_a_file_is_transcribed(answer: Sound, speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """Ready, the segments in order, progress that rises to the end, finished; then nothing is left of the worker."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path) as rig:
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        finished = rig.wait_for(TranscriptFinished)
        pid = rig.transcriber.worker_pid
    assert isinstance(rig.events[0], WorkerReady)
    assert_all_speech_once(rig.segments, answer, speak)
    done = [event.done_s for event in rig.of(RecognisedTo)]
    assert done == sorted(done)
    assert done[-1] == finished.total_s == n_samples / RATE_HZ
    assert finished.speech_s == pytest.approx(sum(span.duration_s for span in spans_of(rig.segments)))
    assert all(segment.checkpoint == "fake" for segment in rig.segments)
    assert pid is not None
    assert not Path(f"/proc/{pid}").exists()


def test_a_growing_file_is_followed(answer: Sound, speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """Segments come while the file grows, and are those of the whole file."""
    file = GrowingFile(tmp_path / "a.wav", answer, speed=6.0)
    with Rig(tmp_path) as rig:
        rig.start()
        rig.wait_for(WorkerReady)
        file.start()
        rig.transcriber.follow(file.path)
        wait_until(lambda: len(rig.segments) >= 2)
        assert file.path.stat().st_size < 2 * file.n_samples
        file.join()
        rig.transcriber.finish(file.n_samples)
        rig.wait_for(TranscriptFinished)
    assert_all_speech_once(rig.segments, answer, speak)


def test_what_was_said_before_a_pause_is_known_at_the_stop(
    answer: Sound, speak: Callable[[str], Sound], tmp_path: Path
) -> None:
    """In a pause the last window is decoded ahead: ended there, the take is done long before a decode would be."""
    said = speak(SENTENCES[0]).size + RATE_HZ
    file = GrowingFile(tmp_path / "a.wav", answer[:said], speed=4.0)
    with Rig(tmp_path, decode_s=3.0) as rig:
        rig.start()
        rig.wait_for(WorkerReady)
        file.start()
        rig.transcriber.follow(file.path)
        wait_until((tmp_path / "decoded").exists)
        file.join()
        began_s = time.monotonic()
        rig.transcriber.finish(file.n_samples)
        rig.wait_for(TranscriptFinished)
        assert time.monotonic() - began_s < 2.0
    [segment] = rig.segments
    assert [word.text for word in segment.words] == ["heard"]
    assert rig.of(SegmentHeard)[0].decode_s >= 3.0


def test_the_end_leaves_a_decode_inside_speech(speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """A take that ends in the middle of a decode of what was said until then: that decode is given up at once."""
    said = np.concatenate([speak(text) for text in SENTENCES])
    file = GrowingFile(tmp_path / "a.wav", said, speed=2.0)
    with Rig(tmp_path, decode_s=600.0, until_s=file.n_samples / RATE_HZ - 0.5) as rig:
        rig.start()
        rig.wait_for(WorkerReady)
        rig.transcriber.follow(file.path)
        file.start()
        file.join()
        assert (tmp_path / "decoding").exists()
        rig.transcriber.finish(file.n_samples)
        rig.wait_for(TranscriptFinished)
    assert rig.segments


def test_speech_that_goes_on_after_a_pause_is_heard_whole(speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """A window decoded ahead that then grows is decoded again, and told once."""
    first, second = speak(SENTENCES[0]), speak(SENTENCES[1])
    sound = np.concatenate([first, quiet(0.8), second, quiet(0.8)])
    file = GrowingFile(tmp_path / "a.wav", sound, speed=1.5)
    with Rig(tmp_path) as rig:
        rig.start()
        rig.wait_for(WorkerReady)
        file.start()
        rig.transcriber.follow(file.path)
        file.join()
        rig.transcriber.finish(file.n_samples)
        rig.wait_for(TranscriptFinished)
    [segment] = rig.segments
    assert segment.end_s == pytest.approx((sound.size - 0.8 * RATE_HZ) / RATE_HZ, abs=0.4)
    assert len(segment.words) == len(segment.speech) >= 2


def test_killed_at_random_moments_it_says_everything_once(
    answer: Sound, speak: Callable[[str], Sound], tmp_path: Path
) -> None:
    """Killed with -9 five times while it follows a file that grows, all speech is told, none of it twice."""
    moments = random.Random(2)  # noqa: S311 - moments, not secrets
    file = GrowingFile(tmp_path / "a.wav", answer, speed=3.0)
    with Rig(tmp_path, decode_s=0.3) as rig:
        rig.start()
        rig.wait_for(WorkerReady)
        file.start()
        rig.transcriber.follow(file.path)
        for _ in range(5):
            time.sleep(moments.uniform(0.0, 0.8))
            pid = rig.transcriber.worker_pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            rig.wait_for(WorkerReady)
        file.join()
        rig.transcriber.finish(file.n_samples)
        rig.wait_for(TranscriptFinished)
    assert [event.restarts for event in rig.of(WorkerRestarted)] == [1, 2, 3, 4, 5]
    assert "SIGKILL" in rig.of(WorkerRestarted)[0].reason
    assert_all_speech_once(rig.segments, answer, speak)


def test_a_worker_that_hangs_is_replaced(answer: Sound, speak: Callable[[str], Sound], tmp_path: Path) -> None:
    """Without a sign of life it is ended, and the next one goes on; nothing is lost."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    patience = Patience(beat_s=2.0, decode_factor=0.1)
    with Rig(tmp_path, patience, hang_at=6.0) as rig:
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        rig.wait_for(TranscriptFinished)
    assert ["sign of life" in event.reason for event in rig.of(WorkerRestarted)] == [True]
    assert_all_speech_once(rig.segments, answer, speak)


def test_a_stopped_worker_is_replaced(answer: Sound, tmp_path: Path) -> None:
    """So is one that was stopped while it had nothing to do."""
    write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path, Patience(beat_s=2.0)) as rig:
        rig.start()
        rig.wait_for(WorkerReady)
        pid = rig.transcriber.worker_pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        rig.wait_for(WorkerRestarted)
        rig.wait_for(WorkerReady)
        assert rig.transcriber.worker_pid != pid


def test_a_window_that_kills_each_time_is_left_out(
    answer: Sound, speak: Callable[[str], Sound], tmp_path: Path
) -> None:
    """It becomes an unsure segment without words, and all the others are heard."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path, die_at=6.0, times=99) as rig:
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        rig.wait_for(TranscriptFinished)
    assert [(segment.unsure, segment.words == ()) for segment in rig.segments].count((True, True)) == 1
    [lost] = [segment for segment in rig.segments if segment.unsure]
    assert lost.start_s <= 6.0 <= lost.end_s
    assert len(rig.of(WorkerRestarted)) == Patience().window_deaths
    assert_all_speech_once(rig.segments, answer, speak)


def test_a_window_that_kills_for_a_while_is_heard_in_the_end(answer: Sound, tmp_path: Path) -> None:
    """Some deaths are not enough to give it up."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path, die_at=6.0, times=Patience().window_deaths - 1) as rig:
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        rig.wait_for(TranscriptFinished)
    assert len(rig.of(WorkerRestarted)) == Patience().window_deaths - 1
    assert not any(segment.unsure for segment in rig.segments)


def test_a_worker_that_cannot_load_fails(tmp_path: Path) -> None:
    """Dead three times while loading: told once, with what to do, and no process is left."""
    with Rig(tmp_path, die_loading=True) as rig:
        rig.start()
        failed = rig.wait_for(WorkerFailed, fails=False)
        assert rig.transcriber.worker_pid is None
    assert "SIGKILL" in failed.message
    assert "later" in failed.hint
    assert failed.exit_code == 3


def test_a_checkpoint_that_is_refused_is_not_tried_again(tmp_path: Path) -> None:
    """The reason and the hint arrive as they were given."""
    with Rig(tmp_path, refuse=True) as rig:
        rig.start()
        assert rig.wait_for(WorkerFailed, fails=False) == WorkerFailed("The fake checkpoint is broken.", "Mend it.", 3)
    assert rig.of(WorkerRestarted) == []


def test_it_goes_on_from_a_place(answer: Sound, tmp_path: Path) -> None:
    """What stands in segments already is not said again."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path) as rig:
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        rig.wait_for(TranscriptFinished)
        whole = rig.segments
        rig.transcriber.follow(tmp_path / "a.wav", from_s=whole[1].end_s)
        rig.transcriber.finish(n_samples)
        rig.wait_for(TranscriptFinished)
        rest = rig.segments[len(whole) :]
    assert [segment.start_s for segment in rest] == pytest.approx([each.start_s for each in whole[2:]], abs=0.1)


def test_a_cancelled_file_says_nothing_more(answer: Sound, tmp_path: Path) -> None:
    """In the middle of a decode it is left, at once, and the checkpoint serves the next file."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path, decode_s=30.0) as rig:
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        wait_until((tmp_path / "decoding").exists)
        rig.transcriber.cancel()
        n_events = len(rig.events)
        write_wav(tmp_path / "b.wav", quiet(3.0))
        rig.transcriber.follow(tmp_path / "b.wav")
        rig.transcriber.finish(3 * RATE_HZ)
        finished = rig.wait_for(TranscriptFinished)
    assert finished == TranscriptFinished(3.0, 0.0)
    assert all(isinstance(event, RecognisedTo | TranscriptFinished) for event in rig.events[n_events:])
    assert rig.segments == []


def test_closing_in_the_middle_is_quick(answer: Sound, tmp_path: Path) -> None:
    """Less than two seconds, whatever it does just then."""
    write_wav(tmp_path / "a.wav", answer)
    for plan in ({"decode_s": 60.0}, {"hang_at": 1.0}):
        (tmp_path / "decoding").unlink(missing_ok=True)
        with Rig(tmp_path, **plan) as rig:  # type: ignore[arg-type]
            rig.start()
            rig.transcriber.follow(tmp_path / "a.wav")
            wait_until((tmp_path / "decoding").exists)
            pid, began_s = rig.transcriber.worker_pid, time.monotonic()
            rig.transcriber.close()
            assert time.monotonic() - began_s < 2.0
            assert not Path(f"/proc/{pid}").exists()


def test_nothing_waits(answer: Sound, tmp_path: Path) -> None:
    """Every call but `close` returns at once, also with a worker that hangs."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path, hang_at=1.0) as rig:
        began_s = time.monotonic()
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        rig.transcriber.cancel()
        assert time.monotonic() - began_s < 0.2


def test_silence_gives_no_segment(tmp_path: Path) -> None:
    """A take without speech ends without a segment, all of it looked at."""
    n_samples = write_wav(tmp_path / "a.wav", quiet(8.0))
    with Rig(tmp_path) as rig:
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        assert rig.wait_for(TranscriptFinished) == TranscriptFinished(8.0, 0.0)
    assert rig.of(SegmentHeard) == []
    assert rig.of(RecognisedTo)[-1] == RecognisedTo(8.0, 8.0)


def test_a_file_that_is_no_take_is_told(tmp_path: Path) -> None:
    """Its kind of error is kept, and the worker lives on."""
    (tmp_path / "a.wav").mkdir()
    with Rig(tmp_path) as rig:
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        assert rig.wait_for(WorkerFailed, fails=False).exit_code == 2
        assert rig.transcriber.worker_pid is not None


def test_the_worker_dies_with_the_program(answer: Sound, tmp_path: Path) -> None:
    """The program killed with -9 in the middle of a decode: its worker is gone soon after."""
    write_wav(tmp_path / "a.wav", answer)
    program = (
        "import sys, time, pathlib\n"
        "from tests.speech.worker_rig import Rig, wait_until\n"
        "if __name__ == '__main__':\n"
        "    folder = pathlib.Path(sys.argv[1])\n"
        "    rig = Rig(folder, decode_s=600.0)\n"
        "    rig.start()\n"
        "    rig.transcriber.follow(folder / 'a.wav')\n"
        "    wait_until((folder / 'decoding').exists)\n"
        "    print(rig.transcriber.worker_pid, flush=True)\n"
        "    time.sleep(600)\n"
    )
    (tmp_path / "program.py").write_text(program)
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py"), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
        process.kill()
    wait_until(lambda: not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2])


def test_the_log_is_private_and_holds_no_words(answer: Sound, tmp_path: Path) -> None:
    """Nobody else reads it, and what was said is not in it."""
    n_samples = write_wav(tmp_path / "a.wav", answer)
    with Rig(tmp_path, die_at=6.0) as rig:
        rig.start()
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(n_samples)
        rig.wait_for(TranscriptFinished)
    log = places.state_dir() / "speech.log"
    assert log.stat().st_mode & 0o777 == 0o600
    assert "heard" not in log.read_text()


def test_a_worker_takes_ctrl_c_from_nobody(tmp_path: Path) -> None:
    """The terminal's Ctrl-C goes to the whole group; only the program answers it."""
    write_wav(tmp_path / "a.wav", quiet(1.0))
    with Rig(tmp_path) as rig:
        rig.start()
        rig.wait_for(WorkerReady)
        pid = rig.transcriber.worker_pid
        assert pid is not None
        os.kill(pid, signal.SIGINT)
        rig.transcriber.follow(tmp_path / "a.wav")
        rig.transcriber.finish(RATE_HZ)
        rig.wait_for(TranscriptFinished)
        assert rig.transcriber.worker_pid == pid


def test_no_thread_is_left(tmp_path: Path) -> None:
    """A closed transcriber has no thread, and closing twice, or before anything, does no harm."""
    before = threading.active_count()
    with Rig(tmp_path) as rig:
        rig.start()
        rig.wait_for(WorkerReady)
    rig.transcriber.close()
    Rig(tmp_path).transcriber.close()
    wait_until(lambda: threading.active_count() <= before)
    assert DEADLINE_S > 0
