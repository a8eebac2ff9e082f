# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where reviews come from: a job on a farm, a job folder, a file of ours or of another program."""

import os
from dataclasses import replace

from cueffmpeg_gui.api.farm import connect_farm
from cueffmpeg_gui.api.review.clips import with_clips
from cueffmpeg_gui.api.review.from_job_folder import live_review, merged_parts, review_of_folder, spec_or_none
from cueffmpeg_gui.api.review.own_files import is_scores_file, read_own
from cueffmpeg_gui.api.review.review import Review, media_trouble, with_trouble
from cueffmpeg_gui.errors import NoScoresYet
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.farm.frame_scores import score_logs, scores_from_logs
from cueffmpeg_gui.farm.monitor import JobStatus, frames, layers
from cueffmpeg_gui.farm.status import job_folder_in
from cueffmpeg_gui.jobs.chunk_results import read_job_pair, read_parts, time_of
from cueffmpeg_gui.jobs.folder import scores_path
from cueffmpeg_gui.media.foreign.read import foreign_features, read_foreign
from cueffmpeg_gui.media.metrics import is_known
from cueffmpeg_gui.media.scores import Scores, merge_scores
from cueffmpeg_gui.settings import Settings

__all__ = ["Review", "folder_of", "load_review", "media_trouble", "with_clips"]


def load_review(target: str, settings: Settings, *, from_logs: bool = False) -> Review:
    """The review of a job (name, its end, or id), a job folder, or a file (ours, or another program's).

    Of a report of several encodes, one of them: "report.json#v013".

    A job's scores are those of its folder, else of its logs; with `from_logs` only these.
    Raises InputRefused when there is nothing to show. Reads files and may ask the farm: never on a window's thread.
    """
    if os.path.isdir(target) and not from_logs:
        return review_of_folder(target)
    if is_scores_file(target):
        return review_of_file(target)
    connection = connect_farm(settings)
    job = find_job(connection, os.path.basename(os.path.normpath(target)) if os.path.isdir(target) else target)
    folder = folder_of(connection, job)
    if folder and not from_logs and time_of(scores_path(folder)):
        return review_of_folder(folder)
    if job.loki_url and folder and not from_logs:
        return review_of_folder(folder)
    scores = scores_from_logs(score_logs(job, frames(connection, job)))
    return _of_logs(job, folder, scores, with_parts=not from_logs)


def folder_of(connection: FarmConnection, job: JobStatus) -> str | None:
    """The job folder of a job of ours, None for another's."""
    return job_folder_in(layers(connection, job))


def review_of_file(path: str) -> Review:
    """The scores of a file; of a job's own scores.json, the whole review of its folder."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(path)))
    if os.path.abspath(path) == scores_path(folder) and time_of(os.path.join(folder, "job.json")):
        return review_of_folder(folder)
    made, own = time_of(path) or 0, read_own(path)
    if own is not None:
        label, scores = own
        return with_trouble(Review(label, path, scores, made=made))
    scores = from_one(read_foreign(path))
    review = Review(scores.layer, path, scores, features=foreign_features(scores), made=made)
    return with_trouble(review, _unknown_metrics(scores))


def _of_logs(job: JobStatus, folder: str | None, scores: Scores | None, with_parts: bool) -> Review:
    spec = spec_or_none(folder)
    parts, lost = read_parts(folder, spec) if folder and spec and with_parts else ([], [])
    known = [*parts, *([scores] if scores else [])]
    if not known:
        raise NoScoresYet(f"The job {job.name} has no scores yet; it may compare nothing, or not have begun.")
    merged = merged_parts(spec, known) if spec else merge_scores(known)
    # Logs hold no pictures, so what was seen of the pair is only in the folder.
    if folder and spec:
        merged = replace(merged, pair=read_job_pair(folder, spec))
    return with_trouble(live_review(job.name, spec, merged, folder), lost)


def _unknown_metrics(scores: Scores) -> list[str]:
    if any(map(is_known, scores.metrics)):
        return []
    return [f"{scores.layer} holds no metric that is known here ({', '.join(scores.metrics)}); they stand as they are."]


def from_one(scores: Scores) -> Scores:
    """Another program's scores with the numbers our own have of a clip: its first picture is frame 1, not 0."""
    rows = {frame + 1: row for frame, row in scores.rows.items()}
    return replace(scores, first=scores.first + 1, last=scores.last + 1, rows=rows)
