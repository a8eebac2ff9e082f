# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What was dropped, as sources: one for each clip and each image sequence."""

import os
from collections.abc import Iterable

from cueffmpeg_gui.api.submit.source_info import CLIPS
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.sequences.families import Family, families
from cueffmpeg_gui.sequences.formats import IMAGE_EXTENSIONS, extension_of
from cueffmpeg_gui.sequences.search import Search

# How the names of pictures end that a sequence may have.
PICTURE_ENDINGS = tuple(sorted(IMAGE_EXTENSIONS))


def find_sources(paths: Iterable[str]) -> tuple[str, ...]:
    """Each clip and each sequence once, in the order of the paths. A folder gives the clips and sequences in it.

    What is ambiguous stays as it is, so that reading it later gives the reason.
    """
    search = Search()
    found = [source for path in paths for source in _sources(os.path.abspath(path), search)]
    return tuple(dict.fromkeys(found))


def _sources(path: str, search: Search) -> list[str]:
    if os.path.isdir(path):
        return _in_folder(path) or [path]
    if extension_of(path) not in IMAGE_EXTENSIONS:
        return [path]
    try:
        family, frames = search.find(path)
    except InputRefused:
        return [path]
    return [path if frames else _name(family)]


def _in_folder(folder: str) -> list[str]:
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []
    clips = [os.path.join(folder, name) for name in names if extension_of(name) in CLIPS]
    found = families(folder, [name for name in names if extension_of(name) in IMAGE_EXTENSIONS])
    # A still beside a sequence is no second sequence.
    longer = [family for family in found if len(family.numbers) > 1]
    return [*clips, *map(_name, longer or found)]


def _name(family: Family) -> str:
    frames = family.frames
    return str(Sequence(family.folder, family.prefix, family.digits, family.suffix, frames[0], frames[-1]))
