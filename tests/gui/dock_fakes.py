# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A farm out of thin air for the dock in CueGUI: jobs in chunks, and their scores."""

from dataclasses import replace
from typing import Any

from monitor_fakes import make_frame, make_layer

from cueffmpeg_gui.api.monitor.cuegui_jobs import CueJob, CueJobUpdate
from cueffmpeg_gui.api.monitor.follower import JobFollower, JobNews, JobStatus
from cueffmpeg_gui.api.monitor.scores import ScoreSummary, summary_of
from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.errors import CueffmpegError
from cueffmpeg_gui.media.scores import Scores

SENTENCE = "The source /shots/a.mov cannot be read on this host: No such file or directory."
CHUNKS, LENGTH = 5, 48


def chunked(job: JobStatus, states: "dict[int, str] | None" = None, **given: Any) -> JobNews:
    """News of a job with encode and compare in chunks; `states` by first frame of the chunk, of encode."""
    layers = [replace(make_layer(job, name, CHUNKS * LENGTH), chunk=LENGTH) for name in ("encode", "compare")]
    firsts = [1001 + LENGTH * number for number in range(CHUNKS)]
    frames = [make_frame(layers[0], first, (states or {}).get(first, "SUCCEEDED")) for first in firsts]
    frames += [make_frame(layers[1], first, "WAITING") for first in firsts]
    facts = {"errors": {}, "lines": {}, "folder": "/jobs/a", **given}
    return JobNews(job, tuple(layers), tuple(frames), **facts)


class FakeSource:
    """Answers with what tests put here; a `trouble` is raised instead."""

    def __init__(self) -> None:
        self.looks: dict[str, CueJobUpdate] = {}
        self.summaries: dict[str, ScoreSummary] = {}
        self.trouble: CueffmpegError | None = None
        self.asked = 0

    def put(self, job: JobStatus, news: "JobNews | None", missing: str = "") -> JobStatus:
        folder = "/jobs/a" if news else None
        self.looks[job.id] = CueJobUpdate(CueJob(job, folder, compares=bool(news)), news, missing)
        return job

    def look(self, job_id: str, follower: JobFollower) -> CueJobUpdate:
        self.asked += 1
        if self.trouble:
            raise self.trouble
        return self.looks[job_id]

    def scores(self, job: JobStatus) -> "ScoreSummary | None":
        return self.summaries.get(job.id)

    def forget(self) -> None:
        self.looks.clear()


def scored(rows: int = CHUNKS * LENGTH) -> ScoreSummary:
    table = {1001 + n: (95.0 - (n % 7), 40.0 + n / 100) for n in range(rows)}
    scores = Scores("compare", 1001, 1000 + CHUNKS * LENGTH, ("vmaf", "psnr_y"), "vmaf_v0.6.1", table)
    return summary_of(Review("a", "/jobs/a", scores))
