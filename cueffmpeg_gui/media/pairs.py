# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How a given pair is compared: decided once, when it is submitted, so that hosts need not look again."""

from dataclasses import dataclass

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.media.metrics import SMALLEST_SIDE


@dataclass(frozen=True)
class PairPlan:
    """What is done to a pair before it is compared, and sentences that say so.

    `offset` pictures of the encode come before the reference's first; `deinterlaced` names sides. `partners` are there
    when pictures are matched by time: of each picture of the reference that of the encode, both counted from 0.
    `field_fault` is what is wrong with the order of the encode's fields.
    """

    geometry: Geometry
    offset: int = 0
    deinterlaced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    partners: tuple[int, ...] = ()
    field_fault: str = ""


def check_geometry(path: str, geometry: Geometry) -> None:
    """Raises InputRefused when pictures of this geometry are too small to be scored."""
    check_size(path, geometry.compared)


def check_size(path: str, size: tuple[int, int]) -> None:
    """Raises InputRefused below the size at which libvmaf works (it crashes on 16x16 pictures)."""
    if min(size) < SMALLEST_SIDE:
        raise InputRefused(
            f"{path} is {size[0]}x{size[1]}; VMAF needs at least {SMALLEST_SIDE} pixels on each side, so encode only."
        )
