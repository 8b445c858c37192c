"""The library as commands and screens see it."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pmrehearse.checking.findings import Findings, Verdict
from pmrehearse.errors import LibraryError, UsageError
from pmrehearse.library import catching_up
from pmrehearse.library.corrections import Corrections, Overruling, WordEdit
from pmrehearse.library.library import Library
from pmrehearse.library.rows import SnippetPart, TakeFilter, TakeRow
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.scenario.model import Origin, Scenario
from pmrehearse.scenario.reader import read_text
from pmrehearse.speech.segments import Transcript, Word, typed_transcript
from tests.library.conftest import TOML
from tests.library.making import NOW, HandChecks, heard, spoken, write_wav

GOOD = "so our metric is weekly retention of writers and we split them in half"
WEAK = "we could try many things and another idea is a newsletter"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library with checks that look for two words."""
    made = Library(tmp_path / "recordings", HandChecks, "checks 1")
    yield made
    made.close()


def _take(library: Library, scenario: Scenario, text: str, days: int = 0) -> Take:
    """A recorded and transcribed take, as a session makes it; nobody has asked for its report."""
    take = library.store.create(scenario, "Yeti", None, NOW + timedelta(days=days))
    part = spoken(text, 1.0)
    write_wav(library.store.audio_path(take.id), round(part.end_s * 16_000))
    take = replace(take, status=TakeStatus.RECORDED, n_samples=round(part.end_s * 16_000), ended="finished")
    library.save(take)
    library.store.append_segment(take.id, part)
    take = replace(take, status=TakeStatus.TRANSCRIBED)
    library.save(take)
    return take


def test_a_library_that_is_not_there_is_empty(library: Library) -> None:
    """Nothing is made by looking."""
    assert (library.rows(), library.count(), library.search("metric"), library.notice) == ((), 0, (), "")
    assert not library.root.exists()


def test_a_take_is_listed_from_its_first_moment(library: Library, scenario: Scenario) -> None:
    """While it is recorded, when it waits and when it is transcribed, a take is in the list as its file says."""
    assert library.rows() == ()
    take = library.store.create(scenario, "Yeti", None, NOW)
    assert [row.status for row in library.rows()] == [TakeStatus.RECORDING]
    library.save(replace(take, status=TakeStatus.RECORDED, n_samples=32_000, name="First"))
    assert library.rows() == (
        TakeRow(
            take.id, "mine/first-drill", "First drill", NOW, TakeStatus.RECORDED, 2.0, 120.0, None, 2, name="First"
        ),
    )


def test_a_report_tells_the_list_what_was_met(library: Library, scenario: Scenario) -> None:
    """After its report a take shows coverage, flags and pace, and every verdict with its time."""
    take = _take(library, scenario, GOOD)
    report = library.report(take.id)
    (row,) = library.rows()
    assert (row.n_met, row.n_elements, row.n_raised, row.coverage) == (2, 2, 0, 1.0)
    assert row.words_per_minute == report.delivery.words_per_minute
    assert row.n_fillers == sum(filler.count for filler in report.delivery.fillers)
    verdicts = [(one.element_id, one.verdict, round(one.at_s or 0, 3)) for one in library.verdicts()]
    assert verdicts == [("metric", Verdict.MET, 3.0), ("test", Verdict.MET, 6.2)]


def test_what_nobody_asked_for_is_caught_up_with(library: Library, scenario: Scenario) -> None:
    """Takes without report are marked and can be searched after catching up; a second time nothing is read."""
    takes = [_take(library, scenario, text, day) for day, text in enumerate((GOOD, WEAK, GOOD))]
    assert library.catch_up() == 3
    assert [(row.take_id, row.n_met, row.n_raised) for row in library.rows()] == [
        (takes[2].id, 2, 0),
        (takes[1].id, 0, 1),
        (takes[0].id, 2, 0),
    ]
    assert [hit.row.take_id for hit in library.search("newsletter")] == [takes[1].id]
    assert library.catch_up() == 0


