# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How two clips of other sizes show the same picture in one size: what is cut off each side, and who is scaled."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Optional

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts, VideoFacts
from cueffmpeg_gui.media.geometry import Box, Geometry, plan_geometry
from cueffmpeg_gui.media.metrics import model_height

AUTO, NONE = "auto", "none"
# What `fit` can be: who is scaled to whom.
TO_REFERENCE, TO_ENCODE, TO_MODEL = "encode-to-reference", "reference-to-encode", "model"
FITS = (TO_REFERENCE, TO_ENCODE, TO_MODEL)
BOX = re.compile(r"([1-9]\d*)x([1-9]\d*)\+(\d+)\+(\d+)", re.ASCII)
# Bars of both sides that differ by less than this share of a side are the same bars; so are shapes of a picture.
SAME_BARS, SAME_SHAPE = 0.015, 0.03
# So many lines a poor encode adds to a picture beside black, or takes from it.
BLURRED = 4
# Edges of at most so many lines in all are trimmed, and this share of a side is left.
TRIMMED, LEAST_KEPT = 32, 0.9

SCALED = (
    "The reference's size is odd, and it was seen that the encode was scaled to an even one, not cropped or padded."
)


@dataclass(frozen=True)
class Bars:
    """The parts of both sides inside black bars; None: there are no bars, or nobody looked.

    `part` is the part of the reference that the encode shows without being scaled. `is_settled` where the parts were
    laid over each other, so that they are right to the line. `is_scaled` where an odd reference was seen to be scaled.
    """

    encode: Optional[Box] = None
    reference: Optional[Box] = None
    part: Optional[Box] = None
    is_settled: bool = False
    is_scaled: bool = False


@dataclass(frozen=True)
class FittedPair:
    """A geometry, and what it does, in sentences."""

    geometry: Geometry
    notes: tuple[str, ...] = ()


def wants_bars(encode: VideoFacts, reference: VideoFacts, values: Mapping[str, Any]) -> bool:
    """Whether black bars have to be looked for: only what is not of one size and shape can differ by them."""
    looks = AUTO in (values.get("crop", AUTO), values.get("encode_crop", AUTO))
    is_alike = _size(encode) == _size(reference) and _has_same_shape(_shape(encode), _shape(reference))
    return looks and not is_alike and _own_geometry(encode, reference) is None


def wants_part(encode: VideoFacts, reference: VideoFacts, values: Mapping[str, Any]) -> bool:
    """Whether the encode may be the reference but for a few lines: neither told, nor of a size that tells it."""
    looks = {AUTO} == {values.get("crop", AUTO), values.get("encode_crop", AUTO)}
    return looks and _may_be_trimmed(encode, reference) and _own_geometry(encode, reference) is None


def has_seen_bars(bars: Bars, values: Mapping[str, Any], geometry: Geometry) -> bool:
    """Whether the geometry has parts that were told by black bars alone."""
    is_asked = {values.get("crop", AUTO), values.get("encode_crop", AUTO)} != {AUTO}
    is_cut = geometry.encode_box is not None or bool(geometry.fix_filter)
    return is_cut and not is_asked and (bars.encode or bars.reference) is not None


def even_geometry(encode: VideoFacts, reference: VideoFacts, values: Mapping[str, Any]) -> Optional[Geometry]:
    """What by its size alone was done to an odd reference, where no part is named."""
    asked = {values.get("crop", AUTO), values.get("encode_crop", AUTO)}
    return _own_geometry(encode, reference) if asked == {AUTO} else None


def fit_pair(encode: ClipFacts, reference: ClipFacts, values: Mapping[str, Any], bars: Bars) -> FittedPair:
    """The geometry of a pair; raises InputRefused for a part that is not in its picture."""
    ours, theirs = encode.video, reference.video
    own = None if bars.is_scaled else even_geometry(ours, theirs, values)
    if own is not None:
        cut = Geometry(own.source, own.fixed, own.output, own.fix)
        notes = [_say_fixed(cut)]
    else:
        part = bars.part
        if not (bars.is_settled or bars.is_scaled):
            bars = _of_one_size(_differing(bars, ours, theirs), ours, theirs)
        if bars == Bars() and part:
            cut, notes = Geometry(_size(theirs), part.size, part.size, at=(part.x, part.y)), [_say_part(part)]
        else:
            cut = _cut(encode, reference, values, bars)
            notes = [SCALED] if bars.is_scaled else [*_say_cut(cut, values)]
    geometry = fit_geometry(cut, values, theirs)
    return FittedPair(geometry, (*notes, *_say_scaled(geometry, ours, theirs, bars)))


