"""What a whole rehearsal opens, leaves and forgets; the long form is `python -m tests.soak.privacy`."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.rigs.guard import Guard, SystemGuard, no_network
from tests.rigs.real_program import Home
from tests.rigs.whole_rehearsal import WholeRehearsal, opening

SAID = "first week completion"
"""Words of the bundled answer."""


@dataclass
class Rehearsed:
    """A rehearsal up to its export, with what was watched."""

    whole: WholeRehearsal
    guard: Guard
    system: SystemGuard
    is_traced: bool


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """The opening of the bundled answer, recorded, recognised, marked and exported without a network, umask 0."""
    folder = tmp_path_factory.mktemp("whole")
    guard, system = Guard(folder / "guard"), SystemGuard(folder / "system")
    (folder / "home").mkdir(mode=0o700)
    traced = system.words()
    whole = WholeRehearsal(Home(folder / "home"), guard.env(), [*no_network(), *traced])
    whole.until_export(opening(folder), thoroughly=False)
    assert [call.code for call in whole.calls] == [1, 0], whole.calls[-1].err
    assert SAID in (whole.exports / "e.html").read_text()
    return Rehearsed(whole, guard, system, bool(traced))


def test_no_socket_is_opened(rehearsed: Rehearsed) -> None:
    """Neither by the program, its recorder or its speech worker, nor by any library beneath Python."""
    begun = " ".join(rehearsed.guard.processes())
    assert all(name in begun for name in ("pmrehearse rehearse", "recorder_process", "spawn_main", "pmrehearse export"))
    assert rehearsed.guard.sockets() == []
    if rehearsed.is_traced:
        assert rehearsed.system.sockets() == []


def test_nobody_else_may_read(rehearsed: Rehearsed) -> None:
    """Under a umask of 0 every file is of mode 0600 and every folder 0700: takes, index, logs, cache, exports."""
    assert len(rehearsed.whole.files()) > 10
    assert rehearsed.whole.too_open() == []


def test_logs_hold_no_words(rehearsed: Rehearsed) -> None:
    """What was said stands in the take, the index and the export, and nowhere else."""
    places = {path.split("/")[0] for path in rehearsed.whole.files_with(SAID)}
    assert places == {"library", "exports"}


def test_a_deleted_take_is_gone(rehearsed: Rehearsed) -> None:
    """After the deletion only the exported file, which is the user's own, knows what was said."""
    rehearsed.whole.delete()
    assert rehearsed.whole.files_with(SAID) == ["exports/e.html"]