def test_better_checks_mark_old_takes_again(library: Library, scenario: Scenario) -> None:
    """Takes that other checks marked are marked anew; the same checks have nothing to do."""
    _take(library, scenario, GOOD)
    library.catch_up()
    library.close()
    better = Library(library.root, lambda _: HandChecks(_, wanted=("writers", "newsletter")), "checks 2")
    try:
        assert (better.catch_up(), better.catch_up()) == (1, 0)
        assert [row.n_met for row in better.rows()] == [1]
    finally:
        better.close()


def test_takes_copied_in_and_taken_out_are_noticed(library: Library, scenario: Scenario, tmp_path: Path) -> None:
    """A folder that appears is listed, one that is gone is not, one that changed is read again."""
    take, other = _take(library, scenario, GOOD), _take(library, scenario, WEAK, 1)
    library.catch_up()
    away = tmp_path / "away"
    shutil.move(library.store.folder(take.id), away)
    assert library.catch_up() == 0
    assert [row.take_id for row in library.rows()] == [other.id]
    shutil.move(away, library.root / take.id)
    assert library.catch_up() == 1
    assert {row.take_id for row in library.rows()} == {take.id, other.id}


def test_filters_and_pages(library: Library, scenario: Scenario) -> None:
    """Takes are found by scenario, pack, status, tag and time, and page by page, the newest first."""
    other = read_text(TOML.replace("mine/first-drill", "yours/second"), Origin.USER, "second.toml")
    ids = [_take(library, scenario if day % 2 else other, GOOD, day).id for day in range(6)]
    library.tag(ids[2], ["mock", "mock", " with  Ann "])
    newest = list(reversed(ids))
    assert [row.take_id for row in library.rows()] == newest
    assert [row.take_id for row in library.rows(limit=2, offset=3)] == newest[3:5]
    assert library.count(TakeFilter(tag="with Ann")) == 1
    assert library.rows(TakeFilter(tag="mock"))[0].tags == ("mock", "with Ann")
    assert library.count(TakeFilter(tag="moc")) == 0
    assert library.count(TakeFilter(status=TakeStatus.TRANSCRIBED)) == 6
    assert library.count(TakeFilter(status=TakeStatus.RECORDING)) == 0
    assert [row.take_id for row in library.rows(TakeFilter(scenario_id="yours/second"))] == newest[1::2]
    assert [row.take_id for row in library.rows(TakeFilter(pack="mine"))] == newest[::2]
    window = TakeFilter(since=NOW + timedelta(days=1), until=NOW + timedelta(days=4))
    assert [row.take_id for row in library.rows(window)] == newest[2:5]
    assert library.scenario_ids() == ("mine/first-drill", "yours/second")


def test_a_search_shows_the_words_and_the_moment(library: Library, scenario: Scenario) -> None:
    """A hit carries the words around what was found and the second at which it was said."""
    _take(library, scenario, GOOD)
    library.catch_up()
    (hit,) = library.search("retent")
    assert hit.snippet == (
        SnippetPart("so our metric is weekly", is_match=False),
        SnippetPart("retention", is_match=True),
        SnippetPart("of writers and we split them in half", is_match=False),
    )
    assert hit.at_s == pytest.approx(3.0, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("metric retention", True),
        ("retention metric", True),
        ("METRIC", True),
        ("metr", True),
        ('"weekly retention"', True),
        ('"retention weekly"', False),
        ('"weekly retent"', False),
        ("zebra", False),
        ("metric zebra", False),
        ("", False),
        ("   ", False),
        ('"', False),
        ("!!! ???", False),
    ],
)
def test_what_a_search_finds(library: Library, scenario: Scenario, text: str, is_found: bool) -> None:  # noqa: FBT001 - a table's column
    """All words, in any order, with any ending; quoted ones just so; nothing for nothing."""
    _take(library, scenario, GOOD)
    library.catch_up()
    assert (len(library.search(text)), library.count_found(text)) == ((1, 1) if is_found else (0, 0))


