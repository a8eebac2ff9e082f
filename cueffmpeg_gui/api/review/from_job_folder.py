# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reviews of a job folder, finished or not, and of a job while it runs. Reads documents, never media."""

from __future__ import annotations

import os
from dataclasses import replace

from cueffmpeg_gui.api.review.review import Review, review_of_job, with_trouble
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.chunk_results import read_job_features, read_job_pair, read_parts, time_of
from cueffmpeg_gui.jobs.folder import read_job, scores_path
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.scores import Scores, merge_scores, read_scores


def review_of_folder(folder: str) -> Review:
    """The merged scores of a job folder, else what its chunks have left. Raises InputRefused when it holds neither."""
    path = scores_path(folder)
    made = time_of(path)
    if made is None and time_of(os.path.join(folder, "job.json")) is None:
        raise InputRefused(f"The folder {folder} holds no scores (scores/scores.json), and no job that has some.")
    try:
        spec = read_job(folder).spec
    except InputRefused as refused:
        if made is None:
            raise
        return with_trouble(Review(os.path.basename(folder), folder, read_scores(path), made=made), [str(refused)])
    scores, troubles = _folder_scores(folder, spec)
    features, lost = read_job_features(folder, spec)
    review = review_of_job(spec, folder, scores, features=features, made=made or 0)
    return with_trouble(review, [*troubles, *lost])


def merged_parts(spec: JobSpec, parts: list[Scores]) -> Scores:
    """One table over all frames of the job, of what there is; parts that are of another measure raise InputRefused."""
    return replace(merge_scores(parts), first=spec.frames.first, last=spec.frames.last)


def live_review(name: str, spec: JobSpec | None, scores: Scores, folder: str | None = None) -> Review:
    """The review of a job while it runs, of scores out of its logs; little is known without its spec."""
    return review_of_job(spec, name, scores, folder=folder or "") if spec else Review(name, name, scores)


def spec_or_none(folder: str | None) -> JobSpec | None:
    """The spec of a job folder, None when its storage is not mounted here or its job.json cannot be read."""
    try:
        return read_job(folder).spec if folder else None
    except InputRefused:
        return None


def _folder_scores(folder: str, spec: JobSpec) -> tuple[Scores, list[str]]:
    """The merged scores, or those of the chunks; and sentences about files that cannot be read."""
    path, troubles = scores_path(folder), []
    if time_of(path) is not None:
        try:
            return read_scores(path), []
        except InputRefused as refused:
            troubles.append(str(refused))
    parts, lost = read_parts(folder, spec)
    if not parts:
        none = f"The folder {folder} holds no scores (scores/scores.json) yet; its job may not be done."
        raise InputRefused(" ".join([*troubles, *lost]) or none)
    return replace(merged_parts(spec, parts), pair=read_job_pair(folder, spec)), [*troubles, *lost]
