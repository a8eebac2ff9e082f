# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the one who starts the farm can choose, and how it travels to the farm's own process."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

LOG_FORMATS = ("rust", "python")
# Variable every frame carries: the folder of its farm. By it orphans are known, and workers know where they are.
FARM_MARK = "CUEFFMPEG_LOCAL_FARM"


def computer_cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def computer_memory_kb() -> int:
    """Memory of this computer in KB."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemTotal:"):
                return int(line.split()[1])
    except OSError:
        pass
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024


@dataclass(frozen=True)
class FarmSettings:
    """How the farm shares out this computer and what its frames see.

    log_format: "rust" (each output line begins `[HH:MM:SS] `) or "python" (lines as they are), as the two rqds write.
    strict: refuse unknown shows and jobs of root, as a studio's Cuebot does, even when the farm itself runs as root.
    frame_path: folders before the fixed PATH of a frame; frame_env: further variables of a frame.
    kill_grace: seconds between TERM and KILL.
    keep_days, keep_jobs: finished jobs are off the list when they are older, or others are newer; 0: they never are.
    """

    cores: int = field(default_factory=computer_cores)
    memory_kb: int = field(default_factory=computer_memory_kb)
    log_format: str = "rust"
    strict: bool = False
    frame_path: tuple[str, ...] = ()
    frame_env: tuple[tuple[str, str], ...] = ()
    kill_grace: float = 5.0
    keep_days: int = 30
    keep_jobs: int = 1000

    def to_arguments(self) -> list[str]:
        """The settings as arguments of `python -m cueffmpeg_gui.localfarm`."""
        arguments = [
            f"--cores={self.cores}",
            f"--memory-kb={self.memory_kb}",
            f"--log-format={self.log_format}",
            f"--kill-grace={self.kill_grace}",
            f"--keep-days={self.keep_days}",
            f"--keep-jobs={self.keep_jobs}",
        ]
        arguments += ["--strict"] if self.strict else []
        arguments += [f"--frame-path={folder}" for folder in self.frame_path]
        return arguments + [f"--frame-env={name}={value}" for name, value in self.frame_env]


@dataclass(frozen=True)
class FarmCall:
    """One call of `python -m cueffmpeg_gui.localfarm`. umask: the one frames get."""

    root: Path
    port: int
    detach: bool
    settings: FarmSettings
    umask: int = 0o022


def read_arguments(arguments: Sequence[str]) -> FarmCall:
    """Arguments → call; prints usage and exits with 2 when they make no sense."""
    defaults = FarmSettings()
    parser = argparse.ArgumentParser(prog="python -m cueffmpeg_gui.localfarm", description="Run the local farm.")
    parser.add_argument("--root", type=Path, required=True, help="folder of the farm: state, database, logs")
    parser.add_argument("--port", type=int, default=0, help="0 (default) takes a free one")
    parser.add_argument("--detach", action="store_true", help="return as soon as the farm answers")
    parser.add_argument("--cores", type=int, default=defaults.cores)
    parser.add_argument("--memory-kb", type=int, default=defaults.memory_kb)
    parser.add_argument("--log-format", choices=LOG_FORMATS, default=defaults.log_format)
    parser.add_argument("--kill-grace", type=float, default=defaults.kill_grace)
    parser.add_argument("--keep-days", type=int, default=defaults.keep_days)
    parser.add_argument("--keep-jobs", type=int, default=defaults.keep_jobs)
    parser.add_argument(
        "--strict", action="store_true", help="refuse unknown shows and root, as a studio's Cuebot does"
    )
    parser.add_argument("--frame-path", action="append", default=[], metavar="FOLDER")
    parser.add_argument("--frame-env", action="append", default=[], metavar="NAME=VALUE")
    given = parser.parse_args(arguments)
    settings = FarmSettings(
        cores=max(1, given.cores),
        memory_kb=max(1, given.memory_kb),
        log_format=given.log_format,
        strict=given.strict,
        frame_path=tuple(given.frame_path),
        frame_env=tuple((name, value) for name, _, value in (pair.partition("=") for pair in given.frame_env)),
        kill_grace=given.kill_grace,
        keep_days=max(0, given.keep_days),
        keep_jobs=max(0, given.keep_jobs),
    )
    return FarmCall(given.root.absolute(), given.port, given.detach, settings)
