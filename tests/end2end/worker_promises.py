# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What every worker promises: an exit code with one sentence, and no half file."""

from pathlib import Path

from worker_jobs import Run

PARTS = ".cueffmpeg-*"


def failed(run: Run, code: int, *words: str) -> None:
    """The promise to a wrangler: the code, and a last line of one sentence."""
    assert run.returncode == code, run.lines
    last = run.lines[-1]
    assert last.startswith("error: ")
    assert last.endswith(".")
    for word in words:
        assert word in last


def nothing_half(folder: Path) -> None:
    assert list(folder.glob(PARTS)) == []
