# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""To the line, where a picture lies among black bars: the other side's picture is laid over each place near those seen.

Bars alone do not tell: coding blurs their edges, and an odd bar is moved by a line where chroma is halved.
"""

from collections.abc import Iterator

import av
import numpy as np

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.geometry import Box, Geometry
from cueffmpeg_gui.media.pair_geometry import Bars
from cueffmpeg_gui.pictures.colour_planes import Plane
from cueffmpeg_gui.pictures.filters import Filters
from cueffmpeg_gui.pictures.gray_pictures import GrayPictures, spread

PLACES = 4
# So many lines beside the seen edge are tried, and beside the best, so often; a strip in the middle is looked at.
REACH, ROUNDS, STRIP = 4, 3, 256
# So many lines inside the seen edges are not compared: there coding mixes the picture with the bars.
MARGIN = 12
# Poor coding blurs, and scaling does; all is blurred first, so that this makes no place nearer.
BLUR = "gblur=sigma=2"
# What a better place leaves of the difference at the seen one.
REMAINS = 0.9
ODD, SCALED = 1.02, 1.05
Edges = tuple[int, int]


def find_edges(encode: ClipFacts, reference: ClipFacts, geometry: Geometry, offset: int) -> Bars:
    """The parts of both, to the line; the encode has `offset` pictures before the reference's first.

    Raises InputRefused when a picture cannot be read.
    """
    first, end = max(0, -offset), min(reference.video.frames, encode.video.frames - offset)
    ours, theirs = GrayPictures(encode, [BLUR]), GrayPictures(reference, [BLUR])
    try:
        numbers = [first + number for number in spread(end - first, PLACES)]
        pictures = [(ours.read(number + offset), theirs.read(number)) for number in numbers]
    finally:
        ours.close()
        theirs.close()
    own, other = [one for one, _ in pictures], [one for _, one in pictures]
    box, part = geometry.encode_box, _reference_box(geometry)
    if box:
        box = _settled(own, box, [_cut(picture, part) for picture in other])
    if part:
        part = _settled(other, part, [_cut(picture, box) for picture in own])
    return Bars(box, part, is_settled=True)


def _reference_box(geometry: Geometry) -> Box | None:
    return None if geometry.fixed == geometry.source else Box(*geometry.fixed, *geometry.at)


def _settled(barred: list[Plane], box: Box, shown: list[Plane]) -> Box:
    """The box, moved to where its picture is nearest to what the other side shows."""
    down = (box.y, box.y + box.height)
    if box.height < len(barred[0]):
        down = _best([p[:, box.x : box.x + box.width] for p in barred], down, shown)
    across = (box.x, box.x + box.width)
    if box.width < barred[0].shape[1]:
        across = _best([p[slice(*down)].T for p in barred], across, [p.T for p in shown])
    return Box(across[1] - across[0], down[1] - down[0], across[0], down[0])


def _best(barred: list[Plane], seen: Edges, shown: list[Plane]) -> Edges:
    """The first row of the picture and one after its last."""
    margin = min(MARGIN, (seen[1] - seen[0]) // 6)
    inner = seen[0] + margin, seen[1] - margin
    rests = _rests(barred, seen, shown, inner)
    start = rests[seen]
    best = min(rests, key=lambda edges: rests[edges])
    for _ in range(ROUNDS):
        rests = _rests(barred, best, shown, inner)
        nearer = min(rests, key=lambda edges: rests[edges])
        if nearer == best:
            break
        best = nearer
    return best if rests[best] <= REMAINS * start else seen


def _rests(barred: list[Plane], around: Edges, shown: list[Plane], inner: Edges) -> dict[Edges, float]:
    """What remains of the difference between the `inner` rows with each of the places near one."""
    near = list(_near(around, len(barred[0]), inner))
    rests = dict.fromkeys(near, 0.0)
    for one, other in zip(barred, shown, strict=True):
        sized = {size: _resized(other, size, one.shape[1]) for size in {end - start for start, end in near}}
        for start, end in near:
            rests[start, end] += _apart(one[slice(*inner)], sized[end - start][inner[0] - start : inner[1] - start])
    return {edges: rest * _unlikely(edges, len(shown[0])) for edges, rest in rests.items()}


def _unlikely(edges: Edges, shown: int) -> float:
    """What a place must gain by: bars of odd lines are rare, and one of another size was scaled, which is rare, too."""
    start, end = edges
    return ODD ** (start % 2 + end % 2) * (SCALED if end - start != shown else 1.0)


def _near(around: Edges, whole: int, inner: Edges) -> Iterator[Edges]:
    steps = range(-REACH, REACH + 1)
    places = ((around[0] + one, around[1] + other) for one in steps for other in steps)
    return (edges for edges in places if 0 <= edges[0] <= inner[0] and inner[1] <= edges[1] <= whole)


def _resized(picture: Plane, rows: int, columns: int) -> Plane:
    """The picture in a size, as a comparison scales it: a strip in its middle."""
    if picture.shape != (rows, columns):
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture, np.uint8), format="gray")
        plane = Filters([f"scale={columns}:{rows}:flags=bicubic"])(frame).planes[0]
        picture = np.frombuffer(plane, np.uint8).reshape(rows, plane.line_size)[:, :columns].astype(np.float32)
    return picture


def _apart(one: Plane, other: Plane) -> float:
    start = max(0, (one.shape[1] - STRIP) // 2)
    return float(np.abs(one[:, start : start + STRIP] - other[:, start : start + STRIP]).mean())


def _cut(picture: Plane, box: Box | None) -> Plane:
    return picture[box.y : box.y + box.height, box.x : box.x + box.width] if box else picture
