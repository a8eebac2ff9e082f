# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the chunks of a comparison have left in their job's folder so far."""

import os
from collections.abc import Callable
from typing import Optional, TypeVar

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.places import Places
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.tasks import compare_task
from cueffmpeg_gui.media.features import Features, merge_features, read_features
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.scores import Scores, read_scores

T = TypeVar("T")


def read_parts(folder: str, spec: JobSpec) -> tuple[list[Scores], list[str]]:
    """The scores of those chunks that are done, and a sentence for each that cannot be read."""
    return _read_each(spec, Places(spec, folder).chunk_scores, read_scores)


def read_job_features(folder: str, spec: JobSpec) -> tuple[Optional[Features], list[str]]:
    """The features of those chunks that are done (None: of none), and a sentence for each that cannot be read."""
    path_of = Places(spec, folder).chunk_features
    parts, troubles = _read_each(spec, path_of, read_features)
    return (merge_features(parts) if parts else None), troubles


def _read_each(
    spec: JobSpec, path_of: Callable[[FrameRange], str], read: Callable[[str], T]
) -> tuple[list[T], list[str]]:
    parts, troubles = [], []
    made = encode_time(spec)
    for path in map(path_of, spec.chunks):
        written = time_of(path)
        if written is None or (made and written < made):  # an earlier encode's
            continue
        try:
            parts.append(read(path))
        except InputRefused as refused:
            troubles.append(str(refused))
    return parts, troubles


def encode_time(spec: JobSpec) -> Optional[int]:
    """When the encode that the job makes was written (ns); None without one."""
    return time_of(compare_task(spec).encode.path) if "encode" in spec.preset.steps else None


def time_of(path: str) -> Optional[int]:
    """When a file was last written (ns); None when it is not there."""
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return None
