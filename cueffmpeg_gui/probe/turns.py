# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How a decoded picture is to be turned, from its display matrix."""

import struct
from typing import Any

from av.sidedata.sidedata import Type

# Where a step to the right, and one down, of the stored picture lead in the shown one (x, y each): degrees
# counter-clockwise, and whether left and right are exchanged before.
TURNS: dict[tuple[int, ...], tuple[int, bool]] = {
    (0, -1, 1, 0): (90, False),
    (-1, 0, 0, -1): (180, False),
    (0, 1, -1, 0): (270, False),
    (-1, 0, 0, 1): (0, True),
    (0, 1, 1, 0): (90, True),
    (1, 0, 0, -1): (180, True),
    (0, -1, -1, 0): (270, True),
}


def turn_of(frame: Any) -> tuple[int, bool]:
    """Degrees counter-clockwise, and whether it is mirrored before; other angles than right ones are left alone."""
    try:
        matrix = frame.side_data.get(Type.DISPLAYMATRIX)
    except ValueError:  # PyAV lists no side data where one is of a kind it does not know, such as EXIF
        return 0, False
    if matrix is None:
        return 0, False
    numbers = struct.unpack("=9i", bytes(matrix)[:36])
    steps = [numbers[at] for at in (0, 1, 3, 4)]
    most = max(map(abs, steps)) or 1
    return TURNS.get(tuple(round(step / most) for step in steps), (0, False))
