"""`search`: what was said, in all takes."""

from __future__ import annotations

import click

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.narration import Narrator
from pmrehearse.cli.params import ScenarioName
from pmrehearse.cli.values import SearchResult
from pmrehearse.errors import UsageError
from pmrehearse.library.rows import TakeFilter

FOUND = 20
"""Takes shown unless more are asked for."""


@command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--scenario", type=ScenarioName(), default="", help="Only in takes of this scenario.")
@click.option("--limit", type=click.IntRange(min=1), default=FOUND, show_default=True, help="How many.")
@pass_invocation
def search(invocation: Invocation, *, text: tuple[str, ...], scenario: str, limit: int) -> Outcome:
    """Find what was said, in all takes.

    All words must have been said, with any ending; words in quotes must follow one another. The best comes first.
    """
    wanted, words = TakeFilter(scenario_id=scenario), " ".join(text)
    if not words.strip():
        raise UsageError("There is nothing to look for.", "Give a word that was said.")
    kept = invocation.program.library
    if kept.has_unread():
        with Narrator().bar() as draw:
            kept.catch_up(
                lambda done, total: draw("Reading takes", done, total, f"{done} of {total}"), with_marks=False
            )
    hits = tuple(kept.search(words, wanted, limit))
    return Outcome(SearchResult(words, hits, kept.count_found(words, wanted)))
