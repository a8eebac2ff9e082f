# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A few pictures of a pair, made small as a comparison makes them, so that they can be judged by the same rules."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_look import reduced_alpha, reduced_colour, reduced_luma
from cueffmpeg_gui.media.pair_measure import STEPS, PairMeasure, Row, measure_alpha, measure_colours, measure_steps
from cueffmpeg_gui.media.shown import show_filters
from cueffmpeg_gui.pictures.filters import Filters
from cueffmpeg_gui.pictures.open_reader import open_reader

# Spots spread over the frames, and pictures that are judged at each.
SPOTS, AT_EACH = 6, 2
NOTHING: Row = (None,) * (len(STEPS) + 2)


@dataclass(frozen=True)
class SampledSide:
    """A clip, the filters that make its pictures what is compared, and its picture (from 0) of the first frame.

    `pictures` are those of all frames, where they do not follow one another.
    """

    clip: ClipFacts
    filters: Sequence[str]
    first: int
    pictures: Sequence[int] = ()


@dataclass(frozen=True)
class _Small:
    luma: bytes
    colour: bytes
    alpha: bytes


def sample_pair(encode: SampledSide, reference: SampledSide, count: int) -> tuple[PairMeasure, tuple[int, ...]]:
    """The measure of some of `count` pictures, and which these are, counted from 0: row n is of the nth of them.

    After each spot is a row of nothing, with the number of the last.

    Raises InputRefused when a picture cannot be reached. Decodes media: never on a window's thread.
    """
    rows: list[Row] = []
    numbers: list[int] = []
    colours: list[bytes] = []
    alphas: list[bytes] = []
    with closing(_Reduced(encode)) as ours, closing(_Reduced(reference)) as theirs:
        for spot in spots(count):
            wide = range(max(0, spot.first + STEPS[0]), min(count, spot.last + STEPS[-1] + 1))
            pairs = [(ours.picture(number), theirs.picture(number)) for number in wide]
            inner = [place for place, number in enumerate(wide) if number in spot]
            found = list(measure_steps((one.luma, other.luma) for one, other in pairs))
            # Between spots lies a row of nothing, so that pictures far apart are not taken for neighbours.
            rows += [*(found[place] for place in inner), NOTHING]
            numbers += [*(wide[place] for place in inner), wide[inner[-1]]]
            colours += [_above(*(side.colour for side in pairs[place])) for place in inner]
            alphas += [pairs[place][1].alpha for place in inner]
    return PairMeasure(0, len(rows) - 1, tuple(rows), *measure_colours(colours), measure_alpha(alphas)), tuple(numbers)


def spots(count: int) -> list[FrameRange]:
    """Where pictures are looked at: each spot whole, none twice."""
    if count <= SPOTS * AT_EACH:
        return [FrameRange(0, count - 1)]
    starts = ((2 * spot + 1) * count // (2 * SPOTS) - AT_EACH // 2 for spot in range(SPOTS))
    return [FrameRange(start, start + AT_EACH - 1) for start in starts]


class _Reduced:
    """Small pictures of one side by number, counted from the first frame that is compared."""

    def __init__(self, side: SampledSide) -> None:
        self._side, self._reader = side, open_reader(side.clip)
        chain = [*show_filters(side.clip.video), *side.filters]
        self._luma, self._colour = (Filters([*chain, *text.split(",")]) for text in (reduced_luma(), reduced_colour()))
        self._alpha = Filters(reduced_alpha().split(","))

    def picture(self, number: int) -> _Small:
        own = self._side.pictures[number] if self._side.pictures else self._side.first + number
        frame = self._reader.picture(own).frame
        alpha = _planes(self._alpha(frame)) if self._side.clip.video.has_alpha else b""
        return _Small(_planes(self._luma(frame)), _planes(self._colour(frame)), alpha)

    def close(self) -> None:
        self._reader.close()


def _above(encode: bytes, reference: bytes) -> bytes:
    """Two pictures of three planes, one above the other."""
    size = len(encode) // 3
    return b"".join(side[place * size : (place + 1) * size] for place in range(3) for side in (encode, reference))


def _planes(frame: Any) -> bytes:
    """The pixels of a picture without what pads its rows."""
    size = 2 if frame.format.name == "gray12le" else 1
    return b"".join(
        bytes(plane)[start : start + plane.width * size]
        for plane in frame.planes
        for start in range(0, plane.line_size * plane.height, plane.line_size)
    )
