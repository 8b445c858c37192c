"""What the lists of commands promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from pmrehearse.cli.answering import AnsweringCommand
from pmrehearse.cli.app import SECTIONS, cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmrehearse.cli.lazy import Entry
    from tests.cli.conftest import Caller

ENTRIES = [entry for section in SECTIONS for entry in section.entries]


def loaded(entry: Entry) -> click.Command:
    """The command behind a line of the list."""
    command = cli.get_command(click.Context(cli), entry.name)
    assert command is not None
    return command


def leaves(command: click.Command) -> Iterator[click.Command]:
    """The command, or those of a group."""
    if isinstance(command, click.Group):
        yield from command.commands.values()
    else:
        yield command


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_line_in_the_list_is_the_command_s_own(entry: Entry) -> None:
    """What the list says of a command is the first line of its help, and its name is its own."""
    command = loaded(entry)
    assert (command.name, (command.help or "").splitlines()[0]) == (entry.name, entry.summary)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_command_can_answer_in_json(entry: Entry) -> None:
    """`--json` everywhere."""
    for command in leaves(loaded(entry)):
        assert isinstance(command, AnsweringCommand)
        assert any("--json" in option.opts for option in command.params)


def test_the_list_names_every_command(call: Caller) -> None:
    """`--help` lists all of them, in 80 columns, with the exit codes below."""
    called = call("--help")
    assert called.code == 0
    for entry in ENTRIES:
        assert f"  {entry.name} " in called.out
    assert "130 interrupted" in " ".join(called.out.split())
    assert max(map(len, called.out.splitlines())) <= 80


@pytest.mark.parametrize("group", ["config", "model", "library", "scenario"])
def test_no_line_of_a_group_is_cut(call: Caller, group: str) -> None:
    """What each command of a group does fits into 80 columns as a whole sentence."""
    lines = call(group, "--help").out.splitlines()
    assert [line for line in lines if line.endswith("...") and "Usage:" not in line] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_be_taught(call: Caller, shell: str) -> None:
    """The completion script of each shell goes to stdout."""
    called = call("completion", shell)
    assert called.code == 0
    assert "_PMREHEARSE_COMPLETE" in called.out
