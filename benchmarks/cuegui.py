# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the dock costs CueGUI: refresh times and memory with it open and without, taken in turns.

`./dev python benchmarks/cuegui.py PYTHON HOST:PORT JOB`: CueGUI's Python, a farm, and a job there. Printed, not judged;
the goal is at most a tenth more.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

from cueffmpeg_gui.api.cuegui.install import plan_start
from cueffmpeg_gui.settings import find_home

PROBE = Path(__file__).with_name("cuegui_probe.py")
WAYS = ("without", "with")
PATIENCE_SECONDS = 180


def probe(python: str, farm: str, job: str, way: str) -> dict[str, float]:
    """One CueGUI, from its start to its end."""
    with tempfile.TemporaryDirectory() as place:
        environment = {**os.environ, "HOME": place, "CUEBOT_HOSTS": farm, "QT_QPA_PLATFORM": "offscreen"}
        home = find_home({"CUEFFMPEG_HOME": place})
        plan = plan_start(home, environment, python, "cuetopia")
        command = [plan.command[0], str(PROBE), job, way]
        ended = subprocess.run(
            command, env=plan.environment, capture_output=True, text=True, check=True, timeout=PATIENCE_SECONDS
        )
        return dict(json.loads(ended.stdout.splitlines()[-1]))


def main() -> None:
    """Takes both in turns and prints medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python")
    parser.add_argument("farm")
    parser.add_argument("job")
    parser.add_argument("--turns", type=int, default=5)
    asked = parser.parse_args()
    taken: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(asked.turns):
        for way in WAYS:
            taken[way].append(probe(asked.python, asked.farm, asked.job, way))
    print(f"{'':20}{'without':>10}{'with':>10}{'ratio':>8}")
    for name in taken["with"][0]:
        without, with_it = (statistics.median(one[name] for one in taken[way]) for way in WAYS)
        print(f"{name:20}{without:10.1f}{with_it:10.1f}{with_it / without:8.2f}")


if __name__ == "__main__":
    main()
