# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Image sequences, sounds, and chunked jobs made of them."""

from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from films import FAST, Shots, with_chunks
from worker_jobs import Job, Jobs


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> Shots:
    return Shots(tmp_path_factory.mktemp("shots"), clips)


@pytest.fixture
def film(jobs: Jobs, shots: Shots, tmp_path: Path) -> Any:
    """Makes a chunked job of an image sequence."""

    def make(source: str | None = None, preset: str = "dpx-h264", **request: Any) -> Job:
        values = {**FAST, **request.pop("values", {})}
        request.setdefault("frame_rate", "24")
        request.setdefault("chunk", "8")
        request.setdefault("output", str(tmp_path / "film.mp4"))
        return jobs(source or shots.dpx(), preset, values=values, **request)

    return make


@pytest.fixture
def encoded(film: Any, shots: Shots) -> Job:
    """A job whose chunks are made, but not joined."""
    return with_chunks(film(), shots)