def fit_geometry(geometry: Geometry, values: Mapping[str, Any], reference: VideoFacts) -> Geometry:
    """The geometry in the size that `fit` asks for."""
    fit = values.get("fit", TO_REFERENCE)
    if fit == TO_ENCODE:
        return replace(geometry, compare=geometry.output)
    if fit == TO_MODEL:
        return replace(geometry, compare=_model_size(geometry, str(values["models"][0]), reference.sample_aspect))
    return geometry


def parse_box(text: str) -> Box:
    """ "1920x804+0+138"; raises ValueError saying what fits."""
    match = BOX.fullmatch(text)
    if not match:
        raise ValueError("a part of the picture like 1920x804+0+138 (width, height, left, top)")
    return Box(*(int(number) for number in match.groups()))


def _own_geometry(encode: VideoFacts, reference: VideoFacts) -> Optional[Geometry]:
    """What an encode of ours does to an odd size, where this encode has the size that comes of it."""
    own = encode.pix_fmt.replace("yuvj", "yuv")
    # Other encoders want even sides whatever the format; one that scales nothing is the likelier.
    planned = [
        plan_geometry(reference, {"odd_size": fix, "pix_fmt": pix_fmt, **limit})
        for limit in ({}, {"max_height": encode.height})
        for pix_fmt in (own, "yuv420p")
        for fix in ("crop", "pad")
    ]
    return next((one for one in planned if one.fixed != one.source and one.output == _size(encode)), None)


def _differing(bars: Bars, encode: VideoFacts, reference: VideoFacts) -> Bars:
    """No bars where both sides have the same: they are part of the picture."""
    ours, theirs = _shares(bars.encode, encode), _shares(bars.reference, reference)
    return Bars() if all(abs(a - b) < SAME_BARS for a, b in zip(ours, theirs)) else bars


def _may_be_trimmed(encode: VideoFacts, reference: VideoFacts) -> bool:
    """Whether the encode is smaller by a few lines that no scaling to a usual size makes."""
    sides = tuple(zip(_size(encode), _size(reference)))
    is_near = all(large - TRIMMED <= small <= large and small >= LEAST_KEPT * large for small, large in sides)
    return is_near and any(small < large for small, large in sides) and encode.sample_aspect == reference.sample_aspect


def _of_one_size(bars: Bars, encode: VideoFacts, reference: VideoFacts) -> Bars:
    """Parts that are nearly as large as what the other side shows are just as large: coding blurs where bars begin."""
    ours = _like(bars.encode, encode, bars.reference.size if bars.reference else _size(reference))
    theirs = _like(bars.reference, reference, ours.size if ours else _size(encode))
    return Bars(ours, theirs)


def _like(box: Optional[Box], video: VideoFacts, size: tuple[int, int]) -> Optional[Box]:
    if box is None or any(abs(own - other) > BLURRED for own, other in zip(box.size, size)):
        return box
    return Box(*size, *(_place(*side) for side in zip((box.x, box.y), size, _size(video))))


def _place(found: int, length: int, whole: int) -> int:
    """Where a part of a side begins: in the middle, if that is about where it was seen."""
    middle = (whole - length) // 2
    return middle if abs(middle - found) <= BLURRED else max(0, min(found, whole - length))


def _shares(box: Optional[Box], video: VideoFacts) -> tuple[float, ...]:
    if box is None:
        return 0.0, 0.0, 1.0, 1.0
    right, below = (box.x + box.width) / video.width, (box.y + box.height) / video.height
    return box.x / video.width, box.y / video.height, right, below


