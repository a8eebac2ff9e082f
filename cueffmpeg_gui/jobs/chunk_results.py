# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the chunks of a comparison have left in their job's folder so far."""

import os
from collections.abc import Callable, Container
from typing import Optional, TypeVar

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.layer_tasks import compare_task
from cueffmpeg_gui.jobs.paths import JobPaths
from cueffmpeg_gui.jobs.score_numbers import named_pair, numbers_of
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.features import Features, merge_features, read_features
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_facts import PairFacts
from cueffmpeg_gui.media.pair_measure import read_measure
from cueffmpeg_gui.media.scores import Scores, read_scores

T = TypeVar("T")


def read_parts(folder: str, spec: JobSpec) -> tuple[list[Scores], list[str]]:
    """The scores of those chunks that are done, and a sentence for each that cannot be read."""
    return _read_each(spec, JobPaths(spec, folder).chunk_scores, read_scores)


def read_job_features(folder: str, spec: JobSpec) -> tuple[Optional[Features], list[str]]:
    """The features of those chunks that are done (None: of none), and a sentence for each that cannot be read."""
    path_of = JobPaths(spec, folder).chunk_features
    parts, troubles = _read_each(spec, path_of, read_features)
    return (merge_features(parts) if parts else None), troubles


def read_job_pair(folder: str, spec: JobSpec) -> Optional[PairFacts]:
    """What is known of the pair by those chunks that are done; None by none."""
    parts, _ = _read_each(spec, JobPaths(spec, folder).chunk_pair, read_measure)
    return named_pair(spec, parts) if parts else None


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


class PartFollower:
    """Follows the chunks' scores of a running job, for what its logs do not hold. Each file is read once."""

    def __init__(self, folder: str, spec: JobSpec) -> None:
        self._spec, self._places = spec, JobPaths(spec, folder)
        self._parts: dict[str, tuple[int, Scores]] = {}

    def poll(self, known: Container[int]) -> list[Scores]:
        """The scores of the chunks that are done and that `known` does not hold wholly."""
        found = []
        for chunk in self._spec.chunks:
            path = self._places.chunk_scores(chunk)
            written = time_of(path)
            if written and not all(number in known for number in numbers_of(self._spec, chunk)):
                found += self._part(path, written)
        return found

    def _part(self, path: str, written: int) -> list[Scores]:
        made = encode_time(self._spec)
        if made and written < made:  # an earlier encode's
            return []
        stamp, part = self._parts.get(path, (0, None))
        try:
            if part is None or stamp != written:
                part = read_scores(path)
                self._parts[path] = (written, part)
        except InputRefused:  # it may be whole the next time
            return []
        return [part]


def encode_time(spec: JobSpec) -> Optional[int]:
    """When the encode that the job makes was written (ns); None without one."""
    return time_of(compare_task(spec).encode.path) if spec.preset.job_kind.encodes else None


def time_of(path: str) -> Optional[int]:
    """When a file was last written (ns); None when it is not there."""
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return None
