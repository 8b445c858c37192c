"""All long runs, one after another, at their published counts.

    python -m tests.soak [--share 0.1] [NAME …]

`--share` runs a part of each count. Exits with 1 when anything was not as it must be.
"""

from __future__ import annotations

import argparse
import importlib
import math
import sys

from tests.soak.long_run import carry_out

NAMES = (
    "hostile_files",
    "privacy",
    "index_damages",
    "power_cuts",
    "exits",
    "worker_kills",
    "fuzzing",
    "kills",
    "long_take",
)
"""The quick ones first."""


def main() -> None:
    """Run them."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of: {', '.join(NAMES)}")
    parser.add_argument("--share", type=float, default=1.0, help="this part of the published counts")
    wanted = parser.parse_args()
    if unknown := set(wanted.names) - set(NAMES):
        parser.error(f"there is no run {', '.join(sorted(unknown))}")
    n_faults = 0
    for name in wanted.names or NAMES:
        module = importlib.import_module(f"tests.soak.{name}")
        n_faults += len(carry_out(name, module.run, max(1, math.ceil(module.ROUNDS * wanted.share))).faults)
    sys.exit(1 if n_faults else 0)


if __name__ == "__main__":
    main()
