"""Is a scenario file right: can it be read, and are its examples judged as its author says?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.checking.examples import wrong_examples
from pmrehearse.cleaning import clean_line
from pmrehearse.cli.values import FileChecked, FilesChecked
from pmrehearse.errors import ScenarioError
from pmrehearse.session.marking import Marking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
        return _proofread(program, program.packs.load(file), name)
    except ScenarioError as error:
        return FileChecked(name, error.message, 0, ())


def _proofread(program: Program, scenario: Scenario, name: str) -> FileChecked:
    unruled = any(element.check is None for element in scenario.elements)
    marking = Marking(program.packs.lexicons, program.judging if unruled else None)  # examples are tests of the rules
    wrong = wrong_examples(scenario, marking.checker(scenario))
    return FileChecked(name, "", _count_examples(scenario), wrong)


def _count_examples(scenario: Scenario) -> int:
    in_elements = sum(len(element.met_by) + len(element.missed_by) for element in scenario.elements)
    return in_elements + sum(len(flag.raised_by) + len(flag.cleared_by) for flag in scenario.flags)
