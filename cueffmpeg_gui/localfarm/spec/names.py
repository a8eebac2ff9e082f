# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Names of jobs, shots and layers: how Cuebot makes them uniform, and its words when it cannot (its JobSpec)."""

from __future__ import annotations

import re

from cueffmpeg_gui.localfarm.refusals import SpecRefused

_NAME = re.compile(r"[A-Za-z0-9_.-]{3,}")
_FRAME_NAME = re.compile(r"([0-9]{4,6})-([A-Za-z0-9_]+)")
MIN_LENGTH = 3


def conform_job_name(name: str, *, show: str, shot: str, user: str) -> str:
    """`show-shot-user_suffix` in lower case; a name that has the prefix already keeps it."""
    prefix = f"{show}-{shot}-{user}_"
    suffix = name[len(prefix) - 1 :] if name.startswith(prefix) else name
    suffix = re.sub(r"_{2,}", "_", suffix.lower()).replace("-", "_")
    if not _NAME.fullmatch(suffix):
        raise SpecRefused(
            f"The job name suffix: {suffix} must be composed of alpha numeric characters, periods, "
            "and underscores and be at least 3 characters long"
        )
    return f"{prefix.rstrip('_')}_{suffix.lstrip('_')}".lower()


def conform_name(kind: str, name: str) -> str:
    """Name of a "Shot" or "Layer": lower case, dashes become underscores."""
    if len(name) < MIN_LENGTH:
        raise SpecRefused(f"The {kind.lower()} name must be at least 3 characters.")
    conformed = name.replace("-", "_").lower()
    if not _NAME.fullmatch(conformed):
        raise SpecRefused(
            f"The {kind.lower()} name: {conformed} is not in the proper format.  {kind} names must be "
            "alpha numeric, no dashes or punctuation."
        )
    return conformed


def conform_frame_name(name: str) -> str:
    """Name of a cue frame, `0001-layer`."""
    match = _FRAME_NAME.fullmatch(name)
    if not match:
        raise SpecRefused(f"The frame name: {name} is not in the proper format.")
    return frame_name(int(match[1]), conform_name("Layer", match[2]))


def frame_name(number: int, layer: str) -> str:
    return f"{number:04d}-{layer}"


def read_tags(text: str) -> tuple[str, ...]:
    """Tags of `a | b`. Raises SpecRefused for one that is too short or holds odd characters."""
    tags = re.sub(r"\|+$", "", text.replace(" ", "")).split("|")
    for tag in tags:
        if not _NAME.fullmatch(tag):
            raise SpecRefused(
                f"error, invalid tag {tag}, tags must be alpha numberic and at least 3 characters in length."
            )
    return tuple(dict.fromkeys(tags))
