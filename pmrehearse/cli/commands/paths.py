"""`paths`: where everything stands."""

from __future__ import annotations

from pmrehearse import places
from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.machine_values import Place, Places


@command("paths")
@pass_invocation
def paths(invocation: Invocation) -> Outcome:
    """Say where everything stands.

    Takes, settings, your own scenarios, logs, checkpoints and what can be made again, with the variable that moves
    each.
    """
    stands = (
        ("takes", invocation.settings.library_dir, "PMREHEARSE_LIBRARY"),
        ("settings", invocation.settings.path, "PMREHEARSE_CONFIG_DIR"),
        ("own scenarios", places.user_scenarios_dir(), "PMREHEARSE_CONFIG_DIR"),
        ("scenarios", places.shipped_scenarios_dir(), ""),
        ("logs", places.state_dir(), "PMREHEARSE_STATE_DIR"),
        ("checkpoints", places.whisper_cache_dir(), "XDG_CACHE_HOME"),
        ("imported", places.checkpoints_dir(), "PMREHEARSE_CHECKPOINTS_DIR"),
        ("cache", places.cache_dir(), "PMREHEARSE_CACHE_DIR"),
    )
    return Outcome(Places(tuple(Place(name, path, variable, path.exists()) for name, path, variable in stands)))
