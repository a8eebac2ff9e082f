# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether this host can see pictures as the job means: its tables are the job's own, its ffmpeg has the filters."""

from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.tables import check_tables, tables_of
from cueffmpeg_gui.media.view_filters import view_filters
from cueffmpeg_gui.worker.host import find_ffmpeg, require


def check_views(folder: str, spec: JobSpec) -> None:
    """Raises InputRefused for a table that is gone or another, and HostNotFit for a filter that ffmpeg has not."""
    check_tables(folder, tables_of(spec))
    for name in sorted(_filters_of(spec)):
        require(find_ffmpeg(), "filters", name)


def _filters_of(spec: JobSpec) -> set[str]:
    clips = [clip for clip in (spec.source, spec.reference) if clip]
    return {text.partition("=")[0] for clip in clips for text in view_filters(clip.video)}
