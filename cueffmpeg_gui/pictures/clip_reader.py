# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Any picture of a clip by its number: exactly that picture, or one sentence why not."""

import os
from bisect import bisect_right
from collections.abc import Callable, Iterator

import av.error

from cueffmpeg_gui.errors import Cancelled, InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.repeats import shows_again
from cueffmpeg_gui.media.seek import can_seek
from cueffmpeg_gui.media.unchanged import check_picture_size, check_there
from cueffmpeg_gui.pictures.cache import MOST_BYTES, PictureCache
from cueffmpeg_gui.pictures.decoder import Decoder
from cueffmpeg_gui.pictures.index import read_index
from cueffmpeg_gui.pictures.picture import DecodedPicture

# Pictures kept of those decoded on the way, so that a step back costs nothing; more of them while somebody goes back.
KEPT_BEHIND, KEPT_BACKWARDS = 12, 48
# Pictures times pixels that are decoded to reach one picture without a seek: about 2,000 pictures of 1080p.
SLOW_BUDGET = 2000 * 1920 * 1080


def always() -> bool:
    """The answer of a caller that never cancels."""
    return True


class ClipReader:
    """An opened clip. One caller at a time: it holds one decoder, which goes on from picture to picture.

    A picture is known by its own time, so another one is never given; opening raises InputRefused like `picture`.
    """

    def __init__(self, clip: ClipFacts) -> None:
        self._clip = clip
        self._asked: int = 0
        self._behind: int = 0
        self._open(check_there(clip.path, clip.bytes))

    def picture(self, number: int, is_wanted: Callable[[], bool] = always) -> DecodedPicture:
        """The picture counted from 0; raises InputRefused, or Cancelled once it is not wanted any more."""
        self._check_number(number)
        number = self._stored(number)
        found = check_there(self._clip.path, self._clip.bytes)
        if _identity(found) != self._file:
            self.close()
            self._open(found)
        goes_back = 0 < self._asked - number <= KEPT_BEHIND
        self._asked = number
        known = self._kept.get(number)
        if known:
            return known
        self._behind = min(KEPT_BACKWARDS if goes_back else KEPT_BEHIND, MOST_BYTES // _memory(self._clip) - 1)
        for go in self._ways(number):
            picture = self._decode(number, go, is_wanted)
            if picture:
                return picture
        raise InputRefused(
            f"Picture {number + 1} of {self._clip.path} cannot be reached exactly: the file is damaged there, or it "
            "refers to pictures that are missing."
        )

    def close(self) -> None:
        """Closes the file."""
        self._decoder.close()

    def _open(self, found: os.stat_result) -> None:
        self._file = _identity(found)
        self._kept = PictureCache()
        try:
            self._index = read_index(self._clip)
            self._check_length()
            self._decoder = Decoder(self._clip, self._index)
        except (av.error.FFmpegError, LookupError):
            raise InputRefused(f"{self._clip.path} cannot be read any more; it has changed or is damaged.") from None

    def _ways(self, number: int) -> Iterator[Callable[[], None]]:
        """Where to begin decoding, best first: on from here, at the key picture, an earlier one, the start."""
        gap = number - self._decoder.position
        seeks = can_seek(self._clip)
        is_near = 0 < gap <= KEPT_BEHIND or not self._index.has_key(self._decoder.position, number)
        if gap > 0 and (is_near or not seeks):
            self._check_affordable(number, gap if not seeks else 0)
            yield lambda: None
        if seeks:
            yield lambda: self._decoder.seek(number)
            earlier = self._index.key_before(self._index.key_before(number))
            yield lambda: self._decoder.seek(earlier)
        self._check_affordable(number, number)
        yield self._reopen

    def _reopen(self) -> None:
        self._decoder.close()
        self._decoder.open()

    def _decode(self, number: int, go: Callable[[], None], is_wanted: Callable[[], bool]) -> DecodedPicture | None:
        """Decodes on until the picture comes; None when a later one comes, or none."""
        try:
            go()
            first = max(0, number - max(0, self._behind))
            for picture in self._decoder.pictures(first):
                if picture.number >= first and picture.is_whole:
                    self._keep(picture)
                if picture.number >= number:
                    break
                if not is_wanted():
                    raise Cancelled
        except av.error.FFmpegError:
            self._decoder.position = len(self._index.times)
        return self._kept.get(number)

    def _keep(self, picture: DecodedPicture) -> None:
        frame = picture.frame
        check_picture_size(self._clip, frame.width, frame.height)
        self._kept.put(picture)

    def _check_length(self) -> None:
        found, wanted = len(self._index.times), self._clip.video.frames
        if found != wanted and not shows_again(self._clip.video):
            raise InputRefused(
                f"{self._clip.path} has changed since it was compared: it holds {found} pictures, not {wanted}."
            )

    def _check_number(self, number: int) -> None:
        frames = self._clip.video.frames
        if not 0 <= number < frames:
            raise InputRefused(f"{self._clip.path} has no picture {number + 1}; it ends after {frames}.")

    def _stored(self, number: int) -> int:
        """The picture in the file that is shown as this one; AVI's clock counts pictures, the empty ones too."""
        return bisect_right(self._index.times, number) - 1 if shows_again(self._clip.video) else number

    def _check_affordable(self, number: int, count: int) -> None:
        if count * self._clip.video.width * self._clip.video.height > SLOW_BUDGET:
            raise InputRefused(
                f"{self._clip.path} cannot be sought exactly, and picture {number + 1} is too far on to decode all "
                "before it; copy it into an mp4 or mkv (ffmpeg -i FILE -c copy FILE.mkv) to see it."
            )


def _identity(found: os.stat_result) -> tuple[int, ...]:
    """What changes when another file takes a file's name, as a job that runs again does."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _memory(clip: ClipFacts) -> int:
    """About the bytes of a decoded picture, with chroma at half of the width."""
    return clip.video.width * clip.video.height * 2 * (1 if clip.video.depth <= 8 else 2)
