# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The ways in which people and programs write an image sequence, and what each of them can mean.

fileseq reads ranges and paddings. It does not take a whole name apart: it refuses "a#b.%04d.dpx", reads
"v01-02.1001-1010#.dpx" as frame 1010 of another sequence, and finds no frame in "shot_1042.dpx".
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fileseq.constants import PAD_STYLE_HASH1, PAD_STYLE_HASH4
from fileseq.filesequence import FileSequence
from fileseq.frameset import FrameSet

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.sequences.formats import IMAGE_EXTENSIONS, extension_of

_PART = r"(?:(?<=[._,\[\s])-)?\d+(?:--?\d+(?:[xy:]\d+)?)?"
_RANGES = rf"(?=[\d,]*-){_PART}(?:,{_PART})*"
PLACE = re.compile(rf"(?P<range>{_RANGES})?(?P<pad>%\d*d|#+|@+|\$F\d*)|\[(?P<inside>{_RANGES})\]", re.ASCII)
# "shot.%04d.dpx 1001-1100", as compositors copy it.
RANGE_BEHIND = re.compile(rf"(?P<name>.*\S)\s+(?P<range>{_RANGES})", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class Reading:
    """One meaning of a text: files FOLDER/PREFIX + number + SUFFIX.

    `width` is the padding the text asks for, None when any will do; `ranges` None means all there are.
    """

    folder: str
    prefix: str
    suffix: str
    width: int | None = None
    ranges: str | None = None

    @property
    def frames(self) -> FrameRange | None:
        """The frames it asks for; raises InputRefused for a range with steps or holes."""
        return read_frames(self.ranges) if self.ranges else None

    @property
    def place(self) -> tuple[str, str, str]:
        """Where the number stands."""
        return self.folder, self.prefix, self.suffix


def split_range(text: str) -> tuple[str, str | None]:
    """A name, and the range that is written behind it after a space."""
    match = RANGE_BEHIND.fullmatch(text)
    if match and extension_of(match["name"]) in IMAGE_EXTENSIONS:
        return match["name"], match["range"]
    return text, None


def readings(text: str) -> Iterator[Reading]:
    """All that a text with a place for the number can mean, the likeliest first; none when it has no such place."""
    text, behind = split_range(text)
    folder, name = os.path.split(text)
    for match in reversed(list(PLACE.finditer(name))):
        for reading in _readings_of(os.path.abspath(folder), name, match):
            yield reading if behind is None else replace(reading, ranges=behind)


def _readings_of(folder: str, name: str, match: re.Match[str]) -> Iterator[Reading]:
    ranges = match["inside"] or match["range"]
    prefix, suffix = name[: match.start()], name[match.end() :]
    widths = _bracket_widths(match["inside"]) if match["inside"] else pad_widths(match["pad"])
    for width in widths:
        plain = Reading(folder, prefix, suffix, width, ranges)
        yield plain
        if "%%" in folder + prefix + suffix:
            yield replace(
                plain, **{part: getattr(plain, part).replace("%%", "%") for part in ("folder", "prefix", "suffix")}
            )
    if match["range"]:
        # "take2-3####" may also be a name that ends in digits.
        for width in widths:
            yield Reading(folder, prefix + match["range"], suffix, width)


def pad_widths(pad: str) -> tuple[int, ...]:
    """Digits that "%04d", "####", "@@@@" or "$F4" stand for, the likelier first.

    One # is four digits for most programs and one digit for some; several are one digit each, or four each.
    """
    styles = [PAD_STYLE_HASH1, PAD_STYLE_HASH4]
    if pad == "#":
        styles.reverse()
    return tuple(dict.fromkeys(max(1, FileSequence.getPaddingNum(pad, pad_style=style)) for style in styles))


def _bracket_widths(ranges: str) -> tuple[int | None, ...]:
    return (len(ranges.partition("-")[0]),) if ranges.startswith("0") else (None,)


def read_frames(text: str) -> FrameRange:
    """An unbroken range in any of fileseq's notations; raises InputRefused."""
    try:
        found = FrameSet(text)
    except ValueError:
        raise InputRefused(f"{text} is no frame range; write 1001-1100.") from None
    first, last = int(found.start()), int(found.end())
    frames = FrameRange(first, last)
    if len(found) != len(frames) or (min(found), max(found)) != (first, last):
        raise InputRefused(f"The frames {text} are not one unbroken range; name one, such as {first}-{last}.")
    return frames