@pytest.mark.parametrize(
    "text",
    ["AND OR NOT", "a* b:c ^d", "NEAR(a b)", "text : x", "'; DROP TABLE takes; --", '"a""b"', "(", "-x", "\x00", "{a}"],
)
def test_no_search_is_a_wrong_one(library: Library, scenario: Scenario, text: str) -> None:
    """Operators, quotes and statements are words like others."""
    _take(library, scenario, GOOD)
    library.catch_up()
    assert library.search(text) == ()


def test_a_take_is_found_by_its_name(library: Library, scenario: Scenario) -> None:
    """The name that a user gave is searched too; there is no moment then."""
    take = _take(library, scenario, GOOD)
    library.rename(take.id, "Dress rehearsal with Ann")
    (hit,) = library.search("dress ann")
    assert (hit.row.name, hit.snippet, hit.at_s) == ("Dress rehearsal with Ann", (), None)


def test_a_typed_take_has_no_times(library: Library, scenario: Scenario) -> None:
    """A typed answer is marked and searched like another, without moments and pace."""
    take = library.store.create(scenario, "", None, NOW, status=TakeStatus.TRANSCRIBED)
    library.store.set_transcript(take.id, typed_transcript(GOOD))
    report = library.report(take.id)
    (hit,) = library.search("retention")
    assert (hit.at_s, hit.row.words_per_minute, hit.row.n_met, report.missed) == (None, None, 2, ())


def test_a_deleted_take_leaves_no_trace(library: Library, scenario: Scenario) -> None:
    """Neither list nor search nor any byte of the library's files knows of it afterwards."""
    take = _take(library, scenario, "the zebrafish secret")
    kept = _take(library, scenario, GOOD, 1)
    library.catch_up()
    library.delete(take.id)
    assert [row.take_id for row in library.rows()] == [kept.id]
    assert library.search("zebrafish") == ()
    left = b"".join(path.read_bytes() for path in library.root.rglob("*") if path.is_file())
    assert (b"zebrafish" in left, take.id.encode() in left) == (False, False)


def test_the_index_is_private(library: Library, scenario: Scenario) -> None:
    """The index, its log and its shared memory are of mode 0600."""
    _take(library, scenario, GOOD)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in library.root.glob("library.db*")}
    assert modes == {"library.db": 0o600, "library.db-wal": 0o600, "library.db-shm": 0o600}


def test_corrections_mark_a_take_again(library: Library, scenario: Scenario) -> None:
    """A misheard word put right and a verdict overruled change transcript, report, list and search; the old is kept."""
    take = _take(library, scenario, "our metric is weekly detention")
    assert library.report(take.id).findings.n_met == 0
    edits = (WordEdit(0, 4, 4, "detention", "retention"),)
    verdicts = (Overruling("test", Verdict.MET, "we halve them", "said otherwise", NOW),)
    report = library.correct(take.id, Corrections(edits, verdicts))
    assert (report.transcript.text, report.findings.n_met) == ("our metric is weekly retention", 2)
    assert report.transcript.words[4].start_s == pytest.approx(2.6)
    assert (library.rows()[0].n_met, library.count_found("retention"), library.count_found("detention")) == (2, 1, 0)
    assert library.store.recognised(take.id).text == "our metric is weekly detention"
    assert library.open(take.id).corrections == Corrections(edits, verdicts)


def test_a_damaged_take_is_listed_with_what_is_known(library: Library, scenario: Scenario) -> None:
    """Time and scenario come from the folder's name; the row says that something is wrong."""
    take = _take(library, scenario, GOOD)
    (library.store.folder(take.id) / "take.json").write_bytes(b"")
    library.rebuild()
    (row,) = library.rows()
    assert (row.take_id, row.scenario_id, row.started_at) == (take.id, "mine/first-drill", NOW.replace(microsecond=0))
    assert "damaged" in row.problem
    assert library.not_transcribed() == (take.id,)


