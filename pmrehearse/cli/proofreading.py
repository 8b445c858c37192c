"""Is a scenario file right: can it be read, and are its examples judged as its author says?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.values import FileChecked, FilesChecked, WrongExample
from pmrehearse.errors import ScenarioError
from pmrehearse.speech.segments import words_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pmrehearse.checking.findings import Findings
    from pmrehearse.cli.ports import Program
    from pmrehearse.scenario.model import Scenario


def proofread_files(program: Program, files: Sequence[Path]) -> FilesChecked:
    """What is wrong with these files."""
    return FilesChecked(tuple(_proofread_file(program, file) for file in files))


def proofread_all(program: Program) -> FilesChecked:
    """What is wrong with the scenarios there are, the user's own and those that come with the program."""
    usable = [listed.id for listed in program.packs.all_scenarios() if not listed.problem]
    broken = [FileChecked(clean_line(str(one.path)), one.message, 0, ()) for one in program.packs.broken()]
    return FilesChecked((*(_proofread(program, program.packs.find(name), name) for name in usable), *broken))


def _proofread_file(program: Program, file: Path) -> FileChecked:
    name = clean_line(str(file))
    try:
        scenario = program.packs.load(file)
    except ScenarioError as error:
        return FileChecked(name, error.message, 0, ())
    return _proofread(program, scenario, name)


def _proofread(program: Program, scenario: Scenario, name: str) -> FileChecked:
    checking = program.checking(scenario)
    wrong = []
    examples = list(_examples(scenario))
    for item, list_name, text in examples:
        verdict = _verdict(checking.check(words_of_text(text)), item)
        if (verdict in ("met", "raised")) != (list_name in ("met_by", "raised_by")):
            wrong.append(WrongExample(item, list_name, text, verdict))
    return FileChecked(name, "", len(examples), tuple(wrong))


def _examples(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Every example: (the id of its element or flag, the list it stands in, its text)."""
    for element in scenario.elements:
        yield from ((element.id, "met_by", text) for text in element.met_by)
        yield from ((element.id, "missed_by", text) for text in element.missed_by)
    for flag in scenario.flags:
        yield from ((flag.id, "raised_by", text) for text in flag.raised_by)
        yield from ((flag.id, "cleared_by", text) for text in flag.cleared_by)


def _verdict(findings: Findings, item: str) -> str:
    verdicts = {finding.element_id: finding.verdict.value for finding in findings.elements}
    flags = {finding.flag_id: "raised" if finding.raised else "not raised" for finding in findings.flags}
    return (verdicts | flags)[item]
