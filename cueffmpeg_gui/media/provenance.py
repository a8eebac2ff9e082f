# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What scores come from: the builds that measured, the clips, the preset, and what was done to the pair.

Part of a scores document ("provenance"); each part may be missing, and what a newer version adds is passed over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

from cueffmpeg_gui.media.documents import to_plain
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange


@dataclass(frozen=True)
class Build:
    """What measured: ffmpeg's and libvmaf's own words for their versions."""

    ffmpeg: str = ""
    libvmaf: str = ""

    def __str__(self) -> str:
        """ "ffmpeg n9.0.2, libvmaf 86da14d"."""
        return f"ffmpeg {self.ffmpeg or 'of unknown version'}, libvmaf {self.libvmaf or 'of unknown version'}"


@dataclass(frozen=True)
class ScoredClip:
    """One side of a pair as it was scored: `frames` are those that were, in the clip's own numbers."""

    path: str = ""
    size: str = ""
    pix_fmt: str = ""
    depth: int = 0
    rate: str = ""
    frames: str = ""

    def __str__(self) -> str:
        """ "/shots/a.mov: 1920x1080 yuv422p10le (10 bit), 24 frames a second, frames 1-240"."""
        return (
            f"{self.path}: {self.size} {self.pix_fmt} ({self.depth} bit), {self.rate} frames a second, "
            f"frames {self.frames}"
        )


@dataclass(frozen=True)
class Provenance:
    """`compared` is the size and format in which both were compared, `notes` what was done to them, in sentences."""

    builds: tuple[Build, ...] = ()
    preset: str = ""
    encode: Optional[ScoredClip] = None
    reference: Optional[ScoredClip] = None
    compared: str = ""
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is known, for people."""
        clips = (("encode", self.encode), ("reference", self.reference))
        return (
            *(f"scored by {build}" for build in self.builds),
            *([f"preset {self.preset}"] if self.preset else []),
            *(f"{name} {clip}" for name, clip in clips if clip),
            *([f"compared as {self.compared}"] if self.compared else []),
            *(f"note: {note}" for note in self.notes),
        )


def scored_clip(clip: ClipFacts, frames: FrameRange) -> ScoredClip:
    """A clip's part in a comparison."""
    video = clip.video
    return ScoredClip(clip.path, video.size, video.pix_fmt, video.depth, str(video.rate), str(frames))


def merge_provenance(parts: Iterable[Optional[Provenance]]) -> Optional[Provenance]:
    """What is known of several parts of one table: every build once, the rest from the part that knows most of it."""
    known = [part for part in parts if part is not None]
    if not known:
        return None
    fullest = max(known, key=lambda part: len(part.lines))
    return replace(fullest, builds=tuple(dict.fromkeys(build for part in known for build in part.builds)))


def provenance_document(provenance: Provenance) -> dict[str, Any]:
    """As it stands in a document, without what is not known."""
    return {key: value for key, value in to_plain(provenance).items() if value}


def read_provenance(data: Any) -> Optional[Provenance]:
    """What a document says of it; None when that is nothing. Raises TypeError when it is none."""
    if data is None:
        return None
    known = _known(Provenance, data)
    sides = {side: ScoredClip(**_known(ScoredClip, data[side])) for side in ("encode", "reference") if data.get(side)}
    builds = tuple(Build(**_known(Build, build)) for build in data.get("builds", ()))
    return Provenance(**{**known, **sides, "builds": builds, "notes": tuple(map(str, data.get("notes", ())))})


def _known(kind: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise TypeError
    return {name: data[name] for name in kind.__dataclass_fields__ if name in data}


def build_trouble(named: Sequence[tuple[str, Optional[Provenance]]]) -> str:
    """A sentence when scores that are put side by side (by name) were not all measured by one build; else ""."""
    by_builds: dict[tuple[str, ...], list[str]] = {}
    for name, made in named:
        if made and made.builds:
            by_builds.setdefault(tuple(map(str, made.builds)), []).append(name)
    if len(by_builds) < 2:
        return ""
    told = "; ".join(f"{', '.join(names)} by {' and '.join(builds)}" for builds, names in by_builds.items())
    return f"Not all were measured by the same build, so small differences may be the builds': {told}."