def test_a_take_whose_scenario_cannot_be_read_keeps_its_row(library: Library, scenario: Scenario) -> None:
    """Title, length and name are known from the take's own file."""
    take = library.store.create(replace(scenario, source_toml="["), "", None, NOW)
    library.save(replace(take, status=TakeStatus.TRANSCRIBED, name="Old one"))
    library.catch_up()
    (row,) = library.rows()
    assert (row.title, row.name, row.planned_s) == ("First drill", "Old one", 120.0)
    assert "scenario's copy" in row.problem
    assert library.catch_up() == 0


def test_missing_and_short_sound_is_shown(library: Library, scenario: Scenario) -> None:
    """A take whose sound is gone or was cut off stays, marked, and its transcript still counts."""
    gone, short = _take(library, scenario, GOOD), _take(library, scenario, GOOD, 1)
    library.store.audio_path(gone.id).unlink()
    write_wav(library.store.audio_path(short.id), 100)
    library.rebuild()
    assert [(row.problem, row.n_met) for row in library.rows()] == [
        ("its sound was cut off", 2),
        ("its sound is missing", 2),
    ]


def test_checks_that_refuse_are_named_and_not_asked_again(library: Library, scenario: Scenario) -> None:
    """A take that cannot be marked stays listed and searched, and says why."""

    def refuse(_: Scenario) -> HandChecks:
        raise LibraryError("a lexicon is missing")

    _take(library, scenario, GOOD)
    library.close()
    refusing = Library(library.root, refuse, "checks 3")
    try:
        assert (refusing.catch_up(), refusing.catch_up()) == (1, 0)
        assert (refusing.rows()[0].problem, refusing.count_found("retention")) == ("a lexicon is missing", 1)
    finally:
        refusing.close()


