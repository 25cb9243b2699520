"""`python -m bench.soak`: kill the server five hundred times and print what was found."""

import argparse
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench.kill.rounds import kill_often


def main() -> int:
    """Run, print, and return 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20261008)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="village-open-soak-") as home:
        report = kill_often(Path(home), kills=asked.kills, seed=asked.seed, walk_every=20)
    for name, value in asdict(report).items():
        if name != "faults":
            print(f"{name.replace('_', ' '):24}{value:>12,.0f}")
    print("\n".join(report.faults) or "nothing lost, nothing half saved, nothing stuck, every chain holds")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
