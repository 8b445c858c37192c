"""Where does a new scenario of the user's stand, and what may stand in its way?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pmrehearse import places
from pmrehearse.cleaning import clean_line
from pmrehearse.durable import make_private_dir, open_private
from pmrehearse.errors import UsageError
from pmrehearse.scenario.drafts import draft
from pmrehearse.scenario.ids import problem_with_scenario_id
from pmrehearse.scenario.shelf import LEXICONS

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.cli.ports import PacksPort


def written_draft(packs: PacksPort, scenario_id: str, title: str, minutes: float) -> Path:
    """Write the file of a new scenario, PACK/NAME.toml in the user's folder.

    Args:
        packs: The scenarios there are.
        scenario_id: "pack/name".
        title: How it is shown; "" for the name in words.
        minutes: How long an answer lasts.

    Raises:
        UsageError: The id is none, or is taken; there is such a file; the folder cannot be written.
    """
    pack, _, name = scenario_id.partition("/")
    if problem := problem_with_scenario_id(scenario_id) or (f"'{LEXICONS}' is no pack" if pack == LEXICONS else ""):
        raise UsageError(
            f"'{clean_line(scenario_id, 100)}' is no id for a scenario: {problem}.", "Try mine/first-case."
        )
    if any(listed.id == scenario_id for listed in packs.all_scenarios()):
        raise UsageError(f"There is a scenario {scenario_id} already.", "Choose another name.")
    shown = clean_line(title) or name.replace("-", " ").replace("_", " ").capitalize()
    path = places.user_scenarios_dir() / pack / f"{name}.toml"
    _write(path, draft(scenario_id, shown, minutes))
    return path


def _write(path: Path, text: str) -> None:
    name = clean_line(str(path))
    try:
        make_private_dir(path.parent)
        with os.fdopen(open_private(path), "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{name} is there already.", "Choose another name; nothing was changed.") from error
    except OSError as error:
        raise UsageError(
            f"{name} cannot be written: {error.strerror}.", "`pmrehearse paths` names the folder."
        ) from error
