# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Facts about media: what a probe found. Data only; they travel in job.json."""

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Optional

from cueffmpeg_gui.media.chroma_sites import source_site
from cueffmpeg_gui.media.colour import UNKNOWN, Colour, encoded_colour, resolve_colour
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.media.view import View

# ffmpeg's decoders refuse larger pictures (libavutil's av_image_check_size).
MOST_PIXELS = 2**28
GRAYS = ("gray", "ya", "mono")
# Of these codecs YUV is made by BT.601's matrix of what a screen shows: JFIF says so, and RFC 9649 of lossy WebP.
SCREEN_YUV = {"mjpeg": "JPEG", "webp": "WebP"}
# What a view makes of any picture.
SEEN_FORMAT, SEEN_DEPTH = "gbrp16le", 16
JPEG_COLOUR = {"primaries": "bt709", "transfer": "bt709"}


@dataclass(frozen=True)
class Repeats:
    """How many pictures an AVI shows, at which rate, when those it leaves empty show the one before again."""

    frames: int
    rate: Fraction


@dataclass(frozen=True)
class VideoFacts:
    """One video stream. Width and height are as shown; `start` is seconds after the file's start.

    Shown is the stored picture without the columns and rows of `crop` (left, top, right, bottom), its left and right
    exchanged if it is `mirrored`, then turned counter-clockwise by `rotation` degrees. `lost` pictures before the first
    lean on others that are not in the file, so no decoder gives them. `site` is where the file says chroma lies. If it
    `is_mixed`, pictures are of several kinds, and `pix_fmt` is what all become first. `space` is the colour space that
    a header names where that is no screen's, `view` how pixels become what a display shows.
    """

    index: int
    codec: str
    width: int
    height: int
    rotation: int
    sample_aspect: Fraction
    rate: Fraction
    frames: int
    constant_rate: bool
    interlaced: bool
    pix_fmt: str
    depth: int
    is_rgb: bool
    has_alpha: bool
    tags: Colour
    start: Fraction
    crop: tuple[int, int, int, int] = (0, 0, 0, 0)
    mirrored: bool = False
    lost: int = 0
    site: str = ""
    is_mixed: bool = False
    space: str = ""
    repeats: Optional[Repeats] = None
    view: Optional[View] = None

    @property
    def seen(self) -> "VideoFacts":
        """The picture as its view shows it; itself without one."""
        if self.view is None:
            return self
        return replace(
            self, pix_fmt=SEEN_FORMAT, depth=SEEN_DEPTH, is_rgb=True, tags=self.view.colour, view=None, is_mixed=False
        )

    @property
    def colour(self) -> Colour:
        """The tags with gaps filled; a JPEG's pixels are made by BT.601's matrix out of what a screen shows.

        Gray has no matrix, so it becomes what RGB becomes.
        """
        tags = replace(self.tags, **JPEG_COLOUR) if self.is_jpeg else self.tags
        if self.is_gray and tags.matrix == UNKNOWN:
            tags = replace(tags, matrix="bt709")
        return resolve_colour(tags, self.width, self.height, self.is_rgb)

    @property
    def chroma_site(self) -> str:
        """Where its samples of chroma lie as it is shown; "" where each pixel has its own, as it has once turned."""
        return "" if self.rotation or self.mirrored else self.stored_site

    @property
    def stored_site(self) -> str:
        """Where they lie in the stored picture."""
        return source_site(self.codec, self.pix_fmt, self.site)

    @property
    def film_colour(self) -> Colour:
        """The tags of a film of it."""
        film = encoded_colour(self.colour)
        return replace(film, matrix="bt709") if self.is_jpeg else film

    @property
    def is_jpeg(self) -> bool:
        """Whether it is display-referred as RGB is, though stored as YUV."""
        return self.codec in SCREEN_YUV and not self.is_rgb

    @property
    def is_gray(self) -> bool:
        """Whether it is luma alone, with alpha or without."""
        return self.pix_fmt.startswith(GRAYS)

    @property
    def size(self) -> str:
        """ "1920x1080"."""
        return f"{self.width}x{self.height}"


@dataclass(frozen=True)
class AudioFacts:
    """One audio stream; it ends `duration` and begins `start` seconds after the file's start."""

    index: int
    codec: str
    sample_rate: int
    channels: int
    layout: str
    duration: Fraction
    start: Fraction = Fraction(0)


@dataclass(frozen=True)
class ClipFacts:
    """One media file, or one image sequence (then `path` is its displayed name).

    `bytes` and `modified` (ns; of a sequence the sum and the newest) tell whether it is still the same; of a sequence
    also `marks`, four digits for the size and time of each picture, and `samples`, a digest of the content of a few.
    `unused_timecode` says why the timecode of its pictures' headers is not taken.
    `cuts` are times in seconds of the file's own clock, midway before a frame, for the frames work is cut at.
    """

    path: str
    container: str
    bytes: int
    modified: int
    duration: Fraction
    video: VideoFacts
    audio: tuple[AudioFacts, ...] = ()
    timecode: Optional[str] = None
    sequence: Optional[Sequence] = None
    start: Fraction = Fraction(0)
    cuts: dict[str, Fraction] = field(default_factory=dict)
    marks: str = ""
    samples: dict[str, str] = field(default_factory=dict)
    unused_timecode: str = ""

    @property
    def frames(self) -> FrameRange:
        """Its pictures in order: by a sequence's own numbers where they tell the order, else counted from 1."""
        return self.sequence.frames if self.sequence else FrameRange(1, self.video.frames)

    @property
    def span(self) -> FrameRange:
        """From the number of its first picture to that of its last."""
        return self.sequence.span if self.sequence else self.frames

    def frames_of(self, numbers: FrameRange) -> FrameRange:
        """The pictures of a range of numbers; raises InputRefused when none of them is there."""
        return self.sequence.frames_of(numbers) if self.sequence else numbers

    def number_of(self, frame: int) -> int:
        """The number of a picture, by which people know it."""
        return self.sequence.number_of(frame) if self.sequence else frame

    def numbers_of(self, frames: FrameRange) -> FrameRange:
        """From the number of the first of these pictures to that of the last."""
        return FrameRange(self.number_of(frames.first), self.number_of(frames.last))


@dataclass(frozen=True)
class SoundFile:
    """A file taken for its sound alone; `bytes` and `modified` as in ClipFacts. `samples_at` is where
    the samples begin in a WAV that does not say how long it is, 0 in any other file."""

    path: str
    bytes: int
    modified: int
    streams: tuple[AudioFacts, ...]
    samples_at: int = 0


def depth_of(pix_fmt: str) -> int:
    """Bits of one component, from a planar format's name ("yuv420p10le" → 10)."""
    match = re.search(r"p(\d+)(le|be)$", pix_fmt)
    return int(match.group(1)) if match else 8
