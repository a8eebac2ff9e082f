# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Clips that change on their way: other pixels are united with the first, another size or colour is refused."""

from dataclasses import dataclass, replace
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.colour import MATRICES, RANGES
from cueffmpeg_gui.media.facts import ClipFacts, VideoFacts
from cueffmpeg_gui.media.mixed import united


@dataclass(frozen=True)
class Kind:
    """What of a decoded picture may change."""

    size: str
    matrix: str
    range: str
    pix_fmt: str
    depth: int
    is_rgb: bool
    has_alpha: bool


def kind_of(frame: Any) -> Kind:
    form = frame.format
    return Kind(
        f"{frame.width}x{frame.height}",
        MATRICES.get(int(frame.colorspace), ""),
        RANGES.get(int(frame.color_range), ""),
        form.name,
        max(component.bits for component in form.components),
        bool(form.is_rgb or form.has_palette),
        any(component.is_alpha for component in form.components),
    )


def with_kinds(facts: ClipFacts, kinds: dict[Kind, int]) -> ClipFacts:
    """The clip with what its pictures are in common; `kinds` says which picture is the first of each.

    Raises InputRefused where their size or colour changes: a film has one.
    """
    first, *others = kinds
    for kind in others:
        for what, was, becomes in _told(first, kind):
            if was != becomes and was and becomes:
                raise InputRefused(
                    f"{facts.path} changes its {what} from {was} to {becomes} at picture {kinds[kind] + 1}; cut it "
                    "there, or convert it to one."
                )
    common = united([_video(facts.video, kind) for kind in kinds])
    if common is None:
        raise InputRefused(f"{facts.path} changes from YUV to RGB on its way; cut it there, or convert it to one.")
    return replace(facts, video=common)


def _told(first: Kind, kind: Kind) -> tuple[tuple[str, str, str], ...]:
    return (
        ("size", first.size, kind.size),
        ("colour matrix", first.matrix, kind.matrix),
        ("colour range", first.range, kind.range),
    )


def _video(video: VideoFacts, kind: Kind) -> VideoFacts:
    return replace(video, pix_fmt=kind.pix_fmt, depth=kind.depth, is_rgb=kind.is_rgb, has_alpha=kind.has_alpha)
