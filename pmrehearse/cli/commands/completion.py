"""`completion`: what a shell needs to complete the words of a command."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.values import Verbatim

SHELLS = ("bash", "zsh", "fish")


@command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, *, shell: str) -> Outcome:
    """Print the completion script for a shell.

    bash: add `eval "$(pmrehearse completion bash)"` to ~/.bashrc; zsh the same in ~/.zshrc; fish:
    `pmrehearse completion fish > ~/.config/fish/completions/pmrehearse.fish`.
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    script = found(context.find_root().command, {}, "pmrehearse", "_PMREHEARSE_COMPLETE").source()
    return Outcome(Verbatim(script.rstrip("\n") + "\n"))
