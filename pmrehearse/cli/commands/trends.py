"""`trends`: how scenarios and elements went over the takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.catching_up import caught_up
from pmrehearse.cli.invocation import Invocation, ScreenStart, pass_invocation
from pmrehearse.cli.params import ScenarioName
from pmrehearse.cli.practice_values import Trends
from pmrehearse.scenario.ids import scenario_and_element

if TYPE_CHECKING:
    from pmrehearse.practice.records import Records


@command("trends")
@click.option("--scenario", type=ScenarioName(), default="", help="Only this one, with every element of it.")
@click.option("--screen", is_flag=True, help="Draw them on the screen.")
@pass_invocation
def trends(invocation: Invocation, *, scenario: str, screen: bool) -> Outcome:
    """Show how scenarios and elements went over the takes.

    For each scenario its takes, the last and the best; then the elements that fail most, over all scenarios. Drills
    count for their element, not for its scenario.
    """
    if scenario:
        invocation.program.packs.find(scenario)
    if screen:
        start = ScreenStart(scenario_id=scenario, progress=True)
        return Outcome(None, invocation.screens(lambda: invocation.program, start))
    practice = caught_up(invocation.program)
    records = practice.records()
    titles = {scenario_and_element(each.drill): each.title for each in practice.standings(records)}
    return Outcome(Trends(_only(records, scenario) if scenario else records, titles, whole=bool(scenario)))


def _only(records: Records, scenario_id: str) -> Records:
    elements = tuple(each for each in records.elements if each.scenario_id == scenario_id)
    return replace(
        records,
        scenarios=tuple(each for each in records.scenarios if each.scenario_id == scenario_id),
        elements=elements,
        n_drills=len({made.take_id for each in elements for made in each.tries if made.is_drill}),
    )
