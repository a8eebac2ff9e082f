# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The view through which a source is taken: from what was chosen to tables that lie ready for the job's folder."""

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.tables import read_table, tables_of
from cueffmpeg_gui.media.documents import write_atomically
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.view import CINEON, FOLDER, LINEAR, table_name
from cueffmpeg_gui.media.view_filters import HALF, floats_of
from cueffmpeg_gui.settings import Settings

DISPLAY = "display"
# What says how, but not that a view is taken.
DETAILS = ("color_config", "color_display", "color_view", "color_looks", "color_files")
# Tables that are kept for the next job.
MOST_TABLES = 40


def with_view(clip: ClipFacts, values: Mapping[str, Any], settings: Settings) -> ClipFacts:
    """The clip with the view that was chosen, or that its header asks for.

    Raises InputRefused in one sentence when that cannot be made.
    """
    space = values.get("color") or clip.video.space or DISPLAY
    if space == DISPLAY:
        _check_no_details(values)
        return clip
    from cueffmpeg_gui.ocio.bake import bake
    from cueffmpeg_gui.ocio.choice import BUILTIN, ViewChoice

    config = os.path.expanduser(str(values.get("color_config") or settings["ocio"] or BUILTIN))
    files = tuple(os.path.expanduser(path.strip()) for path in str(values.get("color_files") or "").split(",") if path)
    display, view, looks = (str(values.get(key) or "") for key in ("color_display", "color_view", "color_looks"))
    if config != BUILTIN and "color" not in values and space != CINEON:
        # What light is called differs from config to config; each names its usual one.
        space = LINEAR
    choice = ViewChoice(str(space), config, display, view, looks, files)
    baked = bake(choice, floats_of(clip.video.pix_fmt) == HALF, _state_of((config, *files)))
    _keep(table_folder(settings), baked.tables)
    return replace(clip, video=replace(clip.video, view=baked.view))


def table_folder(settings: Settings) -> str:
    """Where baked tables lie until a job takes them."""
    return str(settings.home.state / FOLDER)


def keep_tables_of(folder: str, spec: JobSpec, settings: Settings) -> None:
    """Makes the tables of an earlier job's folder lie ready for the same job again; raises InputRefused."""
    own = os.path.join(folder, FOLDER)
    _keep(table_folder(settings), {digest: read_table(own, digest) for digest in tables_of(spec)})


def _check_no_details(values: Mapping[str, Any]) -> None:
    named = [key for key in DETAILS if values.get(key)]
    if named:
        raise InputRefused(f"{named[0]} has no meaning without color, which says what the source's pixels are.")


def _state_of(paths: tuple[str, ...]) -> str:
    """Changes when one of the files does."""
    states = []
    for path in paths:
        try:
            found = os.stat(path)
            states.append(f"{found.st_size} {found.st_mtime_ns}")
        except OSError:
            states.append("")
    return "\n".join(states)


def _keep(folder: str, tables: Mapping[str, bytes]) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
        for digest, content in tables.items():
            write_atomically(os.path.join(folder, table_name(digest)), content)
        _forget_oldest(folder)
    except OSError as error:
        raise InputRefused(f"Tables of colours cannot be kept in {folder}: {error.strerror}.") from None


def _forget_oldest(folder: str) -> None:
    with os.scandir(folder) as entries:
        found = sorted((entry.stat().st_mtime_ns, entry.path) for entry in entries)
    for _, path in found[:-MOST_TABLES]:
        os.unlink(path)
