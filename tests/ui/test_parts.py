"""Do the pure parts of the screens hold for any text and any width?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.css.styles import Styles
from textual.style import Style
from textual.visual import RenderOptions

from pmrehearse.checking.findings import Verdict
from pmrehearse.cli.streams import ascii_for
from pmrehearse.session.events import Stage
from pmrehearse.speech.segments import Segment, Transcript, Word
from pmrehearse.ui import marks, wording
from pmrehearse.ui.paragraphs import HARD_END, paragraphs, underlinings
from pmrehearse.ui.progress import TimeLeft
from pmrehearse.ui.shown import Row, Stack, is_same, shortened, shown
from pmrehearse.ui.themes import THEMES, next_theme
from pmrehearse.ui.widgets.big_clock import N_LINES, big
from pmrehearse.ui.widgets.keys import Hint, fitting
from pmrehearse.ui.widgets.phase_bar import draw, widths
from pmrehearse.ui.wordlines import lay_out
from tests.ui import samples
from tests.ui.fakes import view_of

HOSTILE = st.text(alphabet=st.sampled_from("ab [/]$@=click\x1b\x07\x9b\r\n\u202e\ufeff\u2028"), max_size=60)


def _lines(row: Row | Stack, width: int) -> list[str]:
    options = RenderOptions(lambda style: Style.parse(style) if isinstance(style, str) else style, Styles().get_rules())
    return [strip.text for strip in row.render_strips(width, None, Style(), options)]


@given(HOSTILE)
def test_no_control_character_is_shown(text: str) -> None:
    """Whatever comes from outside, nothing that a terminal would obey is left, and no markup is read."""
    content = shown(text, (text, "bold"))
    assert not [char for char in content.plain if (char < " " and char not in "\n\t") or "\x7f" <= char <= "\x9f"]
    assert content.plain.count("[") == 2 * text.count("[")


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=8), min_size=1, max_size=30), st.integers(30, 90))
def test_rows_cut_no_word(words: list[str], width: int) -> None:
    """A row is exactly as wide as it is asked to be, and every word of it stands whole on some line."""
    row = Row(shown(" ".join(words)), "lead  ", "tail")
    lines = _lines(row, width)
    assert {len(line) for line in lines} == {width}
    assert lines[0].startswith("lead  ")
    assert lines[0].endswith("tail")
    body = " ".join(line[6:].removesuffix("tail").strip() for line in lines)
    assert body.split() == words


def test_a_stack_is_its_parts() -> None:
    """A stack has the lines of its parts, an empty content is an empty line, and nothing asks for more."""
    stack = Stack(shown("one"), shown(""), Row(shown("two"), "· "))
    assert [line.strip() for line in _lines(stack, 20)] == ["one", "", "· two"]


@given(st.lists(st.floats(1, 4000), min_size=1, max_size=9), st.integers(20, 200))
def test_phases_share_the_bar(planned_s: list[float], cells: int) -> None:
    """Every phase has a cell at least, and together with their gaps they fill the bar and no more."""
    sizes = widths(tuple(planned_s), cells)
    assert min(sizes) >= 1
    assert sum(sizes) + len(sizes) - 1 == cells


def test_now_stands_where_it_is() -> None:
    """The mark stands in the phase that runs, at the share of its budget that is spent."""
    view = view_of(samples.LENS_SCENARIO, Stage.RECORDING, 45.0 + 37.5, 1)
    bar, names = draw(view.phases, 62).plain.split("\n")
    assert bar.index("●") == 15 + 1 + 12
    assert names.split() == ["Hypothesis", "Experiment", "Iteration"]


def test_titles_that_do_not_fit_give_way_to_numbers() -> None:
    """Where one title is longer than its phase, all phases are numbered."""
    view = view_of(samples.WHITEBOARD_SCENARIO, Stage.RECORDING, 0.0, 0)
    assert draw(view.phases, 60).plain.split("\n")[1].split() == ["1", "2", "3", "4", "5", "6", "7"]


@given(st.lists(st.lists(st.sampled_from(["so", "we", "test.", "it?"]), max_size=200), max_size=4))
def test_every_word_is_in_one_paragraph(segments: list[list[str]]) -> None:
    """Paragraphs hold all words in order, none twice, and none is longer than the limit."""
    transcript = Transcript(tuple(Segment(0.0, 0.0, tuple(map(Word, words))) for words in segments))
    cut = paragraphs(transcript)
    assert [number for each in cut for number in range(each.first_word, each.first_word + each.n_words)] == list(
        range(len(transcript.words))
    )
    assert all(each.n_words <= HARD_END for each in cut)


def test_evidence_is_marked_where_it_stands() -> None:
    """The underlined words are the quote's, and its glyph follows the last of them."""
    report = samples.report()
    line = underlinings(report)[0]
    words = [word for each in lay_out(report, 70).lines for word in each.words]
    said = [word for word in words if line.first_word <= word.number <= line.last_word]
    assert " ".join(word.text for word in said).endswith("by about 5%.")
    assert all(word.line == line.mark for word in said)
    assert [word.number for word in said if word.ends] == [line.last_word]


@pytest.mark.parametrize(
    ("seconds", "written"), [(0, "0:00"), (71.9, "1:11"), (3723, "1:02:03"), (-5, "-0:05"), (599, "9:59")]
)
def test_clock(seconds: float, written: str) -> None:
    """Times are written as clocks write them."""
    assert wording.clock(seconds) == written


