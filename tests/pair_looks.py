# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a comparison sees of a pair, by its own command line, without the rest of a job."""

import os
import subprocess
from pathlib import Path

from worker_jobs import Jobs

from cueffmpeg_gui.jobs.layer_tasks import compare_task
from cueffmpeg_gui.media.compare import build_compare
from cueffmpeg_gui.media.pair_facts import PairFacts, judge_pair
from cueffmpeg_gui.media.pair_look import LOOK_FILES
from cueffmpeg_gui.worker.compare_files import CompareFiles
from cueffmpeg_gui.worker.pair_look import read_look


def look_at(jobs: Jobs, encode: Path | str, reference: Path | str, frame_rate: str | None = None) -> PairFacts:
    """The facts of a pair."""
    job = jobs(os.fspath(encode), "vmaf-compare", reference=os.fspath(reference), frame_rate=frame_rate)
    task = compare_task(job.spec)
    work = Path(job.folder, "work")
    argv = build_compare(task, "vmaf.json", job.ffmpeg, 1)
    subprocess.run(argv, check=True, cwd=work, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    for name in (LOOK_FILES.luma, LOOK_FILES.colour, LOOK_FILES.alpha):
        (work / name).touch()
    files = CompareFiles(str(work), "vmaf.json", "", LOOK_FILES)
    return judge_pair(read_look(files, task.reference_frames, job.spec.frames))
