"""Does anything get out, or lie open?

    python -m tests.soak.privacy [--rounds 1]

Whole rehearsals with the bundled answer and every kind of command and export, with a umask of 0 and, where this machine
lets us, in a namespace without a network. Counted are sockets for a network that any process opened (by an audit hook
in every Python process, and by strace beneath it), files and folders that others may read, files outside the takes in
which words of the answer stand, and files that know them after the deletion.
"""

from __future__ import annotations

from pathlib import Path

from pmrehearse import places
from tests.rigs.guard import Guard, SystemGuard, no_network
from tests.rigs.real_program import Home
from tests.rigs.whole_rehearsal import WholeRehearsal
from tests.soak.long_run import Outcome, main

ROUNDS = 1
SAID = "first week completion"
OURS = ("library/", "exports/")


def run(rounds: int, folder: Path) -> Outcome:
    """Rehearse so often."""
    rows: list[tuple[object, ...]] = []
    faults: list[str] = []
    n_sockets = n_processes = n_files = 0
    is_traced = has_no_network = False
    for number in range(rounds):
        guard, system = Guard(folder / f"guard-{number}"), SystemGuard(folder / f"system-{number}")
        (root := folder / f"home-{number}").mkdir(mode=0o700)
        traced, alone = system.words(), no_network()
        is_traced, has_no_network = bool(traced), bool(alone)
        whole = WholeRehearsal(Home(root), guard.env(), [*alone, *traced])
        whole.until_export(places.demo_dir() / "strong.ogg", thoroughly=True)
        broken = [
            f"`{' '.join(call.words[:3])}` ended with {call.code}" for call in whole.calls if _is_broken(call.code)
        ]
        sockets = guard.sockets() + (system.sockets() if traced else [])
        elsewhere = [path for path in whole.files_with(SAID) if not path.startswith(OURS)]
        n_files += len(whole.files())
        open_ones = whole.too_open()
        whole.delete()
        left = [path for path in whole.files_with(SAID) if not path.startswith("exports/")]
        faults += [*broken, *(f"socket: {each}" for each in sockets), *(f"open: {each}" for each in open_ones)]
        faults += [*(f"words in {each}" for each in elsewhere), *(f"after the deletion in {each}" for each in left)]
        n_sockets += len(sockets)
        n_processes += len(guard.processes())
        rows.append((number + 1, len(whole.calls), len(guard.processes()), len(sockets), len(open_ones), len(left)))
    figures: dict[str, object] = {
        "processes": n_processes,
        "sockets": n_sockets,
        "files": n_files,
        "beneath_python_too": is_traced,
        "without_network": has_no_network,
    }
    head = ("round", "commands", "processes", "sockets", "files open to others", "files that know after deletion")
    return Outcome(head, rows, figures, faults)


def _is_broken(code: int) -> bool:
    """0: done; 1: the answer falls short; 3: no microphone and such, which `doctor` and `devices` say."""
    return code not in {0, 1, 3}


if __name__ == "__main__":
    main("privacy", __doc__, run, ROUNDS)
