# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Runs the very ffmpeg commands that a job's hosts would run, without a worker around them, and hears all they say."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cueffmpeg_gui.jobs.plan import LOG_NAME, preview_commands
from cueffmpeg_gui.jobs.spec import JobSpec


@dataclass(frozen=True)
class Heard:
    """What ffmpeg said of its work."""

    text: str

    @property
    def inserted(self) -> list[str]:
        """The lines about filters that ffmpeg put into a graph by itself."""
        return [line for line in self.text.splitlines() if "auto-inserting" in line or "auto_scale" in line]


def run_layer(spec: JobSpec, layer: str, ffmpeg: str, folder: Path) -> list[Heard]:
    """Runs the commands of a layer, as talkative as ffmpeg gets short of debugging."""
    return [hear(argv, folder) for argv in preview_commands(spec, layer, ffmpeg)]


def hear(argv: list[str], folder: Path) -> Heard:
    loud = ["verbose" if word == "error" else word for word in argv]
    run = subprocess.run(loud, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    text = run.stderr.decode("utf-8", "replace")
    assert run.returncode == 0, text
    return Heard(text)


def scored(spec: JobSpec, ffmpeg: str, folder: Path) -> list[dict[str, float]]:
    """The rows of a comparison that is not chunked."""
    (heard,) = run_layer(spec, "compare", ffmpeg, folder)
    assert not heard.inserted
    return log_rows(folder / LOG_NAME)


def log_rows(log: Path) -> list[dict[str, Any]]:
    return [frame["metrics"] for frame in json.loads(log.read_text())["frames"]]