@pytest.mark.parametrize(
    ("seconds", "written"), [(180, "3 min"), (5400, "90 min"), (75, "1 min 15 s"), (45, "45 s"), (59.9, "1 min")]
)
def test_length(seconds: float, written: str) -> None:
    """Lengths are written in words."""
    assert wording.length(seconds) == written


@pytest.mark.parametrize(("seconds", "written"), [(3, "a few seconds"), (44, "about 40 s"), (200, "about 3 min")])
def test_time_left_is_as_coarse_as_it_is_uncertain(seconds: float, written: str) -> None:
    """Estimates are rounded."""
    assert wording.time_left(seconds) == written


def test_moments_are_written_in_the_time_of_this_place() -> None:
    """Takes keep UTC; lists show local time."""
    assert wording.moment(datetime(2026, 11, 22, 9, 31, tzinfo=UTC)) == "2026-11-22 09:31"


def test_time_left_follows_the_speed() -> None:
    """Nothing is estimated before a second has passed; then the rest takes as long as what was done."""
    left = TimeLeft()
    assert left.after(10.0, 5.0, 100.0) is None
    assert left.after(10.5, 20.0, 100.0) is None
    assert left.after(12.0, 25.0, 105.0) == 8.0


def test_keys_give_way_whole_and_help_stays() -> None:
    """On a narrow line keys are left out from the end, none is cut; the last one and the way out stay longest."""
    hints = (Hint("a", "a", "Begin"), Hint("b", "b", "Mark"), Hint("?", "?", "Help"))
    assert fitting(hints, 80) == hints
    assert fitting(hints, 20) == (hints[0], hints[2])
    assert fitting(hints, 3) == (hints[2],)
    leaves = (hints[0], hints[1], Hint("escape", "esc", "Back"), hints[2])
    assert fitting(leaves, 28) == (hints[0], leaves[2], hints[2])
    assert fitting(leaves, 18) == (leaves[2], hints[2])
    assert fitting(leaves, 3) == (hints[2],)


@pytest.mark.parametrize(
    ("text", "cells", "kept"),
    [
        ("90-minute whiteboard: model-product integration", 47, "90-minute whiteboard: model-product integration"),
        ("90-minute whiteboard: model-product integration", 46, "90-minute whiteboard: model-product…"),
        ("90-minute whiteboard: model-product integration", 27, "90-minute whiteboard…"),
        ("a-name-of-a-recorder-without-blanks.wav", 12, "a-name-of-a…"),
        ("会議の練習", 6, "会議…"),
        ("会議の練習", 1, "…"),
        ("ab", 0, ""),
    ],
)
def test_what_has_no_room_is_left_out_by_whole_words(text: str, cells: int, kept: str) -> None:
    """No word is cut unless it is long, or stands in a text without blanks; nothing gets wider than its room."""
    assert shortened(text, cells) == kept
    assert cell_len(kept) <= cells


@given(st.text(alphabet=st.sampled_from("ab -会議é\u0301👩"), max_size=40), st.integers(0, 50))
def test_what_is_left_out_leaves_the_beginning(text: str, cells: int) -> None:
    """At any width what is kept is how the text begins, with an ellipsis behind it, and has room."""
    kept = shortened(text, cells)
    assert cell_len(kept) <= cells
    assert text.startswith(kept.removesuffix("…"))


def test_what_looks_the_same_is_not_drawn_again() -> None:
    """Rows and stacks are told apart by texts, styles and places: a live screen repaints what has changed, no more."""
    row = Row(shown(("text", "bold")), "lead", "tail")
    assert is_same(row, Row(shown(("text", "bold")), "lead", "tail"))
    assert is_same(Stack(shown("a"), row), Stack(shown("a"), row))
    others = (
        Row(shown("text"), "lead", "tail"),
        Row(shown(("text", "bold")), "lead", "tail", indent=9),
        Row(shown(("text", "bold")), "tail", "lead"),
        shown(("text", "bold")),
    )
    assert not any(is_same(row, other) for other in others)
    assert not is_same(Stack(shown("a")), Stack(shown("a"), row))


def test_big_digits_are_five_lines_of_one_width() -> None:
    """A time in big digits is five lines; all lines of all digits are equally wide."""
    lines = big("0123456789:-").split("\n")
    assert len(lines) == N_LINES
    assert len({len(line) for line in lines}) == 1


def test_every_verdict_has_its_own_glyph_and_word() -> None:
    """No two verdicts look alike without colours."""
    shown_as = {(marks.of_verdict(each).glyph, marks.of_verdict(each).word) for each in Verdict}
    assert len(shown_as) == len(Verdict)


def test_themes_go_round() -> None:
    """One key goes through all themes and back to the first; an unknown name leads to the first."""
    names = [theme.name for theme in THEMES]
    assert [next_theme(name) for name in names] == [*names[1:], names[0]]
    assert next_theme("no such theme") == names[0]


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_has_one_sign_everywhere(verdict: Verdict) -> None:
    """The screens show the sign that the reports print; where a terminal has ASCII alone, it stands for no other."""
    assert marks.of_verdict(verdict).glyph == verdict.sign
    plain = [ascii_for(each.sign) for each in Verdict]
    assert [len(each) for each in plain if each.isascii()] == [1] * len(Verdict)
    assert plain.count(ascii_for(verdict.sign)) == 1
