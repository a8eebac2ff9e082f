# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Made-up jobs, layers, frames, news and scores, for tests of the Monitor and of the dock in CueGUI."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cueffmpeg_gui.api.monitor.follower import FrameCounts, FrameStatus, JobNews, JobStatus, LayerStatus
from cueffmpeg_gui.api.monitor.scores import ScoreSummary, summary_of
from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.media.scores import Scores

SENTENCE = "The source /shots/a.mov cannot be read on this host: No such file or directory."
CHUNKS, LENGTH = 5, 48
COUNTS = ("waiting", "running", "succeeded", "depend", "dead", "eaten")


def counts(**given: int) -> FrameCounts:
    states = {name: given.get(name, 0) for name in COUNTS}
    return FrameCounts(total=sum(states.values()), **states)


def make_job(number: int = 1, **given: Any) -> JobStatus:
    """A job; frame counts by state, and any other fact."""
    states = {name: given.pop(name) for name in COUNTS if name in given} or {"running": 1, "waiting": 3}
    job = JobStatus(
        id=f"job{number}",
        name=f"testing-sh{number:05}-alice_comp_v{number % 20:03}",
        show="testing",
        shot=f"sh{number:05}",
        user="alice" if number % 2 else "bob",
        facility="local",
        state="PENDING",
        paused=False,
        priority=100,
        log_dir="/nowhere",
        loki_url="",
        start=1_700_000_000 + number,
        stop=0,
        layer_count=3,
        counts=counts(**states),
    )
    return replace(job, **given)


def make_layer(job: JobStatus, name: str, frames: int, first: int = 1001) -> LayerStatus:
    last = first + frames - 1
    return LayerStatus(
        f"{job.id}.{name}", name, ("cueffmpeg",), "", f"{first}-{last}", 1, 1.0, 1, counts(waiting=frames)
    )


def make_frame(layer: LayerStatus, number: int, state: str = "WAITING", **given: Any) -> FrameStatus:
    frame = FrameStatus(f"{layer.id}.{number}", f"{number:04}-{layer.name}", number, layer.name, state, 0, 0, 0, 0, "")
    return replace(frame, **given)


def make_news(
    job: JobStatus, frames: int, states: Callable[[int], str] = lambda number: "WAITING", **given: Any
) -> JobNews:
    """Everything of a job with one layer."""
    layer = make_layer(job, "encode", frames)
    listed = tuple(make_frame(layer, 1001 + n, states(1001 + n)) for n in range(frames))
    facts = {"errors": {}, "lines": {}, "folder": None, **given}
    return JobNews(job, (layer,), listed, **facts)


def chunked(job: JobStatus, states: "dict[int, str] | None" = None, **given: Any) -> JobNews:
    """News of a job with encode and compare in chunks; `states` by first frame of the chunk, of encode."""
    layers = [replace(make_layer(job, name, CHUNKS * LENGTH), chunk=LENGTH) for name in ("encode", "compare")]
    firsts = [1001 + LENGTH * number for number in range(CHUNKS)]
    frames = [make_frame(layers[0], first, (states or {}).get(first, "SUCCEEDED")) for first in firsts]
    frames += [make_frame(layers[1], first, "WAITING") for first in firsts]
    facts = {"errors": {}, "lines": {}, "folder": "/jobs/a", **given}
    return JobNews(job, tuple(layers), tuple(frames), **facts)


def make_scores(values: dict[int, float]) -> ScoreSummary:
    """Scores of 240 frames from 1001 on, VMAF by frame number where it is known."""
    rows = {frame: (value, 40.0) for frame, value in values.items()}
    scores = Scores("compare", 1001, 1000 + CHUNKS * LENGTH, ("vmaf", "psnr_y"), "vmaf_v0.6.1", rows)
    return summary_of(Review("a", "/jobs/a", scores))


def scored(rows: int = CHUNKS * LENGTH) -> ScoreSummary:
    """Scores of the first so many frames."""
    return make_scores({1001 + n: 95.0 - (n % 7) for n in range(rows)})
