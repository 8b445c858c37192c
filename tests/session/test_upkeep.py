"""Is it remembered what came of looking after a library, and when?"""

from __future__ import annotations

from pathlib import Path

import pytest

from pmrehearse.library.packing import Packed
from pmrehearse.library.recovery import Trouble
from pmrehearse.session.upkeep import Deed, LastTended
from tests.cli.fakes import BEGUN, FakeProgram


@pytest.fixture
def program() -> FakeProgram:
    """Two takes."""
    return FakeProgram()


def _ignore(_done: int, _total: int) -> None:
    pass


def test_the_last_result_of_each_deed_is_remembered(program: FakeProgram, tmp_path: Path) -> None:
    """With its moment and the number of takes that something is wrong with; the later one counts."""
    upkeep = program.upkeep
    assert [upkeep.last(deed) for deed in Deed] == [None] * 4
    program.library.packed = Packed(("one",), 4_000_000, 1_500_000)
    upkeep.pack(_ignore)
    upkeep.rebuild(_ignore)
    upkeep.backup(tmp_path / "copy", _ignore)
    program.library.troubles = (Trouble("one", "gone"), Trouble("one", "really"), Trouble("two", "gone"))
    upkeep.verify(_ignore)
    now = BEGUN.replace(microsecond=0)
    assert upkeep.last(Deed.PACK) == LastTended(now, "1 take packed, 2.5 MB saved.", 0)
    assert upkeep.last(Deed.REBUILD) == LastTended(now, "The index is made anew: 2 takes.", 0)
    copied = f"2 takes, 0.0 MB, copied to {tmp_path / 'copy'} and compared."
    assert upkeep.last(Deed.BACKUP) == LastTended(now, copied, 0)
    assert upkeep.last(Deed.VERIFY) == LastTended(now, "2 takes, 2 with something wrong.", 2)
    program.library.troubles = ()
    upkeep.verify(_ignore)
    assert upkeep.last(Deed.VERIFY) == LastTended(now, "All takes are well.", 0)


def test_another_library_has_other_results(program: FakeProgram) -> None:
    """What was done to one says nothing of the next."""
    program.upkeep.verify(_ignore)
    program.library.root = Path("elsewhere")
    assert program.upkeep.last(Deed.VERIFY) is None


@pytest.mark.parametrize("kept", ["", "yesterday 0 fine", "2026-11-22T09:31:05 0 no zone", "2026-11-22T09:31:05+00:00"])
def test_what_cannot_be_read_is_not_known(program: FakeProgram, kept: str) -> None:
    """A memory that somebody edited is no fault."""
    program.remembered.set("verify recordings", kept)
    assert program.upkeep.last(Deed.VERIFY) is None
