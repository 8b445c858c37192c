"""What teaches the judge, and how a network learns from it."""

import random

import pytest

torch = pytest.importorskip("torch")

from pmrehearse.judging.wordpiece import CLS, SEP, UNKNOWN, WordPiece  # noqa: E402  after the check for torch
from tools.judge_course import Course, learn, scores  # noqa: E402
from tools.judge_lessons import Lesson, of_answer  # noqa: E402
from tools.judge_model import JudgeNet, Shape, buckets  # noqa: E402
from tools.judge_rows import Rows, rows_of  # noqa: E402

SAID = (
    "I would begin with the people who write at night and have nobody to ask. "
    "We would show the new draft to half of them and nothing to the others, and then compare how often they come back. "
    "If that does not move after a month I would stop. "
) * 3
ANSWER: dict[str, object] = {
    "id": "one",
    "scenario": "writer/three-phase-lens",
    "text": SAID,
    "elements": {"primary-metric": True, "controlled-test": False},
    "flags": {"idea-list": False},
    "evidence": {"primary-metric": "the people who write at night"},
    "near": {"controlled-test": "show the new draft to half of them"},
}


def taught() -> list[Lesson]:
    """The lessons of the answer, of the elements that it has marks for."""
    return list(of_answer(ANSWER, random.Random(1)))  # noqa: S311  no secret


@pytest.fixture
def cutter() -> WordPiece:
    """Cuts a few words."""
    return WordPiece(("[PAD]", UNKNOWN, CLS, SEP, *"a b c d e f g".split()))


def test_an_answer_belongs_to_one_part_whole() -> None:
    """No large network marks an answer of which it was taught another window."""
    assert len({lesson.fold for lesson in taught()}) == 1


def test_what_is_met_is_known_only_where_its_evidence_is() -> None:
    """Of something met the marker's word covers the evidence and its windows, and no other window."""
    lessons = [one for one in taught() if one.pair.key.endswith(":primary-metric")]
    assert any(one.known for one in lessons)
    assert any(not one.known for one in lessons)
    assert all(("write at night" in one.pair.text) for one in lessons if one.known)
    assert all(one.pair.met == 1.0 for one in lessons if one.known)


def test_what_comes_near_counts_more_than_what_is_elsewhere() -> None:
    """Of something not met every window is a lesson, the nearest ones the heaviest."""
    lessons = [one for one in taught() if one.pair.key.endswith(":controlled-test") and one.pair.kind != "sentence"]
    assert all(one.known and one.pair.met == 0.0 for one in lessons)
    near = [one.pair.weight for one in lessons if "half of them" in one.pair.text]
    others = [one.pair.weight for one in lessons if "half of them" not in one.pair.text]
    assert min(near) > max(others, default=0.0)


def test_rows_are_what_the_program_cuts(cutter: WordPiece) -> None:
    """A batch holds the numbers that the program gives each pair, the passage's marked as such."""
    pairs = [("a b", "c"), ("d", "e f g a b"), ("a", "b")]
    rows = rows_of(cutter, pairs)
    for some, numbers in ((rows, [1, 0]), (rows.only(torch.tensor([2, 1, 0])), [1, 2])):
        ids, sides, mask = some.batch(torch.tensor(numbers))
        for row, pair in enumerate([("d", "e f g a b"), ("a b", "c")]):
            wanted, n_first = cutter.pair(*pair)
            assert ids[row][mask[row]].tolist() == wanted
            assert int(sides[row].sum()) == len(wanted) - n_first


def test_rows_come_back_from_a_file_as_they_were(cutter: WordPiece) -> None:
    """What is kept in a file gives the same batches."""
    rows = rows_of(cutter, [("a b", "c"), ("d", "e f g")])
    again = Rows(**rows.parts())
    numbers = torch.tensor([0, 1])
    assert all(bool((one == two).all()) for one, two in zip(rows.batch(numbers), again.batch(numbers), strict=True))


def test_each_small_distance_has_a_number_and_far_ones_share_one() -> None:
    """Distances have a sign, the small ones a number each, and beyond the farthest all have the same."""
    found = buckets(torch.tensor([0, 1, 7, -1, -7, 500, 900, -500])).tolist()
    assert found[:5] == [0, 17, 23, 1, 7]
    assert found[5] == found[6] == 31
    assert found[7] == 15


@pytest.mark.parametrize("relative", [False, True])
def test_a_network_learns_what_it_is_taught(cutter: WordPiece, *, relative: bool) -> None:
    """After a course what is met scores above what is not."""
    torch.manual_seed(1)
    net = JudgeNet(11, Shape(width=16, n_heads=2, n_layers=1, epsilon=1e-5, relative=relative), drop=0.0)
    rows = rows_of(cutter, [("a", "b c"), ("a", "d e"), ("a", "b f"), ("a", "d g")])
    marks = torch.tensor([1.0, 0.0, 1.0, 0.0]), torch.ones(4)
    learn(net, rows, marks, Course(peak_rate=2e-2, batch=4, epochs=150), random.Random(1))  # noqa: S311  no secret
    met, other, also_met, another = scores(net, rows).tolist()
    assert min(met, also_met) > max(other, another)
