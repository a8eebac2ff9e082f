# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The tables of views: from where they were baked into a job's folder, and looked at before they are used."""

import hashlib
import os
from collections.abc import Iterable

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.shared_worker import put_shared
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.open_file import read_limited
from cueffmpeg_gui.media.view import FOLDER, table_name

# A cube of 129 to a side, written with all its digits.
LARGEST_TABLE = 1 << 27


def tables_of(spec: JobSpec) -> tuple[str, ...]:
    """The digests of the tables that a job's clips are seen through."""
    views = [clip.video.view for clip in (spec.source, spec.reference) if clip and clip.video.view]
    return tuple(dict.fromkeys(digest for view in views for digest in view.digests))


def put_tables(root: str, folder: str, spec: JobSpec, source: str) -> None:
    """Copies the tables of a job from a folder into its own. Raises OSError, or InputRefused for a missing one."""
    digests = tables_of(spec)
    if digests:
        os.mkdir(os.path.join(folder, FOLDER))
    for digest in digests:
        put_shared(root, os.path.join(folder, FOLDER, table_name(digest)), read_table(source, digest))


def check_tables(folder: str, digests: Iterable[str]) -> None:
    """Raises InputRefused when one of these in a job's folder is not the one that the job was made with."""
    for digest in digests:
        read_table(os.path.join(folder, FOLDER), digest)


def read_table(folder: str, digest: str) -> bytes:
    """A table out of a folder; raises InputRefused when it is gone or another."""
    path = os.path.join(folder, table_name(digest))
    content = read_limited(path, LARGEST_TABLE)
    if hashlib.sha256(content).hexdigest() != digest:
        raise InputRefused(f"{path} is not the colour table that the job was made with; submit the job again.")
    return content