def test_progress_is_told_and_can_end_the_work(library: Library, scenario: Scenario) -> None:
    """Whoever is told of progress can break off; what was read stays."""
    for day in range(3):
        _take(library, scenario, GOOD, day)
    told: list[tuple[int, int]] = []
    library.rebuild(lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (3, 3)]

    def stop(_: int, __: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.rebuild(stop)
    assert library.count() == 3


@pytest.mark.parametrize(("wanted", "nth"), [("last", 2), ("{0}", 0), ("11-23T", 1)])
def test_a_take_is_meant_by_part_of_its_id(library: Library, scenario: Scenario, wanted: str, nth: int) -> None:
    """The whole id, a part that no other has, or "last"."""
    ids = [_take(library, scenario, GOOD, day).id for day in range(3)]
    assert library.resolve(wanted.format(*ids)) == ids[nth]


@pytest.mark.parametrize(("wanted", "complaint"), [("first-drill", "3 takes"), ("zebra", "no take"), ("", "no take")])
def test_an_unclear_take_is_asked_about(library: Library, scenario: Scenario, wanted: str, complaint: str) -> None:
    """Several or none: an error of usage that shows what could be meant."""
    for day in range(3):
        _take(library, scenario, GOOD, day)
    with pytest.raises(UsageError, match=complaint):
        library.resolve(wanted)


def test_many_threads_ask_and_change(library: Library, scenario: Scenario) -> None:
    """Lists, searches, reports and new takes from eight threads end without a fault, and nothing is missing."""
    takes = [_take(library, scenario, GOOD, day) for day in range(4)]
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for _ in range(5):
                library.report(takes[number % 4].id)
                library.search("retention")
                typed = library.store.create(scenario, "", None, NOW, status=TakeStatus.TRANSCRIBED)
                library.store.set_transcript(typed.id, Transcript())
                library.rows()
        except BaseException as fault:  # noqa: BLE001 - told by the test's own thread
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (faults, library.count()) == ([], 44)


def test_a_broken_index_never_stops_a_take(
    library: Library, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the index cannot be written, takes are made and kept all the same, and are listed later."""

    def refuse(*_: object, **__: object) -> None:
        raise LibraryError("the index is busy")

    with monkeypatch.context() as patched:
        patched.setattr("pmrehearse.library.keeping.open_database", refuse)
        take = _take(library, scenario, GOOD)
    assert library.catch_up() == 1
    assert [row.take_id for row in library.rows()] == [take.id]


def test_heard_twice_is_kept_once(library: Library, scenario: Scenario) -> None:
    """A report that says what the index already holds writes nothing."""
    take = _take(library, scenario, GOOD)
    library.report(take.id)

    def version() -> int:
        with sqlite3.connect(library.root / "library.db") as connection:
            found: int = connection.execute("PRAGMA data_version").fetchone()[0]
        connection.close()
        return found

    wal = library.root / "library.db-wal"
    before = (version(), wal.read_bytes())
    library.report(take.id)
    assert (version(), wal.read_bytes()) == before
    library.store.set_transcript(take.id, heard(spoken("something else")))
    library.report(take.id)
    assert wal.read_bytes() != before[1]


def test_marking_holds_up_no_list_and_no_search(tmp_path: Path, scenario: Scenario) -> None:
    """While a take is being marked, however long that takes, lists and searches answer from what is known."""
    begun, answered = threading.Event(), threading.Event()

    class Slow(HandChecks):
        def check(self, words: Sequence[Word]) -> Findings:
            begun.set()
            assert answered.wait(60), "nobody was answered"
            return super().check(words)

    library = Library(tmp_path / "recordings", Slow, "1")
    take = library.store.create(scenario, "Yeti", None, NOW, status=TakeStatus.RECORDED)
    library.store.append_segment(take.id, spoken("our metric is retention"))
    library.save(replace(take, status=TakeStatus.TRANSCRIBED))
    marking = threading.Thread(target=library.catch_up, daemon=True)
    marking.start()
    assert begun.wait(60)
    assert [row.n_met for row in library.rows()] == [None]
    assert library.count_found("retention") == 1
    assert library.marked() == ()
    before = library.revision()
    answered.set()
    marking.join(60)
    assert [row.n_met for row in library.rows()] == [1]
    assert [take.verdicts for take in library.marked()] == [(("metric", Verdict.MET), ("test", Verdict.MISSING))]
    assert library.revision() != before
    library.close()


def test_of_a_lost_index_every_take_is_listed_at_once(
    tmp_path: Path, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest are listed as their files say, the others by their names, and a search reads some at a time."""
    monkeypatch.setattr(catching_up, "SEEN_AT_ONCE", 2)
    monkeypatch.setattr(catching_up, "BATCH", 2)
    library = Library(tmp_path / "recordings", HandChecks, "1")
    for day in range(5):
        take = library.store.create(scenario, "Yeti", None, NOW + timedelta(days=day), status=TakeStatus.RECORDED)
        library.store.append_segment(take.id, spoken("our metric is retention"))
        library.save(replace(take, status=TakeStatus.TRANSCRIBED))
    library.close()
    for path in library.root.glob("library.db*"):
        path.unlink()
    library = Library(library.root, HandChecks, "1")
    rows = library.rows()
    assert [row.title for row in rows] == ["First drill"] * 2 + ["mine/first-drill"] * 3
    assert rows[-1].started_at == NOW.replace(microsecond=0)
    assert [library.count_found("retention") for _ in range(4)] == [2, 4, 5, 5]
    assert not library.has_unread()
    library.catch_up()
    assert [(row.title, row.n_met) for row in library.rows()] == [("First drill", 1)] * 5
    library.close()


def test_waiting_takes_are_those_that_can_be_finished(tmp_path: Path, scenario: Scenario) -> None:
    """A take without a whole transcript waits; one that is whole does not."""
    library = Library(tmp_path / "recordings", HandChecks, "1")
    waits = library.store.create(scenario, "Yeti", None, NOW, status=TakeStatus.RECORDED)
    whole = library.store.create(scenario, "", None, NOW, status=TakeStatus.RECORDED)
    library.save(replace(whole, status=TakeStatus.TRANSCRIBED))
    assert [row.take_id for row in library.rows(TakeFilter(is_waiting=True))] == [waits.id]
    library.close()