def _cut(encode: ClipFacts, reference: ClipFacts, values: Mapping[str, Any], bars: Bars) -> Geometry:
    asked, asked_of_encode = values.get("crop", AUTO), values.get("encode_crop", AUTO)
    # Of two pictures of one size the same part is meant.
    if asked not in (AUTO, NONE) and asked_of_encode == AUTO and _size(encode.video) == _size(reference.video):
        asked_of_encode = asked
    ours = _part(encode, asked_of_encode, bars.encode)
    theirs = _part(reference, asked, bars.reference)
    whole, size = _size(reference.video), ours.size if ours else _size(encode.video)
    if theirs is None:
        return Geometry(whole, whole, size, encode_box=ours)
    return Geometry(whole, theirs.size, size, at=(theirs.x, theirs.y), encode_box=ours)


def _part(clip: ClipFacts, asked: str, found: Optional[Box]) -> Optional[Box]:
    if asked in (AUTO, NONE):
        return found if asked == AUTO else None
    box, video = parse_box(asked), clip.video
    if box.x + box.width > video.width or box.y + box.height > video.height:
        raise InputRefused(f"{clip.path} is {video.size}, so it has no part {asked}; name one inside it.")
    return None if box.size == _size(video) else box


def _model_size(geometry: Geometry, model: str, aspect: Fraction) -> tuple[int, int]:
    """The largest even size of the picture's shape in the model's screen, with square pixels."""
    height = model_height(model)
    across, down = geometry.fixed[0] * aspect, Fraction(geometry.fixed[1])
    scale = min(Fraction(height * 16, 9) / across, height / down)
    return 2 * max(1, round(across * scale / 2)), 2 * max(1, round(down * scale / 2))


def _say_fixed(geometry: Geometry) -> str:
    how = "last column or row is left out" if geometry.fix == "crop" else "side gets black lines"
    return (
        f"The reference's {_text(geometry.source)} is odd and its {how} as in encodes with even sides, which makes "
        f"{_text(geometry.fixed)}; crop=none compares all of it."
    )


def _say_part(part: Box) -> str:
    return f"Of the reference the part {part} is compared: the encode shows just that, unscaled; crop=none scales it."


def _say_cut(geometry: Geometry, values: Mapping[str, Any]) -> Iterator[str]:
    sides = (
        ("reference", values.get("crop", AUTO), Box(*geometry.fixed, *geometry.at), geometry.fix_filter),
        ("encode", values.get("encode_crop", AUTO), geometry.encode_box, geometry.encode_filter),
    )
    for side, asked, box, filters in sides:
        if filters:
            why = "black bars were seen around it" if asked == AUTO and values.get("crop", AUTO) == AUTO else "as asked"
            yield f"Of the {side} the part {box} is compared: {why}."


def _say_scaled(geometry: Geometry, encode: VideoFacts, reference: VideoFacts, bars: Bars) -> Iterator[str]:
    size = geometry.compared
    sides = (("encode", geometry.output), ("reference", geometry.fixed))
    for side, own in sides:
        if own != size:
            yield f"For the comparison the {side} is scaled from {_text(own)} to {_text(size)} (bicubic)."
    is_whole = geometry.fixed == _size(reference) and geometry.encode_box is None and not bars.is_scaled
    if is_whole and _may_be_trimmed(encode, reference):
        x, y = ((large - small) // 2 for large, small in zip(geometry.fixed, geometry.output))
        yield f"If its edges were trimmed instead, name the part it shows (crop={_text(geometry.output)}+{x}+{y})."
    ours = encode.sample_aspect * geometry.output[0] / geometry.output[1]
    theirs = reference.sample_aspect * geometry.fixed[0] / geometry.fixed[1]
    if _has_same_shape(ours, theirs):
        return
    yield (
        f"The encode is shown in the shape {float(ours):.2f}:1 and the reference in {float(theirs):.2f}:1; their "
        "pixels are laid over each other as they are stored. If the encode shows a part only, name it (crop=WxH+X+Y)."
    )


def _shape(video: VideoFacts) -> Fraction:
    """Width to height, as it is shown."""
    return video.sample_aspect * video.width / video.height


def _has_same_shape(one: Fraction, other: Fraction) -> bool:
    return abs(one / other - 1) <= SAME_SHAPE


def _size(video: VideoFacts) -> tuple[int, int]:
    return video.width, video.height


def _text(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"
